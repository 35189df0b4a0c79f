"""A part of the demonstration council, for tests that needn't count all of it."""

from collections.abc import Callable

import pandas as pd

from loading.demo import council as demo
from loading.demo.children.families import Family
from loading.demo.children.family_referrals import family_referrals
from tests.ssd.reversing import Frames

CHILDREN = 100
_EVERY = 29
_WORKERS_WITH_HOURS = 20


def sliced_council(patch: Callable[..., None]) -> Frames:
    """The council of about a hundred children of whole families, with the workers who hold them.

    `patch(target, name, value)` is undone by the caller: families are drawn as ever, and the rest
    is made for the chosen alone.
    """
    drawn = family_referrals()
    chosen = _chosen([one.family for one in drawn])
    patch(demo, "family_referrals", lambda: [one for one in drawn if one.family in chosen])
    return _of_workers_who_hold(demo.demo_frames())


def _chosen(families: list[Family]) -> set[Family]:
    """Every so many of the families, in the order of their first referral."""
    chosen: set[Family] = set()
    for family in list(dict.fromkeys(families))[::_EVERY]:
        chosen.add(family)
        if sum(len(one.children) for one in chosen) >= CHILDREN:
            break
    return chosen


def _of_workers_who_hold(council: Frames) -> dict[str, pd.DataFrame]:
    seen = council["visit"].worker_id, council["allocation"].worker_id
    hold = pd.concat(seen).dropna().unique()
    with_hours = hold[:_WORKERS_WITH_HOURS]
    return {
        **council,
        **{name: _of(council[name], hold) for name in ("worker", "post", "absence")},
        "time_record": _of(council["time_record"], with_hours),
    }


def _of(rows: pd.DataFrame, workers) -> pd.DataFrame:
    return rows[rows.worker_id.isin(workers)].reset_index(drop=True)
