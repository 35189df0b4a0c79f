"""The same fact under two ids: what is one, what is two, and which rows stay."""

from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from data_access.schema import CANONICAL, referral
from data_access.settings import Settings
from loading.checks.checks import CHECKS, find_issues, mend
from loading.checks.facts import FACTS, NOT_TOLD_APART
from loading.sources.reading import SAME_ROW
from tests.databases import emptied
from tests.draws import draws
from tests.loading.test_checks import AS_AT, GOOD, SETTINGS, fill, found_by, rows

KNOWN: list[tuple[str, dict[str, Any]]] = [
    ("child", {"name": "Kit Example"}),
    ("worker", {"registration_no": "SW1"}),
    # Nothing else is wrong with the good rows then.
    ("post", {"started_on": date(2014, 1, 6), "ended_on": date(2016, 10, 31)}),
    ("allocation", {"worker_id": None}),
    ("complaint", {"child_id": "C1"}),
    ("plan", {"kind": "CP"}),
    ("review", {"cancelled": False, "held_on": date(2016, 10, 25)}),
    ("survey_response", {"respondent_id": "G1-1"}),
]
# By rule: the table, the other row's id, how it differs from the good row, and what is said.
TWICE: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "unit_twice": ("unit", "U2", {"name": " UNIT 1"}, "unit U1 has the same name"),
    "worker_twice": ("worker", "W2", {"registration_no": "sw1 "}, "worker W1 has the same"),
    "child_twice": (
        "child", "C2", {"name": "KIT EXAMPLE ", "sex": "F"},
        "child C1 has the same name and date of birth",
    ),
    "posts_overlap": (
        "post", "P2", {"started_on": date(2016, 10, 30), "fte": 0.0},
        "begins on 30 October 2016, while post P1 has not ended",
    ),
    "referral_twice": (
        "referral", "R2", {"no_further_action": True}, "another referral of 2 May 2016, R1",
    ),
    "assessment_twice": (
        "assessment", "S2", {"authorised_on": date(2016, 6, 1)},
        "another assessment begun on 3 May 2016, S1",
    ),
    "plans_overlap": (
        "plan", "N2", {"started_on": date(2016, 10, 21)},
        "begins on 21 October 2016, while plan N1 has not ended",
    ),
    "placements_overlap": (
        "placement", "L2", {"kind": "U1"}, "begins on 20 May 2016, while placement L1 has not",
    ),
    "missing_twice": (
        "missing_episode", "ME2", {"kind": "A"}, "while missing episode ME1 has not ended",
    ),
    "allocations_overlap": (
        "allocation", "A2", {"started_on": date(2016, 6, 1)},
        "on 1 June 2016, while allocation A1 has not ended",
    ),
    "visit_twice": (
        "visit", "V2", {"seen": True}, "another visit of that kind on 3 October 2016, V1",
    ),
    "interval_twice": ("visit_interval", "I2", {"every": 1}, "from 20 May 2016, I1"),
    "score_twice": ("scale_score", "Q2", {"score": 6.0}, "on 5 May 2016 already, in Q1"),
    "absence_twice": (
        "absence", "B2", {"last_day": date(2016, 10, 4)}, "absence B1 of the same worker",
    ),
    "complaint_twice": ("complaint", "K2", {"upheld": True}, "received on 3 October 2016, K1"),
    "enquiry_twice": (
        "enquiry", "E2", {"ended_on": date(2016, 5, 20)}, "another enquiry begun on 10 May 2016",
    ),
    "conference_twice": (
        "conference", "F2", {"led_to_plan": True}, "of that kind held on 27 May 2016, F1",
    ),
    "review_twice": (
        "review", "Z2", {"due_on": date(2016, 10, 21)}, "of that kind held on 25 October 2016, Z1",
    ),
    "wave_twice": ("survey_wave", "G2", {"asked": 9}, "began on 20 May 2016 in the same unit, G1"),
    "answer_twice": ("survey_response", "Y2", {"answer": 2}, "on 1 June 2016 already, in Y1"),
    "respondent_twice": ("survey_respondent", "G1:2", {"role": "other"}, "stands in G1:1 too"),
    "question_twice": ("survey_question", "O2", {"reversed": True}, "stands in O1 too"),
    "education_periods_overlap": (
        "education_period", "J2", {"started_on": date(2016, 7, 19)}, "while J1 has not ended",
    ),
    "enrolments_overlap": (
        "enrolment", "EN2", {"started_on": date(2016, 9, 1)}, "while EN1 has not ended",
    ),
    "exclusion_twice": ("exclusion", "EX2", {"days": 3.0}, "of that kind from 9 May 2016, EX1"),
    "early_help_twice": (
        "early_help", "EH2", {"started_on": date(2016, 3, 1)}, "while EH1 has not ended",
    ),
    "intervention_twice": (
        "intervention", "IV2", {"started_on": date(2016, 7, 1)}, "while IV1 has not ended",
    ),
    "attainment_twice": ("attainment", "M2", {"reached": True}, "on 20 July 2016 already, in M1"),
    "activity_twice": ("activity", "U2", {"in_eet": True}, "U1 says what the child did on"),
    "match_twice": (
        "offence_match", "OM2", {"found": False}, "up to 30 September 2016 already, in OM1",
    ),
    "relationship_twice": ("relationship", "X2", {"verified": False}, "X1 says the same"),
    "supervision_twice": ("supervision", "L2", {}, "another session of that kind on"),
}  # fmt: skip
ALIKE = {fact.table.name for fact in FACTS if fact.once}


def key(table: str) -> str:
    return "response_id" if table == "survey_response" else f"{table}_id"


def again(table: str, other_id: str, **change: Any) -> list[tuple[str, dict]]:
    """The good rows, and one of them once more under another id."""
    first = dict(KNOWN).get(table, {})
    return [*KNOWN, (table, {**first, **change, key(table): other_id})]


def issues(connection, more: list, settings: Settings = SETTINGS) -> list:
    fill(connection, *more)
    return find_issues(connection, settings, AS_AT)


def test_each_table_says_what_makes_its_fact_or_why_nothing_does():
    told_apart = [fact.table.name for fact in FACTS]
    assert sorted([*told_apart, *NOT_TOLD_APART]) == sorted(table.name for table in CANONICAL)


def test_every_fact_is_told_twice_by_a_test():
    assert {fact.rule for fact in FACTS} == {*TWICE, "hours_twice"}


def test_good_rows_are_no_fact_twice(connection):
    assert issues(connection, KNOWN) == []


@pytest.mark.parametrize("rule", TWICE)
def test_a_fact_under_two_ids_is_told_of_the_second_and_both_are_kept(connection, rule):
    table, other_id, change, said = TWICE[rule]
    fill(connection, *again(table, other_id, **change))
    (found,) = [(issue, out) for issue, out in mend(connection, SETTINGS, AS_AT)]
    issue, is_left_out = found
    assert (issue.rule, issue.table_name, issue.row_key) == (rule, table, other_id)
    assert said in issue.message
    assert "Example" not in issue.message
    assert not is_left_out
    assert len(rows(connection, table)) == 2


@pytest.mark.parametrize("table", sorted(ALIKE))
@pytest.mark.parametrize("other_id", ["0", "Z"])
def test_rows_alike_in_all_but_the_id_count_once_and_that_is_told(connection, table, other_id):
    fill(connection, *again(table, other_id))
    mended = [(one.rule, one.row_key, out) for one, out in mend(connection, SETTINGS, AS_AT)]
    good_id = GOOD[table][key(table)]
    assert mended == [(SAME_ROW, max(good_id, other_id), True)]
    assert [row[key(table)] for row in rows(connection, table)] == [min(good_id, other_id)]


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("visit", {"seen": False}),
        ("visit", {"kind": "CP"}),
        ("visit", {"visited_on": date(2016, 10, 4)}),
        ("plan", {"kind": "CIN"}),
        ("scale_score", {"rater": "parent"}),
        ("scale_score", {"referral_id": "R1"}),
        ("time_record", {"category": "recording"}),
        ("time_record", {"unit_id": "U1"}),
        ("absence", {"reason": "TRN"}),
        ("absence", {"first_day": date(2016, 10, 3), "reason": "OTH"}),
        ("allocation", {"lead": False}),
        ("allocation", {"started_on": date(2016, 6, 1), "ended_on": date(2016, 6, 1)}),
        ("complaint", {"stage": 2}),
        ("child", {"name": "Lou Example"}),
        ("child", {"born_on": date(2010, 1, 1)}),
        ("worker", {"registration_no": None, "name": "Ann"}),
        ("unit", {"name": "Unit 2"}),
        ("post", {"started_on": date(2016, 10, 31), "ended_on": None}),
    ],
)
def test_what_differs_in_the_fact_is_no_fact_twice(connection, table, change):
    assert issues(connection, again(table, "0", **change)) == []


def test_children_workers_and_complaints_of_whom_too_little_is_known_are_not_told_apart(connection):
    more: list[tuple[str, dict[str, Any]]] = [
        ("child", {"child_id": "C2", "name": None}),
        ("child", {"child_id": "C3", "name": "Kit", "born_on": None}),
        ("child", {"child_id": "C4", "name": "Kit", "born_on": None}),
        ("worker", {"worker_id": "W2", "registration_no": ""}),
        ("worker", {"worker_id": "W3", "registration_no": ""}),
        ("complaint", {"complaint_id": "K2"}),
        ("survey_response", {"response_id": "Y2"}),
        ("person", {"person_id": "H2"}),
    ]
    fill(connection, *more)
    assert find_issues(connection, SETTINGS, AS_AT) == []


def test_a_team_that_takes_another_s_name_over_is_no_unit_twice(connection):
    fill(
        connection,
        ("unit", {"closed_on": date(2016, 3, 1)}),
        ("unit", {"unit_id": "U2", "opened_on": date(2016, 3, 1), "continues": "U1"}),
    )
    found = {issue.rule for issue in find_issues(connection, SETTINGS, AS_AT)}
    assert "unit_twice" not in found


def of_days() -> Settings:
    return replace(SETTINGS, time_record_covers="day")


def test_a_diary_may_have_two_like_entries_a_day_and_both_count(connection):
    (issue,) = issues(connection, again("time_record", "T2"), of_days())
    assert (issue.rule, issue.table_name, issue.row_key) == ("hours_twice", "worker", "W1")
    list(mend(connection, of_days(), AS_AT))
    assert len(rows(connection, "time_record")) == 2


def test_several_records_of_hours_are_told_once_a_worker(connection):
    more = [
        *again("time_record", "T2", hours=1.0),
        *again("time_record", "T3", worked_on=date(2016, 10, 10)),
        *again("time_record", "T4", worked_on=date(2016, 10, 10), hours=1.0),
    ]
    (issue,) = issues(connection, more)
    assert (issue.rule, issue.row_key) == ("hours_twice", "W1")
    assert "(2 times, first on 3 October 2016)" in issue.message


def test_more_than_one_fte_is_told_with_its_first_day(connection):
    more = [
        *KNOWN,
        ("post", {"ended_on": None, "fte": 0.6}),
        ("post", {"post_id": "P2", "role": "other", "fte": 0.5, "started_on": date(2016, 3, 1)}),
        ("post", {"post_id": "P3", "role": "team_manager", "fte": 0.4,
                  "started_on": date(2016, 6, 1)}),
    ]  # fmt: skip
    (issue,) = issues(connection, more)
    assert (issue.rule, issue.table_name, issue.row_key) == ("more_than_one_fte", "worker", "W1")
    assert issue.message.startswith("the worker has 1.1 FTE in 2 posts from 1 March 2016:")


@pytest.mark.parametrize(
    "other",
    [
        {"fte": 0.4, "started_on": date(2016, 3, 1)},
        {"fte": 0.405, "started_on": date(2016, 3, 1)},
        {"fte": 1.0, "started_on": date(2016, 10, 31)},
        {"fte": 1.0, "started_on": date(2016, 3, 1), "ended_on": date(2016, 3, 1)},
        {"fte": 1.0, "started_on": date(2016, 3, 1), "worker_id": "W2"},
    ],
)
def test_posts_that_come_to_one_fte_are_no_break(connection, other):
    more = [
        *KNOWN,
        ("worker", {"worker_id": "W2"}),
        ("post", {"ended_on": date(2016, 10, 31), "fte": 0.6}),
        ("post", {"post_id": "P2", "role": "other", **other}),
    ]
    assert issues(connection, more) == []


OF_PLANS = [check for check in CHECKS if check.rule == "plans_overlap"]
DAYS = st.sampled_from([date(2016, 10, day) for day in range(3, 9)])
SPELLS = st.lists(
    st.tuples(st.sampled_from(["CIN", "CP"]), DAYS, st.one_of(st.none(), DAYS)),
    min_size=2,
    max_size=6,
).filter(lambda spells: all(end is None or end >= start for _, start, end in spells))


def overlap(one: tuple, other: tuple) -> bool:
    """Whether some day of the time lies in both."""
    return one[0] == other[0] and any(
        start <= day and (end is None or day < end)
        for day in (one[1], other[1])
        for start, end in [one[1:]]
        if other[1] <= day and (other[2] is None or day < other[2])
    )


@draws()
@given(spells=SPELLS)
def test_overlaps_are_those_that_a_count_pair_by_pair_finds(shared_engine, spells):
    plans = [
        ("plan", {"plan_id": f"N{n}", "kind": kind, "started_on": start, "ended_on": end})
        for n, (kind, start, end) in enumerate(spells, start=1)
    ]
    order = sorted(enumerate(spells, start=1), key=lambda one: (one[1][1], one[0]))
    expected = {
        f"N{later[0]}" for earlier, later in combinations(order, 2) if overlap(earlier[1], later[1])
    }
    with shared_engine.connect() as connection:
        # Plans alike in all but the id are found by both rules: only a load leaves one out.
        found = found_by(OF_PLANS, emptied(connection), *plans)
        connection.rollback()
    assert {one.row_key for one in found} == expected


@pytest.mark.parametrize(
    ("row", "is_told"),
    [
        ({"received_on": date(2016, 5, 3)}, True),
        # On the day of its closing a case is open no more.
        ({"received_on": date(2016, 6, 1)}, False),
        # What came to nothing was no case.
        ({"received_on": date(2016, 5, 1), "no_further_action": True}, False),
    ],
)
def test_a_referral_while_a_case_is_open_is_told_and_kept(connection, row, is_told):
    closed = {"referral_id": "R0", "child_id": "C2", "received_on": date(2016, 5, 2)}
    closed |= {"no_further_action": False, "closed_on": date(2016, 6, 1)}
    child = {"child_id": "C2", "name": "Lou Example", "born_on": date(2008, 3, 1)}
    more = [
        ("child", child),
        ("referral", closed),
        ("referral", closed | {"referral_id": "R9"} | row),
    ]
    fill(connection, *KNOWN, *more)
    found = [(one.rule, one.row_key, out) for one, out in mend(connection, SETTINGS, AS_AT)]
    assert found == ([("referral_while_open", "R9", False)] if is_told else [])
    assert len(rows(connection, "referral")) == 3


def test_where_no_case_has_a_day_of_closing_no_referral_is_said_to_come_while_one_is_open(
    connection,
):
    child = {"child_id": "C2", "name": "Lou Example", "born_on": date(2008, 3, 1)}
    open_one = {"child_id": "C2", "no_further_action": False, "closed_on": None}
    more = [
        ("child", child),
        ("referral", open_one | {"referral_id": "R0", "received_on": date(2016, 5, 2)}),
        ("referral", open_one | {"referral_id": "R9", "received_on": date(2016, 5, 3)}),
    ]
    fill(connection, *KNOWN, *more)
    connection.execute(update(referral).values(closed_on=None))
    assert "referral_while_open" not in {one.rule for one, _ in mend(connection, SETTINGS, AS_AT)}
