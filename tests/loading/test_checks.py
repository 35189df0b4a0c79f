"""Every rule of the checklist: what breaks it, what is said, and what does not."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from data_access.database import write
from data_access.schema import metadata
from data_access.settings_file.reading import read_settings
from loading.calendar import calendar_days
from loading.checks import cannot_be, checks, columns_in_doubt, last_day, not_open, said_twice
from loading.checks.check import CASE_RECORD, HUMAN_RESOURCES, PERFORMANCE
from loading.checks.checks import (
    CHECKS,
    Check,
    find_issues,
    issue_counts,
    mend,
    record_issues,
    who_mends,
)
from loading.checks.outcomes import cannot_be as outcomes_that_cannot_be
from loading.checks.outcomes import not_counted, of_others
from loading.deriving import fill_derived
from loading.details import visits
from loading.sources.reading import Issue
from tests.databases import emptied

AS_AT = date(2016, 10, 31)
SETTINGS = read_settings()

# One good row of each table: the fields that a broken one starts from.
GOOD: dict[str, dict[str, Any]] = {
    "unit": {"unit_id": "U1", "name": "Unit 1", "kind": "other"},
    "worker": {"worker_id": "W1"},
    "post": {"post_id": "P1", "worker_id": "W1", "unit_id": "U1", "role": "social_worker",
             "fte": 1.0, "agency": False, "newly_qualified": False,
             "started_on": date(2014, 1, 6)},
    "child": {"child_id": "C1", "restricted": False, "born_on": date(2009, 5, 4)},
    "referral": {"referral_id": "R1", "child_id": "C1", "received_on": date(2016, 5, 2)},
    "assessment": {"assessment_id": "S1", "child_id": "C1", "started_on": date(2016, 5, 3)},
    "assessment_factor": {"assessment_id": "S1", "factor": "1A"},
    "plan": {"plan_id": "N1", "child_id": "C1", "kind": "CIN", "started_on": date(2016, 10, 20)},
    "placement": {"placement_id": "L1", "child_id": "C1", "started_on": date(2016, 5, 20),
                  "long_term": False},
    "missing_episode": {"missing_episode_id": "ME1", "child_id": "C1", "kind": "M",
                        "started_on": date(2016, 6, 1), "ended_on": date(2016, 6, 2)},
    "allocation": {"allocation_id": "A1", "child_id": "C1", "worker_id": "W1", "unit_id": "U1",
                   "lead": True, "started_on": date(2016, 5, 2)},
    "visit": {"visit_id": "V1", "child_id": "C1", "kind": "CIN", "visited_on": date(2016, 10, 3)},
    "visit_detail": {"visit_detail_id": "X1", "visit_id": "V1", "recorded_on": None},
    "visit_interval": {"visit_interval_id": "I1", "child_id": "C1", "kind": "CIN", "every": 2,
                       "period": "weeks", "effective_from": date(2016, 5, 20)},
    "scale_score": {"scale_score_id": "Q1", "child_id": "C1", "scale": "safety",
                    "rater": "social_worker", "scored_on": date(2016, 5, 5), "score": 5.0,
                    "best": "high"},
    "time_record": {"time_record_id": "T1", "worker_id": "W1", "worked_on": date(2016, 10, 3),
                    "category": "direct_work", "hours": 4.0, "method": "diary"},
    "absence": {"absence_id": "B1", "worker_id": "W1", "reason": "SIC",
                "first_day": date(2016, 10, 3), "half_day": False},
    "complaint": {"complaint_id": "K1", "received_on": date(2016, 10, 3), "stage": 1},
    "survey_response": {"response_id": "Y1", "survey": "staff", "answered_on": date(2016, 6, 1),
                        "question": "achievement", "answer": 4},
    "enquiry": {"enquiry_id": "E1", "child_id": "C1", "started_on": date(2016, 5, 10)},
    "conference": {"conference_id": "F1", "child_id": "C1", "kind": "initial",
                   "held_on": date(2016, 5, 27), "enquiry_id": "E1", "transfer_in": False},
    "review": {"review_id": "Z1", "child_id": "C1", "kind": "CP", "cancelled": True},
    "supervision": {"supervision_id": "L1", "worker_id": "W1", "held_on": date(2016, 5, 20),
                    "kind": "one_to_one"},
    "supervision_child": {"supervision_child_id": "L1:1", "supervision_id": "L1",
                          "child_id": "C1"},
    "vacancy": {"vacancy_id": "D1", "role": "social_worker", "fte": 1.0,
                "started_on": date(2016, 5, 2)},
    "survey_wave": {"survey_wave_id": "G1", "survey": "staff", "first_day": date(2016, 5, 20)},
    "survey_respondent": {"survey_respondent_id": "G1:1", "respondent_id": "G1-1"},
    "survey_question": {"survey_question_id": "O1", "question": "own", "survey": "staff",
                        "reversed": False},
    "education_period": {"education_period_id": "J1", "child_id": "C1", "possible": 100,
                         "started_on": date(2016, 4, 11), "ended_on": date(2016, 7, 20),
                         "attended": 90},
    "attainment": {"attainment_id": "M1", "child_id": "C1", "stage": "KS2",
                   "assessed_on": date(2016, 7, 20)},
    "activity": {"activity_id": "U1", "child_id": "C1", "as_on": date(2016, 9, 30)},
    "offence_match": {"offence_match_id": "OM1", "child_id": "C1", "found": True,
                      "matched_to": date(2016, 9, 30)},
    "offence": {"offence_id": "OF1", "child_id": "C1", "charged_on": date(2016, 9, 1)},
    "enrolment": {"enrolment_id": "EN1", "child_id": "C1", "urn": "900001", "sen": "K",
                  "started_on": date(2015, 9, 1)},
    "exclusion": {"exclusion_id": "EX1", "child_id": "C1", "kind": "SUSP", "days": 2.0,
                  "started_on": date(2016, 5, 9)},
    "early_help": {"early_help_id": "EH1", "child_id": "C1", "kind": "Family support",
                   "started_on": date(2016, 2, 1), "ended_on": date(2016, 5, 1)},
    "intervention": {"intervention_id": "IV1", "child_id": "C1", "name": "Parenting course",
                     "started_on": date(2016, 6, 6)},
    "person": {"person_id": "H1"},
    "relationship": {"relationship_id": "X1", "child_id": "C1", "person_id": "H1",
                     "role": "mother", "verified": True},
}  # fmt: skip


def fill(connection, *more: tuple[str, dict]) -> None:
    """The good rows, with changes: a row with a new key is added, with a known one changed."""
    rows = {name: {_key(name, row): row} for name, row in GOOD.items()}
    for name, change in more:
        row = {**GOOD[name], **change}
        rows[name][_key(name, row)] = row
    for name, some in rows.items():
        table = metadata.tables[name]
        columns = table.c.keys()
        whole = [{column: row.get(column) for column in columns} for row in some.values()]
        connection.execute(insert(table), whole)


def found_by(some: Iterable[Check], connection, *more: tuple[str, dict]) -> list[Issue]:
    """What these rules alone find of the good rows with these changes: all take much longer."""
    fill(connection, *more)
    rules = {check.rule for check in some}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(checks, "CHECKS", [one for one in CHECKS if one.rule in rules])
        return find_issues(connection, SETTINGS, AS_AT)


def _key(name: str, row: dict) -> tuple:
    return tuple(row[column.name] for column in metadata.tables[name].primary_key)


@pytest.fixture
def connection(shared_engine):
    with shared_engine.connect() as connection:
        yield emptied(connection)
        connection.rollback()


def found(connection, *more) -> list[tuple[str, str, str | None]]:
    fill(connection, *more)
    issues = find_issues(connection, SETTINGS, AS_AT)
    return [(issue.rule, issue.table_name, issue.row_key) for issue in issues]


def test_good_rows_break_no_rule(connection):
    assert found(connection) == []


BREAKS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("date_too_early", "plan", "N1", {"started_on": date(1900, 5, 5)}),
    ("date_too_early", "visit", "V1", {"visited_on": date(1900, 1, 2)}),
    ("date_too_early", "child", "C1", {"born_on": date(1900, 1, 1)}),
    ("date_too_early", "post", "P1", {"started_on": date(1949, 12, 31)}),
    ("date_in_the_future", "plan", "N1", {"started_on": date(2099, 1, 1)}),
    ("date_in_the_future", "conference", "F1", {"held_on": date(2016, 11, 1)}),
    ("date_in_the_future", "enquiry", "E1", {"started_on": date(2016, 11, 1)}),
    ("date_in_the_future", "survey_wave", "G1", {"first_day": date(2016, 11, 1)}),
    ("ends_before_it_starts", "enquiry", "E1", {"ended_on": date(2016, 5, 9)}),
    ("ends_before_it_starts", "vacancy", "D1", {"ended_on": date(2016, 5, 1)}),
    ("ends_before_it_starts", "survey_wave", "G1", {"last_day": date(2016, 5, 19)}),
    ("number_out_of_range", "plan", "N1", {"previous_plans": -1}),
    ("number_out_of_range", "survey_wave", "G1", {"asked": -1}),
    ("number_out_of_range", "vacancy", "D1", {"fte": 1.5}),
    ("child_in_no_table", "enquiry", "E1", {"child_id": "C9", "enquiry_id": "E1"}),
    ("enquiry_in_no_table", "conference", "F1", {"enquiry_id": "E9"}),
    ("wave_in_no_table", "survey_response", "Y1", {"survey_wave_id": "G9"}),
    ("referral_in_no_table", "enquiry", "E1", {"referral_id": "R9"}),
    ("date_in_the_future", "referral", "R1", {"received_on": date(2016, 11, 1)}),
    ("date_in_the_future", "post", "P1", {"ended_on": date(2099, 12, 31)}),
    ("visit_in_the_future", "visit", "V1", {"visited_on": date(2016, 11, 1)}),
    ("ends_in_the_future", "allocation", "A1", {"ended_on": date(2016, 11, 1)}),
    ("ends_before_it_starts", "allocation", "A1", {"ended_on": date(2016, 5, 1)}),
    ("ends_before_it_starts", "post", "P1", {"ended_on": date(2014, 1, 5)}),
    ("ends_before_it_starts", "absence", "B1", {"last_day": date(2016, 10, 2)}),
    ("ends_before_it_starts", "referral", "R1", {"closed_on": date(2016, 5, 1)}),
    ("ends_before_it_starts", "visit_interval", "I1", {"effective_to": date(2016, 5, 19)}),
    ("recorded_before_it_happened", "visit", "V1", {"recorded_on": date(2016, 10, 2)}),
    ("score_out_of_range", "scale_score", "Q1", {"score": 11.0}),
    ("score_out_of_range", "scale_score", "Q1", {"score": -0.5}),
    ("number_out_of_range", "time_record", "T1", {"hours": 169.0}),
    ("number_out_of_range", "visit_interval", "I1", {"every": 0}),
    ("number_out_of_range", "complaint", "K1", {"stage": 4}),
    ("number_out_of_range", "survey_response", "Y1", {"answer": 6}),
    ("unknown_code", "referral", "R1", {"primary_need": "N10"}),
    ("child_in_no_table", "allocation", "A1", {"child_id": "C9"}),
    ("child_in_no_table", "scale_score", "Q1", {"child_id": "C9"}),
    ("child_in_no_table", "supervision_child", "L1:1", {"child_id": "C9"}),
    ("supervision_in_no_table", "supervision_child", "L1:1", {"supervision_id": "L9"}),
    ("date_in_the_future", "supervision", "L1", {"held_on": date(2016, 11, 1)}),
    ("worker_in_no_table", "time_record", "T1", {"worker_id": "W9"}),
    ("unit_in_no_table", "unit", "U9", {}),
    ("absence_in_no_post", "worker", "W1", {}),
    ("time_in_no_post", "worker", "W1", {}),
    ("referral_in_no_table", "plan", "N1", {"referral_id": "R9"}),
    ("person_in_no_table", "relationship", "X1", {"person_id": "H9"}),
    ("assessment_in_no_table", "assessment_factor", "S9+1A", {"assessment_id": "S9"}),
    ("unknown_code", "assessment_factor", "S1+99Z", {"factor": "99Z"}),
    ("holder_without_fte", "worker", "W1", {}),
    ("open_cin_without_visit", "plan", "N1", {}),
    ("two_lead_workers", "allocation", "A2", {}),
    ("continues_no_unit", "unit", "U1", {"continues": "U9"}),
    ("continues_itself", "unit", "U1", {"continues": "U1"}),
    ("continues_at_no_known_day", "unit", "U2", {}),
]
DAY_BEFORE_POST = date(2014, 1, 5)
HOW: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "continues_at_no_known_day": [("unit", {"unit_id": "U2", "continues": "U1"})],
    "holder_without_fte": [("post", {"fte": 0.0})],
    "open_cin_without_visit": [
        ("plan", {"started_on": date(2016, 10, 2)}),
        ("visit", {"visited_on": date(2016, 10, 1)}),
    ],
    "unit_in_no_table": [("complaint", {"unit_id": "U9"})],
    "absence_in_no_post": [
        ("absence", {"first_day": DAY_BEFORE_POST, "last_day": DAY_BEFORE_POST})
    ],
    "time_in_no_post": [("time_record", {"worked_on": date(2013, 12, 30)})],
    "two_lead_workers": [
        ("worker", {"worker_id": "W2"}),
        ("post", {"post_id": "P2", "worker_id": "W2"}),
        ("allocation", {"allocation_id": "A2", "worker_id": "W2", "started_on": AS_AT}),
    ],
}


@pytest.mark.parametrize(("rule", "table", "key", "change"), BREAKS)
def test_a_break_is_found_and_said(connection, rule, table, key, change):
    fill(connection, *HOW.get(rule, [(table, change)]))
    issues = find_issues(connection, SETTINGS, AS_AT)
    assert (rule, table, key) in [(one.rule, one.table_name, one.row_key) for one in issues]
    assert all(one.message.endswith(".") and "{" not in one.message for one in issues)


def test_a_record_of_a_day_has_no_more_hours_than_a_day(connection):
    fill(connection, ("time_record", {"hours": 25.0}))
    of_days = replace(SETTINGS, time_record_covers="day")
    for settings, times in ((SETTINGS, 0), (of_days, 1)):
        issues = find_issues(connection, settings, AS_AT)
        assert [one.rule for one in issues] == ["number_out_of_range"] * times


def test_a_week_too_long_is_said_once(connection):
    fill(connection, ("time_record", {"hours": 169.0}))
    (issue,) = find_issues(connection, SETTINGS, AS_AT)
    assert issue.message.startswith("hours is 169, and goes from 0 to 168")


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("visit", {"visited_on": AS_AT}),
        ("visit", {"recorded_on": date(2016, 10, 3)}),
        ("scale_score", {"score": 10.0}),
        ("scale_score", {"score": 0.0}),
        ("allocation", {"ended_on": date(2016, 5, 2)}),
        ("absence", {"last_day": date(2016, 10, 3)}),
        ("child", {"born_on": date(2017, 6, 1)}),
        ("child", {"born_on": date(1900, 1, 2)}),
        ("post", {"started_on": date(1988, 4, 7)}),
        ("post", {"ended_on": date(2017, 3, 31)}),
        ("plan", {"started_on": date(1999, 9, 9), "kind": "CLA"}),
        ("assessment_factor", {"factor": "21"}),
        ("referral", {"primary_need": "N0", "closure_reason": "RC9"}),
        ("survey_response", {"answer": None}),
    ],
)
def test_what_lies_on_the_edge_breaks_no_rule(connection, table, change):
    # What can't be true beside other rows has tests of its own.
    beside = {check.rule for check in cannot_be.CHECKS}
    issues = found(connection, (table, change))
    kept = [one for one in issues if one[2] != "A1" and one[0] not in beside]
    assert kept == []


def test_units_that_continue_one_another_in_a_line_are_no_break(connection):
    line = [
        ("unit", {"closed_on": date(2015, 3, 1)}),
        ("unit", {"unit_id": "U2", "continues": "U1"}),
        ("unit", {"unit_id": "U3", "continues": "U2", "opened_on": date(2016, 3, 1)}),
        ("unit", {"unit_id": "U4", "continues": "U2", "opened_on": date(2016, 3, 1)}),
    ]
    rules = [rule for rule, *_ in found(connection, *line)]
    assert not any(rule.startswith("continues") for rule in rules)


def test_every_unit_of_a_circle_stands_alone_after_a_load_and_no_other(connection):
    """U4 continues U1, which is in the circle of three: what U4 says can be followed."""
    opened = {"opened_on": date(2016, 3, 1)}
    circle = {"U1": "U2", "U2": "U3", "U3": "U1", "U4": "U1"}
    units = [{"unit_id": one, "continues": other, **opened} for one, other in circle.items()]
    fill(connection, *(("unit", one) for one in units))
    mended = [(issue.rule, issue.row_key) for issue, _ in mend(connection, SETTINGS, AS_AT)]
    assert [one for one in mended if one[0].startswith("continues")] == [
        ("continues_itself", "U1"),
        ("continues_itself", "U2"),
        ("continues_itself", "U3"),
    ]
    unit = metadata.tables["unit"]
    left = connection.execute(select(unit.c.unit_id, unit.c.continues).order_by(unit.c.unit_id))
    assert left.all() == [("U1", None), ("U2", None), ("U3", None), ("U4", "U1")]


def test_two_leads_one_after_the_other_are_no_break(connection):
    assert found(
        connection,
        ("worker", {"worker_id": "W2"}),
        ("post", {"post_id": "P2", "worker_id": "W2"}),
        ("allocation", {"ended_on": date(2016, 8, 1)}),
        ("allocation", {"allocation_id": "A2", "worker_id": "W2", "started_on": date(2016, 8, 1)}),
    ) == []  # fmt: skip


def test_a_co_worker_beside_the_lead_is_no_break(connection):
    more = {"allocation_id": "A2", "worker_id": "W1", "lead": False}
    assert found(connection, ("allocation", more)) == []


def test_an_attempt_is_no_visit_to_an_open_cin_plan(connection):
    fill(
        connection,
        ("plan", {"started_on": date(2016, 9, 1)}),
        ("visit", {"seen": False}),
    )
    assert [one.rule for one in find_issues(connection, SETTINGS, AS_AT)] == [
        "open_cin_without_visit"
    ]


def recorded(connection) -> list[tuple[str, int]]:
    counts = [(row.rule, row.issues) for row in connection.execute(issue_counts())]
    return sorted(counts)


def test_issues_that_no_load_found_are_written_down_once(connection):
    fill(connection, ("plan", {"started_on": date(2016, 9, 1)}), ("visit", {"seen": False}))
    for _ in range(2):
        record_issues(connection, SETTINGS, AS_AT)
        assert recorded(connection) == [("open_cin_without_visit", 1)]


def test_an_issue_that_a_load_found_stays_and_is_not_said_twice(connection):
    fill(connection, ("plan", {"started_on": date(2016, 9, 1)}), ("visit", {"seen": False}))
    said = {"rule": "open_cin_without_visit", "table_name": "plan", "row_key": "N1"}
    other = {"rule": "duplicate_id", "table_name": "unit", "row_key": "U1"}
    rest = {"load_id": "1", "severity": "warning", "message": "as the load said"}
    found_at_load = [one | rest | {"issue_id": str(n)} for n, one in enumerate((said, other))]
    connection.execute(insert(metadata.tables["data_issue"]), found_at_load)
    record_issues(connection, SETTINGS, AS_AT)
    assert recorded(connection) == [("duplicate_id", 1), ("open_cin_without_visit", 1)]


def test_what_has_been_mended_is_written_down_no_longer(connection):
    fill(connection, ("plan", {"started_on": date(2016, 9, 1)}), ("visit", {"seen": False}))
    record_issues(connection, SETTINGS, AS_AT)
    connection.execute(update(metadata.tables["visit"]).values(seen=True))
    record_issues(connection, SETTINGS, AS_AT)
    assert recorded(connection) == []


def test_every_rule_says_who_mends():
    assert all(who_mends(check.rule) for check in CHECKS)


@pytest.mark.parametrize(
    ("rule", "table", "mender"),
    [
        ("ends_before_it_starts", "plan", CASE_RECORD),
        ("ends_before_it_starts", "post", HUMAN_RESOURCES),
        ("ends_in_the_future", "absence", HUMAN_RESOURCES),
        ("ends_before_it_starts", "vacancy", HUMAN_RESOURCES),
        # What the extract made of it is for whoever makes the extract.
        ("unknown_code", "post", PERFORMANCE),
    ],
)
def test_what_is_wrong_with_posts_and_absence_is_mended_in_the_staff_record(rule, table, mender):
    assert who_mends(rule, table) == mender


def test_every_rule_is_broken_by_a_test():
    # Read from visits due, which these rows do not have: it has a test of its own below.
    broken = {rule for rule, *_ in BREAKS} | {"looser_without_a_reason"}
    # These modules have tests of their own, in tests/loading/checks.
    elsewhere = (
        *cannot_be.CHECKS,
        *visits.CHECKS,
        *columns_in_doubt.CHECKS,
        *last_day.CHECKS,
        *not_counted.CHECKS,
        *not_open.CHECKS,
        *of_others.CHECKS,
        *outcomes_that_cannot_be.CHECKS,
        *said_twice.CHECKS,
    )
    assert {check.rule for check in CHECKS} == broken | {check.rule for check in elsewhere}


def rows(connection, table: str) -> list[dict]:
    chosen = metadata.tables[table].select()
    return [dict(row._mapping) for row in connection.execute(chosen)]


def mended(connection, *more) -> list[str]:
    fill(connection, *more)
    return [issue.rule for issue, _ in mend(connection, SETTINGS, AS_AT)]


def test_what_cannot_be_used_is_left_out_with_all_that_hangs_on_it(connection):
    assert mended(connection, ("assessment", {"started_on": date(1900, 3, 3)})) == [
        "date_too_early",
        "assessment_in_no_table",
    ]
    assert rows(connection, "assessment_factor") == []


def test_a_date_that_can_be_done_without_is_emptied(connection):
    mended(connection, ("visit", {"recorded_on": date(2016, 10, 2)}))
    (visit,) = rows(connection, "visit")
    assert visit["recorded_on"] is None


def test_an_unknown_unit_gets_a_row_under_its_id(connection):
    mended(connection, ("allocation", {"unit_id": "U9"}), ("complaint", {"unit_id": "U9"}))
    assert {(row["unit_id"], row["name"]) for row in rows(connection, "unit")} == {
        ("U1", "Unit 1"),
        ("U9", "U9"),
    }


def test_after_mending_nothing_is_left_out_again(connection):
    changes = [(table, change) for rule, table, _, change in BREAKS if rule not in HOW]
    list(mended(connection, *changes))
    again = [is_left_out for _, is_left_out in mend(connection, SETTINGS, AS_AT)]
    assert not any(again)


@pytest.mark.parametrize(
    ("agreed", "is_found"),
    [
        ({"every": 6}, True),
        ({"every": 6, "authorised_by": "Manager"}, True),
        ({"every": 6, "reason": "settled"}, True),
        ({"every": 6, "authorised_by": "Manager", "reason": "settled"}, False),
        ({"every": 4}, False),
        ({"every": 2}, False),
    ],
)
def test_a_looser_interval_says_who_agreed_it_and_why(connection, agreed, is_found):
    """The standard for a CIN plan is four weeks."""
    write(connection, metadata.tables["calendar_day"], calendar_days(date(2016, 1, 1), AS_AT))
    started_on = {"started_on": date(2016, 6, 1)}
    fill(connection, ("plan", started_on), ("visit_interval", agreed))
    fill_derived(connection, SETTINGS, AS_AT)
    issues = find_issues(connection, SETTINGS, AS_AT)
    found = [one for one in issues if one.rule == "looser_without_a_reason"]
    assert bool(found) == is_found
    for issue in found:
        assert (issue.table_name, issue.row_key, issue.severity) == (
            "visit_interval",
            "I1",
            "warning",
        )
        assert issue.message == (
            "the interval agreed from 20 May 2016 has the child seen later than the standard"
            " would, and does not say who agreed it, or why: record both."
        )
