"""Teams of involvements that are where the child is now, told from where they are not."""

import pandas as pd
import pytest
from sqlalchemy import make_url

from loading.sources.ssd.doubts.team_now import CHILDREN_TO_TELL, team_now
from loading.sources.ssd.reader import read_ssd
from tests.loading.ssd.small import changed, day, deployed


def held(children: int = CHILDREN_TO_TELL, **changed: str) -> pd.DataFrame:
    """Each child held by two workers in one team, of two teams; `changed` are teams of K0."""
    rows = [(f"K{child}", worker, f"U{child % 2}") for child in range(children) for worker in "AB"]
    of = pd.DataFrame(rows, columns=["child_id", "worker_id", "unit_id"])
    for worker, team in changed.items():
        of.loc[(of.child_id == "K0") & (of.worker_id == worker), "unit_id"] = team
    return of


def test_it_is_said_where_no_child_of_several_workers_had_a_second_team():
    (issue,) = team_now({"allocation": held()})
    assert issue.rule == "team_of_the_child_now"
    assert f"None of {CHILDREN_TO_TELL} children" in issue.message


@pytest.mark.parametrize(
    "allocation",
    [
        held(B="U1"),
        held(CHILDREN_TO_TELL - 1),
        held().assign(unit_id="U1"),
        held().assign(worker_id="A"),
        held().assign(unit_id=None),
    ],
    ids=["one moved", "too few", "one team", "one worker each", "no team known"],
)
def test_it_is_not_said_where_a_child_moved_or_nothing_can_be_told(allocation):
    assert not list(team_now({"allocation": allocation}))
    assert not list(team_now({}))


def test_an_ssd_that_says_where_children_are_now_tells_of_no_transfer(tmp_path, monkeypatch):
    """Two children, each held by two workers in one team; and the same with one who moved."""
    monkeypatch.setattr("loading.sources.ssd.doubts.team_now.CHILDREN_TO_TELL", 2)
    for moved, is_known in ((False, False), (True, True)):
        rows = [
            {
                "invo_involvements_id": f"{child}{worker}",
                "invo_person_id": child,
                "invo_professional_id": worker,
                "invo_professional_role_id": "CW",
                "invo_professional_team": "T1" if child == "K1" or (moved and last) else "T2",
                "invo_referral_id": "R1" if child == "K1" else "R2",
                "invo_involvement_start_date": day("2016-03-01" if last else "2016-02-01"),
                "invo_involvement_end_date": None if last else day("2016-03-01"),
            }
            for child in ("K1", "K2")
            for worker, last in (("W1", False), ("W2", True))
        ]
        url = deployed(
            f"sqlite:///{tmp_path / f'{moved}.sqlite'}", changed("ssd_involvements", *rows)
        )
        reading = read_ssd(make_url(url))
        assert ("allocation.unit_id" not in reading.partial) is is_known
        assert ("allocation.unit_id" not in reading.lacks) is is_known
