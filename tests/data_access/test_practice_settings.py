"""What weighs on a worker, as the settings say it; each slip is told in one sentence."""

from pathlib import Path

import pytest

from data_access.problems import Problem
from data_access.settings_file.reading import read_settings
from data_access.unit_settings.practice import EXPOSURE_GROUPS

SHIPPED = Path(__file__).parent.parent.parent / "config.toml"


@pytest.fixture
def read(tmp_path):
    def of(before: str, after: str):
        written = SHIPPED.read_text(encoding="utf-8")
        assert written.count(before) == 1
        file = tmp_path / "config.toml"
        file.write_text(written.replace(before, after), encoding="utf-8")
        return read_settings(file)

    return of


def test_the_groups_shipped_are_those_that_hold_where_none_is_said():
    assert read_settings(SHIPPED).practice.groups == EXPOSURE_GROUPS


def test_nobody_manages_workers_unless_units_are_named(read):
    assert read_settings(SHIPPED).viewer.staff_of == ()
    assert read("staff_of = []", 'staff_of = ["U1"]').viewer.staff_of == ("U1",)


MANAGER = 'first_page = "unit"\nstaff = true'


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("staff_of = []", 'staff_of = ["*"]', "name each unit"),
        ('factors = ["4B"]', 'factors = ["4Z"]', "no factor of the children in need census"),
        ('group = "domestic_abuse"', 'group = "physical_abuse"', "group"),
        ("exposure_share = 0.5", "exposure_share = 50", "0.1 to 1"),
        ("fewest_held = 5", "fewest_held = 0", "1 to 100"),
        (f"own_children = false\n{MANAGER}", f"own_children = true\n{MANAGER}", "managers"),
    ],
)
def test_a_slip_is_told_in_one_sentence(read, before, after, says):
    with pytest.raises(Problem, match=says):
        read(before, after)
