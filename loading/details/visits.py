"""What a report says of visits that another source gives: when each was recorded, above all.

A detail names its visit by id; else by child, day and kind; without a kind it is of every visit of
that child and day.
"""

from collections.abc import Iterator

import pandas as pd
from sqlalchemy import ColumnElement, FromClause, and_, exists, or_

from data_access.schema import visit, visit_detail
from loading.checks.breaches import Breach, Situation, rows_of
from loading.checks.check import PERFORMANCE, Check
from loading.fitting import joined
from loading.sources.reading import WARNING

FILLED = ("seen", "seen_alone", "worker_id", "recorded_on")
# By which columns a detail and its visit are one; the first that the detail has all of counts.
WAYS = (("visit_id",), ("child_id", "visited_on", "kind"), ("child_id", "visited_on"))


def with_details(visits: pd.DataFrame, details: pd.DataFrame) -> pd.DataFrame:
    """The visits, and where they say nothing what the first detail that knows it says.

    What a visit says itself always counts, as the first known value of two sources does.
    """
    rest = details
    for way in map(list, WAYS):
        names = rest[way].notna().all(axis=1)
        visits = _filled(visits, rest[names], way)
        rest = rest[~names]
    return visits


def _filled(visits: pd.DataFrame, details: pd.DataFrame, way: list[str]) -> pd.DataFrame:
    """The same by one way; only columns are touched of which the visits lack what a detail has.

    Each detail is looked up by one key: rows put side by side would be of a large council's visits
    two more copies.
    """
    lack = [one for one in FILLED if visits[one].isna().any() and details[one].notna().any()]
    if not lack:
        return visits
    said = details[lack].set_axis(pd.Index(joined(details[way], "|")))
    if not said.index.is_unique:
        said = said.groupby(level=0, sort=False).first()
    place = said.index.get_indexer(pd.Index(joined(visits[way], "|")))
    for name in lack:
        told = pd.Series(said[name].array.take(place, allow_fill=True), index=visits.index)
        visits = visits.assign(**{name: visits[name].where(visits[name].notna(), told)})
    return visits


def of_no_visit(_: Situation) -> Iterator[Breach]:
    """Details of which no visit is there, and those that name none."""
    for way in WAYS:
        there = exists().where(_is_of(way, visit)).correlate(visit_detail)
        query = rows_of(visit_detail).where(_goes_by(way), ~there)
        yield Breach(visit_detail, query, column=way[0])
    goes_by_none = ~or_(*map(_goes_by, WAYS))
    yield Breach(visit_detail, rows_of(visit_detail).where(goes_by_none), column="visit_id")


def of_another_word(_: Situation) -> Iterator[Breach]:
    """Details that say otherwise than their visit, which is what counts."""
    for name in FILLED:
        for way in WAYS:
            said, stands = visit_detail.c[name], visit.c[name]
            query = (
                rows_of(visit_detail, said=said, stands=stands, other=visit.c.visit_id)
                .join(visit, _is_of(way, visit))
                .where(_goes_by(way), said != stands)
            )
            yield Breach(visit_detail, query, column=name)


def _is_of(way: tuple[str, ...], visits: FromClause) -> ColumnElement[bool]:
    return and_(*(visits.c[name] == visit_detail.c[name] for name in way))


def _goes_by(way: tuple[str, ...]) -> ColumnElement[bool]:
    """Whether a detail has all of these columns, and not all of those that go before them."""
    has = and_(*(visit_detail.c[name].is_not(None) for name in way))
    before = WAYS[: WAYS.index(way)]
    lacks = (or_(*(visit_detail.c[name].is_(None) for name in one)) for one in before)
    return and_(has, *lacks)


CHECKS = (
    Check(
        "detail_of_no_visit",
        WARNING,
        PERFORMANCE,
        "it is of no visit that is there, by its visit_id, or without one by child, day and kind:"
        " what it says counts nowhere. Add the visit, or correct the row",
        of_no_visit,
    ),
    Check(
        "detail_says_otherwise",
        WARNING,
        PERFORMANCE,
        "{column} is {said}, and visit {other} has {stands}, which counts: correct the source that"
        " is wrong, and load all sources anew",
        of_another_word,
    ),
)
