"""What brings families to the council: factors by census code, and the need and category."""

from loading.demo.chance import Chance
from loading.demo.segments import (
    CHILD_DOMESTIC_ABUSE,
    CHILD_ISSUES,
    NEGLECT,
    OTHER_DOMESTIC_ABUSE,
    PHYSICAL_ABUSE,
    SEXUAL,
)

# 18A and 19A: the codes of these years; they were split by perpetrator later.
_PATTERNS: dict[tuple[str, ...], int] = {
    ("18A", "4B"): 4,
    ("18A", "1B"): 4,
    ("18A", "2B", "3B"): 3,
    ("3A", "4B", "16A"): 2,
    ("3A", "1B", "3B"): 2,
    ("14A",): 5,
    ("14A", "2A"): 3,
    ("4A", "15A"): 3,
    ("4A", "14A", "16A"): 2,
    ("1A", "14A", "3B"): 2,
    ("3B",): 10,
    ("3B", "17A"): 4,
    ("3C",): 2,
    ("3B", "16A"): 3,
    ("16A",): 9,
    ("16A", "17A"): 4,
    ("18A",): 5,
    ("18A", "17A"): 3,
    ("19A",): 3,
    ("11A", "14A"): 2,
    ("19A", "16A"): 1,
    ("16A", "1B"): 5,
    ("16A", "2B", "4B"): 6,
    ("3B", "4B"): 6,
    ("3B", "1B", "16A"): 4,
    ("4B",): 5,
    ("17A",): 5,
    ("6A",): 3,
    ("5A", "6A"): 2,
    ("13A",): 1,
    ("20",): 2,
}
_PATTERNS_AS_OFTEN = [pattern for pattern, often in _PATTERNS.items() for _ in range(often)]
_BESIDES = ("17A", "4C", "6A", "5C", "10A")


def factors(chance: Chance) -> frozenset[str]:
    """One family's factors; some of what is written besides fits every unit's rule."""
    pattern = frozenset(chance.one_of(_PATTERNS_AS_OFTEN))
    if chance.happens(0.2):
        return pattern | {chance.one_of(_BESIDES)}
    return pattern


def primary_need(factors: frozenset[str]) -> str:
    """The census's primary need that goes with the factors."""
    harmed = PHYSICAL_ABUSE | SEXUAL | NEGLECT | CHILD_DOMESTIC_ABUSE | OTHER_DOMESTIC_ABUSE
    if factors & (harmed | {"17A"}):
        return "N1"
    if factors & {"5A", "6A"}:
        return "N2"
    if factors & CHILD_ISSUES:
        return "N6"
    return "N3" if "4B" in factors else "N5"


def category_of_abuse(factors: frozenset[str]) -> str:
    """The category of a child protection plan that goes with the factors."""
    if factors & SEXUAL:
        return "SAB"
    if factors & PHYSICAL_ABUSE:
        return "PHY"
    return "NEG" if factors & NEGLECT else "EMO"
