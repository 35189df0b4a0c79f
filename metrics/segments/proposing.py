"""The proposal of each open family on a day, from its children and what was found of them."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from metrics.segments.judging import Assessed, Judged, judged
from metrics.segments.rules import Rules

# In the place of an age in a row, so that the ages of a row stand in one order.
NOT_KNOWN = -1


@dataclass(frozen=True)
class OpenChild:
    """A child with an open case, as on the day; the age is in whole years, if it is known."""

    child_id: str
    family_id: str | None
    restricted: bool
    received_on: date
    age: int | None
    unit_id: str | None


@dataclass(frozen=True)
class Assessment:
    """The latest assessment of a child that was authorised by the day; the age is on that day."""

    assessment_id: str
    authorised_on: date
    age: int | None
    factors: frozenset[str]


def families(children: Sequence[OpenChild]) -> Iterator[tuple[OpenChild, ...]]:
    """The children of each family, its head first; whoever has no family is one alone.

    The head is a child of whom the fewest may read, so that a family is closed to whoever may not
    see any one of its children; then one whom a unit holds; then the id that sorts first.
    """
    by_family: dict[tuple[bool, str], list[OpenChild]] = defaultdict(list)
    for child in children:
        alone = child.family_id is None
        by_family[alone, child.family_id or child.child_id].append(child)
    for family in by_family.values():
        yield tuple(sorted(family, key=_head_first))


def _head_first(child: OpenChild) -> tuple[bool, bool, str]:
    return not child.restricted, child.unit_id is None, child.child_id


def proposal(
    family: Sequence[OpenChild], found: Mapping[str, Assessment], rules: Rules, as_on: date
) -> dict[str, Any]:
    """The row of table `segment_proposal` but for `held_since`; `found` is by child."""
    head = family[0]
    known = [found[child.child_id] for child in family if child.child_id in found]
    told = judged([Assessed(one.age, one.factors) for one in known], rules)
    return {
        "as_on": as_on,
        "family_id": head.family_id,
        "child_id": head.child_id,
        "unit_id": head.unit_id,
        "child_ids": json.dumps(sorted(child.child_id for child in family)),
        "ages": json.dumps(sorted((child.age for child in family), key=_eldest_first)),
        **_told(told),
        **_waiting(family, known, as_on),
        "assessment_ids": json.dumps(sorted(one.assessment_id for one in known)),
        "assessed": json.dumps(sorted(_assessed(one) for one in known)),
    }


def _eldest_first(age: int | None) -> int:
    return -(NOT_KNOWN if age is None else age)


def _told(told: Judged) -> dict[str, Any]:
    return {
        "outcome": told.outcome.value,
        "proposed_unit": told.unit,
        "rule": told.beside[0].rule.name if told.unit else None,
        "reason": told.reason or None,
        "factors": json.dumps(sorted(told.factors)),
        "beside": json.dumps(_beside(told), ensure_ascii=False),
    }


def _waiting(
    family: Sequence[OpenChild], known: Sequence[Assessment], as_on: date
) -> dict[str, Any]:
    """Since the last authorisation; of who was referred again later, since then."""
    authorised = max((one.authorised_on for one in known), default=None)
    referred = min(child.received_on for child in family)
    since = authorised and max(authorised, referred)
    return {
        "authorised_on": authorised,
        "waiting_since": since,
        "waiting_days": since and (as_on - since).days,
    }


def _assessed(one: Assessment) -> list[Any]:
    return [NOT_KNOWN if one.age is None else one.age, sorted(one.factors)]


def assessed_in(written: str) -> list[Assessed]:
    """The children of a row's `assessed`, to be judged again."""
    found = json.loads(written)
    return [Assessed(None if age == NOT_KNOWN else age, frozenset(of)) for age, of in found]


def _beside(told: Judged) -> list[dict[str, Any]]:
    """What of each rule is met, missing and excluded by: codes, and the names of what is needed."""
    return [
        {
            "unit": one.rule.unit,
            "met": sorted(frozenset().union(*(need.factors for need in one.met)) & told.factors),
            "missing": [need.words for need in one.missing],
            "excluded_by": sorted(one.excluded_by),
            "age_from": one.rule.age_from if one.too_young else None,
            "born_unknown": one.born_unknown,
        }
        for one in told.beside
    ]
