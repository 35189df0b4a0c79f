"""The children in need census: referrals, assessments, enquiries, conferences, plans, reviews."""

from datetime import date

import pytest

from data_access.problems import Problem
from loading.sources.returns.cin_census.reader import read_cin_census
from tests.loading.returns.files import child, cin_census

DETAILS = {
    "CINreferralDate": "2015-06-15",
    "ReferralSource": "6",
    "PrimaryNeedCode": "N1",
    "CINclosureDate": "2016-02-20",
    "ReasonForClosure": "RC7",
    "ReferralNFA": "0",
}
ASSESSMENT = {
    "AssessmentActualStartDate": "2015-06-16",
    "AssessmentAuthorisationDate": "2015-07-20",
    "FactorsIdentifiedAtAssessment": {"AssessmentFactors": ["3B", "16A"]},
}
ENQUIRY = {
    "S47ActualStartDate": "2015-06-17",
    "InitialCPCtarget": "2015-07-08",
    "DateOfInitialCPC": "2015-07-07",
    "ICPCnotRequired": "false",
}
CP_PLAN = {
    "CPPstartDate": "2015-07-07",
    "CPPendDate": "2016-01-29",
    "InitialCategoryOfAbuse": "PHY",
    "LatestCategoryOfAbuse": "NEG",
    "NumberOfPreviousCPP": "1",
    "Reviews": [{"CPPreviewDate": "2015-09-30"}, {"CPPreviewDate": "2016-01-29"}],
}
WHOLE = {
    **DETAILS,
    "Assessments": ASSESSMENT,
    "CINPlanDates": {"CINPlanStartDate": "2016-01-29", "CINPlanEndDate": "2016-02-20"},
    "Section47": ENQUIRY,
    "ChildProtectionPlans": CP_PLAN,
}


def read(folder, *details, last="2016-03-31", **options):
    path = cin_census(folder / f"cin-{last}.xml", [child("K1", *details)], last)
    return read_cin_census([path], **options)


def rows(reading, table: str) -> list[dict]:
    frame = reading.frames.get(table)
    return [] if frame is None else frame.to_dict("records")


def only(reading, table: str, *names: str) -> tuple:
    (row,) = rows(reading, table)
    return tuple(row[name] for name in names)


def rules(reading) -> list[str]:
    return [issue.rule for issue in reading.issues]


def test_a_case_is_a_referral_with_all_that_followed(tmp_path):
    reading = read(tmp_path, WHOLE)
    names = ("received_on", "closed_on", "closure_reason", "source", "primary_need")
    assert only(reading, "referral", *names, "no_further_action") == (
        date(2015, 6, 15), date(2016, 2, 20), "RC7", "6", "N1", False,
    )  # fmt: skip
    referral_id = only(reading, "referral", "referral_id")
    assert only(reading, "assessment", "referral_id") == referral_id
    assert only(reading, "enquiry", "referral_id") == referral_id
    assert only(reading, "assessment", "started_on", "authorised_on") == (
        date(2015, 6, 16),
        date(2015, 7, 20),
    )
    assert [row["factor"] for row in rows(reading, "assessment_factor")] == ["3B", "16A"]
    assert rules(reading) == []


def test_a_conference_follows_its_enquiry(tmp_path):
    reading = read(tmp_path, WHOLE)
    assert only(reading, "enquiry", "started_on", "conference_not_needed") == (
        date(2015, 6, 17),
        False,
    )
    assert only(reading, "conference", "kind", "held_on", "target_on") == (
        "initial",
        date(2015, 7, 7),
        date(2015, 7, 8),
    )
    assert only(reading, "conference", "enquiry_id") == only(reading, "enquiry", "enquiry_id")


def test_a_conference_without_an_enquiry_is_one_and_the_same_day_is_no_second(tmp_path):
    alone = read(tmp_path, {**DETAILS, "DateOfInitialCPC": "2015-07-01"})
    assert only(alone, "conference", "held_on", "enquiry_id") == (date(2015, 7, 1), None)
    again = {**DETAILS, "DateOfInitialCPC": "2015-07-07", "Section47": ENQUIRY}
    assert len(rows(read(tmp_path, again), "conference")) == 1


def test_plans_are_of_their_kinds_with_the_latest_category_and_reviews(tmp_path):
    reading = read(tmp_path, WHOLE)
    names = ("kind", "started_on", "ended_on", "category", "previous_plans")
    found = sorted(tuple(row.get(name) for name in names) for row in rows(reading, "plan"))
    assert found[1] == ("CP", date(2015, 7, 7), date(2016, 1, 29), "NEG", 1)
    assert found[0][:3] == ("CIN", date(2016, 1, 29), date(2016, 2, 20))
    held = [(row["kind"], row["held_on"]) for row in rows(reading, "review")]
    assert held == [("CP", date(2015, 9, 30)), ("CP", date(2016, 1, 29))]


@pytest.mark.parametrize(("code", "sex"), [("1", "M"), ("2", "F"), ("F", "F"), ("9", "U")])
def test_sex_is_read_under_either_of_its_tags(tmp_path, code, sex):
    now, before = child("K1", DETAILS, sex=code), child("K2", DETAILS, sex=code)
    before = {**before, "ChildIdentifiers": {"LAchildID": "K2", "GenderCurrent": code}}
    reading = read_cin_census([cin_census(tmp_path / "cin.xml", [now, before])])
    assert [row["sex"] for row in rows(reading, "child")] == [sex, sex]


def test_a_return_holds_its_year_to_its_reference_date(tmp_path):
    reading = read(tmp_path, WHOLE)
    assert (reading.data_from, reading.data_to) == (date(2015, 4, 1), date(2016, 3, 31))
    assert reading.data_to_from == "the reference date of cin-2016-03-31.xml"


def test_a_date_that_cannot_be_read_is_said_with_the_child_and_the_tag(tmp_path):
    wrong = {**DETAILS, "CINreferralDate": "2015-06-31"}
    path = cin_census(tmp_path / "cin.xml", [child("K1", DETAILS), child("K2", wrong)])
    reading = read_cin_census([path])
    assert [row["child_id"] for row in rows(reading, "referral")] == ["K1"]
    (issue,) = reading.issues
    assert "cin.xml, child 2, column CINreferralDate" in issue.message
    assert reading.sheets["cin.xml, CINdetails"]["left_out"] == {"unreadable": 1}


def test_a_blank_that_is_needed_is_said(tmp_path):
    reading = read(tmp_path, {**DETAILS, "ChildProtectionPlans": {"CPPendDate": "2016-01-29"}})
    (issue,) = reading.issues
    assert "child 1: CPPstartDate is empty" in issue.message


def test_a_tag_that_stands_twice_with_two_values_is_said(tmp_path):
    reading = read(tmp_path, {**DETAILS, "CINclosureDate": ["2016-02-20", "2016-02-21"]})
    assert only(reading, "referral", "closed_on") == (None,)
    assert "stands twice" in reading.issues[0].message


def test_of_two_years_a_case_is_as_the_later_says_and_history_is_of_both(tmp_path):
    still_open = {name: said for name, said in DETAILS.items() if "los" not in name}
    first = cin_census(tmp_path / "2015.xml", [child("K1", still_open | {
        "CINreferralDate": "2015-01-15",
        "ChildProtectionPlans": {"CPPstartDate": "2015-02-10"},
    })], "2015-03-31")  # fmt: skip
    second = cin_census(tmp_path / "2016.xml", [child("K1", DETAILS | {
        "CINreferralDate": "2015-01-15",
        "ChildProtectionPlans": {"CPPstartDate": "2015-02-10", "CPPendDate": "2015-12-01"},
    })])  # fmt: skip
    reading = read_cin_census([second, first])
    assert only(reading, "referral", "closed_on") == (date(2016, 2, 20),)
    assert only(reading, "plan", "ended_on", "referral_id") == (
        date(2015, 12, 1),
        *only(reading, "referral", "referral_id"),
    )
    assert (reading.data_from, reading.data_to) == (date(2014, 4, 1), date(2016, 3, 31))


def test_a_case_that_was_open_and_is_not_in_the_next_return_ended_and_is_said(tmp_path):
    still_open = {"CINreferralDate": "2015-01-15", "ReferralNFA": "0"}
    no_action = {"CINreferralDate": "2015-01-20", "ReferralNFA": "1"}
    first = cin_census(
        tmp_path / "2015.xml", [child("K1", still_open), child("K3", no_action)], "2015-03-31"
    )
    second = cin_census(tmp_path / "2016.xml", [child("K2", DETAILS)])
    reading = read_cin_census([first, second])
    closed = {row["child_id"]: row["closed_on"] for row in rows(reading, "referral")}
    assert closed == {"K1": date(2015, 4, 1), "K2": date(2016, 2, 20), "K3": None}
    assert rules(reading) == ["gone_from_the_next_return"]


def test_a_file_that_is_no_census_or_says_no_day_is_refused(tmp_path):
    other = tmp_path / "other.xml"
    other.write_text("<Message><CSWWWorker/></Message>")
    with pytest.raises(Problem, match="is not a children in need census return"):
        read_cin_census([other])
    path = cin_census(tmp_path / "cin.xml", [child("K1", DETAILS)])
    path.write_text(path.read_text().replace("2016-03-31", "soon"))
    with pytest.raises(Problem, match="no ReferenceDate"):
        read_cin_census([path])


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]><Message>&b;</Message>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><Message/>',
    ],
)
def test_xml_with_a_document_type_is_refused_unread(tmp_path, text):
    path = tmp_path / "cin.xml"
    path.write_text(text)
    with pytest.raises(Problem, match="declares a document type or entities"):
        read_cin_census([path])


def test_a_return_that_is_cut_is_refused(tmp_path):
    path = cin_census(tmp_path / "cin.xml", [child("K1", DETAILS)])
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(Problem, match="is not whole"):
        read_cin_census([path])
