"""What stands in the file of the units' rules, and what a slip in it says."""

import os

import pytest

from data_access.problems import Problem
from data_access.settings_file.reading import read_settings
from data_access.unit_settings.segment_settings import NO_SEGMENTS
from metrics.council.checked import checked_settings
from tests import COUNCIL, RULES

WRITTEN = RULES.read_text(encoding="utf-8")


@pytest.fixture
def rules(tmp_path, monkeypatch):
    """Puts a council's own rules in force: call it with their text."""
    (tmp_path / "config.toml").write_bytes(COUNCIL.read_bytes())
    monkeypatch.setenv("CHILDSTAT_CONFIG", str(tmp_path / "config.toml"))

    def in_force(before: str = "", after: str = "") -> None:
        assert before in WRITTEN, before
        text = WRITTEN.replace(before, after, 1)
        (tmp_path / "segments.toml").write_text(text, encoding="utf-8")

    return in_force


def refusal(rules, before: str = "", after: str = "") -> str:
    rules(before, after)
    with pytest.raises(Problem) as problem:
        checked_settings()
    return str(problem.value)


def test_the_rules_stand_beside_the_settings_that_a_variable_names(rules):
    assert os.environ["CHILDSTAT_CONFIG"] != str(COUNCIL)
    assert read_settings().segments == NO_SEGMENTS
    rules()
    assert [rule.unit for rule in read_settings().segments.rules] == ["U1", "U2", "U3", "U4"]


def test_a_council_without_the_file_has_no_segments_and_is_not_refused(rules):
    assert checked_settings().segments == NO_SEGMENTS


UNIT_2 = 'needs = [["child"]]'
SLIPS = [
    (
        'factors = ["16A"]',
        'factors = ["16A", "21"]',
        '"21" says that nothing was found, which no rule can need: take it out',
    ),
    # Types, ranges, keys.
    (
        UNIT_2,
        "",
        "segments.toml: the 2nd [[segment]] has no needs: add it, a list in [ ], at least",
    ),
    (
        UNIT_2,
        'needs = ["child"]',
        '2nd [[segment]], needs = ["child"]: use a list in [ ], at least',
    ),
    (UNIT_2, "needs = []", "2nd [[segment]], needs = []: use a list in [ ], at least one of them"),
    ("child_age_from = 7", 'child_age_from = "7"', 'child_age_from = "7": use a whole number from'),
    ("child_age_from = 7", "child_age_from = 18", "use a whole number from 1 to 17"),
    ("child_age_from = 7", "child_age = 7", "child_age = 7: there is no such key; did you mean"),
    ("applies_from = 2015-05-05", 'applies_from = "2015"', "1st [[segment]], applies_from"),
    ('name = "neglect"', 'name = ""', '8th [[factor_group]], name = "": use a text in quotes'),
    ("[[segment]]", "[[segmant]]", "[segmant] is not known; did you mean segment?"),
    # Groups.
    ('"18A", "18B"', '"18A", "18Z"', '"18Z" is no factor of the children in need census; did you'),
    ('["3A"]', '["3A", "18A"]', 'the 1st [[factor_group]] has "18A": name it once'),
    ('group = "parent"', 'group = "neglect"', "entry 4 says the same of the same"),
    (UNIT_2, 'needs = [["childs"]]', 'no [[factor_group]] has the group "childs"; did you mean'),
    ('without = ["sexual_abuse"', 'without = ["sexual"', 'without = ["sexual", "sexual_exploit'),
    ('child_age_of = ["child"]', 'child_age_of = ["kid"]', 'child_age_of = ["kid"]: no [[factor_'),
    # Rules.
    ('unit = "U2"', 'unit = "U1"', "applies_from = 2015-05-05: entry 1 says the same of the same"),
    ("child_age_from = 7\n", "", "child_age_from and child_age_of together, or neither"),
    ('child_age_of = ["child"]\n', "", "child_age_from = 7: give child_age_from and child_age_of"),
    ('child_age_of = ["child"]', 'child_age_of = ["neglect"]', "use groups of its needs"),
    (UNIT_2, 'needs = [["physical_abuse"]]', "its needs have no other, so it would never fit"),
    ('"domestic_abuse_others",\n', "", "the 3rd [[segment]] and the 4th [[segment]] both fit a"),
    ('"front_door"', '"frontdoor"', '"frontdoor" is no kind of unit; '),
    ('"front_door"', '"nobody"', 'held_by = "nobody"'),
    ("[[factor_group]]", "[[factor_group", "segments.toml cannot be read: "),
]


@pytest.mark.parametrize(("before", "after", "said"), SLIPS, ids=[one[2][:50] for one in SLIPS])
def test_a_slip_is_told_with_the_file_the_rule_the_key_and_what_to_do(rules, before, after, said):
    told = refusal(rules, before, after)
    assert told.startswith("segments.toml")
    assert said in told


def test_a_section_that_is_missing_is_asked_for(rules):
    rest = WRITTEN[WRITTEN.index("[[segment]]") :]
    assert "[[segment]] is missing; add it (see docs/settings.md)" in refusal(rules, rest, "")


def test_a_rule_that_changes_is_an_entry_with_another_day(rules):
    again = WRITTEN[WRITTEN.rindex("[[segment]]") :].replace("2016-01-04", "2018-01-01")
    rules("[[segment]]", f"{again}\n[[segment]]")
    segments = checked_settings().segments
    earlier, later = segments.rules[-1], segments.rules[0]
    assert later in segments.on(later.applies_from)
    assert earlier in segments.on(earlier.applies_from)
    assert earlier not in segments.on(later.applies_from)
    assert len(segments.on(later.applies_from)) == len(segments.on(earlier.applies_from)) == 4


def test_who_decides_goes_by_the_kind_of_unit_that_holds_a_family_and_by_nobody_holding_it(rules):
    rules()
    segments = checked_settings().segments
    assert segments.who_decides("F", "front_door") == "weekly transfer meeting"
    assert segments.who_decides("E", "area") == "consultant social worker of the unit"
    assert segments.who_decides(None, None) == "weekly transfer meeting"
    assert segments.who_decides("X", None) is None is segments.who_decides("X", "other")
