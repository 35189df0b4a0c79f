"""The file that a load builds beside the one that is served, and puts in its place when whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import time

from data_access.problems import Problem

SECONDS_UNTIL_A_BUILD_IS_GIVEN_UP = 24 * 60 * 60


@contextmanager
def replacement_of(final: Path) -> Iterator[Path]:
    """A path beside `final` to build at, renamed to `final` when the block ends without a fault."""
    if not final.parent.is_dir():
        raise Problem(f"There is no folder {final.parent} for the case database: make it first.")
    beside = final.with_name(f"{final.name}.building-{os.getpid()}")
    _clear_given_up(final)
    _clear(beside)
    try:
        yield beside
        os.replace(beside, final)
    finally:
        _clear(beside)


def _clear_given_up(final: Path) -> None:
    """Removes what loads that were killed left behind; one that still builds is left alone."""
    latest = time() - SECONDS_UNTIL_A_BUILD_IS_GIVEN_UP
    for left in final.parent.glob(f"{final.name}.building-*"):
        if left.stat().st_mtime < latest:
            left.unlink(missing_ok=True)


def _clear(file: Path) -> None:
    for left in (file, file.with_name(file.name + ".wal")):
        left.unlink(missing_ok=True)
