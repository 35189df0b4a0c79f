"""The bugs that `make thorough` plants fit the files that they are planted in; none needs luck."""

from collections import Counter

import pytest

from tools.plant_bugs import ALL_PASSED, PROJECT, Fate, listed, run_of


@pytest.mark.parametrize("bug", listed(), ids=lambda bug: f"{bug.file} {bug.plant[:30]!r}")
def test_a_bug_can_still_be_planted(bug):
    text = (PROJECT / bug.file).read_text(encoding="utf-8")
    assert bug.planted(text) != text


@pytest.mark.parametrize("bug", listed(), ids=lambda bug: f"{bug.file} {bug.plant[:30]!r}")
def test_the_tests_that_notice_a_bug_are_there(bug):
    for one in bug.noticed_by:
        file, _, test = one.partition("::")
        text = (PROJECT / file).read_text(encoding="utf-8")
        assert f"def {test.partition('[')[0]}(" in text if test else text


def test_a_bug_that_is_missed_once_lives():
    (bug, *_) = listed()
    assert not Fate(bug, noticed=20, runs=20, seconds=1.0).lives
    assert Fate(bug, noticed=19, runs=20, seconds=1.0).lives


def test_no_bug_is_listed_twice():
    assert Counter((bug.file, bug.find, bug.plant) for bug in listed()).most_common(1)[0][1] == 1


@pytest.mark.thorough
def test_where_bugs_are_planted_nothing_is_drawn():
    """Drawn tests, by the name "oracle" and by the default: each is told to run no case."""
    drawn = [
        "tests/metrics/test_caseload.py::test_agrees_with_a_count_in_plain_loops",
        "tests/test_model.py::test_a_month_ends_where_the_next_begins",
    ]
    done = run_of(PROJECT, drawn)
    assert done.returncode == ALL_PASSED
    assert "2 skipped" in done.stdout
