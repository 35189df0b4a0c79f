"""What councils write in Annex A's coded columns, as the codes that the case database keeps.

Sources: Ofsted, Annex A codes, August 2019; DfE, children in need census and SSDA903 code sets;
spellings seen in councils' returns.
"""

import re
from collections.abc import Callable, Mapping

from loading.columns.column_read import by_cell
from loading.sources import cells
from loading.sources.annex_a.coded_words import (
    CLOSURES,
    DOUBTFUL_PLACEMENT,
    LEGAL,
    NEEDS,
    PLACEMENTS,
    code_in_words,
)
from loading.sources.annex_a.plain_words import plain
from loading.sources.cells import Unreadable, without_letter

SEX = {"male": "M", "m": "M", "1": "M", "female": "F", "f": "F", "2": "F"}
# Each where the answer begins, but for what ended: "Assessment - closed" is closed. What was opened
# again is not, and nothing tells what it is since.
STATUSES = {
    r"(?!.*\bre ?open).*\b(closed|ended|ceased)\b|care leaver": "closed",
    r"looked after|(cpp?)? ?(lac|cla)|in care(?! proceedings)": "CLA",
    r"child protection(?! (enquir|investigat|conference|medical))|cpp?": "CP",
    r"child(ren)? in need|cin": "CIN",
    r"open (as|asmt)|(open |cf |c f )?assessment": "assessment",
}
# "Child in need plan - not closed" is a child in need plan; "to be closed" is not closed yet.
_NOT_ENDED = re.compile(r"\b(not|never|to be)( (yet|been|be|to be))* (closed|ended|ceased)\b")
# DfE, children in need census and school census: the common code set of ethnicity.
ETHNICITIES = frozenset(
    {"WBRI", "WIRI", "WIRT", "WOTH", "WROM", "MWBC", "MWBA", "MWAS", "MOTH", "AIND", "APKN"}
    | {"ABAN", "AOTH", "BCRB", "BAFR", "BOTH", "CHNE", "OOTH", "REFU", "NOBT"}
)
ABUSE = {
    "neglect(ed)?|neg": "NEG",
    "physical(ly)?|phys(ab)?|phy": "PHY",
    "sexual(ly)?|sex": "SAB",
    "emotion(al(ly)?)?|emo": "EMO",
    "mult(i|iple)?|mul": "MUL",
}
PART = "[A-Za-z]{0,2}"
_ABUSE_ALONE = {"pa": "PHY", "sab": "SAB"}
_NOT_KNOWN = re.compile(r"(unknown|not known|not recorded|refused|no visit)\b")


@by_cell
def sex(cell: object) -> str | None:
    """M, F, or U for everything that is neither."""
    words = cells.text(cell)
    if words is None:
        return None
    answer = re.sub(r"^\d\s*-\s*", "", without_letter(words)).strip().lower()
    return SEX.get(answer, "U")


@by_cell
def ethnicity(cell: object) -> str | None:
    """The census code where one stands in the cell, or else the council's own words for it."""
    words = cells.text(cell)
    if words is None:
        return None
    answer = without_letter(words)
    named = [code for code in re.findall(r"\b[A-Z]{4}\b", answer) if code in ETHNICITIES]
    if answer.upper() in ETHNICITIES or named:
        return named[0] if named else answer.upper()
    if re.fullmatch("[A-Za-z]{4}", answer):
        raise Unreadable("an ethnicity code of the census is needed, as in WBRI")
    return answer


@by_cell
def status(cell: object) -> str | None:
    """CLA, CP, CIN, assessment or closed: closed first ("Closed Assessment" is closed)."""
    words = cells.text(cell)
    if words is None:
        return None
    answer = _NOT_ENDED.sub("", plain(without_letter(words))).strip()
    for pattern, meant in STATUSES.items():
        if re.match(rf"({pattern})\b", answer):
            return meant
    raise Unreadable(
        "one of 'Looked after child', 'Child Protection plan', 'Child in need plan',"
        " 'Open assessment' or 'Closed episode' is needed"
    )


@by_cell
def abuse(cell: object) -> str | None:
    """NEG, PHY, SAB, EMO, or MUL for more than one, as the child protection census has them."""
    words = cells.text(cell)
    if words is None:
        return None
    answer = plain(without_letter(words))
    if answer in _ABUSE_ALONE:
        return _ABUSE_ALONE[answer]
    named = {code for phrase, code in ABUSE.items() if re.search(rf"\b({phrase})\b", answer)}
    if len(named) > 1:
        return "MUL"
    if not named:
        raise Unreadable("a category of abuse is needed, as in 'Neglect'")
    return named.pop()


def coded(
    pattern: str, wanted: str, in_words: Mapping[str, str] | None = None, part: str = ""
) -> Callable[[object], str | None]:
    """A reader of cells that hold a code somewhere: "f) U6: Foster placement" holds U6.

    Where there is none, `in_words` says which words stand for which code. `part` is what may
    follow a code that a council has divided: "N5a" is N5.
    """

    def reads(cell: object) -> str | None:
        words = cells.text(cell)
        if words is None:
            return None
        answer = without_letter(words)
        whole = rf"(?<![A-Za-z0-9])({pattern}){part}(?![A-Za-z0-9])"
        match = re.search(whole, answer, re.IGNORECASE)
        code = match.group(1) if match else code_in_words(answer, in_words or {})
        if code is None:
            raise Unreadable(f"{wanted} is needed")
        return code.upper()

    return reads


def code_or_words(
    pattern: str, in_words: Mapping[str, str] | None = None, doubtful: str = r"(?!)"
) -> Callable[[object], str | None]:
    """A reader of cells that hold a code, or else words worth keeping as they are.

    Words that are `doubtful` are not kept: a figure would follow from the code that they hide.
    """
    code = coded(pattern, "a code in place of these words", in_words)

    def reads(cell: object) -> str | None:
        try:
            return code(cell)
        except Unreadable:
            words = without_letter(cells.text(cell) or "")
            if re.search(rf"\b({doubtful})\b", plain(words)):
                raise
            return words

    return reads


def answered(cell: object) -> bool | None:
    """Yes or no; None where the council says that it does not know."""
    words = cells.text(cell)
    if words is None or _NOT_KNOWN.match(without_letter(words).lower()):
        return None
    return cells.yes_or_no(words.split(" - ")[0])


@by_cell
def seen_alone(cell: object) -> tuple[bool | None, bool | None] | None:
    """Seen and seen alone; "Child not seen" is an attempt, other answers do not say."""
    words = cells.text(cell)
    if words is None:
        return None
    answer = without_letter(words).lower()
    if answer in ("child not seen", "not seen"):
        return (False, False)
    if answer in ("child not seen alone", "not seen alone", "child seen", "seen"):
        return (True, False if "alone" in answer else None)
    if answer in ("child seen alone", "seen alone"):
        return (True, True)
    alone = answered(re.split(r"[-–]", answer)[0].strip() or answer)
    return (True if alone else None, alone)


@by_cell
def no_further_action(cell: object) -> bool | None:
    """Whether the referral ended at once; "NFA" and "FA" are seen too."""
    words = cells.text(cell)
    if words is not None and words.lower() in ("nfa", "no further action"):
        return True
    if words is not None and words.lower() in ("fa", "further action"):
        return False
    return answered(cell)


@by_cell
def factors(cell: object) -> list[str]:
    """Census factor codes found in the cell: "1A, 2B", a list, or a yes against each."""
    words = cells.text(cell) or ""
    affirmed = re.sub(r'"?\d{1,2}[A-Za-z]?"?\s*:\s*"?(no|false|0|null)\b', "", words, flags=re.I)
    return sorted({code.upper() for code in re.findall(r"\b\d{1,2}[A-Za-z]\b|\b2[01]\b", affirmed)})


need = by_cell(coded("N[0-9]", "a need code from N0 to N9", NEEDS, PART))
closure = by_cell(coded("RC[0-9]", "a code from RC1 to RC9", CLOSURES, PART))
legal_status = by_cell(coded("[CDEJLV][1-4]", "a legal status code, as in C2,", LEGAL))
reason_ceased = by_cell(code_or_words("(?:E[0-9]{1,2}[AB]?|X1)"))
placement_type = by_cell(code_or_words("[UAPHKRSZT][0-9]", PLACEMENTS, DOUBTFUL_PLACEMENT))
referral_source = by_cell(code_or_words("[0-9]{1,2}[A-F]?"))
