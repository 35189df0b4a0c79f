"""Slides of a published month: its own day and words, and no more than may be shown."""

from dataclasses import replace
from datetime import UTC, date, datetime

from exports.excel.workbook import write_slides
from metrics.model import SERVICE, Period
from metrics.publication import PublishedWords, Stamp
from tests.exports.made_up import SEPTEMBER, figures
from tests.exports.opened import Opened

STAMP = Stamp(
    date(2016, 10, 1), date(2016, 10, 4), 2, "Ann Analyst", datetime(2016, 10, 4, tzinfo=UTC)
)
WORDS = PublishedWords(
    "Caseload, as the meeting was told.", ("n = 3 closely guarded.", "2 unallocated.")
)


def opened(audience: str) -> Opened:
    said: dict[tuple[str, str | None, Period], PublishedWords] = {
        ("caseload", SERVICE, SEPTEMBER): WORDS
    }
    made = replace(figures(), published_words=said, stamps={SEPTEMBER: STAMP})
    return Opened(write_slides(made, SEPTEMBER, None, audience))


def text(pack: Opened) -> str:
    return " ".join(
        str(cell.value) for sheet in pack.book for row in sheet.iter_rows() for cell in row
    )


def test_the_cover_says_that_the_month_is_frozen_and_not_by_whom():
    said = text(opened("service"))
    assert "Frozen on 4 October 2016 (version 2)." in said
    assert "As at 1 October 2016" in said
    assert "3 October 2016" not in said, "the day up to which the load goes, not the figures"
    assert "Ann Analyst" not in said


def test_a_month_that_is_not_published_is_said_to_be_open_to_change():
    pack = Opened(write_slides(figures(), SEPTEMBER, None, "service"))
    assert "September 2016 is not published: its figures may still change." in text(pack)


def test_the_service_s_slides_have_the_words_that_were_published():
    assert WORDS.sentence in text(opened("service"))


def test_published_words_never_leave_the_service_as_they_hold_small_counts():
    for audience in ("partners", "public"):
        pack = opened(audience)
        for part in pack.parts.values():
            assert "guarded" not in part
            assert "2 unallocated" not in part
            assert "as the meeting was told" not in part
