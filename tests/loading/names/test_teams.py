"""Teams in any script stay apart, and one team in many spellings is one."""

import unicodedata
from itertools import combinations

import pytest

from loading.names.teams import unit_id_of

APART = [
    "Team 1", "Team 1+", "Team 1++", "Team 1*", "Team 11", "Team A/B", "Team AB", "Team #1",
    "Équipe 1", "Equipe 1", "quipe 1", "Èquipe 1", "فريق الشمال", "فريق الجنوب", "فريق ١",
    "فريق ٢", "شمالی ٹیم", "جنوبی ٹیم", "Команда 1", "Команда 2", "Северная группа", "北队", "南队",
    "Zespół 1", "Zespol 1",
    "Zespó 1", "Tîm y Gogledd", "Tim y Gogledd", "Đội Bắc", "Đội Nam", "Doi Bac",
    "उत्तर टीम", "दक्षिण टीम", "ทีมเหนือ", "ทีมใต้", "team", "Team 1²", "Team １",
]  # fmt: skip


def test_teams_of_different_names_are_different_in_every_script():
    ids = {name: unit_id_of(name) for name in APART}
    alike = [pair for pair in combinations(APART, 2) if ids[pair[0]] == ids[pair[1]]]
    assert not alike


@pytest.mark.parametrize(
    ("name", "unit_id"),
    [
        ("Locality 4, Unit 2", "locality-4-unit-2"),
        ("East Team", "east-team"),
        ("Children's Disability (North) & Transitions", "children-s-disability-north-transitions"),
        ("C.I.N./CP Team", "c-i-n-cp-team"),
        ("0-25 Team", "0-25-team"),
    ],
)
def test_a_plain_name_is_its_own_id(name, unit_id):
    assert unit_id_of(name) == unit_id


def spellings(name: str) -> set[str]:
    return {
        name,
        name.upper(),
        name.lower(),
        unicodedata.normalize("NFD", name),
        unicodedata.normalize("NFC", name),
        name.replace(" ", "\xa0"),
        name.replace(" ", "  "),
        name.replace(" ", "\u2009\u3000"),
        f" {name}\t",
        f"\u200f{name}\u200e",
        "\u200b".join(name),
        *(name.replace("-", dash) for dash in "‐‑‒–—―−﹣－"),
        *(name.replace("'", sign) for sign in "’‘ʼ´`"),
    }


@pytest.mark.parametrize("name", [*APART, "North-West Team", "Children's Team", "Sant'Équipe-Ñ"])
def test_a_team_is_the_same_in_other_capitals_spaces_dashes_and_forms(name):
    assert {unit_id_of(one) for one in spellings(name)} == {unit_id_of(name)}


def test_an_id_of_letters_that_are_lost_is_one_that_no_plain_name_has():
    assert unit_id_of("Équipe 1") == "equipe-1_386eee52"
    assert unit_id_of("Equipe 1 386eee52") == "equipe-1-386eee52"
