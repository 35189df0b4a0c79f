"""Places that nobody holds: between one holder and the next, and while an agency fills them."""

from collections.abc import Iterator

import pandas as pd

from data_access import schema
from loading.demo.chance import Chance
from loading.demo.days import DATA_FROM, DATA_TO, known
from loading.demo.tables import table_frame
from loading.demo.units import SEGMENTED
from loading.demo.workers.workforce import LONGEST_WAIT, Post

_AGENCY_FILLS_A_VACANCY = 0.45


def vacancy_frame(posts: list[Post]) -> pd.DataFrame:
    """Table `vacancy`: the FTE of who left, until the next begins; an agency worker's place too.

    `posts` are in the order in which each place was filled.
    """
    rows = [
        (post.unit_id, post.role, post.fte, started, known(ended))
        for post, started, ended in (*_between(posts), *_filled_by_agencies(posts))
        if post.fte and started <= DATA_TO and ended > max(started, DATA_FROM)
    ]
    rows.sort(key=lambda row: (row[3], row[0], row[1]))
    return table_frame(schema.vacancy, [(f"VC{n:04}", *row) for n, row in enumerate(rows, start=1)])


def _between(posts: list[Post]) -> Iterator[tuple[Post, int, int]]:
    """Who left a place, from when it was empty, and until when."""
    for post, later in zip(posts, [*posts[1:], None], strict=True):
        if post.ended > DATA_TO:
            continue
        if later is not None and _follows(later, post):
            yield post, post.ended, later.started
        elif later is None or not _went_with_the_place(later, post):
            yield post, post.ended, DATA_TO + 1


def _follows(later: Post, post: Post) -> bool:
    same_place = (later.unit_id, later.role) == (post.unit_id, post.role)
    return same_place and 0 <= later.started - post.ended <= LONGEST_WAIT


def _went_with_the_place(later: Post, post: Post) -> bool:
    """Whether an area's place became one of a unit, with its holder or without."""
    return later.unit_id in SEGMENTED and post.unit_id not in SEGMENTED


def _filled_by_agencies(posts: list[Post]) -> Iterator[tuple[Post, int, int]]:
    chance = Chance("vacancies")
    for post in posts:
        if post.agency and chance.happens(_AGENCY_FILLS_A_VACANCY):
            yield post, post.started, post.ended
