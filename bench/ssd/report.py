"""What was found of the load of a large Standard Safeguarding Dataset, as a part of the page."""

import re

from bench.ssd.loading import SsdLoad
from bench.tables import ratio, table

HEADING = "## A large council's own database"
MINUTES_AT_MOST, MEGABYTES_AT_MOST = 5, 2000
SECONDS_OF_A_MINUTE = 60


def section(found: SsdLoad) -> str:
    """The part, with its heading."""
    load = found.load
    in_time = load.seconds < MINUTES_AT_MOST * SECONDS_OF_A_MINUTE
    in_memory = load.peak_mb < MEGABYTES_AT_MOST
    rows = [
        ["children", f"{found.children:,}"],
        ["visits", f"{found.visits:,}"],
        ["records of time", f"{found.times:,}"],
        ["`load ssd`, s", _so(load.seconds, in_time, load.failed)],
        ["processor, s", f"{load.processor_seconds:,.0f}"],
        ["peak memory, MB", _so(load.peak_mb, in_memory, load.failed)],
        ["every row by COPY, of which nothing is made, s", f"{found.seconds_to_copy:,.1f}"],
        ["the load takes", ratio(load.seconds, found.seconds_to_copy)],
    ]
    return (
        f"{HEADING}\n\nThe demonstration council several times over as a Standard Safeguarding"
        " Dataset in PostgreSQL, as SystemC deploys it, with the extension tables beside it"
        " (`bench/ssd`); `load ssd` into DuckDB from the first row to the last figure. Its process"
        " alone: the server's memory and processor are not counted. To be reached: under"
        f" {MINUTES_AT_MOST} minutes and {MEGABYTES_AT_MOST:,} MB.\n\n{table(['', ''], rows)}"
    )


def _so(number: float, reached: bool, failed: bool) -> str:
    if failed:
        return "failed"
    return f"{number:,.0f}" if reached else f"{number:,.0f} (**not reached**)"


def with_section(page: str, part: str) -> str:
    """The page with the part in place of the one before it, else before its last paragraph."""
    standing = re.compile(rf"{re.escape(HEADING)}\n.*?(?=\n\n## |\n\nWhat was measured)", re.S)
    if standing.search(page):
        return standing.sub(lambda _: part, page)
    before, last = page.rstrip("\n").rsplit("\n\n", 1)
    return f"{before}\n\n{part}\n\n{last}\n"
