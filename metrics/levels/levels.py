"""The levels of a child's settled runs: what they are called, and which is above which."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Integer, case

LEVELS: Mapping[str, int] = {"open": 1, "CIN": 2, "CP": 3, "CLA": 4}
NAMES = {
    "CLA": "looked after",
    "CP": "child protection plan",
    "CIN": "child in need plan",
    "open": "open, no plan",
}


def rank_of(level: ColumnElement[str]) -> ColumnElement[int]:
    """How high a level is: 4 for looked after down to 1 for a case open without a plan."""
    return case(dict(LEVELS), value=level).cast(Integer)
