"""People in what is printed: a worker's id may tell as much as a name, a restricted child's too."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from data_access.code_sets.spelled import spelled_code
from data_access.meeting_store.address_key import key_of_addresses
from data_access.meeting_store.opening import open_store
from data_access.settings import Settings
from data_access.viewer import Viewer
from meeting.address_codes import worker_label


def told_rows(
    settings: Settings, viewer: Viewer, columns: Sequence[str], rows: Sequence[Any]
) -> list[list[Any]]:
    """The columns of each row as they may be printed for this viewer.

    For who may see no names a worker has a code, the same as on the pages. A restricted child
    has no id either. A return's code has its meaning behind it.
    """
    worker_words = str if viewer.may_see_names else _labels(settings)
    return [list(_told(row, columns, worker_words)) for row in rows]


def _labels(settings: Settings) -> Callable[[str], str]:
    store = open_store(settings.meeting_store_url)
    key = key_of_addresses(store)
    store.dispose()
    return lambda worker_id: worker_label(key, worker_id)


def _told(row: Any, columns: Sequence[str], worker_words: Callable[[str], str]) -> Iterator[Any]:
    for name in columns:
        value = getattr(row, name)
        if name == "worker_id" and value is not None:
            yield worker_words(value)
        else:
            is_hidden = name == "child_id" and row.is_closed
            yield None if is_hidden else spelled_code(name, value)
