"""The part of docs/performance.md that tells of a large council's database."""

from bench.measure import ProgramRun
from bench.ssd.loading import SsdLoad
from bench.ssd.report import section, with_section
from bench.ssd.source import CHILDREN, EVERY_VISIT, TIMES

ROWS = {CHILDREN: 60_000, EVERY_VISIT: 1_000_000, TIMES: 2_000_000}
PAGE = "# How fast it is\n\n## Pieces\n\nNumbers.\n\nWhat was measured before: notes.\n"


def measured(seconds: float, peak_mb: float) -> SsdLoad:
    return SsdLoad(ROWS, ProgramRun(seconds, 100, peak_mb, "", False), 50)


def test_the_part_stands_before_the_last_paragraph_and_takes_its_own_place():
    once = with_section(PAGE, section(measured(200, 1500)))
    assert once.index("## Pieces") < once.index("1,000,000") < once.index("What was measured")
    again = with_section(once, section(measured(150, 1500)))
    assert again == with_section(PAGE, section(measured(150, 1500)))


def test_what_is_not_reached_is_told():
    assert "not reached" not in section(measured(299, 1999))
    assert section(measured(301, 1999)).count("not reached") == 1
    assert section(measured(299, 2001)).count("not reached") == 1
