"""Teams of involvements that are where the child is now, told from where they are not."""

import pandas as pd
import pytest

from loading.sources.ssd.doubts.team_now import CHILDREN_TO_TELL, team_now


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
