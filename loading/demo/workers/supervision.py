"""Who had supervision when, and of which children: one to one, and in units as a group."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from data_access import schema
from loading.demo.chance import Chance
from loading.demo.children.allocations import Allocation
from loading.demo.days import DATA_TO, working_days_after
from loading.demo.tables import table_frame
from loading.demo.units import SEGMENTED
from loading.demo.workers.workforce import PRACTITIONERS, Post

# A record has been kept for a year.
FIRST_RECORDED = DATA_TO - 365
_LEADERS = ("consultant_social_worker", "team_manager")
_DAYS_BETWEEN = {"one_to_one": 33, "group": 16}
# Of so few days fewer sessions follow one another than are due; some wait far longer.
_FORGOTTEN, _DAYS_FORGOTTEN = 0.12, 60
_MOST_DISCUSSED = {"one_to_one": 7, "group": 2}
Session = tuple[str, int, str, str | None, tuple[str, ...]]


def supervision_frames(
    posts: Sequence[Post], leads: Sequence[Allocation], workers: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Tables `supervision` and `supervision_child`, in the order of days."""
    chance, names = Chance("supervision"), dict(zip(workers.worker_id, workers.name, strict=True))
    held = _held(leads)
    sessions: list[Session] = [
        session
        for post in posts
        if post.role in PRACTITIONERS and post.fte
        for session in _of_post(chance, post, posts, names, held.get(post.worker_id, []))
    ]
    sessions.sort(key=lambda session: (session[1], session[0], session[2]))
    numbered = [(f"SV{number:05}", *session) for number, session in enumerate(sessions, start=1)]
    discussed = [(one[0], child_id) for one in numbered for child_id in one[-1]]
    return {
        "supervision": table_frame(schema.supervision, [one[:-1] for one in numbered]),
        "supervision_child": table_frame(
            schema.supervision_child, [(f"SC{n:06}", *one) for n, one in enumerate(discussed, 1)]
        ),
    }


def _held(leads: Sequence[Allocation]) -> Mapping[str, list[Allocation]]:
    held: dict[str, list[Allocation]] = {}
    for lead in leads:
        if lead.worker_id is not None:
            held.setdefault(lead.worker_id, []).append(lead)
    return held


def _of_post(
    chance: Chance,
    post: Post,
    posts: Sequence[Post],
    names: Mapping[str, str],
    held: Sequence[Allocation],
) -> Iterator[Session]:
    first, after = max(post.started, FIRST_RECORDED), min(post.ended, DATA_TO + 1)
    for kind, between in _DAYS_BETWEEN.items():
        if kind == "group" and post.unit_id not in SEGMENTED:
            continue
        day = working_days_after(first + chance.between(1, between), 0)
        while day < after:
            leader = _leader(posts, post, day)
            discussed = _discussed(chance, kind, held, day)
            yield post.worker_id, day, kind, names.get(leader or ""), discussed
            wait = between + (_DAYS_FORGOTTEN if chance.happens(_FORGOTTEN) else 0)
            day = working_days_after(day + max(5, chance.waiting(wait, 6)), 0)


def _leader(posts: Sequence[Post], post: Post, day: int) -> str | None:
    """Who leads the unit on the day, where that is not the worker."""
    leads = (
        one.worker_id
        for one in posts
        if one.unit_id == post.unit_id and one.role in _LEADERS and one.covers(day)
    )
    return next((leader for leader in leads if leader != post.worker_id), None)


def _discussed(chance: Chance, kind: str, held: Sequence[Allocation], day: int) -> tuple[str, ...]:
    """Some of the children whom the worker leads on that day."""
    children = sorted(
        {
            lead.child_id
            for lead in held
            if lead.started <= day and (lead.ended is None or lead.ended > day)
        }
    )
    wanted = chance.between(1, _MOST_DISCUSSED[kind])
    chosen: list[str] = []
    while children and len(chosen) < wanted:
        chosen.append(children.pop(chance.between(0, len(children) - 1)))
    return tuple(sorted(chosen))
