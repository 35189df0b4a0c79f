"""What one look finds: adults of a family who are linked to other families, and what is not told.

By the adult's number in the source and nothing else: two records of one name are two adults.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Engine, Row

from data_access.guard.linked import MayAsk, read_linked
from metrics.network.steps import (
    Step,
    children_of,
    family_of,
    here,
    hidden,
    leads_of,
    roles_in_source,
    there,
)

# Of families and adults together: of more no picture can be read, and it would be a search.
MOST_NODES = 25
MOTHER = "mother"


@dataclass(frozen=True)
class Tie:
    """One link between an adult and a family, as recorded; `is_ended` by the data's last day."""

    role: str
    started_on: date | None
    ended_on: date | None
    source: str | None
    is_verified: bool
    is_ended: bool


@dataclass(frozen=True)
class Link:
    """An adult, how it is tied to the family that was asked from, and to another one.

    Verified only where both sides are.
    """

    person_id: str
    own_family: str
    own: tuple[Tie, ...]
    family: str
    other: Tie
    is_verified: bool

    @property
    def is_ended(self) -> bool:
        return self.other.is_ended or all(tie.is_ended for tie in self.own)


@dataclass(frozen=True)
class FamilyFacts:
    """All that is told of another family: who leads on it, or did last, and whether it is open.

    `held` has the children of each unit, by its id, of those who lead.
    """

    children: tuple[str, ...]
    leads: tuple[Row, ...]
    is_open: bool
    held: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """One look's answer: nothing of it may be shown before the look is written down.

    `families` has the facts of every family but the one asked from. With `too_many` there are no
    links. `has_hidden`: a restricted child has a link, of which nothing more is known here.
    """

    asked: str
    links: tuple[Link, ...] = ()
    families: Mapping[str, FamilyFacts] | None = None
    has_hidden: bool = False
    too_many: bool = False
    only_mothers: bool = False

    @property
    def adults(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(link.person_id for link in self.links))

    @property
    def children(self) -> tuple[str, ...]:
        """The children of every family that is told of."""
        of_families = (facts.children for facts in (self.families or {}).values())
        return tuple(child for children in of_families for child in children)


def found_from(
    engine: Engine, child_id: str, as_at: date, leave: MayAsk, adult: str | None = None
) -> Found:
    """One step from the child's family; with `adult`, a step further from that adult's families.

    An adult who is not one of those that the first step tells of finds nothing.
    """
    asked = str(read_linked(engine, family_of(child_id), leave)[0].family)
    first = Step((asked,), as_at, only=adult)
    found = _answer(engine, asked, first, leave)
    if adult is None or found.too_many or not found.links:
        return found
    reached = tuple(dict.fromkeys(link.family for link in found.links))
    further = Step(reached, as_at, known=(asked,), without=asked)
    return _answer(engine, asked, further, leave, beside=(asked, adult, *reached))


def _answer(
    engine: Engine, asked: str, step: Step, leave: MayAsk, beside: Sequence[str] = ()
) -> Found:
    links = _links(
        read_linked(engine, here(step), leave), read_linked(engine, there(step), leave), step.as_at
    )
    has_hidden = bool(read_linked(engine, hidden(step), leave))
    if _nodes(links, beside or (asked,)) > MOST_NODES:
        return Found(asked, has_hidden=has_hidden, too_many=True)
    told = {link.family for link in links} | {link.own_family for link in links} - {asked}
    roles = {row.role for row in read_linked(engine, roles_in_source(), leave)}
    families = _facts(engine, tuple(sorted(told)), step.as_at, leave)
    return Found(asked, links, families, has_hidden, only_mothers=roles == {MOTHER})


def _nodes(links: Iterable[Link], beside: Sequence[str]) -> int:
    adults = {link.person_id for link in links}
    families = {family for link in links for family in (link.own_family, link.family)}
    return len(adults | families | set(beside))


def _links(own: Iterable[Row], others: Iterable[Row], as_at: date) -> tuple[Link, ...]:
    by_adult: dict[str, dict[str, list[Tie]]] = defaultdict(lambda: defaultdict(list))
    for row in own:
        by_adult[row.person_id][row.family].append(_tie(row, as_at))
    links = (
        _link(row, family, ties, _tie(row, as_at))
        for row in others
        for family, ties in by_adult[row.person_id].items()
    )
    return tuple(sorted(links, key=_in_order))


def _link(row: Row, own_family: str, own: Sequence[Tie], other: Tie) -> Link:
    ties = tuple(sorted(own, key=_days))
    is_verified = other.is_verified and any(tie.is_verified for tie in ties)
    return Link(row.person_id, own_family, ties, row.family, other, is_verified)


def _tie(row: Row, as_at: date) -> Tie:
    is_ended = row.ended_on is not None and row.ended_on <= as_at
    days = (row.started_on, row.ended_on)
    return Tie(row.role, *days, row.source, bool(row.verified), is_ended)


def _days(tie: Tie) -> tuple[date, date, str]:
    return (tie.started_on or date.min, tie.ended_on or date.max, tie.role)


def _in_order(link: Link) -> tuple:
    """By numbers, which say nothing of anybody's weight."""
    return (link.person_id, link.own_family, link.family, *_days(link.other))


def _facts(
    engine: Engine, families: tuple[str, ...], as_at: date, leave: MayAsk
) -> dict[str, FamilyFacts]:
    children: dict[str, list[Row]] = defaultdict(list)
    for row in read_linked(engine, children_of(families, as_at), leave):
        children[row.family].append(row)
    leads: dict[str, list[Row]] = defaultdict(list)
    for row in read_linked(engine, leads_of(families, as_at), leave):
        leads[row.family].append(row)
    return {
        family: FamilyFacts(
            tuple(sorted(row.child_id for row in children[family])),
            _leading(leads[family], as_at),
            any(row.is_open for row in children[family]),
            _held(leads[family], as_at),
        )
        for family in families
    }


def _leading(leads: Sequence[Row], as_at: date) -> tuple[Row, ...]:
    """Who leads today, each once; where nobody does, who did last."""
    told = _today(leads, as_at) or _by_end(leads)[-1:]
    return tuple({(row.unit_name, row.worker_id): row for row in told}.values())


def _held(leads: Sequence[Row], as_at: date) -> dict[str, tuple[str, ...]]:
    """The children of each unit that leads; where none does, all whom the last unit led last."""
    held: dict[str, dict[str, None]] = defaultdict(dict)
    for row in _today(leads, as_at) or _of_the_last_unit(leads):
        if row.unit_id is not None:
            held[row.unit_id][row.child_id] = None
    return {unit: tuple(sorted(children)) for unit, children in held.items()}


def _today(leads: Sequence[Row], as_at: date) -> Sequence[Row]:
    return [row for row in leads if row.ended_on is None or row.ended_on > as_at]


def _of_the_last_unit(leads: Sequence[Row]) -> Sequence[Row]:
    """Each child's last lead, of children whom the unit that led the family last led last."""
    in_order = _by_end(leads)
    last = {row.child_id: row for row in in_order}
    return [row for row in last.values() if row.unit_id == in_order[-1].unit_id]


def _by_end(leads: Sequence[Row]) -> Sequence[Row]:
    return sorted(leads, key=lambda row: row.ended_on or date.max)
