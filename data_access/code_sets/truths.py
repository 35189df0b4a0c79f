"""True or false, and the words that councils write for either."""

from data_access.code_sets.code_set import Code, CodeSet

_NOT_KNOWN = r"(unknown|not known|not recorded|refused|no visit)\b"
_SEEN = ("child seen", "seen alone", "child seen alone", "not seen alone", "child not seen alone")
_NOT_SEEN = ("child not seen",)


def _truth(
    yes: tuple[str, ...] = (), no: tuple[str, ...] = (), not_known: str = "", empty_is: str = ""
) -> CodeSet:
    return CodeSet(
        (Code("true", "yes", ("y", "t", "1", *yes)), Code("false", "no", ("n", "f", "0", *no))),
        not_known=not_known or _NOT_KNOWN,
        listed="yes, no",
        empty_is=empty_is,
    )


YES_OR_NO = _truth()
NO_FURTHER_ACTION = _truth(("NFA", "no further action"), ("FA", "further action"))
SEEN = _truth(("seen", *_SEEN), ("not seen", *_NOT_SEEN), empty_is="seen")
SEEN_ALONE = _truth(
    ("alone", "seen alone", "child seen alone"),
    ("not alone", "not seen alone", "child not seen alone", "not seen", "child not seen"),
    # Who was seen may have been seen alone or not.
    rf"{_NOT_KNOWN}|(child )?seen$",
)
# What an answer to "seen alone?" says of having been seen at all; "no" says nothing of it.
SEEN_AT_ALL = CodeSet(
    (
        # "Refused to be seen alone" says nothing of it.
        Code("true", "seen", _SEEN, in_words="not seen alone"),
        Code("false", "not seen", _NOT_SEEN, in_words="not seen"),
    ),
    not_known="",
)
IN_EET = _truth(
    ("EET", "in EET", "education", "employment", "training", "employed"),
    ("NEET", "not in EET", "not in education, employment or training", "unemployed"),
)
LEAD = _truth(("lead", "lead worker", "allocated worker"), ("co-worker",))


def truth(code: str | None) -> bool | None:
    """The value of a code of these sets."""
    return None if code is None else code == "true"
