"""Details by the one id of what was done for several children at once, and how many are told."""

from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Connection, delete, insert, update

from data_access.schema import visit, visit_detail
from loading.checks import checks
from loading.checks.checklist import NOBODY, who_mends
from loading.details.visits import CHECKS, with_details
from loading.details.visits_of import visits_of
from loading.fitting import typed
from loading.sources.reading import EACH_UP_TO, Issue
from loading.sources.ssd.drawing import own_ids
from tests.databases import emptied
from tests.worlds import SETTINGS

MADE, KEPT, OTHER = date(2016, 9, 5), date(2016, 9, 7), date(2016, 9, 9)
AS_AT = date(2016, 9, 30)
OF_KIND = {"kind": "CIN", "visited_on": MADE}
# Visit 8 was of a brother and a sister at once, 9 of one child alone.
VISITS = [{"visit_id": "CIN-8-C1", "child_id": "C1", **OF_KIND},
          {"visit_id": "CIN-8-C2", "child_id": "C2", **OF_KIND},
          {"visit_id": "CIN-9", "child_id": "C3", **OF_KIND}]  # fmt: skip


def rows(table, *given: dict) -> pd.DataFrame:
    frame = pd.DataFrame(list(given), dtype=object)
    return typed(table, frame.reindex(columns=[column.name for column in table.columns]))


def visits(*more: dict) -> pd.DataFrame:
    return rows(visit, *VISITS, *more)


def details(*given: dict) -> pd.DataFrame:
    whole = [{"visit_detail_id": f"D{n}", **row} for n, row in enumerate(given, start=1)]
    return rows(visit_detail, *whole)


def recorded(of_details: pd.DataFrame, *more: dict) -> list[date | None]:
    days = with_details(visits(*more), of_details)["recorded_on"]
    return [None if pd.isna(day) else day.date() for day in days]


def of_8(**said: object) -> dict:
    return {"visit_id": "CIN-8", "recorded_on": KEPT, **said}


def test_a_detail_by_an_id_of_several_children_is_of_the_visit_of_each():
    assert recorded(details(of_8())) == [KEPT, KEPT, None]


def test_details_of_one_id_that_agree_are_of_the_visit_of_each():
    assert recorded(details(of_8(), of_8())) == [KEPT, KEPT, None]


@pytest.mark.parametrize(
    "other", [of_8(recorded_on=OTHER), of_8(seen=False)], ids=["another day", "one only attempted"]
)
def test_details_of_one_id_that_differ_are_of_nobody_known(other):
    filled = with_details(visits(), details(of_8(), other))
    assert filled["recorded_on"].isna().all()
    assert filled["seen"].isna().all()


def test_of_details_that_differ_the_first_that_knows_counts_where_one_visit_is_left():
    one = rows(visit, VISITS[0])
    filled = with_details(one, details(of_8(seen=False), of_8(recorded_on=OTHER)))
    assert filled["recorded_on"].iloc[0].date() == KEPT
    assert bool(filled["seen"].iloc[0]) is False


def test_details_that_differ_take_nothing_from_what_is_said_of_one_child():
    of_one = {"child_id": "C2", "visited_on": MADE, "recorded_on": KEPT}
    by_id = {"visit_id": "CIN-8-C1", "recorded_on": OTHER}
    differ = (of_8(), of_8(recorded_on=OTHER))
    assert recorded(details(*differ, of_one, by_id)) == [OTHER, KEPT, None]


def test_what_names_one_child_s_visit_goes_before_what_names_all():
    assert recorded(details(of_8(), {"visit_id": "CIN-8-C1", "recorded_on": OTHER})) == [
        OTHER, KEPT, None,
    ]  # fmt: skip


def test_an_id_that_is_a_visit_s_own_is_of_that_visit_alone():
    own = {"visit_id": "CIN-8", "child_id": "C9", **OF_KIND}
    assert recorded(details(of_8()), own) == [None, None, None, KEPT]


def test_the_visits_of_an_id_are_those_that_a_reader_makes_of_it():
    seen = pd.DataFrame([{"visit_id": "8", "child_id": one} for one in ("C1", "C2")])
    made = own_ids(seen, "visit_id", "CIN-")
    named = pd.Series(["CIN-8", "CIN-7", None], dtype="string")
    assert list(visits_of(made, named)["visit_id"]) == ["CIN-8-C1", "CIN-8-C2"]


@pytest.fixture
def at(shared_engine, monkeypatch) -> Iterator[Connection]:
    """The three visits in a case database of each kind, of which only details are judged."""
    monkeypatch.setattr(checks, "CHECKS", CHECKS)
    with shared_engine.connect() as connection:
        emptied(connection).execute(insert(visit), VISITS)
        yield connection
        connection.rollback()


def told(at: Connection, *given: dict) -> list[Issue]:
    names = visit_detail.c.keys()
    whole = [
        {**dict.fromkeys(names), "visit_detail_id": f"D{n}", **row}
        for n, row in enumerate(given, start=1)
    ]
    at.execute(insert(visit_detail), whole)
    return checks.find_issues(at, SETTINGS, AS_AT)


def test_of_an_id_of_several_children_nothing_is_said_where_all_are_told(at):
    assert told(at, of_8(), {"visit_id": "CIN-9", "recorded_on": KEPT}) == []


def of_none(number: int) -> list[dict]:
    """Details by ids that no visit has."""
    return [{"visit_id": f"CIN-{n}", "recorded_on": KEPT} for n in range(11, 11 + number)]


def test_many_details_of_no_visit_are_one_issue_with_their_number_and_the_first_three(at):
    (issue,) = told(at, *of_none(EACH_UP_TO + 1))
    assert (issue.rule, issue.row_key, issue.column) == ("detail_of_no_visit", "D1", "visit_id")
    assert issue.message.startswith(
        f"{EACH_UP_TO + 1} details are of no visit that is there, the first D1, D10, D11: by their"
        " visit_id,"
    )


def test_few_details_of_no_visit_are_said_row_by_row(at):
    issues = told(at, *of_none(EACH_UP_TO), {"visit_id": "CIN-9", "recorded_on": KEPT})
    assert {issue.row_key for issue in issues} == {f"D{n}" for n in range(1, EACH_UP_TO + 1)}
    assert len(issues) == EACH_UP_TO


def test_one_detail_of_no_visit_is_named(at):
    (issue,) = told(at, {"visit_id": "CIN-11"}, {"visit_id": "CIN-9"})
    assert issue.message == (
        "1 detail is of no visit that is there, namely D1: by its visit_id, or without one by"
        " child, day and kind. What it says counts nowhere. Add the visit, or correct the row."
    )


def test_details_of_one_of_several_children_are_one_issue(at):
    (issue,) = told(at, of_8(), of_8(seen=False), {"visit_id": "CIN-9", "recorded_on": KEPT})
    assert (issue.rule, issue.row_key) == ("detail_of_one_of_several", "D1")
    assert issue.message.startswith("2 details, the first D1, D2, are by the one id of several")
    assert "what a load before filled in stands until the visits are loaded again" in issue.message
    assert who_mends(issue.rule) != NOBODY


def test_two_details_that_differ_of_one_child_s_visit_are_in_no_doubt(at):
    of_9 = {"visit_id": "CIN-9", "recorded_on": KEPT}
    assert told(at, of_9, {**of_9, "seen": False}) == []


def test_where_one_visit_alone_is_left_of_an_id_details_that_differ_are_in_no_doubt(at):
    at.execute(delete(visit).where(visit.c.child_id == "C2"))
    assert told(at, of_8(), of_8(seen=False)) == []


def test_a_visit_of_several_children_that_says_otherwise_itself_is_told(at):
    at.execute(update(visit).where(visit.c.child_id == "C2").values(recorded_on=OTHER))
    (issue,) = told(at, of_8())
    assert issue.rule == "detail_says_otherwise"
    assert "visit CIN-8-C2 has 9 September 2016" in issue.message
