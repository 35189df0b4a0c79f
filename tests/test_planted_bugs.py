"""The bugs that `make thorough` plants still fit the files that they are to be planted in."""

import pytest

from tools.plant_bugs import PROJECT, listed


@pytest.mark.parametrize("bug", listed(), ids=lambda bug: f"{bug.file} {bug.plant[:30]!r}")
def test_a_bug_can_still_be_planted(bug):
    text = (PROJECT / bug.file).read_text(encoding="utf-8")
    assert bug.planted(text) != text
    assert all((PROJECT / one).exists() for one in bug.noticed_by)
