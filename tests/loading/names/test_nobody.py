"""Which words in a name's place are nobody."""

import tomllib
from pathlib import Path

import pytest

from data_access.code_sets.nobody import NOBODY
from loading.names.nobody import could_mean_nobody, means_nobody

CONFIG = Path(__file__).parents[3] / "config.toml"


@pytest.mark.parametrize(
    "written",
    ["Unallocated", "UNALLOCATED", "un\u200ballocated", "Vacant", "Duty", "Duty  Worker",
     "duty-worker", "Worker, Duty", "TBC", "tbc.", "N/A", "No worker", "Unknown", "Agency",
     "-", "--", "?", "***", "Pending allocation", "(Unallocated)",
     "'Vacant'", "Unallocated (0042)", "No Worker!"],
)  # fmt: skip
def test_nobody_is_known_whatever_the_capitals_spaces_and_signs(written):
    assert means_nobody(written, NOBODY)
    assert not could_mean_nobody(written, NOBODY)


@pytest.mark.parametrize(
    "written",
    ["Duty, Jane", "Jane Duty", "Vacant - post 3", "Unallocated CP", "Agency (SW12345)",
     "Allocated worker TBC"],
)  # fmt: skip
def test_a_name_with_more_than_nobody_s_words_is_somebody_s_and_a_doubt(written):
    assert not means_nobody(written, NOBODY)
    assert could_mean_nobody(written, NOBODY)


@pytest.mark.parametrize(
    "written", ["Ash Bell", "Dutya Bell", "Jane Doe (0042)", "王伟", "محمد", "Ada Vacantova"]
)
def test_other_names_are_somebody_s(written):
    assert not means_nobody(written, NOBODY)
    assert not could_mean_nobody(written, NOBODY)


def test_a_council_s_own_words_hold_in_any_script():
    assert means_nobody("НЕ НАЗНАЧЕН", ["Не назначен"])
    assert not means_nobody("Unallocated", ["Не назначен"])
    assert not means_nobody("Unallocated", [])


def test_the_settings_file_shows_the_words_that_hold_where_nothing_is_said():
    shown = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["loading"]["nobody"]
    assert tuple(shown) == NOBODY
