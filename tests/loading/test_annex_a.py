"""Annex A workbooks, as councils really send them."""

from datetime import date
from pathlib import Path

import pytest

from data_access.problems import Problem
from loading.names.workers import worker_id_of
from loading.sources.annex_a.episodes.earlier import EarlierRows
from loading.sources.annex_a.workbook import read_annex_a
from loading.sources.reading import Gathering
from tests.left_out import BESIDE, needs
from tests.loading import dirty

REAL = BESIDE / "reference" / "annex_a" / "annex_a_2024.xlsx"


def read(path: Path, content, **options):
    return read_annex_a([dirty.workbook(path / "annex_a.xlsx", content)], **options)


def rows(reading, table: str) -> dict[str, dict]:
    """The table's rows by their key, without their place."""
    frame = reading.frames[table].astype(object)
    frame = frame.where(frame.notna(), None).drop(columns="found_at", errors="ignore")
    return {str(row[f"{table}_id"]): row for row in frame.to_dict("records")}


def rules(reading) -> list[str]:
    return sorted(issue.rule for issue in reading.issues)


def sentence(path: Path, content) -> str:
    with pytest.raises(Problem) as problem:
        read(path, content)
    return str(problem.value)


@pytest.fixture
def reading(tmp_path):
    return read_annex_a([dirty.good_workbook(tmp_path)])


def test_a_good_return_gives_its_children_once(reading):
    children = rows(reading, "child")
    assert list(children) == ["1001", "1004", "1005", "1002", "1003"]
    assert children["1001"] == {
        "child_id": "1001",
        "born_on": date(2009, 5, 4),
        "sex": "M",
        "ethnicity": "WBRI",
    }


def test_the_data_go_up_to_the_latest_thing_that_happened(reading):
    assert reading.data_to == dirty.DATA_TO
    assert reading.data_from == date(2016, 4, 30)


def test_a_date_after_the_file_was_saved_does_not_move_the_end_of_the_data(tmp_path):
    content = dirty.sheets()
    content["List 6"][1][7] = dirty.day("2099-01-01")
    assert read(tmp_path, content).data_to == dirty.DATA_TO


def test_the_end_of_the_data_can_be_said(tmp_path):
    until = read(tmp_path, dirty.sheets(), data_to=date(2016, 9, 30)).data_to
    assert until == date(2016, 9, 30)


def test_a_plan_is_written_for_each_status_that_is_open(reading):
    plans = {(row["child_id"], row["kind"]): row for row in rows(reading, "plan").values()}
    # Rob's episode is closed: it may have been no more than an assessment.
    assert set(plans) == {("1002", "CP"), ("1003", "CLA"), ("1001", "CIN"), ("1005", "CIN")}
    assert plans[("1002", "CP")]["category"] == "PHY"
    assert plans[("1003", "CLA")]["legal_status"] == "C2"


def test_short_breaks_are_not_looked_after_and_are_said(reading):
    (issue,) = [issue for issue in reading.issues if issue.rule == "short_break"]
    assert issue.row_key == "1005-CLA-20150106"
    assert reading.left_out["plan"] == {"short_break": 1}


def test_an_episode_tells_its_need_and_closure_to_the_referral_that_led_to_it(reading):
    referrals = rows(reading, "referral")
    assert referrals["1001-R-20160901"]["primary_need"] == "N1"
    assert referrals["1001-R-20160901"]["source"] == "6"
    assert referrals["1004-R-20160510"]["closed_on"] == date(2016, 8, 15)
    assert referrals["1004-R-20160510"]["closure_reason"] == "RC8"
    assert referrals["1004-R-20160601"]["no_further_action"] is True


def test_an_episode_older_than_list_3_is_a_referral_of_its_first_day(reading):
    assert rows(reading, "referral")["1003-R-20120301"]["received_on"] == date(2012, 3, 1)


def test_a_long_term_foster_placement_is_known(reading):
    (placement,) = rows(reading, "placement").values()
    assert (placement["kind"], placement["long_term"]) == ("U4", True)


def test_the_same_visit_in_two_lists_is_one_visit_of_the_plan_s_own_kind(reading):
    visits = {(row["child_id"], row["visited_on"]): row for row in rows(reading, "visit").values()}
    assert visits[("1002", date(2016, 10, 12))]["kind"] == "CP"
    assert visits[("1002", date(2016, 10, 12))]["seen_alone"] is True
    # Max was seen on 28 October, and had his statutory visit on the 31st.
    assert visits[("1003", date(2016, 10, 28))]["kind"] == "CIN"
    assert visits[("1003", date(2016, 10, 31))]["kind"] == "CLA"


def test_the_worker_of_list_6_holds_the_child_for_as_far_back_as_annex_a_goes(reading):
    held = {row["child_id"]: row for row in rows(reading, "allocation").values()}
    assert held["1003"]["started_on"] == date(2016, 4, 30)
    assert held["1001"]["started_on"] == date(2016, 9, 1)
    assert held["1004"]["ended_on"] == date(2016, 8, 15)
    assert held["1002"]["worker_id"] == worker_id_of("Ash Bell")
    assert held["1002"]["unit_id"] == "east-team"


def test_no_post_is_made_up_where_annex_a_gives_no_fte(reading):
    assert "post" not in reading.frames
    assert "FTE" in reading.lacks["post"]


def test_a_worker_s_id_does_not_tell_the_name(reading):
    assert not any("ash" in worker_id.lower() for worker_id in rows(reading, "worker"))


def test_every_row_read_is_written_or_counted_as_left_out(reading):
    for table, read_rows in reading.read.items():
        left_out = sum(reading.left_out.get(table, {}).values())
        assert len(reading.frames.get(table, ())) + left_out == read_rows, table
    for sheet in reading.sheets.values():
        assert sheet["read"] == sheet["used"] + sum(sheet["left_out"].values())


def same_rows(one, other) -> bool:
    return {
        name: sorted(map(str, frame.drop(columns="found_at", errors="ignore").to_dict("records")))
        for name, frame in one.frames.items()
    } == {
        name: sorted(map(str, frame.drop(columns="found_at", errors="ignore").to_dict("records")))
        for name, frame in other.frames.items()
    }


def test_sheets_may_come_in_any_order(tmp_path, reading):
    backwards = dict(reversed(dirty.sheets().items()))
    assert same_rows(read(tmp_path, backwards), reading)


@pytest.mark.parametrize(
    "titles",
    [
        {3: "List_3", 4: "list 04", 6: "LIST6", 7: "List 7 - CP", 8: " list-8 "},
        {3: "3 Referrals", 4: "4. Assessments", 6: "6 CIN", 7: "7_CP", 8: "8 - CLA"},
        {3: "Referrals", 4: "Assessments", 6: "Children in Need", 7: "Child protection", 8: "LAC"},
        {3: "Sheet1", 4: "Sheet2", 6: "Sheet3", 7: "Sheet4", 8: "Sheet5"},
    ],
)
def test_sheets_may_have_other_titles(tmp_path, reading, titles):
    content = {
        titles.get(number, title): dirty.sheets()[title] for number, title in dirty.TITLES.items()
    }
    assert same_rows(read(tmp_path, content), reading)


def test_headings_need_not_stand_in_the_first_row(tmp_path, reading):
    content = {
        title: [["Annex A"], [], ["Child level data, October 2016"], *one]
        for title, one in dirty.sheets().items()
    }
    assert same_rows(read(tmp_path, content), reading)


def test_lists_may_be_split_over_files(tmp_path, reading):
    content = dirty.sheets()
    first = {title: content.pop(title) for title in ("List 6", "List 1")}
    files = [
        dirty.workbook(tmp_path / "a.xlsx", first),
        dirty.workbook(tmp_path / "b.xlsx", content),
    ]
    assert same_rows(read_annex_a(files), reading)


def test_headings_may_be_spelled_otherwise(tmp_path, reading):
    spelled = {
        "Gender": "Sex ",
        "Child Unique ID": "Child ID",
        "Date of Birth": "Child's date of  birth",
        "Date of Referral": "Date of referral",
        "Allocated Worker": "ALLOCATED WORKER",
        "Child's Legal Status": "Child’s Legal Status",
        "Case Status": "Case status",
    }
    content = dirty.sheets()
    for one in content.values():
        one[0] = [spelled.get(heading, heading) for heading in one[0]]
    assert same_rows(read(tmp_path, content), reading)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("b) Female", "F"), ("Female", "F"), ("F", "F"), (2, "F"), ("2 - Female", "F"),
        ("a) Male", "M"), ("MALE ", "M"), ("1", "M"),
        ("c) Not stated/recorded (or unborn)", "U"), ("d) Neither", "U"), ("9", "U"),
        ("#N/A", None), (None, None),
    ],
)  # fmt: skip
def test_sex_is_told_in_many_ways(tmp_path, written, kept):
    content = dirty.sheets()
    content["List 6"][2][1] = content["List 7"][1][1] = written
    assert rows(read(tmp_path, content), "child")["1002"]["sex"] == kept


@pytest.mark.parametrize(
    "written",
    [
        "18/01/2016", "2016-01-18", "18-01-2016", "18/01/16", "18 January 2016", "18-Jan-2016",
        42387, "42387", 42387.75, "2016-01-18 00:00:00", "18/01/2016 09:30", " 18/01/2016 ",
    ],
)  # fmt: skip
def test_dates_are_written_in_many_ways(tmp_path, written):
    content = dirty.sheets()
    content["List 7"][1][5] = written
    assert "1002-CP-20160118" in rows(read(tmp_path, content), "plan")


@pytest.mark.parametrize("written", ["1002", 1002.0, "1002.0", " 1002 ", "1002\xa0"])
def test_an_id_is_the_same_as_number_and_as_text(tmp_path, reading, written):
    content = dirty.sheets()
    content["List 7"][1][0] = written
    assert same_rows(read(tmp_path, content), reading)


def test_blank_rows_and_error_values_are_nothing(tmp_path):
    content = dirty.sheets()
    content["List 6"].insert(2, [None] * 14)
    content["List 6"].append(["", " ", "#N/A", None])
    content["List 6"][1][11:] = ["#N/A", "#N/A"]
    content["List 4"][1][7:] = ["#N/A", "#N/A"]
    found = read(tmp_path, content)
    assert [s["read"] for where, s in found.sheets.items() if "List 6" in where] == [5]
    assert "unallocated" in rules(found)


def test_the_row_left_out_is_said_with_file_sheet_row_and_column(tmp_path):
    content = dirty.sheets()
    content["List 7"][1][5] = "sometime in 2016"
    found = read(tmp_path, content)
    (issue,) = [issue for issue in found.issues if issue.rule == "unreadable"]
    assert issue.message == (
        "annex_a.xlsx, sheet 'List 7', row 2, column F (Child Protection Plan Start Date):"
        " 'sometime in 2016': a date is needed, as in 2016-12-31 or 31/12/2016;"
        " the row is left out."
    )
    assert [s["left_out"] for where, s in found.sheets.items() if "List 7" in where] == [
        {"unreadable": 1}
    ]


def test_a_row_without_a_child_is_left_out_and_said(tmp_path):
    content = dirty.sheets()
    content["List 6"][1][0] = "#N/A"
    assert "missing_value" in rules(read(tmp_path, content))


def test_an_unknown_status_is_said_and_makes_no_plan(tmp_path):
    content = dirty.sheets()
    content["List 6"][1][10] = "Pending"
    found = read(tmp_path, content)
    (message,) = [one.message for one in found.issues if one.rule == "unknown_code"]
    assert "'Pending': one of 'Looked after child'" in message
    assert ("1001", "CIN") not in {
        (row["child_id"], row["kind"]) for row in rows(found, "plan").values()
    }


def test_a_closed_case_without_a_date_is_left_out_and_said(tmp_path):
    content = dirty.sheets()
    content["List 6"][4][8] = None
    found = read(tmp_path, content)
    assert "closed_without_a_date" in rules(found)
    assert "1004" not in {row["child_id"] for row in rows(found, "allocation").values()}


def test_lists_that_disagree_on_a_birth_are_said(tmp_path):
    content = dirty.sheets()
    content["List 7"][1][3] = dirty.day("2013-11-30")
    found = read(tmp_path, content)
    assert rules(found).count("lists_disagree") == 1
    assert rows(found, "child")["1002"]["born_on"] == date(2012, 11, 30)


def test_a_message_never_holds_a_child_s_name_or_birth(tmp_path):
    content = dirty.sheets()
    for title in ("List 6", "List 7"):
        content[title][1][3] = "4th of May"
    assert not any("4th of May" in issue.message for issue in read(tmp_path, content).issues)


def test_an_empty_workbook_is_said(tmp_path):
    assert sentence(tmp_path, {}) == (
        "annex_a.xlsx is empty: no sheet has a row. Give the Annex A workbook itself."
    )


def test_headings_without_a_row_are_said(tmp_path):
    content = {title: one[:1] for title, one in dirty.sheets().items()}
    assert "no row that can be used" in sentence(tmp_path, content)


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(Problem, match="There is no file"):
        read_annex_a([tmp_path / "nowhere.xlsx"])


def test_a_workbook_of_something_else_is_said(tmp_path):
    said = sentence(tmp_path, {"Budget": [["Month", "Cost"], ["April", 12]]})
    assert said.startswith("annex_a.xlsx is not Annex A: its sheets are 'Budget'")


@pytest.mark.parametrize("number", [3, 4, 6, 7, 8])
def test_a_missing_list_is_said(tmp_path, number):
    content = dirty.sheets()
    del content[f"List {number}"]
    assert f"annex_a.xlsx has no List {number} (" in sentence(tmp_path, content)


def test_a_missing_column_is_said(tmp_path):
    content = dirty.sheets()
    for row in content["List 7"]:
        del row[5]
    assert sentence(tmp_path, content) == (
        "annex_a.xlsx, sheet 'List 7' has no column 'Child Protection Plan Start Date': add it."
    )


def test_a_renamed_column_is_said_with_the_nearest(tmp_path):
    content = dirty.sheets()
    content["List 6"][0][5] = "Start Date CiN"
    said = sentence(tmp_path, content)
    assert "has no column 'CIN Start Date'; the nearest is 'Start Date CiN': rename it" in said


def test_a_missing_column_that_can_be_done_without_is_an_issue(tmp_path):
    content = dirty.sheets()
    content["List 6"][0][6] = "Xyz"
    (issue,) = [one for one in read(tmp_path, content).issues if one.rule == "missing_column"]
    assert "'Primary Need Code'" in issue.message


def test_a_list_may_come_as_csv(tmp_path, reading):
    import csv

    content = dirty.sheets()
    listed = content.pop("List 7")
    with (tmp_path / "list_7.csv").open("w", newline="", encoding="cp1252") as file:
        csv.writer(file).writerows(listed)
    files = [dirty.workbook(tmp_path / "rest.xlsx", content), tmp_path / "list_7.csv"]
    assert same_rows(read_annex_a(files), reading)


def test_assessment_factors_are_read_where_they_are_sent(tmp_path):
    content = dirty.sheets()
    content["List 4"][0].append("Factors identified at end of assessment")
    content["List 4"][1].append('{"1A": "Yes", "2B": "No"}, 4C')
    factors = read(tmp_path, content).frames["assessment_factor"]
    assert list(factors["factor"]) == ["1A", "4C"]


def test_an_enquiry_has_its_conference_where_one_was_held(reading):
    enquiries, conferences = rows(reading, "enquiry"), rows(reading, "conference")
    assert enquiries["1001-S47-20160907"]["conference_not_needed"] is True
    assert enquiries["1001-S47-20160907"]["referral_id"] == "1001-R-20160901"
    (conference,) = conferences.values()
    assert conference["enquiry_id"] == "1005-S47-20160601"
    assert (conference["held_on"], conference["led_to_plan"]) == (date(2016, 6, 21), False)


def test_without_list_5_the_rest_is_read_and_it_is_said_what_is_lacking(tmp_path, reading):
    content = dirty.sheets()
    del content["List 5"]
    without = read(tmp_path, content)
    assert len(without.frames["plan"]) == len(reading.frames["plan"])
    assert "enquiry" not in without.frames
    assert "List 5" in without.lacks["conference"]


def test_the_latest_review_is_read_and_never_taken_for_all(reading):
    reviews = {row["child_id"]: row for row in rows(reading, "review").values()}
    assert (reviews["1002"]["kind"], reviews["1002"]["held_on"]) == ("CP", date(2016, 10, 10))
    assert (reviews["1003"]["kind"], reviews["1003"]["held_on"]) == ("CLA", date(2016, 6, 6))
    assert "review" in reading.partial
    assert "latest review only" in reading.lacks["review"]


def test_the_number_of_earlier_plans_is_read_and_0_is_not_unknown(tmp_path, reading):
    def returned(found):
        return {row["child_id"]: row["previous_plans"] for row in rows(found, "plan").values()}

    assert returned(reading)["1002"] == 1
    content = dirty.sheets()
    content["List 7"][1][11] = 0
    assert returned(read(tmp_path, content))["1002"] == 0


@needs(REAL)
def test_a_real_return_is_read_whole():
    found = read_annex_a([REAL])
    assert found.data_to == date(2021, 3, 15)
    assert {name: len(frame) for name, frame in found.frames.items()} == {
        "child": 32,
        "referral": 11,
        "assessment": 5,
        "plan": 17,
        "placement": 5,
        "visit": 17,
        "enquiry": 5,
        "conference": 3,
        "review": 10,
        "unit": 12,
        "worker": 19,
        "allocation": 17,
    }
    assert rules(found) == ["unallocated"] * 5 + ["unknown_code"]


def test_open_rows_that_name_different_holders_are_told_and_the_first_asked_counts(tmp_path):
    content = dirty.sheets()
    content["List 8"][1][-2:] = ["East Team", "Ash Bell"]
    found = read(tmp_path, content)
    (issue,) = [one for one in found.issues if one.rule == "holders_disagree"]
    assert (issue.row_key, "another team and worker than in" in issue.message) == ("1003", True)
    assert "Ash" not in issue.message
    held = rows(found, "allocation")
    assert {row["unit_id"] for row in held.values() if row["child_id"] == "1003"} == {"west-team"}


@pytest.mark.parametrize(
    ("said", "seen", "alone"),
    [
        ("a) Yes", True, True),
        ("b) No", None, False),
        ("Child not seen", False, False),
        ("b) No - child not seen", False, False),
        ("No: not seen", False, False),
        ("N - not seen alone", True, False),
        ("Refused to be seen alone", None, None),
    ],
)
def test_a_child_who_was_not_seen_was_not_visited_whatever_stands_before_it(
    tmp_path, said, seen, alone
):
    content = dirty.sheets()
    content["List 7"][1][8] = said
    last_seen = content["List 6"][0].index("Date Child Was Last Seen")
    for row in content["List 6"][1:]:
        row[last_seen] = None
    (visit,) = [
        row for row in rows(read(tmp_path, content), "visit").values() if row["kind"] == "CP"
    ]
    assert (visit["seen"], visit["seen_alone"]) == (seen, alone)


def test_a_child_whom_list_6_has_as_seen_on_the_day_of_an_attempt_was_seen(tmp_path):
    content = dirty.sheets()
    content["List 7"][1][8] = "Child not seen"
    found = read(tmp_path, content)
    (visit,) = [row for row in rows(found, "visit").values() if row["kind"] == "CP"]
    assert (visit["seen"], visit["seen_alone"]) == (True, None)
    (issue,) = [one for one in found.issues if one.rule == "visits_at_odds"]
    assert issue.row_key == "1002-VCP-20161012"
    assert "List 6" in issue.message and "List 7" in issue.message


def test_an_attempt_hides_no_visit_of_another_kind_on_its_day():
    gathering, earlier = Gathering(), EarlierRows()
    on = {"child_id": "K1", "visited_on": date(2016, 10, 12), "found_at": "a row"}
    earlier.offer_visit(gathering, visit_id="1", kind="CP", seen=False, seen_alone=None, **on)
    earlier.offer_visit(gathering, visit_id="2", kind="CLA", **on)
    earlier.offer_visit(gathering, visit_id="3", kind="CIN", seen=True, **on)
    kept = [(one["visit_id"], one["seen"]) for one in gathering.rows["visit"]]
    assert kept == [("1", False), ("2", None)]
    assert gathering.left_out == {"visit": {"the same visit, in another list": 1}}
    assert gathering.issues == []


@pytest.mark.parametrize(
    ("status", "has_plan"),
    [
        ("Child in need assessment", False),
        ("CIN - assessment", False),
        ("CIN plan after assessment", True),
    ],
)
def test_an_assessment_of_a_child_in_need_is_no_plan(tmp_path, status, has_plan):
    content = dirty.sheets()
    content["List 6"][1][10] = status
    content["List 4"][1][6] = None
    found = read(tmp_path, content)
    plans = [row for row in rows(found, "plan").values() if row["child_id"] == "1001"]
    assert bool(plans) == has_plan
    assert rules(found) == ["short_break"]
