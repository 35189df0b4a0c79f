"""What councils write in Annex A's coded columns, as the codes that the case database keeps.

Sources: Ofsted, Annex A codes, August 2019; DfE, children in need census and SSDA903 code sets;
spellings seen in councils' returns.
"""

import re
from collections.abc import Callable, Mapping

from loading.columns.column_read import by_cell
from loading.sources import cells
from loading.sources.cells import Unreadable, without_letter

SEX = {"male": "M", "m": "M", "1": "M", "female": "F", "f": "F", "2": "F"}
STATUSES = {
    r"(looked after|lac\b|cla\b|cp/cla|in care)": "CLA",
    r"(child protection|cpp?\b)": "CP",
    r"(child in need|cin\b)": "CIN",
    r"(open as|assessment|cf assessment)": "assessment",
    r"(closed|care leaver)": "closed",
}
ABUSE = {"neg": "NEG", "phys": "PHY", "sex": "SAB", "emo": "EMO"}
_ABUSE_ALONE = {"pa": "PHY", "sab": "SAB"}
_NOT_KNOWN = ("unknown", "not known", "not recorded", "refused", "no visit")


@by_cell
def sex(cell: object) -> str | None:
    """M, F, or U for everything that is neither."""
    words = cells.text(cell)
    if words is None:
        return None
    answer = re.sub(r"^\d\s*-\s*", "", without_letter(words)).strip().lower()
    return SEX.get(answer, "U")


@by_cell
def status(cell: object) -> str | None:
    """CLA, CP, CIN, assessment or closed: closed first ("Closed Assessment" is closed)."""
    words = cells.text(cell)
    if words is None:
        return None
    answer = without_letter(words).lower()
    for pattern in (*list(STATUSES)[-1:], *list(STATUSES)[:-1]):
        if re.match(pattern, answer):
            return STATUSES[pattern]
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
    answer = without_letter(words).lower()
    if answer in _ABUSE_ALONE:
        return _ABUSE_ALONE[answer]
    named = {code for start, code in ABUSE.items() if start in answer}
    if "mul" in answer or len(named) > 1:
        return "MUL"
    if not named:
        raise Unreadable("a category of abuse is needed, as in 'Neglect'")
    return named.pop()


def coded(
    pattern: str, wanted: str, in_words: Mapping[str, str] | None = None
) -> Callable[[object], str | None]:
    """A reader of cells that hold a code somewhere: "f) U6: Foster placement" holds U6.

    Where there is none, `in_words` says which words stand for which code.
    """

    def reads(cell: object) -> str | None:
        words = cells.text(cell)
        if words is None:
            return None
        match = re.search(rf"(?<![A-Za-z0-9])({pattern})(?![0-9])", without_letter(words))
        if match is not None:
            return match.group(1).upper()
        for phrase, code in (in_words or {}).items():
            if re.search(phrase, words.lower()):
                return code
        raise Unreadable(f"{wanted} is needed")

    return reads


def code_or_words(pattern: str) -> Callable[[object], str | None]:
    """A reader of cells that hold a code, or else words worth keeping as they are."""
    code = coded(pattern, "a code")

    def reads(cell: object) -> str | None:
        try:
            return code(cell)
        except Unreadable:
            return without_letter(cells.text(cell) or "")

    return reads


def answered(cell: object) -> bool | None:
    """Yes or no; None where the council says that it does not know."""
    words = cells.text(cell)
    if words is None or without_letter(words).lower().startswith(_NOT_KNOWN):
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
    alone = answered(re.split(r"[-–]", answer)[0])
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


NEEDS = {
    "abuse|neglect": "N1",
    "child.?s (disability|illness)|disability or illness": "N2",
    "parent.*(disability|illness)": "N3",
    "acute stress": "N4",
    "dysfunction": "N5",
    "unacceptable behaviour": "N6",
    "low income": "N7",
    "absent parent": "N8",
    "other than child": "N9",
    "not stated": "N0",
}
CLOSURES = {
    "adopt": "RC1",
    "died|death|deceased": "RC2",
    "residence order|child arrangement": "RC3",
    "special g": "RC4",
    "(an)?other (la\\b|local auth)|out of area": "RC5",
    "adult": "RC6",
    "assessment": "RC8",
    "any other reason|no longer in need": "RC7",
}
LEGAL = {
    "short.?(term )?break|respite|series": "V3",
    "interim care": "C1",
    "placement order": "E1",
    "care order|wardship": "C2",
    "freed|freeing": "D1",
    "single period|section 20|s20|s\\.20": "V2",
    "police protection": "L1",
    "emergency protection|epo": "L2",
    "child assessment order": "L3",
    "remand": "J1",
    "pace": "J2",
    "youth rehab": "J3",
}
need = by_cell(coded("N[0-9]", "a need code from N0 to N9", NEEDS))
closure = by_cell(coded("RC[0-9]", "a code from RC1 to RC9", CLOSURES))
legal_status = by_cell(coded("[CDEJLV][1-4]", "a legal status code, as in C2,", LEGAL))
reason_ceased = by_cell(code_or_words("(?:E[0-9]{1,2}[AB]?|X1)"))
placement_type = by_cell(code_or_words("[UAPHKRSZT][0-9]"))
referral_source = by_cell(code_or_words("[0-9]{1,2}[A-F]?"))
