"""Which adults are linked to which families, over every unit: for who may ask, restricted apart.

Of a restricted child no link is read, nor any of its family where the family is another one: only
whether there is such a link.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Engine,
    Row,
    Select,
    Subquery,
    and_,
    case,
    false,
    not_,
    or_,
    select,
)

from data_access.database import read
from data_access.problems import NotAllowed
from data_access.schema import child, relationship
from data_access.viewer import Act, Viewer


@dataclass(frozen=True)
class MayAsk:
    """That somebody who is known may ask for linked adults; `may_ask` alone gives it."""


def may_ask(viewer: Viewer) -> MayAsk:
    """Refuses who was not given the right, and who has not signed in: nobody could be audited."""
    if Act.SEE_NETWORK not in viewer.acts or not viewer.session:
        raise NotAllowed("Linked adults are told to those alone who were given the right to ask.")
    return MayAsk()


def ties(as_at: date) -> Subquery:
    """Every link of an adult to a child that began by the day, with the child's family.

    child_id, family, person_id, role, started_on, ended_on, verified, source; `of_restricted`: the
    child is restricted; `in_restricted`: a child of the family is. A child of no family is one of
    its own. A link without a first day has begun.
    """
    tie, others = relationship.c, child.alias("others")
    families = select(others.c.family_id).where(others.c.restricted)
    is_in = child.c.family_id.in_(families.where(others.c.family_id.is_not(None)))
    return (
        select(
            child.c.child_id,
            family_of_child().label("family"),
            *(tie.person_id, tie.role, tie.started_on, tie.ended_on, tie.verified, tie.source),
            child.c.restricted.label("of_restricted"),
            or_(child.c.restricted, case((is_in, True), else_=false())).label("in_restricted"),
        )
        .select_from(relationship.join(child, child.c.child_id == tie.child_id))
        .where(or_(tie.started_on.is_(None), tie.started_on <= as_at))
        .subquery()
    )


def family_of_child() -> ColumnElement[str]:
    """A family by its id, a child of none by its own: never one for the other."""
    return case(
        (child.c.family_id.is_not(None), "family " + child.c.family_id),
        else_="child " + child.c.child_id,
    )


def known_of(tie: Subquery, *conditions: ColumnElement[bool]) -> Select:
    """The adults of the ties of which all of it holds, whom no restricted child alone makes known.

    One column, person_id.
    """
    return select(tie.c.person_id).where(*conditions, not_(tie.c.of_restricted))


def may_be_told(tie: Subquery, adults: Select) -> ColumnElement[bool]:
    """Whether a tie is of one of the adults, and of a family in which no child is restricted."""
    return and_(not_(tie.c.in_restricted), tie.c.person_id.in_(adults))


def children_still_linked(
    engine: Engine, child_id: str, family: str, adults: Sequence[str], as_at: date
) -> frozenset[str]:
    """The family's children, while one of the adults links it to the child's own; else nobody.

    As the page tells of it: in one step or over one more family, and nobody where a restricted
    child is part of it, where the child asked from is restricted, or has gone.
    """
    asked_from = child.c.child_id == child_id, not_(child.c.restricted)
    own = select(family_of_child()).where(*asked_from).correlate(None)
    first, reached, near, there = (ties(as_at) for _ in range(4))
    step = may_be_told(reached, known_of(first, first.c.family.in_(own)))
    beside = near.c.family.in_(own.union(select(reached.c.family).where(step)))
    told = may_be_told(there, known_of(near, beside, near.c.person_id.in_(adults)))
    linked = select(there.c.family).where(there.c.family == family, told)
    query = select(child.c.child_id).where(family_of_child().in_(linked))
    return frozenset(row.child_id for row in read(engine, query))


def read_linked(engine: Engine, query: Select, _leave: MayAsk) -> Sequence[Row]:
    """The rows of a query that leaves restricted ones out: to be audited before they are shown."""
    return read(engine, query)
