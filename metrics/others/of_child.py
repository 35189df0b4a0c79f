"""What schools, early help and services tell of one child: queries, as those of its journey.

Early help and services of a whole family are of each of its children: `of_family` tells them.
"""

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    Table,
    and_,
    literal,
    null,
    or_,
    select,
    union_all,
)

from data_access.schema import (
    child,
    early_help,
    education_period,
    enrolment,
    exclusion,
    intervention,
)
from metrics.lists.opened import Opened, through
from metrics.model import Basis


def _of_the_child(table: Table, *names: str) -> Callable[[Opened, Basis], Select]:
    """A query of the child's rows that began by the last day: started_on, then these columns."""

    def asked(opened: Opened, basis: Basis) -> Select:
        columns = (table.c[name] for name in ("started_on", *names))
        told = through(opened, table, table.c.child_id, *columns)
        return told.where(table.c.started_on <= basis.as_at)

    return asked


def _of_the_family(table: Table, *names: str) -> Callable[[Opened, Basis], Select]:
    """The same with the family's rows, which name no child."""

    def asked(opened: Opened, basis: Basis) -> Select:
        columns = (table.c[name] for name in ("started_on", *names))
        of_family = and_(table.c.child_id.is_(None), table.c.family_id == child.c.family_id)
        joined = child.join(table, or_(table.c.child_id == child.c.child_id, of_family))
        told = through(opened, joined, child.c.child_id, *columns, of_family.label("of_family"))
        return told.where(table.c.started_on <= basis.as_at)

    return asked


PARTS: Mapping[str, Callable[[Opened, Basis], Select]] = {
    enrolment.name: _of_the_child(enrolment, "ended_on", "school", "urn", "sen", "enrolment_id"),
    education_period.name: _of_the_child(
        education_period,
        *("ended_on", "possible", "attended", "authorised", "unauthorised", "education_period_id"),
    ),
    exclusion.name: _of_the_child(exclusion, "kind", "days", "exclusion_id"),
    early_help.name: _of_the_family(
        early_help, "ended_on", "kind", "led_by", "end_reason", "early_help_id"
    ),
    intervention.name: _of_the_family(
        intervention, "ended_on", "name", "kind", "provider", "end_reason", "intervention_id"
    ),
}


def told_by(tables: Iterable[str], opened: Opened, basis: Basis) -> Select:
    """The rows of these tables of `PARTS` in one query, as a page has them all or none.

    unit_id, child_id, `part`, the table's name, then every column that one of them has, NULL in the
    others.
    """
    asked = {name: PARTS[name](opened, basis).subquery() for name in tables}
    columns = {column.key: column for one in asked.values() for column in one.c}
    return select(
        union_all(
            *(_with_every_column(name, one, columns) for name, one in asked.items())
        ).subquery()
    )


def _with_every_column(name: str, one: Subquery, columns: Mapping[str, ColumnElement]) -> Select:
    told = (
        one.c[key] if key in one.c else null().cast(column.type).label(key)
        for key, column in columns.items()
    )
    return select(literal(name).label("part"), *told)
