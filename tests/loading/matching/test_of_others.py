"""Rows of schools and services that are of nobody here: few one by one, many once, none unsaid."""

from datetime import date

import pandas as pd
import pytest

from loading.checks.checklist import who_mends
from loading.checks.reading_rules import NOBODY
from loading.combining import Combined, combine
from loading.losses import TableCount
from loading.sources.reading import EACH_UP_TO, Reading

DAY = date(2016, 10, 31)
CHILDREN = [{"child_id": "C1", "family_id": "F1", "restricted": False}]


def brought(table: str, *rows: dict) -> Combined:
    """A reading of one child, and of these rows, each under an id of its own."""
    told = [
        {f"{table}_id": str(n), "started_on": DAY, "found_at": f"{table}.csv, row {n + 1}", **row}
        for n, row in enumerate(rows, start=1)
    ]
    frames = {"child": pd.DataFrame(CHILDREN), table: pd.DataFrame(told, dtype=object)}
    return combine([Reading("csv_folder", DAY, frames)])


def of(*ids: str) -> list[dict]:
    return [{"child_id": one} for one in ids]


STRANGERS = of(*(f"K{n}" for n in range(EACH_UP_TO + 1)))


def test_many_rows_of_other_children_are_left_out_counted_and_said_once():
    combined = brought("enrolment", *of("C1"), *STRANGERS)
    assert [*combined.frames["enrolment"]["child_id"]] == ["C1"]
    assert combined.left_out == [{"enrolment": {"of_other_children": 26}}]
    (issue,) = combined.issues
    assert issue.message.startswith("enrolment.csv, row 3: 26 rows of enrolment, from here on,")
    assert "and 1 does: those are kept" in issue.message


def test_a_file_of_all_children_of_the_area_is_no_loss():
    assert who_mends("of_other_children") == NOBODY
    assert TableCount(27, 1, {"of_other_children": 26}).lost == 0


def test_where_none_of_many_is_a_child_here_the_ids_are_wrong_and_all_is_lost():
    combined = brought("exclusion", *STRANGERS)
    assert combined.left_out == [{"exclusion": {"no_child_matched": 26}}]
    assert "none of the 26 rows" in combined.issues[0].message
    assert TableCount(26, 0, {"no_child_matched": 26}).lost == 26


def test_few_are_left_to_the_checks_which_say_each():
    combined = brought("enrolment", *of("C1"), *STRANGERS[:EACH_UP_TO])
    assert len(combined.frames["enrolment"]) == 1 + EACH_UP_TO
    assert combined.issues == []


@pytest.mark.parametrize("table", ["early_help", "intervention"])
def test_a_row_of_a_family_here_is_matched_without_a_child(table):
    more = {"name": "Parenting course"} if table == "intervention" else {}
    rows = [{"family_id": "F1", **more}, *({**one, **more} for one in STRANGERS)]
    assert [*brought(table, *rows).frames[table]["family_id"]] == ["F1"]
