"""A card's lines are facts with a day and a source; what is missing is said, and is never 0."""

from dataclasses import replace

import pytest

from data_access.cards.prompts import Stage
from metrics.cards import before, now
from metrics.cards.cards import ASKS, PARTS_OF, card_lines
from metrics.cards.known import SEEN_ALONE
from metrics.cards.line import BEGAN
from tests.metrics.cards.made import ago, known, referred, row, scored, spell, visited

MOST_LINES = 6


@pytest.mark.parametrize("stage", Stage)
def test_a_card_has_at_most_six_lines_and_each_names_its_source(stage):
    lines = card_lines(known(stage))
    assert len(lines) >= 2 and len(ASKS[stage]) <= MOST_LINES
    assert all(line.says and line.source for line in lines)


@pytest.mark.parametrize("stage", Stage)
def test_a_card_reads_no_part_that_its_stage_does_not_ask_for(stage):
    empty = known(stage)
    journey = {name: rows for name, rows in empty.parts.items() if name not in _of_cards(empty)}
    asked = {name: empty.parts[name] for name in PARTS_OF[stage]}
    assert card_lines(replace(empty, parts=journey | asked)) == card_lines(empty)


def _of_cards(empty):
    names = set().union(*map(set, PARTS_OF.values()))
    return names & set(empty.parts)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("began", [0, 3])
def test_of_a_child_of_whom_nothing_is_recorded_no_line_has_a_nought(stage, began):
    empty = known(stage, began=began)
    assert not [line.says for line in card_lines(empty) if " 0" in f" {line.says}"]


def test_what_began_on_the_data_s_last_day_began_today():
    assert now.time_at_stage(known(Stage.CIN, began=0)).says == "plan began: today"
    assert now.time_at_stage(known(Stage.CIN, began=1)).says == "plan began: 1 day ago"
    assert before.this_referral(known(Stage.REFERRAL, began=0)).says.startswith("received, today;")


def test_no_score_since_the_plan_began_is_said_in_words():
    line = now.scores_at_stage(known(Stage.CIN, began=100, scores=[scored(101, 4)]))
    assert (line.says, line.is_missing) == ("no score recorded since the plan began", True)


def test_scores_are_told_first_and_latest_by_who_scored():
    scores = [scored(100, 3), scored(50, 2), scored(9, 6.5), scored(40, 5, "social_worker")]
    line = now.scores_at_stage(known(Stage.CIN, began=100, scores=scores))
    assert line.says == (
        "safety, scored by parent: 3 on 6 July 2016, 6.5 on 5 October 2016;"
        " safety, scored by social worker: 5 on 4 September 2016, once"
    )
    assert line.on == ago(9) and line.source == "scale scores"


def test_before_a_plan_scores_count_from_the_referral():
    scores = [scored(30, 4)]
    case = known(Stage.ASSESSMENT, began=20, referred_days=30, scores=scores)
    assert now.scores_of_case(case).on == ago(30)
    later = known(Stage.ASSESSMENT, began=20, referred_days=29, scores=scores)
    assert now.scores_of_case(later).says == "no score recorded since the referral"


def test_of_a_table_that_the_source_lacks_nothing_is_said_to_be_missing_of_the_child():
    case = known(Stage.CIN, lacking=frozenset({"scale_score"}))
    assert now.scores_at_stage(case).says == "scale scores are not in this source"
    assert "no visit recorded" in now.last_seen(case).says


def test_where_no_visit_says_alone_no_child_is_said_to_be_not_seen_alone():
    case = known(Stage.CIN, visits=[visited(20)])
    assert now.last_seen(case).says == "last seen; not recorded as seen alone"
    case = known(Stage.CIN, visits=[visited(20)], lacking=frozenset({SEEN_ALONE}))
    assert now.last_seen(case).says == "last seen; whether alone is not in this source"


def test_of_a_source_without_plans_none_is_said_to_have_been_or_to_lack():
    case = known(Stage.BETWEEN, began=90, lacking=frozenset({"plan"}))
    for line in (before.earlier_plan_or_care, before.second_plan, before.nothing_open_since):
        assert line(case).says.endswith("plans are not in this source")


def test_of_a_source_without_factors_no_proposal_is_told_as_a_finding_of_the_family():
    found = row(
        outcome="no_fit",
        state="no factor recorded",
        beside="[]",
        as_on=ago(0),
        proposed_unit=None,
    )
    line = now.proposal(known(Stage.ASSESSMENT, proposal=[found]))
    assert line is not None and "no factor is recorded" in line.says
    lacking = frozenset({"assessment_factor"})
    line = now.proposal(known(Stage.ASSESSMENT, proposal=[found], lacking=lacking))
    assert line is not None and line.says.endswith("are not in this source")


def test_an_attempt_is_no_visit_and_alone_is_told_apart():
    visits = [visited(40, alone=True), visited(20), visited(5, seen=False)]
    line = now.last_seen(known(Stage.CIN, visits=visits))
    assert (line.on, line.says) == (ago(20), "last seen; last alone on 4 September 2016")


def test_seen_before_the_assessment_began_is_not_seen_since():
    case = known(Stage.ASSESSMENT, began=10, visits=[visited(11)])
    assert now.seen_since(case).says == f"no visit recorded since {BEGAN[Stage.ASSESSMENT]}"
    seen = now.seen_since(known(Stage.ASSESSMENT, began=10, visits=[visited(10)]))
    assert seen.says == "last seen; not recorded as seen alone"


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (45, "begun: working day 45 of 45 (until 14 October 2016)"),
        (46, "begun: 1 working day past its 45 (until 14 October 2016)"),
    ],
)
def test_the_45th_working_day_is_in_time(day, says):
    one = row(started_on=ago(60), ended_on=None, working_day=day, due_on=ago(0))
    line = now.working_day(known(Stage.ASSESSMENT, assessments=[one]))
    assert (line.says, line.on) == (says, ago(60))


def test_how_the_last_referral_ended_is_told_with_the_days_since():
    earlier = [referred(900, closed=800), referred(400, closed=130, why="case completed")]
    case = known(Stage.REFERRAL, 100, 100, referrals=[*earlier, referred(100)])
    line = before.earlier_referrals(case)
    assert line.on == ago(400)
    assert line.says == (
        "2 earlier referrals, the last on this day: closed 30 days before this one came"
        " (case completed)"
    )


@pytest.mark.parametrize(
    ("last", "says"),
    [
        (referred(400, nfa=True), "no further action"),
        (referred(400), "still open"),
        (referred(400, closed=50), "closed since this one came"),
    ],
)
def test_a_last_referral_without_an_end_before_is_told_as_it_is(last, says):
    case = known(Stage.REFERRAL, 100, 100, referrals=[last, referred(100)])
    assert before.earlier_referrals(case).says.endswith(
        f"1 earlier referral, the last on this day: {says}"
    )


def test_an_earlier_plan_is_one_that_began_before_the_stage():
    statuses = [spell("CIN", 500, 400), spell("CP", 400, 100), spell("CIN", 100)]
    line = before.earlier_plan_or_care(known(Stage.CIN, 100, statuses=statuses))
    assert (line.on, line.says) == (ago(100), "child protection plan before, until this day")
    first = known(Stage.CIN, 100, statuses=[spell("CIN", 100)])
    assert before.earlier_plan_or_care(first).on is None


def test_earlier_protection_plans_are_the_most_that_are_known():
    plans = [
        row(started_on=ago(900), ended_on=ago(700), returned=2),
        row(started_on=ago(100), ended_on=None, returned=2),
    ]
    assert known(Stage.CP, protection_plans=plans).earlier_protection_plans == 2
    for one in plans:
        one.returned = None
    assert known(Stage.CP, protection_plans=plans).earlier_protection_plans == 1
    assert before.second_plan(known(Stage.CP)).says == "no earlier child protection plan is known"


def test_moves_are_placements_of_this_stay_but_its_first_in_twelve_months():
    def placed(began: int, ended: int | None):
        end = None if ended is None else ago(ended)
        return row(started_on=ago(began), ended_on=end, kind="foster carer")

    rows = [placed(500, 400), placed(400, 300), placed(300, 2), placed(2, None)]
    line = now.placements(known(Stage.CLA, 500, placements=rows))
    assert (line.on, line.says) == (ago(2), "foster carer since; 2 moves in twelve months")
    first = now.placements(known(Stage.CLA, 2, placements=rows[-1:]))
    assert first.says == "foster carer since; no move in twelve months"


def test_the_next_visit_says_who_set_it_and_what_the_law_asks():
    clock = {"is_running": True, "kind": "CLA", "clock_started_on": ago(20), "due_on": ago(-8)}
    days = {"standard_due_on": ago(-8), "lawful_due_on": ago(-22)}
    by_standard = known(Stage.CLA, clocks=[row(**clock, **days, set_by="standard")])
    assert (
        now.next_visit(by_standard).says == "next visit due, by the standard; law: 5 November 2016"
    )
    agreed = known(Stage.CLA, clocks=[row(**clock | {"due_on": ago(1)}, **days, set_by="agreed")])
    assert now.next_visit(agreed).says == (
        "visit due, and not recorded, by the interval agreed; standard: 22 October 2016;"
        " law: 5 November 2016"
    )


def test_a_review_that_is_overdue_says_by_how_much():
    due = row(kind="CP", due_on=ago(7), state="overdue", days=5)
    line = now.next_review(known(Stage.CP, reviews=[due]))
    assert line.says == "review due 5 working days ago, and not recorded as held"
    assert "no review is due" in now.next_review(known(Stage.CLA, reviews=[due])).says


def test_brothers_and_sisters_are_told_by_who_holds_them():
    held = [
        row(child_id="Lou", unit_name="Unit 1", status="CP", is_held=True),
        row(child_id="Max", unit_name="Unit 2", status=None, is_held=True),
        row(child_id="Max", unit_name="Unit 3", status=None, is_held=False),
    ]
    line = before.siblings_held(known(Stage.CIN, siblings=held))
    assert line is not None and line.says == (
        "2 brothers or sisters held today: Unit 1 (child protection plan),"
        " Unit 2 (no plan or assessment open)"
    )
    assert before.siblings_held(known(Stage.CIN)) is None


def test_a_referral_tells_who_leads_on_brothers_and_sisters_or_that_nobody_does():
    held = [
        row(child_id="Lou", unit_name="Unit 1", status="CP", worker_name="Ann Lee", is_held=True),
        row(child_id="Max", unit_name="Unit 2", status=None, worker_name=None, is_held=True),
    ]
    line = before.siblings_and_who_leads(known(Stage.REFERRAL, siblings=held))
    assert line.says == (
        "2 brothers or sisters held today: Unit 1 (child protection plan; led by Ann Lee),"
        " Unit 2 (no plan or assessment open)"
    )
    none = before.siblings_and_who_leads(known(Stage.REFERRAL))
    assert none.says == "no brother or sister who is open to you is held today"
    unknown = before.siblings_and_who_leads(known(Stage.REFERRAL, family=(row(is_known=False),)))
    assert unknown.is_missing and "no family is named" in unknown.says


def test_whether_brothers_and_sisters_in_care_are_together_is_said_to_be_in_no_source():
    def said(status: str) -> str:
        held = [row(child_id="Lou", unit_name="Unit 1", status=status, is_held=True)]
        line = before.siblings_in_care(known(Stage.CLA, siblings=held))
        assert line is not None
        return line.says

    assert said("CLA").endswith("; whether they are placed together is not in this source")
    assert "together" not in said("CP")
    assert before.siblings_in_care(known(Stage.CLA)) is None


def test_at_closing_open_actions_are_told_with_the_first_due_and_its_owner():
    actions = [
        row(task="Ask the school", owner="Bob", due_on=ago(1)),
        row(task="See the family", owner="Ann", due_on=ago(9)),
    ]
    line = before.open_actions(known(Stage.CLOSING, open_actions=actions))
    assert (line.on, line.says) == (
        ago(9),
        "2 open actions, the first due on this day: See the family (Ann)",
    )
    assert before.open_actions(known(Stage.CLOSING, open_actions=[])).says.startswith("no open")
    unread = before.open_actions(known(Stage.CLOSING))
    assert unread.is_missing and "can’t be read" in unread.says


def test_an_enquiry_of_an_earlier_case_is_not_told():
    def asked(days: int):
        return row(started_on=ago(days), conference_not_needed=None, held_on=None)

    case = known(Stage.ASSESSMENT, 20, 30, enquiries=[asked(31)])
    assert now.enquiry(case) is None
    of_it = now.enquiry(known(Stage.ASSESSMENT, 20, 30, enquiries=[asked(30)]))
    assert of_it is not None and of_it.says == "enquiry begun; no conference recorded since"


def test_the_service_s_figure_is_a_line_only_where_it_is_told():
    assert before.back_within_a_year(known(Stage.CLOSING)) is None
    told = known(Stage.CLOSING, service={"re_referred_after_closure": "in the service 22%"})
    line = before.back_within_a_year(told)
    assert line is not None and line.leads_to == "re_referred_after_closure"


def test_between_two_plans_the_day_is_said_from_which_the_case_is_to_be_closed():
    line = before.nothing_open_since(known(Stage.BETWEEN, began=27))
    assert line.says.endswith("from 15 October 2016 on it counts as to be closed")
    assert "on it counts" not in before.nothing_open_since(known(Stage.CLOSING, began=28)).says
