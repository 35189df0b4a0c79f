"""Which unit's rule a family fits, or why none: a pure function of what assessments found.

A family is the children with one family_id and an open referral that was not one without further
action. Needs and exclusions are tested on all factors of the family together; an age is tested on
the child who has the factor, on the day on which that child's assessment was authorised. A child
whose date of birth is not known is of no age. Source: Family Insights evaluation 2017, Appendix 9,
which does not say how siblings count: a factor that excludes in one child excludes the family.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from data_access.code_sets.children import NOTHING_FOUND
from metrics.segments.rules import Need, Rule, Rules


class Outcome(StrEnum):
    """What is said of a family; each is one of these."""

    FITS = "fits"
    NO_FIT = "no_fit"
    NOT_ASSESSED = "not_assessed"


NO_FACTOR = "no factor recorded"
OTHER_FACTORS = "other factors only, which are not in the rules"


@dataclass(frozen=True)
class Assessed:
    """A child whose assessment is authorised: its factors, and the age on that day if known."""

    age: int | None
    factors: frozenset[str]


@dataclass(frozen=True)
class Beside:
    """A rule beside a family: what of it is met, what is missing, what excludes.

    `too_young`: no child who counts is known to be of the rule's age; `born_unknown`: of one of
    them no birth date is recorded.
    """

    rule: Rule
    met: tuple[Need, ...]
    missing: tuple[Need, ...]
    excluded_by: frozenset[str]
    too_young: bool
    born_unknown: bool

    @property
    def fits(self) -> bool:
        """Whether nothing is against it."""
        return not (self.missing or self.excluded_by or self.too_young)

    @property
    def against(self) -> int:
        """How many things are: fewer is nearer."""
        return len(self.missing) + bool(self.excluded_by) + self.too_young


@dataclass(frozen=True)
class Judged:
    """What is said of a family: `reason` is the class of a family that fits none, else empty.

    `beside` are the rules of which something is met, the one that fits alone where one does.
    """

    outcome: Outcome
    factors: frozenset[str] = frozenset()
    beside: tuple[Beside, ...] = ()
    reason: str = ""

    @property
    def unit(self) -> str | None:
        """The unit whose rule fits."""
        return self.beside[0].rule.unit if self.outcome is Outcome.FITS else None


def judged(family: Sequence[Assessed], rules: Rules) -> Judged:
    """What the rules say of a family, given those of its children who are assessed."""
    if not family:
        return Judged(Outcome.NOT_ASSESSED)
    found = frozenset().union(*(child.factors for child in family)) - NOTHING_FOUND
    every = tuple(_beside(rule, family, found) for rule in rules.rules)
    for one in every:
        if one.fits:
            return Judged(Outcome.FITS, found, (one,))
    touched = tuple(one for one in every if one.met)
    return Judged(Outcome.NO_FIT, found, touched, _reason(found, touched, rules))


def fits(rule: Rule, family: Sequence[Assessed]) -> bool:
    """Whether the family fits this rule."""
    return _beside(rule, family, frozenset().union(*(child.factors for child in family))).fits


def _beside(rule: Rule, family: Sequence[Assessed], found: frozenset[str]) -> Beside:
    met = tuple(need for need in rule.needs if need.factors & found)
    missing = tuple(need for need in rule.needs if not need.factors & found)
    ages = [child.age for child in family if rule.age_of & child.factors]
    too_young = not missing and not _is_of_age(rule, ages)
    born_unknown = too_young and None in ages
    return Beside(rule, met, missing, rule.without & found, too_young, born_unknown)


def _is_of_age(rule: Rule, ages: Sequence[int | None]) -> bool:
    if rule.age_from is None:
        return True
    return any(age is not None and age >= rule.age_from for age in ages)


def _reason(found: frozenset[str], touched: Sequence[Beside], rules: Rules) -> str:
    """The class of a family that fits no rule: what rules miss is counted by these."""
    if not found:
        return NO_FACTOR
    if not found & rules.named:
        return OTHER_FACTORS
    if found & rules.fits_no_rule:
        return _excluded(found & rules.fits_no_rule, rules)
    open_to = [one for one in touched if not one.excluded_by]
    if not open_to:
        return _excluded(found & rules.named, rules)
    nearest = min(open_to, key=lambda one: (one.against, len(one.missing)))
    met = " and ".join(need.words for need in nearest.met)
    if nearest.too_young:
        return f"{met}: no child known to be {nearest.rule.age_from} or over when assessed"
    return f"{met}, without {' and '.join(need.words for need in nearest.missing)}"


def _excluded(factors: frozenset[str], rules: Rules) -> str:
    return f"excluded by {' and '.join(rules.groups_of(factors))}"
