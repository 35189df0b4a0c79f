"""The file that a load builds beside the one that is served, and puts in its place when whole."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from time import time

from data_access.connection.private_files import keep_to_owner
from data_access.problems import Problem

SECONDS_UNTIL_A_BUILD_IS_GIVEN_UP = 24 * 60 * 60
# What DuckDB keeps beside a file: what is not in it yet, and a folder of what memory can't hold.
BESIDE_A_BUILD = ("", ".wal", ".tmp")


@contextmanager
def replacement_of(final: Path) -> Iterator[Path]:
    """A path beside `final` to build at, renamed to `final` when the block ends without a fault."""
    keep_to_owner()
    if not final.parent.is_dir():
        raise Problem(f"There is no folder {final.parent} for the case database: make it first.")
    if final.is_dir():
        raise Problem(f"{final} is a folder: give the case database the name of a file in it.")
    _clear_given_up(final)
    beside = final.with_name(f"{final.name}.building-{os.getpid()}")
    _clear(beside)
    try:
        yield beside
        os.replace(beside, final)
    finally:
        _clear(beside)


def _clear_given_up(final: Path) -> None:
    """Removes what loads that were killed left behind; one that still builds is left alone."""
    for left in final.parent.glob(f"{escape(final.name)}.building-*"):
        build = re.match(re.escape(final.name) + r"\.building-(\d+)", left.name)
        # What can't be looked at or removed is somebody else's, and no reason not to load.
        with suppress(OSError):
            if build and _is_given_up(final.with_name(build[0]), int(build[1])):
                _clear(final.with_name(build[0]))


def _is_given_up(build: Path, process: int) -> bool:
    """Whether nobody works on a build any more: its process has gone, or a day has."""
    if _is_old(build):
        return True
    return os.name != "nt" and not _runs(process) and not _is_held(build)


def _is_old(build: Path) -> bool:
    latest = time() - SECONDS_UNTIL_A_BUILD_IS_GIVEN_UP
    parts = [build.with_name(build.name + ending) for ending in BESIDE_A_BUILD]
    return all(part.stat().st_mtime < latest for part in parts if part.exists())


def _runs(process: int) -> bool:
    # On Windows the same call would end the process.
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _is_held(build: Path) -> bool:
    """Whether a process holds DuckDB's lock on it, though it isn't seen from this container."""
    import fcntl

    try:
        with build.open("r+b") as file:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def _clear(build: Path) -> None:
    for ending in BESIDE_A_BUILD:
        left = build.with_name(build.name + ending)
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
