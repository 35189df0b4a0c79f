"""Every open child with what schools, early help and services say of it: a query to be added up."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    Table,
    and_,
    case,
    func,
    literal,
    null,
    or_,
    select,
)

from data_access.dialect import add_days
from data_access.relations import covers, ends_after, first_of_each
from data_access.schema import (
    early_help,
    education_period,
    enrolment,
    exclusion,
    intervention,
)
from metrics.model import months_before
from metrics.others.counting import OneChild
from metrics.others.periods import counts_once
from metrics.others.told import MONTHS_BACK, called_school, is_persistent
from metrics.segments.open_families import not_restricted_on

KNOWN = (
    *("unit_id", "is_matched", "school", "urn", "sen", "possible", "attended", "is_excluded"),
    *("had_help", "has_service"),
)


def open_children(day: date) -> Select:
    """One row per child with an open case on the day: child_id, and what is `KNOWN` of it.

    Without restricted records.
    `school` and `urn` are of the roll that it is on; `sen` of that, else of the last that it was
    on. `possible` and `attended` are of periods that ended in the year to the day,
    each session once (`counts_once`). `is_excluded`, in that year, is NULL of a child of whom no
    school told. Of two rolls the later counts.
    """
    opened = not_restricted_on(day).subquery()
    place, sessions = _places(opened, day), _sessions(day)
    lately = exclusion.c.started_on > months_before(day, MONTHS_BACK)
    at_school, shut_out = _told_by(education_period, day), _told_by(exclusion, day, lately)
    # Nobody is matched by having been excluded: else all who are matched so would be.
    is_matched = or_(place.c.child_id.is_not(None), at_school.c.child_id.is_not(None))
    return select(
        opened.c.unit_id,
        opened.c.child_id,
        case((is_matched, True), else_=False).label("is_matched"),
        case((place.c.is_on_roll, place.c.school)).label("school"),
        case((place.c.is_on_roll, place.c.urn)).label("urn"),
        place.c.is_on_roll,
        place.c.sen,
        sessions.c.possible,
        sessions.c.attended,
        case(
            (and_(is_matched, shut_out.c.child_id.is_not(None)), True),
            (is_matched, False),
            else_=null(),
        ).label("is_excluded"),
        _is_helped(early_help, opened, day).label("had_help"),
        _is_helped(intervention, opened, day, covers(intervention, day)).label("has_service"),
    ).select_from(_beside(opened, place, sessions, at_school, shut_out))


def _beside(opened: Subquery, *told: Subquery) -> FromClause:
    """The open children with what there is of each, at most a row of a child."""
    found: FromClause = opened
    for one in told:
        found = found.outerjoin(one, one.c.child_id == opened.c.child_id)
    return found


def _places(opened: FromClause, day: date) -> Subquery:
    """Each open child's place at a school: the one whose roll it is on, else its last."""
    on_roll = ends_after(enrolment.c.ended_on, day)
    rows = select(
        enrolment.c.child_id,
        enrolment.c.school,
        enrolment.c.urn,
        enrolment.c.sen,
        case((on_roll, True), else_=False).label("is_on_roll"),
    ).where(enrolment.c.child_id.in_(select(opened.c.child_id)), enrolment.c.started_on <= day)
    last = (case((on_roll, 0), else_=1), enrolment.c.started_on.desc(), enrolment.c.enrolment_id)
    return first_of_each(rows, (enrolment.c.child_id,), last)


def _sessions(day: date) -> Subquery:
    told = education_period.c

    def lately(periods: FromClause) -> ColumnElement[bool]:
        over = periods.c.ended_on <= add_days(literal(day), literal(1))
        return and_(over, periods.c.ended_on > months_before(day, MONTHS_BACK))

    return (
        select(
            told.child_id,
            func.sum(told.possible).label("possible"),
            func.sum(told.attended).label("attended"),
        )
        .where(lately(education_period), counts_once(lately))
        .group_by(told.child_id)
        .subquery()
    )


def _told_by(table: Table, day: date, *holds: ColumnElement[bool]) -> Subquery:
    """The children of whom a row has begun, each once.

    Joined: PostgreSQL asks what stands among columns of each child anew, through a whole table.
    """
    return select(table.c.child_id).where(table.c.started_on <= day, *holds).distinct().subquery()


def _is_helped(
    table: Table, opened: FromClause, day: date, *holds: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Whether a row of the child has begun, or one of its whole family."""
    of_family = and_(table.c.child_id.is_(None), table.c.family_id == opened.c.family_id)
    rows = select(literal(1)).where(or_(table.c.child_id == opened.c.child_id, of_family))
    return rows.where(table.c.started_on <= day, *holds).correlate(opened).exists()


def alike(rows: Select) -> Select:
    """`open_children` added up: how many are alike in all that is known, and nobody's id."""
    told = rows.subquery()
    columns = [told.c[name] for name in (*KNOWN, "is_on_roll")]
    return select(*columns, func.count().label("children")).group_by(*columns)


def children_of(sums: Iterable[Any]) -> Iterator[OneChild]:
    """The children that `alike` has counted, each once."""
    for row in sums:
        one = OneChild(
            row.unit_id,
            row.is_matched,
            _school(row) if row.is_on_roll else None,
            row.sen,
            is_persistent(row.attended, row.possible) if row.possible else None,
            row.is_excluded,
            row.had_help,
            row.has_service,
        )
        yield from (one for _ in range(row.children))


def _school(place: Any) -> str:
    """The school with its number, as two may have one name."""
    called = called_school(place)
    return f"{called} ({place.urn})" if place.school and place.urn else called
