"""What a report says of visits that another source gives: when each was recorded, above all.

A detail names its visit by id; else by child, day and kind; without a kind it is of every visit of
that child and day. By the one id of what was done for several children at once it is of all their
visits, unless several details of that id differ: then each may be of one child, and of none is it
known of whom.
"""

from collections.abc import Iterator

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    String,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
)

from data_access.schema import visit, visit_detail
from loading.checks.breaches import Breach, Situation, rows_of
from loading.checks.check import PERFORMANCE, Check
from loading.details.visits_of import visits_by_name, visits_of, visits_that_share
from loading.fitting import joined
from loading.sources.reading import EACH_UP_TO, WARNING

FILLED = ("seen", "seen_alone", "worker_id", "recorded_on")
# By which columns a detail and its visit are one; the first that the detail has all of counts.
BY_ID = ("visit_id",)
WAYS = (BY_ID, ("child_id", "visited_on", "kind"), ("child_id", "visited_on"))


def with_details(visits: pd.DataFrame, details: pd.DataFrame) -> pd.DataFrame:
    """The visits, and where they say nothing what the first detail that knows it says.

    What a visit says itself always counts, as the first known value of two sources does.
    """
    rest = _one_a_visit(visits, details)
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


def _one_a_visit(visits: pd.DataFrame, details: pd.DataFrame) -> pd.DataFrame:
    """The details, those by an id that several visits share under the id of each of these.

    Not where they differ, and may be of one visit each.
    """
    made = visits_of(visits, details["visit_id"])
    if made.empty:
        return details
    shares = details["visit_id"].isin(made["shared_id"])
    each = details[shares].drop_duplicates(["visit_id", *FILLED])
    is_in_doubt = each["visit_id"].duplicated(keep=False) & each["visit_id"].isin(_several(made))
    each = each[~is_in_doubt].rename(columns={"visit_id": "shared_id"})
    return pd.concat([details[~shares], each.merge(made, on="shared_id")[details.columns]])


def _several(made: pd.DataFrame) -> pd.Series:
    return made.loc[made["shared_id"].duplicated(), "shared_id"]


def of_no_visit(_: Situation) -> Iterator[Breach]:
    """Details of which no visit is there, and those that name none, by each way of naming one.

    Few are said row by row, so that each is marked in a workbook; many once.
    """
    for way in WAYS:
        there = exists().where(_is_of(way, _visits_by(way))).correlate(visit_detail)
        yield _gathered(rows_of(visit_detail).where(_goes_by(way), ~there), way[0], EACH_UP_TO)
    goes_by_none = ~or_(*map(_goes_by, WAYS))
    yield _gathered(rows_of(visit_detail).where(goes_by_none), "visit_id", EACH_UP_TO)


def of_one_of_several(_: Situation) -> Iterator[Breach]:
    """Details that differ and are by the one id of several visits: once for all."""
    wrong = rows_of(visit_detail).where(visit_detail.c.visit_id.in_(_in_doubt()))
    yield _gathered(wrong, "visit_id", each_up_to=0)


def of_another_word(_: Situation) -> Iterator[Breach]:
    """Details that say otherwise than their visit, which is what counts."""
    for name in FILLED:
        for way in WAYS:
            visits = _visits_by(way)
            said, stands = visit_detail.c[name], visits.c[name]
            query = (
                rows_of(visit_detail, said=said, stands=stands, other=visits.c.visit_id)
                .join(visits, _is_of(way, visits))
                .where(_goes_by(way), said != stands)
            )
            if way is BY_ID:
                query = query.where(visit_detail.c.visit_id.not_in(_in_doubt()))
            yield Breach(visit_detail, query, column=name)


def _visits_by(way: tuple[str, ...]) -> FromClause:
    return visits_by_name() if way is BY_ID else visit


def _is_of(way: tuple[str, ...], visits: FromClause) -> ColumnElement[bool]:
    if way is BY_ID:
        return visits.c.name == visit_detail.c.visit_id
    return and_(*(visits.c[name] == visit_detail.c[name] for name in way))


def _goes_by(way: tuple[str, ...]) -> ColumnElement[bool]:
    """Whether a detail has all of these columns, and not all of those that go before them."""
    has = and_(*(visit_detail.c[name].is_not(None) for name in way))
    before = WAYS[: WAYS.index(way)]
    lacks = (or_(*(visit_detail.c[name].is_(None) for name in one)) for one in before)
    return and_(has, *lacks)


def _in_doubt() -> Select:
    """Ids that several visits share, and several details that differ."""
    shares, detail = visits_that_share().subquery(), visit_detail.alias()
    several = select(shares.c.name).group_by(shares.c.name).having(func.count() > 1)
    differ = (
        or_(
            func.count(column.distinct()) > 1,
            and_(func.count(column) > 0, func.count(column) < func.count()),
        )
        for column in (detail.c[name] for name in FILLED)
    )
    of_several = select(detail.c.visit_id).where(detail.c.visit_id.in_(several))
    return of_several.group_by(detail.c.visit_id).having(or_(*differ))


def _gathered(wrong: Select, column: str, each_up_to: int) -> Breach:
    """One row for all that are wrong: how many, the first by id, and the first three.

    Where they are no more than `each_up_to`, a row for each.
    """
    row_key = wrong.subquery().c.row_key
    second, third = (
        func.coalesce(
            literal(", ") + func.lead(row_key, place, type_=String).over(order_by=row_key), ""
        )
        for place in (1, 2)
    )
    of_all = func.count().over()
    in_order = select(
        row_key.label("row_key"),
        case((of_all <= each_up_to, row_key), else_=row_key + second + third).label("named"),
        case((of_all <= each_up_to, 1), else_=of_all).label("rows"),
        func.row_number().over(order_by=row_key).label("nth"),
    ).subquery()
    columns = (in_order.c[name] for name in ("row_key", "named", "rows"))
    said = select(*columns).where(or_(in_order.c.nth == 1, in_order.c.rows == 1))
    return Breach(visit_detail, said, column=column, asks=wrong)


CHECKS = (
    Check(
        "detail_of_no_visit",
        WARNING,
        PERFORMANCE,
        "{rows} {rows:detail is|details are} of no visit that is there, {rows:namely|the first}"
        " {named}: by {rows:its|their} visit_id, or without one by child, day and kind. What"
        " {rows:it says|they say} counts nowhere. Add the {rows:visit|visits}, or correct"
        " the {rows:row|rows}",
        of_no_visit,
    ),
    Check(
        "detail_of_one_of_several",
        WARNING,
        PERFORMANCE,
        "{rows} details, the first {named}, are by the one id of several children's visits, and"
        " those of one id differ: each may be of one child alone, and nobody can tell of whom. They"
        " fill no visit; what a load before filled in stands until the visits are loaded again."
        " Name child, day and kind in them, or let them agree",
        of_one_of_several,
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
