"""Colleagues beside the lead worker, the mistakes that real records have, and the table."""

from dataclasses import replace

import pandas as pd

from data_access import schema
from loading.demo.chance import Chance
from loading.demo.children.allocations import Allocation
from loading.demo.days import DATA_TO
from loading.demo.tables import table_frame
from loading.demo.workers.workforce import PRACTITIONERS, Post


def co_workers(leads: list[Allocation], posts: list[Post]) -> list[Allocation]:
    """A colleague of the same unit beside the lead worker, for some months, for some children."""
    chance = Chance("co-workers")
    allocations = []
    for lead in leads:
        if not lead.worker_id or not chance.happens(0.06):
            continue
        started = lead.started + chance.between(5, 60)
        ended = min(started + chance.between(30, 200), lead.ended or DATA_TO + 1)
        there = [post for post in posts if _can_co_work(post, lead, started, ended)]
        if started < ended and started <= DATA_TO and there:
            allocations.append(
                replace(
                    lead,
                    worker_id=chance.one_of(there).worker_id,
                    lead=False,
                    started=started,
                    ended=ended if ended <= DATA_TO else None,
                )
            )
    return allocations


def _can_co_work(post: Post, lead: Allocation, started: int, ended: int) -> bool:
    return (
        post.unit_id == lead.unit_id
        and post.worker_id != lead.worker_id
        and post.role in PRACTITIONERS
        and post.started <= started
        and ended <= post.ended
        and post.fte > 0
    )


def with_mistakes(leads: list[Allocation], posts: list[Post]) -> list[Allocation]:
    """The same with what real records have: two leads at once, and a holder whose FTE is 0."""
    without_hours = next(post for post in posts if post.fte == 0)
    open_late = [
        place
        for place, lead in enumerate(leads)
        if lead.unit_id == without_hours.unit_id
        and lead.ended is None
        and lead.worker_id
        and lead.started > without_hours.started
    ]
    changed = list(leads)
    first = changed[open_late[0]]
    changed[open_late[0]] = replace(first, worker_id=without_hours.worker_id)
    for place in open_late[40:43]:
        lead = changed[place]
        other = next(p for p in posts if _can_co_work(p, lead, lead.started, DATA_TO))
        changed.append(replace(lead, worker_id=other.worker_id))
    return sorted(changed, key=lambda allocation: (allocation.child_id, allocation.started))


def allocation_frame(allocations: list[Allocation]) -> pd.DataFrame:
    """Table `allocation`."""
    return table_frame(
        schema.allocation,
        [
            (
                f"AL{number:06}",
                allocation.child_id,
                allocation.referral_id,
                allocation.worker_id,
                allocation.unit_id,
                allocation.lead,
                allocation.started,
                allocation.ended,
            )
            for number, allocation in enumerate(allocations, start=1)
        ],
    )
