"""The families: children and their siblings, parents, and fathers of two families."""

from dataclasses import dataclass

import pandas as pd

from data_access import schema
from loading.demo.chance import Chance
from loading.demo.days import as_date
from loading.demo.names import adults_name, childs_first_name, surname
from loading.demo.tables import table_frame
from loading.demo.units import AREAS

_CHILDREN = {1: 48, 2: 28, 3: 14, 4: 7, 5: 3}
_ETHNICITIES = {
    "WBRI": 70, "WOTH": 5, "WIRI": 1, "WROM": 1, "MWBC": 2, "MWBA": 2, "MWAS": 2, "MOTH": 1,
    "AIND": 1, "APKN": 3, "ABAN": 3, "AOTH": 2, "BAFR": 4, "BCRB": 1, "CHNE": 1, "NOBT": 1,
}  # fmt: skip
YEAR = 365.25
_SHARE_RESTRICTED = 0.0008
_SHARE_WITH_A_FATHER_ALREADY_KNOWN = 0.03


@dataclass(frozen=True)
class Child:
    """One child; `born` is a day."""

    child_id: str
    born: int
    sex: str


@dataclass(frozen=True)
class Family:
    """Children who are referred, assessed and allocated together; `area` is where they live."""

    family_id: str
    area: str
    children: tuple[Child, ...]


def family(chance: Chance, number: int, first_referred: int) -> Family:
    """A family as it is when first referred: one to five children, all under 17."""
    ages = _ages(chance)
    children = tuple(
        Child(
            f"C{number:05}{letter}",
            first_referred - int(age * YEAR) - chance.between(20, 340),
            chance.weighted({"M": 51, "F": 48.7, "U": 0.3}),
        )
        for letter, age in zip("abcde", ages, strict=False)
    )
    return Family(f"F{number:05}", chance.one_of(AREAS), children)


def _ages(chance: Chance) -> list[int]:
    eldest = chance.between(0, 15)
    gaps = (chance.between(1, 3) for _ in range(chance.weighted(_CHILDREN) - 1))
    ages = [eldest]
    for gap in gaps:
        if ages[-1] - gap >= 0:
            ages.append(ages[-1] - gap)
    return ages


def age(child: Child, on: int) -> int:
    """Whole years of age on a day."""
    born, then = as_date(child.born), as_date(on)
    return then.year - born.year - ((then.month, then.day) < (born.month, born.day))


def eighteenth_birthday(child: Child) -> int:
    """The day on which the child turns 18, to the day."""
    return child.born + int(18 * YEAR)


def child_frame(families: list[Family]) -> pd.DataFrame:
    """Table `child`, in the order of child_id."""
    chance = Chance("children")
    rows = []
    for family in families:
        name, ethnicity = surname(chance), chance.weighted(_ETHNICITIES)
        for child in family.children:
            full = f"{childs_first_name(chance, child.sex)} {name}"
            restricted = chance.happens(_SHARE_RESTRICTED)
            row = (child.child_id, full, child.born, child.sex, ethnicity, family.family_id)
            rows.append((*row, restricted))
    return table_frame(schema.child, rows)


def relative_frames(families: list[Family]) -> dict[str, pd.DataFrame]:
    """Tables `person` and `relationship`: a mother, and a father where one is known.

    Some fathers belong to a family that was known before: two families, one father.
    """
    chance = Chance("relatives")
    people, links = [], []
    fathers: list[str] = []
    for family in families:
        mother = f"P{family.family_id}m"
        people.append((mother, adults_name(chance, "F"), "F"))
        parents = [(mother, "mother")]
        if chance.happens(0.75):
            father = f"P{family.family_id}f"
            if fathers and chance.happens(_SHARE_WITH_A_FATHER_ALREADY_KNOWN):
                father = fathers[-1 - chance.between(0, min(40, len(fathers)) - 1)]
            else:
                people.append((father, adults_name(chance, "M"), "M"))
                fathers.append(father)
            parents.append((father, "father"))
        links += _links(chance, family, parents)
    return {
        "person": table_frame(schema.person, people),
        "relationship": table_frame(schema.relationship, links),
    }


def _links(chance: Chance, family: Family, parents: list[tuple[str, str]]) -> list[tuple]:
    verified = chance.happens(0.9)
    source = "case record" if verified else "said by a relative"
    return [
        (f"R{child.child_id}{role[0]}", child.child_id, who, role, None, None, verified, source)
        for child in family.children
        for who, role in parents
    ]
