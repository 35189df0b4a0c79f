"""The links of one step from families over their adults to other families, as queries."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, Subquery, and_, literal, not_, select

from data_access.guard.linked import family_of_child, known_of, may_be_told, ties
from data_access.relations import ends_after
from data_access.schema import allocation, child, person, referral, relationship, unit

TOLD = ("person_id", "family", "role", "started_on", "ended_on", "verified", "source")


@dataclass(frozen=True)
class Step:
    """From `families`, which are never among those it leads to, as `known` ones are not.

    `only` is the one adult whose links are asked for; adults of the family `without` are left out.
    """

    families: tuple[str, ...]
    as_at: date
    known: tuple[str, ...] = ()
    only: str | None = None
    without: str | None = None


def here(step: Step) -> Select:
    """Links of the step's families to their adults, alike ones once; none of a restricted child."""
    tie = ties(step.as_at)
    return _told(tie).where(_is_here(step, tie), not_(tie.c.of_restricted))


def there(step: Step) -> Select:
    """Links of the same adults to other families, none of which has a restricted child."""
    tie = ties(step.as_at)
    return _told(tie).where(_is_there(step, tie), _is_open(step, tie))


def hidden(step: Step) -> Select:
    """One row where a restricted child has a link on either side of the step, and else none."""
    tie = ties(step.as_at)
    others = and_(_is_there(step, tie), not_(_is_open(step, tie)))
    return select(literal(1).label("is_there")).select_from(tie).where(others).limit(1)


def _told(tie: Subquery) -> Select:
    return select(*(tie.c[name] for name in TOLD)).distinct()


def _is_here(step: Step, tie: Subquery) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [tie.c.family.in_(step.families)]
    if step.only is not None:
        conditions.append(tie.c.person_id == step.only)
    if step.without is not None:
        own = ties(step.as_at)
        conditions.append(
            tie.c.person_id.not_in(select(own.c.person_id).where(own.c.family == step.without))
        )
    return and_(*conditions)


def _is_there(step: Step, tie: Subquery) -> ColumnElement[bool]:
    """Of an adult of the step's families, whoever the child is through whom that is known."""
    from_here = ties(step.as_at)
    adults = select(from_here.c.person_id).where(_is_here(step, from_here))
    return and_(tie.c.family.not_in((*step.families, *step.known)), tie.c.person_id.in_(adults))


def _is_open(step: Step, tie: Subquery) -> ColumnElement[bool]:
    from_here = ties(step.as_at)
    return may_be_told(tie, known_of(from_here, _is_here(step, from_here)))


def children_of(families: tuple[str, ...], as_at: date) -> Select:
    """The families' children, each with whether a case of it is open: family, child_id, is_open."""
    of_family = family_of_child()
    cases = referral.c
    running = select(cases.child_id).where(
        cases.received_on <= as_at, ends_after(cases.closed_on, as_at)
    )
    return select(
        of_family.label("family"), child.c.child_id, child.c.child_id.in_(running).label("is_open")
    ).where(of_family.in_(families))


def leads_of(families: tuple[str, ...], as_at: date) -> Select:
    """Who leads on the families' children, or did: family, child_id, the unit, worker_id, days."""
    held, of_family = allocation.c, family_of_child()
    joined = allocation.join(child, child.c.child_id == held.child_id).outerjoin(
        unit, unit.c.unit_id == held.unit_id
    )
    return (
        select(
            of_family.label("family"),
            held.child_id,
            held.unit_id,
            unit.c.name.label("unit_name"),
            held.worker_id,
            held.started_on,
            held.ended_on,
        )
        .select_from(joined)
        .where(of_family.in_(families), held.lead.is_(True), held.started_on <= as_at)
        .order_by(held.started_on, held.allocation_id)
    )


def names_of(adults: tuple[str, ...]) -> Select:
    """The adults' names: person_id, name."""
    return select(person.c.person_id, person.c.name).where(person.c.person_id.in_(adults))


def family_of(child_id: str) -> Select:
    """The family of one child: family."""
    return select(family_of_child().label("family")).where(child.c.child_id == child_id)


def roles_in_source() -> Select:
    """Each role that an adult has in the data, once: role."""
    return select(relationship.c.role).distinct()
