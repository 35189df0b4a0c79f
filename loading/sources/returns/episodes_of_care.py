"""How the episodes of a child follow one another: one rule for every source that has them.

An episode has `child_id`, `started_on`, `ended_on` (the first day not included) and `end_reason`.
Source: DfE, Children looked-after data return (SSDA903): guide. A child has one episode at a time;
who stays looked after has a new one on the day on which the last one ceased, whose reason is then
X1; any other reason says how the child left care.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

GOES_ON = "X1"
ONE_DAY = timedelta(days=1)


def in_order(episodes: Iterable[dict]) -> list[dict]:
    """By child and start; of one day those that ended first.

    One without an end is behind those that ended on the day itself, which it follows, and before
    those that ended later, beside which it was left open.
    """
    return sorted(
        episodes,
        key=lambda one: (
            one["child_id"],
            one["started_on"],
            one["ended_on"] or one["started_on"],
            one["ended_on"] is None,
        ),
    )


def end_with_next(episodes: Sequence[dict]) -> Iterator[tuple[dict, dict]]:
    """Ends each of a child's episodes, in order, that has no end though another follows it.

    It ends as the next begins. Such an episode comes back, with the next.
    """
    for episode, following in pairwise(episodes):
        if episode["ended_on"] is None:
            episode["ended_on"] = following["started_on"]
            yield episode, following


def next_begins_by(episode: dict) -> date:
    """The last day on which another may begin that goes on with the episode.

    X1 allows a day between. Without a reason none may lie between. Any other reason ends care: only
    what began before that is of the same care. What begins on one day is always together.
    """
    ended, reason = episode["ended_on"] or date.max, episode["end_reason"]
    if ended == date.max or reason is None:
        return ended
    by = ended + ONE_DAY if reason == GOES_ON else ended - ONE_DAY
    return max(by, episode["started_on"])


def goes_on_with(episodes: Iterable[dict], later: dict) -> bool:
    """Whether care goes on from any of these episodes to one that begins later."""
    return any(later["started_on"] <= next_begins_by(one) for one in episodes)


def runs(episodes: Iterable[dict]) -> Iterator[list[dict]]:
    """A child's episodes, in order, as those that go on with one another."""
    run: list[dict] = []
    for episode in episodes:
        if run and not goes_on_with(run, episode):
            yield run
            run = []
        run.append(episode)
    if run:
        yield run


def last_to_end(episodes: Iterable[dict]) -> dict:
    """The episode with which all of them have ended; one without an end before all.

    Of several that end on that day it is one that ended care, and of those the last to begin.
    """
    return max(
        episodes,
        key=lambda one: (
            one["ended_on"] or date.max,
            one["end_reason"] not in (None, GOES_ON),
            one["started_on"],
        ),
    )


def running_on(episodes: Sequence[dict]) -> Iterator[tuple[dict, dict]]:
    """A child's episodes, in order, that end after a later one begins, each with the first such."""
    for episode, following in pairwise(episodes):
        if following["started_on"] < (episode["ended_on"] or date.max):
            yield episode, following
