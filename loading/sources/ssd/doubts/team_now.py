"""Whether involvements say where a child is now, in place of where it was held: as on Eclipse."""

from collections.abc import Iterator, Mapping

import pandas as pd

from loading.sources.reading import WARNING, Issue

TEAM_NOW = "team_of_the_child_now"
# What can't be counted of units then, by the column.
LACKS = {
    "allocation.unit_id": (
        "The SSD seems to say in which team each child is now, in place of the teams that held it,"
        " so nobody can see it pass from one to another: add allocation.csv."
    ),
}
# Of so many children whom several workers have held some have moved between teams.
CHILDREN_TO_TELL = 30


def team_now(frames: Mapping[str, pd.DataFrame]) -> Iterator[Issue]:
    """An issue where no child whom several workers have held was ever in a second team.

    None where too few children have had several workers, or one team holds all of them.
    """
    held = frames.get("allocation")
    if held is None or held["unit_id"].nunique() < 2:
        return
    of_child = held.dropna(subset=["unit_id"]).groupby("child_id")[["worker_id", "unit_id"]]
    several = of_child.nunique().query("worker_id > 1")
    if len(several) < CHILDREN_TO_TELL or (several["unit_id"] > 1).any():
        return
    message = (
        f"None of {len(several)} children whom several workers have held was ever in a second team:"
        " invo_professional_team seems to say where a child is now, as on Eclipse, so that past"
        " months count in the unit of today. Ask whoever deployed the SSD for the worker's team."
    )
    yield Issue(TEAM_NOW, "allocation", None, WARNING, message)
