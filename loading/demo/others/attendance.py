"""How much of each term the children on a school's roll attended.

Of all pupils 10.5% were persistently absent in 2015/16 (DfE, Pupil absence in schools in England),
of children in need about three times as many (DfE, Outcomes for children in need).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from data_access import schema
from loading.demo.chance import Chance
from loading.demo.days import (
    DATA_FROM,
    DATA_TO,
    as_date,
    day_number,
    months_after,
    working_days_in,
)
from loading.demo.others.schools import FIRST_OF_TERM, LAST_OF_TERM, Enrolment
from loading.demo.tables import table_frame

# The year before the first month is told too: every month looks back over one.
_TOLD_FROM = months_after(DATA_FROM, -12)
_HALF_TERM, _SESSIONS_A_DAY = 5, 2
_SHARE_TOLD = 0.95
_SHARE_PERSISTENT = {False: 0.24, True: 0.40}
_MISSED_BY_OTHERS = 0.08
_MISSED_AT_LEAST, _MISSED_BEYOND, _MISSED_AT_MOST = 0.11, 0.14, 0.95
_TERM_BY_TERM = (70, 130)
_SHARE_WITH_LEAVE = (35, 90)


@dataclass(frozen=True)
class Term:
    """A term, [started, ended), and how many sessions a pupil can attend in it."""

    started: int
    ended: int
    possible: int


def _terms() -> Iterator[Term]:
    """Autumn, spring and summer of each school year; of those that are over, what is told."""
    for year in range(as_date(_TOLD_FROM).year - 1, as_date(DATA_TO).year + 1):
        days = (
            (day_number(year, 9, FIRST_OF_TERM), day_number(year, 12, 20)),
            (day_number(year + 1, 1, 5), day_number(year + 1, 3, 29)),
            (day_number(year + 1, 4, 14), day_number(year + 1, 7, LAST_OF_TERM + 1)),
        )
        for started, ended in days:
            if _TOLD_FROM < ended <= DATA_TO:
                at_school = working_days_in(started, ended) - _HALF_TERM
                yield Term(started, ended, _SESSIONS_A_DAY * at_school)


TERMS = tuple(_terms())


def attendance_frame(enrolled: Iterable[Enrolment]) -> pd.DataFrame:
    """Table `education_period`: a row per term that is over, in the order of the rolls."""
    chance = Chance("attendance")
    told = [row for one in enrolled for row in _attended(chance, one)]
    rows = [(f"EP{number:06}", *row) for number, row in enumerate(told, start=1)]
    return table_frame(schema.education_period, rows)


def _attended(chance: Chance, one: Enrolment) -> Iterator[tuple[str, int, int, int, int, int, int]]:
    """The row of each term without its id; none where the school tells of no attendance."""
    is_told, missed = chance.happens(_SHARE_TOLD), _missed(chance, one)
    for term in TERMS:
        of_usual, with_leave = chance.between(*_TERM_BY_TERM), chance.between(*_SHARE_WITH_LEAVE)
        absent = round(term.possible * min(missed * of_usual / 100, _MISSED_AT_MOST))
        authorised = round(absent * with_leave / 100)
        if is_told and one.started <= term.started and term.ended <= one.ended:
            sessions = (term.possible, term.possible - absent, authorised, absent - authorised)
            yield one.child_id, term.started, term.ended, *sessions


def _missed(chance: Chance, one: Enrolment) -> float:
    """The share of all sessions that the child misses at the school; as many draws for each."""
    is_persistent = chance.happens(_SHARE_PERSISTENT[one.school.is_secondary])
    of_others = chance.share() * _MISSED_BY_OTHERS
    beyond = chance.waiting(100) / 100 * _MISSED_BEYOND
    return _MISSED_AT_LEAST + beyond if is_persistent else of_others
