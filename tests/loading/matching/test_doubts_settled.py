"""A doubt about two workers is said until somebody decides of them, and no longer."""

from datetime import date

import pandas as pd
import pytest
from sqlalchemy import select

from data_access.database import connect, read
from data_access.meeting_store.matches.tables import OPEN, SAME, TWO
from data_access.meeting_store.matches.workers import WorkerDecision, those_that_hold
from data_access.schema import data_issue
from loading.loads import load
from loading.matching.decided import NOTHING_DECIDED, Decided
from loading.matching.doubts import ASKED, not_decided
from loading.sources.reading import WARNING, Issue, Reading
from tests.worlds import SETTINGS

DAY = date(2016, 9, 30)


def staff(source: str, worker_id: str, name: str) -> Reading:
    frame = pd.DataFrame([{"worker_id": worker_id, "name": name}], dtype=object)
    return Reading(source, DAY, {"worker": frame})


def decided(*lines: tuple[str, str, str]) -> Decided:
    return Decided(workers=those_that_hold([WorkerDecision(*line) for line in lines]))


def doubts(url: str) -> list[str]:
    engine = connect(url)
    try:
        return [row.rule for row in read(engine, select(data_issue.c.rule)) if row.rule in ASKED]
    finally:
        engine.dispose()


@pytest.mark.parametrize("verdict", [SAME, TWO])
def test_what_is_decided_of_two_workers_is_not_asked_by_the_next_load(
    duckdb_url, nothing_is_counted, verdict
):
    cases, hr = staff("csv_folder", "W0001", "Jon Smith"), staff("workbook", "H1", "John Smith")
    said = decided(("W0001", "H1", verdict))
    for one, known, asked in (
        (cases, NOTHING_DECIDED, []),
        (hr, NOTHING_DECIDED, ["names_alike"]),
        (hr, said, []),
    ):
        load(duckdb_url, one, SETTINGS, add=True, decided=known)
        assert doubts(duckdb_url) == asked


@pytest.mark.parametrize(
    ("key", "lines", "asked"),
    [
        ("A+B", [("A", "B", OPEN)], 1),
        ("A+B", [("B", "A", TWO)], 0),
        # By what was decided of others.
        ("A+C", [("A", "B", SAME), ("B", "C", SAME)], 0),
        ("A+C", [("A", "B", SAME), ("B", "C", TWO)], 0),
        ("A+D", [("A", "B", SAME), ("B", "C", TWO)], 1),
    ],
)
def test_a_doubt_is_settled_by_what_was_decided_of_these_two_or_follows_from_others(
    key, lines, asked
):
    issue = Issue("worker_in_doubt", "allocation", key, WARNING, "two")
    assert len(not_decided([issue], decided(*lines).workers)) == asked
