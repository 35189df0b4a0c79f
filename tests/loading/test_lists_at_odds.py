"""Children of whom List 6 of Annex A and another list say different things."""

import pytest

from tests.loading import dirty
from tests.loading.test_annex_a import read, rows

STATUS, CLOSED_ON = 10, 8
PLAN_ENDED_ON = 9
KIT, LOU, MAX, ROB, IDA = range(1, 6)
RULES = {
    "status_unknown",
    "status_without_its_row",
    "plan_against_status",
    "status_against_closure",
}


def odds(reading) -> list[tuple[str, str]]:
    return [(one.rule, str(one.row_key)) for one in reading.issues if one.rule in RULES]


def message(reading) -> str:
    (found,) = [issue.message for issue in reading.issues if issue.rule in RULES]
    return found


def plans(reading) -> set[tuple[str, str]]:
    return {(row["child_id"], row["kind"]) for row in rows(reading, "plan").values()}


def with_status(child: int, status: str | None, closed_on: str | None = None) -> dirty.Sheets:
    content = dirty.sheets()
    content["List 6"][child][STATUS] = status
    content["List 6"][child][CLOSED_ON] = closed_on and dirty.day(closed_on)
    return content


def test_lists_that_agree_say_nothing(tmp_path):
    assert odds(read(tmp_path, dirty.sheets())) == []


@pytest.mark.parametrize("status", [None, " ", "#N/A", "Pending"])
def test_an_open_case_without_a_status_is_said_with_its_row_and_what_counts(tmp_path, status):
    found = read(tmp_path, with_status(KIT, status))
    assert odds(found) == [("status_unknown", "1001")]
    assert message(found) == (
        "annex_a.xlsx, sheet 'List 6', row 2: the case is open and its status is empty or not"
        " known: the child counts as held, is on no plan, and is in no list of visits. Enter the"
        " case status."
    )
    assert ("1001", "CIN") not in plans(found)


def test_a_plan_of_another_list_counts_where_list_6_has_no_status(tmp_path):
    found = read(tmp_path, with_status(LOU, None))
    assert odds(found) == [("status_unknown", "1002")]
    assert "what counts is an open child protection plan in List 7" in message(found)
    assert ("1002", "CP") in plans(found)


def test_a_closed_case_needs_no_status(tmp_path):
    assert odds(read(tmp_path, with_status(ROB, None, "2016-08-15"))) == []


@pytest.mark.parametrize(
    ("status", "number"),
    [("Child Protection plan", 7), ("Looked after child", 8), ("Open assessment", 4)],
)
def test_a_status_without_its_row_in_the_list_of_that_status_is_said(tmp_path, status, number):
    found = read(tmp_path, with_status(KIT, status))
    assert odds(found) == [("status_without_its_row", "1001")]
    assert f"List {number} has not an open" in message(found)
    assert not {kind for child, kind in plans(found) if child == "1001"}


def test_a_plan_that_has_ended_bears_no_status_out(tmp_path):
    content = dirty.sheets()
    content["List 7"][1][9] = dirty.day("2016-09-01")
    assert odds(read(tmp_path, content)) == [("status_without_its_row", "1002")]


def test_an_assessment_that_is_still_open_bears_its_status_out(tmp_path):
    content = with_status(KIT, "Open assessment")
    content["List 4"][1][6] = None
    assert odds(read(tmp_path, content)) == []


@pytest.mark.parametrize(
    ("child", "child_id", "kind", "number"), [(LOU, "1002", "CP", 7), (MAX, "1003", "CLA", 8)]
)
@pytest.mark.parametrize(
    ("status", "closed_on", "told"),
    [
        ("Closed episode", "2016-10-01", "closed"),
        ("Child in need plan", None, "child in need plan"),
        ("Child in need plan", "2016-10-01", "closed"),
    ],
)
def test_an_open_plan_against_list_6_is_said_and_counts(
    tmp_path, child, child_id, kind, number, status, closed_on, told
):
    found = read(tmp_path, with_status(child, status, closed_on))
    assert odds(found) == [("plan_against_status", child_id)]
    assert f"stands in List {number}, and List 6" in message(found)
    assert f"says '{told}'" in message(found)
    assert (child_id, kind) in plans(found)


def test_a_higher_status_than_the_open_plan_s_is_no_contradiction(tmp_path):
    content = dirty.sheets()
    content["List 7"].append([*dirty.MAX, *content["List 7"][1][5:]])
    assert odds(read(tmp_path, content)) == []


def test_short_breaks_are_said_by_themselves(tmp_path):
    assert odds(read(tmp_path, with_status(IDA, "Looked after child"))) == []


def test_an_open_status_beside_a_closure_date_is_said_and_counts_as_closed(tmp_path):
    found = read(tmp_path, with_status(KIT, "Child in need plan", "2016-10-10"))
    assert odds(found) == [("status_against_closure", "1001")]
    assert ("1001", "CIN") not in plans(found)


def test_of_a_child_s_episodes_the_open_one_says_the_status(tmp_path):
    content = dirty.sheets()
    closed = list(content["List 6"][LOU])
    closed[5], closed[CLOSED_ON] = dirty.day("2014-01-06"), dirty.day("2014-03-03")
    closed[STATUS] = "Closed episode"
    content["List 6"].append(closed)
    assert odds(read(tmp_path, content)) == []


@pytest.mark.parametrize("status", ["Child in need plan", "Closed episode"])
def test_a_closure_that_is_still_to_come_closes_nothing_and_is_told(tmp_path, status):
    found = read(tmp_path, with_status(KIT, status, "2099-01-01"))
    (told,) = [one.message for one in found.issues if one.rule == "date_in_the_future"]
    assert told.startswith(
        "annex_a.xlsx, sheet 'List 6', row 2: the CIN Closure Date is 2099-01-01, after 2016-"
    )
    assert odds(found) == []
    left_out = found.left_out.get("referral", {})
    assert (("1001", "CIN") in plans(found)) is (status == "Child in need plan")
    assert left_out.get("closed_without_a_date", 0) == (status == "Closed episode")


def test_an_authorisation_that_is_still_to_come_leaves_the_assessment_open_and_is_told(tmp_path):
    content = with_status(KIT, "Open assessment")
    content["List 4"][1][6] = dirty.day("2099-01-01")
    found = read(tmp_path, content)
    assert odds(found) == []
    (told,) = [one.message for one in found.issues if one.rule == "date_in_the_future"]
    assert "the date of authorisation is 2099-01-01" in told


@pytest.mark.parametrize("number", [7, 8])
def test_a_plan_whose_end_is_planned_bears_its_status_out(tmp_path, number):
    content = dirty.sheets()
    content[f"List {number}"][1][PLAN_ENDED_ON] = dirty.day("2017-01-09")
    assert odds(read(tmp_path, content)) == []
