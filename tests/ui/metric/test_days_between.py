"""The days from one rare thing to the next, on Metric."""

from datetime import date

import pytest

from tests.ui.small_council import build, council

HEADING = "Days from one to the next"
RESTRICTED, OTHER = "KID-U2-1", "KID-U2-2"


@pytest.fixture(scope="module")
def complained(tmp_path_factory):
    """A council with two complaints, the later of them about the child."""

    def of(child_id: str) -> str:
        world = council()
        for month in (3, 7):
            about = child_id if month == 7 else OTHER
            day = date(2016, month, 11)
            world.add("complaint", received_on=day, unit_id="U2", child_id=about, stage=1)
        return build(tmp_path_factory.mktemp("complained"), world)

    return of


@pytest.mark.parametrize(("child_id", "is_told"), [(OTHER, True), (RESTRICTED, False)])
def test_are_told_to_whoever_may_see_all_that_they_are_about(
    opened, looks, complained, monkeypatch, child_id, is_told
):
    # The council's months are too few for a chart of counts.
    monkeypatch.setattr("ui.metric.days_between.is_told", lambda *_: True)
    database = complained(child_id)
    shown = opened("metric", database, metric="complaints", month="2016-09", unit="U2")
    assert HEADING in shown
    assert ("up to 11 July 2016" in shown, "Not told to you" in shown) == (is_told, not is_told)
    looks(may_see_restricted=True)
    shown = opened("metric", database, metric="complaints", month="2016-09", unit="U2")
    assert "up to 11 July 2016" in shown
