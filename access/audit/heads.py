"""The end of the chain, told elsewhere once a day, so that what is cut off at the end is missed."""

import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from access.store.opening import HEADS
from data_access.london import day_of
from data_access.problems import Problem

log = logging.getLogger("childstat.audit")


@dataclass(frozen=True)
class Head:
    """An event's number and digest; 0 and nothing before the first."""

    number: int
    digest: str
    at: datetime | None = None


def tell_the_day_s_head(store: Engine, before: Head, last: Head) -> None:
    """Where the first event of another day was written: the last of the day before, elsewhere.

    Elsewhere is the log, and the file that the settings name. A file that can't be written stops
    nobody's work: the log says so.
    """
    if before.at is None or last.at is None or day_of(before.at) == day_of(last.at):
        return
    log.warning("head of the audit: %s", line_of(before))
    file = store.get_execution_options().get(HEADS)
    if file is None:
        return
    try:
        add_head(file, before)
    except OSError as fault:
        log.error("the head of the audit could not be written to %s: %s", file, fault.strerror)


def add_head(file: Path, head: Head) -> None:
    """Adds one line to the file of heads."""
    with file.open("a", encoding="utf-8") as heads:
        heads.write(f"{line_of(head)}\n")


def line_of(head: Head) -> str:
    """A head as files and logs have it: the event's moment, number and digest."""
    at = "-" if head.at is None else head.at.isoformat(timespec="seconds")
    return f"{at} {head.number} {head.digest or '-'}"


def read_heads(file: Path) -> list[Head]:
    """Every head of a file, in its order; a Problem where a line is none."""
    heads = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        words = line.split()
        if len(words) != 3 or not words[1].isdecimal():
            raise Problem(f"Line {number} of {file} is no head of the audit.")
        at = None if words[0] == "-" else datetime.fromisoformat(words[0])
        heads.append(Head(int(words[1]), words[2].strip("-"), at))
    return heads
