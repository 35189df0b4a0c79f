"""What councils write in Annex A's coded columns, as the codes that the case database keeps.

Sources: Ofsted, Annex A codes, August 2019; DfE, children in need census and SSDA903 code sets;
spellings seen in councils' returns.
"""

import re

from sqlalchemy import Boolean

from data_access.code_sets.children import CLOSURE, ETHNICITY, NEED, REFERRAL_SOURCE, SEX
from data_access.code_sets.plans import ABUSE, LEGAL_STATUS, PLACEMENT_KIND, REASON_CEASED
from data_access.code_sets.truths import (
    NO_FURTHER_ACTION,
    SEEN_ALONE,
    SEEN_AT_ALL,
    YES_OR_NO,
    truth,
)
from loading.columns.codes import code_in, reader
from loading.columns.column_read import by_cell, by_code
from loading.sources import cells
from loading.sources.annex_a.plain_words import plain
from loading.sources.cells import Unreadable, without_letter

# Each where the answer begins, but for what ended: "Assessment - closed" is closed. What was opened
# again is not, and nothing tells what it is since.
STATUSES = {
    r"(?!.*\bre ?open).*\b(closed|ended|ceased)\b|care leaver": "closed",
    r"looked after|(cpp?)? ?(lac|cla)|in care(?! proceedings)": "CLA",
    r"child protection(?! (enquir|investigat|conference|medical))|cpp?": "CP",
    # An assessment of whether a child is in need is no plan yet.
    r"(child(ren)? in need|cin)(?! assessment)": "CIN",
    r"open (as|asmt)|(open |cf |c f |cin |child(ren)? in need )?assessment": "assessment",
}
# "Child in need plan - not closed" is a child in need plan; "to be closed" is not closed yet.
_NOT_ENDED = re.compile(r"\b(not|never|to be)( (yet|been|be|to be))* (closed|ended|ceased)\b")


@by_code
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


@by_code
def seen_alone(cell: object) -> tuple[bool | None, bool | None] | None:
    """Seen and seen alone; "Child not seen" is an attempt, other answers do not say."""
    alone, seen = truth(code_in(cell, SEEN_ALONE)), truth(code_in(cell, SEEN_AT_ALL))
    return None if alone is seen is None else (alone or seen, alone)


@by_cell
def factors(cell: object) -> list[str]:
    """Census factor codes found in the cell: "1A, 2B", a list, or a yes against each."""
    words = cells.text(cell) or ""
    affirmed = re.sub(r'"?\d{1,2}[A-Za-z]?"?\s*:\s*"?(no|false|0|null)\b', "", words, flags=re.I)
    return sorted({code.upper() for code in re.findall(r"\b\d{1,2}[A-Za-z]\b|\b2[01]\b", affirmed)})


sex = reader(SEX)
ethnicity = reader(ETHNICITY)
abuse = reader(ABUSE)
no_further_action = reader(NO_FURTHER_ACTION, Boolean)
yes_or_no = reader(YES_OR_NO, Boolean)
need = reader(NEED)
closure = reader(CLOSURE)
legal_status = reader(LEGAL_STATUS)
reason_ceased = reader(REASON_CEASED)
placement_type = reader(PLACEMENT_KIND)
referral_source = reader(REFERRAL_SOURCE)
