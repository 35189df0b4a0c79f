"""The file that a load builds beside the one that is served, and puts in its place when whole."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from data_access.connection.private_files import keep_to_owner
from data_access.problems import Problem

# What DuckDB keeps beside a file: what is not in it yet, and a folder of what memory can't hold.
BESIDE_A_BUILD = ("", ".wal", ".tmp")


@contextmanager
def replacement_of(final: Path, need_sole: Callable[[], None]) -> Iterator[Path]:
    """A path beside `final` to build at, renamed to `final` when the block ends without a fault.

    Only within `one_load.sole_load`, which gives `need_sole`: what else is being built there is
    what a killed load left.
    """
    keep_to_owner()
    need_place_for(final)
    _clear_given_up(final)
    beside = final.with_name(f"{final.name}.building-{os.getpid()}")
    try:
        yield beside
        need_sole()
        os.replace(beside, final)
    finally:
        _clear(beside)


def need_place_for(final: Path) -> None:
    """Refuses a path that can't be a file: of a folder, or in one that is not there."""
    if not final.parent.is_dir():
        raise Problem(f"There is no folder {final.parent} for the case database: make it first.")
    if final.is_dir():
        raise Problem(f"{final} is a folder: give the case database the name of a file in it.")


def _clear_given_up(final: Path) -> None:
    """Removes what loads that were killed left behind."""
    for left in final.parent.glob(f"{escape(final.name)}.building-*"):
        build = re.match(re.escape(final.name) + r"\.building-\d+", left.name)
        # What can't be removed is somebody else's, and no reason not to load.
        with suppress(OSError):
            if build:
                _clear(final.with_name(build[0]))


def _clear(build: Path) -> None:
    for ending in BESIDE_A_BUILD:
        left = build.with_name(build.name + ending)
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
