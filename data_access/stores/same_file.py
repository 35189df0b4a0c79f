"""Keeps an open store to the file that it was opened as: a file that was removed takes writes, too.

Whoever removes or replaces the file of a store while a program has it open changes nothing for
that program: it goes on writing to a file that nobody can find any more.
"""

from pathlib import Path

from data_access.problems import Problem
from data_access.stores.kind import StoreKind

_OPENED: dict[Path, "SameFile"] = {}


class SameFile:
    """Which file stood at a store's path when it was first opened: only that one is gone on with.

    It stays shut until the program is started again, even where a copy was put back: what lies
    beside the file belongs to the one that went.
    """

    def __init__(self, kind: StoreKind, path: Path) -> None:
        self._kind, self._path = kind, path
        self._first: tuple[int, int] | None = None

    def remember(self, *_of_a_connection: object) -> None:
        """The file of the first connection, which makes one where there is none."""
        self._first = self._first or self._stands()

    def refuse_another(self, *_of_a_connection: object) -> None:
        """A Problem where the path leads elsewhere than when the store was opened."""
        if self._first is not None and self._stands() != self._first:
            raise Problem(
                f"The {self._kind.name} {self._path} was removed or replaced while ChildStat had it"
                " open, so nothing is read from it or written to it: stop ChildStat, put the file"
                " back, and start it again."
            )

    def _stands(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino


def same_file(kind: StoreKind, path: Path) -> SameFile:
    """That of every engine for this path: one that is opened later makes no new store, either."""
    return _OPENED.setdefault(path.absolute(), SameFile(kind, path))


def begin_anew(path: Path) -> None:
    """For whoever puts a whole store where none stands: engines of before stay shut."""
    _OPENED.pop(path.absolute(), None)
