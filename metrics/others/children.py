"""Every open child with what schools, early help and services say of it: read to be added up."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, Table, func, literal, or_, select

from data_access.database import read
from data_access.dialect import add_days
from data_access.relations import NEVER, covers
from data_access.schema import (
    early_help,
    education_period,
    enrolment,
    exclusion,
    intervention,
)
from metrics.model import months_before
from metrics.others.counting import OneChild
from metrics.others.told import MONTHS_BACK, called_school, is_persistent
from metrics.segments.open_families import open_on

Rows = Mapping[object, Sequence[Any]]


def children_on(engine: Engine, day: date, held: Collection[str]) -> list[OneChild]:
    """Every child with an open case on the day, restricted ones too: sums alone are made of them.

    `held` are the tables that have a row: of the others nothing is known of anybody.
    """
    told = {
        name: _by_whom(read(engine, query)) for name, query in _queries(day).items() if name in held
    }
    return [_child(row, told, day) for row in read(engine, open_on(day))]


def _queries(day: date) -> Mapping[str, Select]:
    """By table what is asked of the open children, each row with whom it is of."""
    return {
        enrolment.name: _of_children(
            enrolment, day, *(enrolment.c[name] for name in ("ended_on", "school", "urn", "sen"))
        ),
        education_period.name: _sessions(day),
        exclusion.name: _of_children(exclusion, day),
        early_help.name: _of_families(early_help, day),
        intervention.name: _of_families(intervention, day).where(covers(intervention, day)),
    }


def _of_children(table: Table, day: date, *columns: ColumnElement) -> Select:
    opened = open_on(day).subquery()
    return select(table.c.child_id.label("whose"), table.c.started_on, *columns).where(
        table.c.child_id.in_(select(opened.c.child_id)), table.c.started_on <= day
    )


def _sessions(day: date) -> Select:
    """Sessions possible and attended in periods that were over by the day, and ended in a year."""
    told = education_period.c
    over = add_days(literal(day), literal(1))
    return (
        _of_children(education_period, day)
        .with_only_columns(
            told.child_id.label("whose"),
            func.sum(told.possible).label("possible"),
            func.sum(told.attended).label("attended"),
        )
        .where(told.ended_on <= over, told.ended_on > months_before(day, MONTHS_BACK))
        .group_by(told.child_id)
    )


def _of_families(table: Table, day: date) -> Select:
    """Rows of an open child, or of its family: of the first "child …", of the other "family …"."""
    opened = open_on(day).subquery()
    whose = func.coalesce("child " + table.c.child_id, "family " + table.c.family_id)
    of_any = or_(
        table.c.child_id.in_(select(opened.c.child_id)),
        table.c.family_id.in_(select(opened.c.family_id)),
    )
    return select(whose.label("whose"), table.c.started_on).where(of_any, table.c.started_on <= day)


def _by_whom(rows: Sequence[Any]) -> Rows:
    found: dict[object, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.whose].append(row)
    return found


def _child(row: Any, told: Mapping[str, Rows], day: date) -> OneChild:
    of_child = {name: rows.get(row.child_id, ()) for name, rows in told.items()}
    places = of_child.get(enrolment.name, ())
    now = [one for one in places if (one.ended_on or NEVER) > day]
    last = max(now or places, key=lambda one: one.started_on, default=None)
    is_matched = any(of_child.get(one.name) for one in (enrolment, education_period, exclusion))
    return OneChild(
        row.unit_id,
        is_matched,
        _school(last) if now else None,
        last.sen if last else None,
        _is_absent(of_child.get(education_period.name, ())),
        _is_excluded(of_child.get(exclusion.name, ()), day) if is_matched else None,
        _has_any(told.get(early_help.name, {}), row),
        _has_any(told.get(intervention.name, {}), row),
    )


def _school(place: Any) -> str:
    """The school with its number, as two may have one name."""
    called = called_school(place)
    return f"{called} ({place.urn})" if place.school and place.urn else called


def _is_absent(sessions: Sequence[Any]) -> bool | None:
    if not sessions or not sessions[0].possible:
        return None
    return is_persistent(sessions[0].attended, sessions[0].possible)


def _is_excluded(exclusions: Sequence[Any], day: date) -> bool:
    since = months_before(day, MONTHS_BACK)
    return any(one.started_on > since for one in exclusions)


def _has_any(rows: Rows, child: Any) -> bool:
    return bool(rows.get(f"child {child.child_id}") or rows.get(f"family {child.family_id}"))
