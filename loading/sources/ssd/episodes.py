"""Episodes of the SSD before care is made of them: put in order, ended, and what is wrong said."""

from collections.abc import Sequence
from itertools import groupby

import pandas as pd

from data_access.words.agreeing import Agreeing
from loading.fitting import FOUND_AT
from loading.sources.reading import WARNING
from loading.sources.returns.episodes_of_care import end_with_next, in_order, running_on
from loading.sources.ssd.declared_plans import EPISODES
from loading.sources.ssd.drawing import Drawing
from metrics.writing import count

NOT_ENDED = (
    "{n} {n:episode has|episodes have} no end, as {at}, though another of the child follows:"
    " {n:it counts|they count} as ended on the day on which that begins. Enter the day on which"
    " {n:it|each} ceased, or take out a row that stands twice."
)
RUNS_ON = (
    "{n} {n:episode ends|episodes end} after the child's next one begins, as {at}: care counts"
    " until the last of them ends. Correct a date."
)


def end_episodes(drawing: Drawing) -> None:
    """Puts the episodes in order, each that has no end though another follows ended by that."""
    rows = drawing.of(EPISODES)
    usable = rows["started_on"].notna() & rows["child_id"].notna()
    by_id = sorted(rows[usable].to_dict("records"), key=lambda one: str(one["episode_id"]))
    ordered = in_order(by_id)
    not_ended, late = list[dict](), list[dict]()
    for _, episodes in groupby(ordered, key=lambda one: one["child_id"]):
        of_child = list(episodes)
        not_ended.extend(one for one, _ in end_with_next(of_child))
        late.extend(one for one, _ in running_on(of_child))
    _say(drawing, "episode_not_ended", NOT_ENDED, not_ended)
    _say(drawing, "episode_runs_on", RUNS_ON, late)
    ended = pd.DataFrame(ordered, columns=rows.columns, dtype=object)
    drawing.put(EPISODES, pd.concat([ended, rows[~usable]], ignore_index=True))


def _say(drawing: Drawing, rule: str, says: str, episodes: Sequence[dict]) -> None:
    if episodes:
        number = Agreeing(len(episodes), count(len(episodes)))
        drawing.say(rule, "plan", WARNING, says.format(n=number, at=episodes[0][FOUND_AT]))
