"""The rows of a list that are shown, and whether there are more: of those nothing is told."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import Select

RowType = TypeVar("RowType")


class Listed(list[RowType]):
    """Rows that are shown; `has_more` where the list goes on after them."""

    def __init__(self, rows: Sequence[RowType], has_more: bool = False) -> None:
        super().__init__(rows)
        self.has_more = has_more


def part_of(query: Select, limit: int | None, offset: int) -> Select:
    """The rows of `query` from `offset` on, and one more than the `limit`, for `listed`."""
    return query.limit(None if limit is None else limit + 1).offset(offset)


def listed(rows: Sequence[RowType], limit: int | None) -> Listed[RowType]:
    """No more than `limit` rows of those that `part_of` has read: one that isn't shown is dropped.

    So nobody is written down as having been shown it.
    """
    return Listed(rows[:limit], limit is not None and len(rows) > limit)
