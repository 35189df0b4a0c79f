"""The staff as tables: worker, and post with why and where to its holder left."""

import pandas as pd

from data_access import schema
from loading.demo.chance import Chance
from loading.demo.days import DATA_TO, known
from loading.demo.names import adults_name
from loading.demo.tables import table_frame
from loading.demo.workers.workforce import Post

_WORKING_DAYS = {0.5: "Mon,Tue,Wed", 0.6: "Mon,Tue,Wed", 0.8: "Mon,Tue,Wed,Thu"}
_REASONS = {"1": 68, "2": 2, "4": 2, "5": 9, "7": 7, "8": 5, "9": 7}
_GO_TO = {"1": 24, "2": 2, "3": 16, "4": 6, "5": 7, "6": 9, "7": 5, "8": 25, "9": 6}
# Who retires, dies or is dismissed goes to no other post that the census asks about.
_GO_ON = ("1", "2", "8")


def workforce_frames(posts: list[Post]) -> dict[str, pd.DataFrame]:
    """Tables `worker` and `post`."""
    chance, leaving = Chance("workers' names"), _Leaving(posts)
    ids = sorted({post.worker_id for post in posts})
    workers = [
        (
            worker_id,
            adults_name(chance, chance.weighted({"F": 80, "M": 20})),
            f"SW{place * 37 + 10450}",
            None,
        )
        for place, worker_id in enumerate(ids)
    ]
    rows = [
        (
            f"{post.worker_id}-{post.unit_id}",
            post.worker_id,
            post.unit_id,
            post.role,
            post.fte,
            post.agency,
            post.newly_qualified,
            _WORKING_DAYS.get(post.fte),
            post.started,
            known(post.ended),
            *leaving.of(post),
        )
        for post in posts
        if post.started <= DATA_TO
    ]
    return {"worker": table_frame(schema.worker, workers), "post": table_frame(schema.post, rows)}


class _Leaving:
    """Why who leaves leaves: nothing is asked of agencies, nor of who only moves to a unit."""

    def __init__(self, posts: list[Post]) -> None:
        self._chance = Chance("leavers")
        self._begun = {(post.worker_id, post.started) for post in posts}

    def of(self, post: Post) -> tuple[str | None, str | None]:
        """The codes of the workforce census: reason, and destination."""
        moves = (post.worker_id, post.ended) in self._begun
        if post.agency or moves or post.ended > DATA_TO:
            return None, None
        reason = self._chance.weighted(_REASONS)
        return reason, self._chance.weighted(_GO_TO) if reason in _GO_ON else None
