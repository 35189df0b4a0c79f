"""On which school's roll each child is, with what special needs, and who was excluded."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from data_access import schema
from loading.demo.chance import Chance
from loading.demo.children.families import Child, Family
from loading.demo.days import (
    DATA_TO,
    WARM_UP_FROM,
    as_date,
    day_number,
    last_working_day_to,
)
from loading.demo.tables import table_frame
from loading.demo.units import AREAS

# Classes begin in the September after these birthdays, and school ends after the last of them.
_STARTS, _MOVES_ON, _LEAVES = 4, 11, 16
_SEPTEMBER = 9
FIRST_OF_TERM, LAST_OF_TERM = 5, 19
_PRIMARY = ("Alder", "Birch", "Cedar", "Elder", "Hazel", "Juniper", "Laurel", "Maple")
_SECONDARY = ("Ashdown", "Beechfield", "Oakdene")
_FIRST_URN = 900_001
_SHARE_MATCHED = 0.94
# About what the DfE publishes of children in need (2016), and a few of whom it is not known.
_SEN = {"E": 22.0, "K": 22.0, "N": 44.0, None: 12.0}
_SHARE_EXCLUDED_IN_A_YEAR = {False: 0.01, True: 0.11}
_KINDS = {"SUSP": 94.0, "PERM": 2.0, "LNCH": 4.0}
_MOST_TIMES, _LONGEST = 3, 5


@dataclass(frozen=True)
class School:
    """A school; children of its `area` go there."""

    urn: str
    name: str
    area: str
    is_secondary: bool


@dataclass(frozen=True)
class Enrolment:
    """One child on the roll of one school, [started, ended)."""

    child_id: str
    school: School
    sen: str | None
    started: int
    ended: int


def _schools() -> Iterator[School]:
    kinds = [(name, False) for name in _PRIMARY] + [(name, True) for name in _SECONDARY]
    number = _FIRST_URN
    for area in AREAS:
        for name, is_secondary in kinds:
            kind = "Academy" if is_secondary else "Primary School"
            yield School(str(number), f"{name} {area.capitalize()} {kind}", area, is_secondary)
            number += 1


SCHOOLS = tuple(_schools())


def enrolments(families: Iterable[Family]) -> list[Enrolment]:
    """Of each child who was matched with a school, the schools it went to by the last day."""
    chance = Chance("schools")
    return [
        one
        for family in families
        for child in family.children
        for one in _of_child(chance, family, child)
        if one.started <= DATA_TO
    ]


def _of_child(chance: Chance, family: Family, child: Child) -> Iterator[Enrolment]:
    """Always as many draws, so that no child's change moves the next one's."""
    primary, secondary = (
        chance.one_of([s for s in SCHOOLS if s.area == family.area and s.is_secondary is kind])
        for kind in (False, True)
    )
    sen, is_matched = chance.weighted(_SEN), chance.happens(_SHARE_MATCHED)
    if not is_matched:
        return
    starts, moves, leaves = (_september(child, age) for age in (_STARTS, _MOVES_ON, _LEAVES))
    yield Enrolment(child.child_id, primary, sen, starts, moves)
    yield Enrolment(child.child_id, secondary, sen, moves, leaves)


def _september(child: Child, age: int) -> int:
    """The first school day after the birthday of this age; who is born in September waits."""
    born: date = as_date(child.born)
    years = age + (born.month >= _SEPTEMBER)
    return day_number(born.year + years, _SEPTEMBER, FIRST_OF_TERM)


def enrolment_frame(enrolled: Iterable[Enrolment]) -> pd.DataFrame:
    """Table `enrolment`, in the order of the children."""
    rows = [
        (
            f"EN{number:05}",
            one.child_id,
            one.school.name,
            one.school.urn,
            one.sen,
            one.started,
            one.ended if one.ended <= DATA_TO else None,
        )
        for number, one in enumerate(enrolled, start=1)
    ]
    return table_frame(schema.enrolment, rows)


def exclusion_frame(enrolled: Iterable[Enrolment]) -> pd.DataFrame:
    """Table `exclusion`: of each school year of each child, sorted by child and day."""
    chance = Chance("exclusions")
    told = [row for one in enrolled for row in _exclusions(chance, one)]
    rows = [(f"EX{number:05}", *row) for number, row in enumerate(told, start=1)]
    return table_frame(schema.exclusion, rows)


def _exclusions(chance: Chance, one: Enrolment) -> Iterator[tuple[str, str, int, float | None]]:
    """child_id, kind, the first day and how many days; for good has no number of days."""
    share = _SHARE_EXCLUDED_IN_A_YEAR[one.school.is_secondary]
    for year in range(*_known_years(one)):
        if not chance.happens(share):
            continue
        first, last = day_number(year, 9, FIRST_OF_TERM), day_number(year + 1, 7, LAST_OF_TERM)
        times = chance.between(1, _MOST_TIMES)
        days = {last_working_day_to(chance.between(first, last)) for _ in range(times)}
        for day in sorted(days):
            kind, length = chance.weighted(_KINDS), float(chance.between(1, _LONGEST))
            if day <= DATA_TO:
                yield one.child_id, kind, day, None if kind == "PERM" else length


def _known_years(one: Enrolment) -> tuple[int, int]:
    """The Septembers, the last not included, in which a year at the school begins that is known."""
    first = max(one.started, WARM_UP_FROM)
    return as_date(first).year, min(as_date(one.ended).year, as_date(DATA_TO).year + 1)
