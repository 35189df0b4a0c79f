"""A Standard Safeguarding Dataset read from its database."""

from datetime import date

import pandas as pd
import pytest

from data_access.database import connect, read
from data_access.schema import assessment_factor, child, plan, visit
from data_access.settings_file.reading import read_settings
from data_access.sources.ssd import SSD
from loading.loads import load
from loading.sources.reading import Reading
from tests.loading.ssd.small import SMALL, Rows, changed, day, more, without


def rows(reading: Reading, table: str) -> list[dict]:
    """The table's rows, with None for what is empty."""
    frame = reading.frames.get(table, pd.DataFrame())
    return [
        {key: None if pd.isna(value) else value for key, value in row.items()}
        for row in frame.to_dict("records")
    ]


def by(reading: Reading, table: str, key: str) -> dict:
    return {row[key]: row for row in rows(reading, table)}


def rules(reading: Reading) -> list[str]:
    return [issue.rule for issue in reading.issues]


def test_the_small_ssd_is_read_without_an_issue(reads):
    reading = reads()
    assert (rules(reading), reading.partial) == ([], frozenset())
    assert (reading.source, reading.data_to) == ("ssd", date(2016, 7, 1))


def test_what_is_read_is_what_is_there_and_what_was_passed_over(reads):
    reading = reads()
    for table, number in reading.read.items():
        left_out = sum(reading.left_out.get(table, {}).values())
        assert number == len(reading.frames[table]) + left_out, table


# --- people


def test_a_person_whom_nothing_names_is_no_child(reads):
    reading = reads()
    assert set(by(reading, "child", "child_id")) == {"K1", "K2"}
    assert reading.left_out["child"] == {"a person in no referral, plan, visit or involvement": 1}


def test_a_child_has_both_names_its_family_and_the_day_on_which_it_is_expected(reads):
    children = by(reads(), "child", "child_id")
    assert (children["K1"]["name"], children["K1"]["family_id"]) == ("Ash Bell", "FAM1")
    assert children["K2"]["born_on"] == date(2016, 12, 1)


def test_a_child_of_two_families_is_in_neither_and_it_is_said(reads):
    reading = reads(
        more(
            "ssd_family", {"fami_table_id": "F2", "fami_family_id": "FAM2", "fami_person_id": "K1"}
        )
    )
    assert by(reading, "child", "child_id")["K1"]["family_id"] is None
    assert rules(reading) == ["several_families"]


@pytest.mark.parametrize(
    ("written", "code"), [("Female", "F"), ("F    ", "F"), ("2", "F"), ("Unborn", "U")]
)
def test_a_description_is_its_code(reads, written, code):
    people = changed("ssd_person", {"pers_person_id": "K1", "pers_sex": written})
    assert by(reads(people), "child", "child_id")["K1"]["sex"] == code


# --- factors


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ('["1A", "2B"]', {"1A", "2B"}),
        ('{"1A": "Yes", "2B": "No", "3A": null, "4B": ""}', {"1A"}),
        ('["1A", null, "1A"]', {"1A"}),
        ("1A, 2B", {"1A", "2B"}),
        ("[]", set()),
        ("{}", set()),
        ("", set()),
        (None, set()),
    ],
)
def test_factors_are_those_that_the_cell_affirms(reads, cell, found):
    written = {"cinf_table_id": "AF1", "cinf_assessment_id": "A1"}
    reading = reads(
        changed("ssd_assessment_factors", {**written, "cinf_assessment_factors_json": cell})
    )
    assert {row["factor"] for row in rows(reading, "assessment_factor")} == found
    assert rules(reading) == []


def test_factors_that_were_cut_short_are_said_and_not_half_read(reads):
    written = {"cinf_table_id": "AF1", "cinf_assessment_id": "A1"}
    reading = reads(
        changed("ssd_assessment_factors", {**written, "cinf_assessment_factors_json": '["1A", "2'})
    )
    assert rows(reading, "assessment_factor") == []
    (issue,) = reading.issues
    assert "ssd_assessment_factors AF1, column cinf_assessment_factors_json" in issue.message


# --- periods of care


def episodes(*spells: tuple[str | None, str, str | None, str | None, str | None]) -> Rows:
    """Episodes of K1: id of care, start, end, reason, need."""
    return changed(
        "ssd_cla_episodes",
        *(
            {
                "clae_cla_episode_id": f"E{number}",
                "clae_person_id": "K1",
                "clae_cla_id": care,
                "clae_cla_episode_start_date": day(began),
                "clae_cla_episode_ceased_date": day(ended) if ended else None,
                "clae_cla_episode_ceased_reason": reason,
                "clae_cla_primary_need_code": need,
            }
            for number, (care, began, ended, reason, need) in enumerate(spells, start=1)
        ),
    )


def periods(reading: Reading) -> list[tuple]:
    return [
        (str(row["started_on"]), str(row["ended_on"]), row["end_reason"])
        for row in rows(reading, "plan")
        if row["kind"] == "CLA"
    ]


def test_episodes_that_follow_one_another_are_one_period_of_care(reads):
    reading = reads(
        episodes(
            ("L1", "2016-01-04", "2016-02-01", "X1", "N1"),
            ("L1", "2016-02-01", "2016-03-01", "E4A - Returned home", None),
        )
    )
    assert periods(reading) == [("2016-01-04", "2016-03-01", "E4A")]
    assert reading.left_out["plan"] == {"another episode of the same care": 1}


@pytest.mark.parametrize("care", ["L1", None])
def test_a_child_who_left_care_and_came_back_has_two_periods_whatever_their_id(reads, care):
    reading = reads(
        episodes(
            (care, "2016-01-04", "2016-02-01", "E4A", None),
            (care, "2016-03-01", None, None, None),
        )
    )
    assert periods(reading) == [("2016-01-04", "2016-02-01", "E4A"), ("2016-03-01", "None", None)]


def test_episodes_without_an_id_of_care_are_put_together_by_their_days(reads):
    reading = reads(
        episodes(
            (None, "2016-01-04", "2016-02-01", "X1", None), (None, "2016-02-01", None, None, None)
        )
    )
    assert periods(reading) == [("2016-01-04", "None", None)]


def test_an_episode_that_ceased_for_another_which_is_not_there_is_said(reads):
    reading = reads(episodes(("L1", "2016-01-04", "2016-02-01", "X1", None)))
    assert periods(reading) == [("2016-01-04", "2016-02-01", "X1")]
    assert "episode_followed_by_none" in rules(reading)


def status(words: str, began: str, ended: str | None = None) -> dict:
    return {
        "lega_legal_status_id": words,
        "lega_person_id": "K1",
        "lega_legal_status": words,
        "lega_legal_status_start_date": day(began),
        "lega_legal_status_end_date": day(ended) if ended else None,
    }


@pytest.mark.parametrize(
    ("statuses", "code"),
    [
        ([status("Interim care order", "2016-05-02")], "C1"),
        ([status("C2 - Full care order", "2016-05-02")], "C2"),
        # Ended on the day on which care began: half-open.
        ([status("L1", "2016-05-01", "2016-05-02"), status("V2", "2016-05-02")], "V2"),
        ([status("V4", "2016-06-01"), status("V2", "2016-05-02")], "V2"),
        ([status("V4", "2016-05-02")], "V4"),
    ],
)
def test_a_period_has_the_latest_legal_status_of_care_in_it(reads, statuses, code):
    reading = reads(changed("ssd_legal_status", *statuses))
    (in_care,) = [row for row in rows(reading, "plan") if row["kind"] == "CLA"]
    assert in_care["legal_status"] == code


def test_an_order_that_is_no_status_of_care_is_passed_over_and_said_once(reads):
    orders = [status("Supervision order", "2016-05-02"), status("C2", "2016-05-02")]
    reading = reads(changed("ssd_legal_status", *orders, orders[0]))
    (issue,) = reading.issues
    assert issue.rule == "no_legal_status_of_care" and "(2 rows)" in issue.message


# --- plans, placements, visits


def test_a_plan_of_another_authority_is_passed_over(reads):
    (its,) = SMALL["ssd_cp_plans"]
    reading = reads(changed("ssd_cp_plans", {**its, "cppl_cp_plan_ola": "Y"}))
    assert "CP" not in {row["kind"] for row in rows(reading, "plan")}
    assert reading.left_out["plan"]["a plan of another authority"] == 1


def test_a_cp_plan_has_its_latest_category(reads):
    assert by(reads(), "plan", "plan_id")["CP-1"]["category"] == "EMO"


def test_a_placement_without_child_and_days_has_those_of_its_episode(reads):
    placements = changed(
        "ssd_cla_placement", {"clap_cla_placement_id": "PL1", "clap_cla_placement_type": "U4"}
    )
    lacks = {"ssd_cla_placement": ["clap_person_id"]}
    (placement,) = rows(reads(placements, lacks), "placement")
    assert placement["child_id"] == "K1" and placement["long_term"] is True
    assert (placement["started_on"], placement["ended_on"]) == (date(2016, 5, 2), date(2016, 7, 1))


def test_a_cin_visit_that_is_a_cp_or_cla_visit_too_counts_as_that(reads):
    again = {"cinv_person_id": "K1", "cinv_cin_visit_date": day("2016-02-03")}
    in_care = {"cinv_person_id": "K1", "cinv_cin_visit_date": day("2016-05-06")}
    own = {"cinv_person_id": "K1", "cinv_cin_visit_date": day("2016-05-07")}
    rows_of_cin = [
        {"cinv_cin_visit_id": f"{number}", **one}
        for number, one in enumerate((again, in_care, own))
    ]
    reading = reads(changed("ssd_cin_visits", *rows_of_cin))
    kinds = [(row["kind"], str(row["visited_on"])) for row in rows(reading, "visit")]
    assert kinds == [("CIN", "2016-05-07"), ("CP", "2016-02-03"), ("CLA", "2016-05-06")]
    assert reading.left_out["visit"] == {"the same visit, among those of a CP plan or of care": 2}


@pytest.mark.parametrize("plan_id", [None, "no such plan"])
def test_a_cp_visit_of_no_known_plan_is_its_child_s(reads, plan_id):
    (its,) = SMALL["ssd_cp_visits"]
    reading = reads(changed("ssd_cp_visits", {**its, "cppv_cp_plan_id": plan_id}))
    assert by(reading, "visit", "visit_id")["CP-1"]["child_id"] == "K1"
    assert rules(reading) == []


def test_what_brothers_and_sisters_share_under_one_id_is_each_one_s(reads):
    (its,) = SMALL["ssd_cin_plans"]
    reading = reads(more("ssd_cin_plans", {**its, "cinp_person_id": "K1"}))
    ids = [row["plan_id"] for row in rows(reading, "plan") if row["kind"] == "CIN"]
    assert ids == ["CIN-1-K2", "CIN-1-K1"]


# --- Mosaic's columns: no child in some tables, and names of its own


MOSAIC = {
    "ssd_cin_visits": ["cinv_person_id"],
    "ssd_cp_visits": ["cppv_person_id"],
    "ssd_cp_reviews": ["cppr_person_id"],
    "ssd_cla_placement": ["clap_person_id"],
    "ssd_involvements": ["invo_person_id"],
    "ssd_professionals": ["prof_professional_name"],
    "ssd_cp_plans": ["cppl_cp_plan_ola"],
    "ssd_cin_plans": ["cinp_cin_plan_id"],
}


def as_mosaic() -> Rows:
    """The small SSD with Mosaic's columns: plan ids under another name, visits by their plan."""
    bare: Rows = SMALL
    for table, columns in MOSAIC.items():
        bare = without(table, *columns, small=bare)
    (its_plan,), (its_visit,) = bare["ssd_cin_plans"], bare["ssd_cin_visits"]
    bare = changed("ssd_cin_plans", {**its_plan, "cin_plan_id": "1"}, small=bare)
    return {**bare, "ssd_cin_visits": [{**its_visit, "cinv_cin_plan_id": "1"}]}


def test_a_row_that_does_not_name_its_child_has_the_one_of_its_plan_care_or_referral(reads):
    mosaic, ours = reads(as_mosaic(), MOSAIC), reads()
    for table in ("plan", "placement", "visit", "review", "allocation"):
        assert children_of(mosaic, table) == children_of(ours, table) != [], table
    assert rules(mosaic) == []


def children_of(reading: Reading, table: str) -> list[str]:
    return [row["child_id"] for row in rows(reading, table)]


def test_a_row_that_leads_to_no_child_is_left_out_and_said(reads):
    (its,) = as_mosaic()["ssd_cp_visits"]
    lost = changed("ssd_cp_visits", {**its, "cppv_cp_plan_id": None}, small=as_mosaic())
    reading = reads(lost, MOSAIC)
    assert reading.left_out["visit"] == {"no_child_named": 1}
    assert "ssd_cp_visits 1: it names no child nor plan" in reading.issues[-1].message


def test_an_id_of_several_children_leads_to_none_of_them(reads):
    (its,) = as_mosaic()["ssd_cin_plans"]
    both = more("ssd_cin_plans", {**its, "cinp_person_id": "K1"}, small=as_mosaic())
    assert reads(both, MOSAIC).left_out["visit"] == {"no_child_named": 1}


def test_reviews_under_mosaic_s_own_names_are_read(reads):
    raw = {
        "workflow_step_id": 71,
        "person_id": "K1",
        "registration_id": 1,
        "actual_date": day("2016-04-20"),
        "due_date": day("2016-04-26"),
    }
    lacks = list(SMALL["ssd_cp_reviews"][0])
    reading = reads(changed("ssd_cp_reviews", raw), {"ssd_cp_reviews": lacks})
    review = by(reading, "review", "review_id")["CP-71"]
    assert (review["child_id"], review["held_on"]) == ("K1", date(2016, 4, 20))


def test_where_two_columns_are_one_field_the_first_that_is_filled_counts(reads):
    (its,) = SMALL["ssd_cp_reviews"]
    both = [
        {**its, "cppr_cp_review_date": None, "actual_date": day("2016-04-21")},
        {**its, "cppr_cp_review_id": "2", "actual_date": day("2016-04-22")},
    ]
    reading = reads(changed("ssd_cp_reviews", *both))
    held = [row["held_on"] for row in rows(reading, "review") if row["kind"] == "CP"]
    assert held == [date(2016, 4, 21), date(2016, 4, 20)]
    (issue,) = reading.issues
    assert issue.rule == "columns_disagree" and "differ in 1 row" in issue.message


# --- who holds


def involvements(*changes: dict) -> Rows:
    its = SMALL["ssd_involvements"][0]
    return changed(
        "ssd_involvements",
        *({**its, "invo_involvements_id": f"I{n}", **one} for n, one in enumerate(changes, 1)),
    )


def test_a_professional_has_the_staff_number_that_is_not_its_id(reads):
    (its,) = [one for one in SMALL["ssd_professionals"] if one["prof_professional_id"] == "W1"]
    for written, staff_no in (("7001", "7001"), ("W1", None), (" ", None)):
        reading = reads(changed("ssd_professionals", {**its, "prof_staff_id": written}))
        assert by(reading, "worker", "worker_id")["W1"]["staff_no"] == staff_no


@pytest.mark.parametrize("role", ["CW", "cw ", "ALLOCATED CASE WORKER", "Allocated Case-Worker"])
def test_the_allocated_worker_leads_whatever_the_version_calls_it(reads, role):
    reading = reads(involvements({"invo_professional_role_id": role}))
    assert [row["lead"] for row in rows(reading, "allocation")] == [True]


def test_other_roles_are_co_workers_and_all_are_told_with_how_many(reads):
    reading = reads()
    assert [row["lead"] for row in rows(reading, "allocation")] == [True, False]
    assert reading.roles == {"CW": 1, "FSW": 1}
    assert reading.lead_roles == {"CW"}


def test_which_roles_lead_can_be_said(reads):
    leads = [row["lead"] for row in rows(reads(lead_roles=["FSW"]), "allocation")]
    assert leads == [False, True]


def test_where_no_role_leads_nobody_is_said_to_be_unallocated(reads):
    reading = reads(involvements({"invo_professional_role_id": "Key worker"}))
    assert "allocation" not in reading.frames
    (issue,) = reading.issues
    assert issue.rule == "no_lead_role" and "Key worker (1 row)" in issue.message
    assert "Key worker" in reading.lacks["allocation"]


def test_an_involvement_without_a_role_is_left_out_and_said(reads):
    reading = reads(involvements({}, {"invo_professional_role_id": None}))
    assert len(rows(reading, "allocation")) == 1
    (issue,) = reading.issues
    assert issue.rule == "no_role" and issue.message.startswith("ssd_involvements I2: it has no")


def test_a_department_that_no_involvement_names_is_no_unit(reads):
    reading = reads(more("ssd_department", {"dept_team_id": "CSC", "dept_team_name": "All"}))
    assert set(by(reading, "unit", "unit_id")) == {"T1", "T2"}
    assert reading.left_out["unit"] == {"a team that no involvement names": 1}


@pytest.mark.parametrize(
    ("team", "unit_id"),
    [("T1", "T1"), ("West team", "T1"), ("WEST  TEAM", "T1"), (None, None), ("-1", None)],
)
def test_a_team_is_found_by_its_id_or_its_name(reads, team, unit_id):
    reading = reads(involvements({"invo_professional_team": team}))
    assert [row["unit_id"] for row in rows(reading, "allocation")] == [unit_id]
    assert rules(reading) == []


def test_a_worker_of_no_one_is_nobody(reads):
    reading = reads(involvements({"invo_professional_id": "-1"}))
    assert [row["worker_id"] for row in rows(reading, "allocation")] == [None]


def test_a_name_of_two_teams_or_of_none_is_no_unit_and_is_said(reads):
    twins = more("ssd_department", {"dept_team_id": "T3", "dept_team_name": "West team"})
    reading = reads(
        {
            **involvements({"invo_professional_team": "West team"}),
            **{"ssd_department": twins["ssd_department"]},
        }
    )
    assert [row["unit_id"] for row in rows(reading, "allocation")] == [None]
    (issue,) = reading.issues
    assert issue.rule == "team_in_no_department" and "'West team' (1 row)" in issue.message


def test_a_name_that_its_column_has_cut_is_still_the_team_s(reads):
    whole = "Safeguarding and Family Support, North West, Unit Four"
    teams = {"ssd_department": [{"dept_team_id": "T9", "dept_team_name": whole}]}
    reading = reads({**involvements({"invo_professional_team": whole[:48]}), **teams})
    assert [row["unit_id"] for row in rows(reading, "allocation")] == ["T9"]


# --- enquiries, conferences, reviews


@pytest.mark.parametrize(
    ("outcome", "nothing_further", "not_needed"),
    [
        ('{"CP_CONFERENCE_FLAG": "Y"}', "N", False),
        ('{"CP_CONFERENCE_FLAG": "N"}', "N", True),
        ('{"CP_CONFERENCE_FLAG": ""}', "Y", True),
        (None, "Y", True),
        (None, "N", None),
        ('{"CP_CONF', None, None),
    ],
)
def test_whether_a_conference_is_needed_is_the_outcome_s_to_say(
    reads, outcome, nothing_further, not_needed
):
    (its,) = SMALL["ssd_s47_enquiry"]
    said = {"s47e_s47_outcome_json": outcome, "s47e_s47_nfa": nothing_further}
    (enquiry,) = rows(reads(changed("ssd_s47_enquiry", {**its, **said})), "enquiry")
    assert enquiry["conference_not_needed"] is not_needed


def test_a_review_is_cancelled_only_where_it_says_so(reads):
    (its,) = SMALL["ssd_cla_reviews"]
    reading = reads(
        changed(
            "ssd_cla_reviews",
            {**its, "clar_cla_review_cancelled": None},
            {**its, "clar_cla_review_id": "2", "clar_cla_review_cancelled": "Y"},
        )
    )
    cancelled = [row["cancelled"] for row in rows(reading, "review") if row["kind"] == "CLA"]
    assert cancelled == [False, True]


# --- what is not there


def test_a_mother_is_a_person_whom_nobody_verified(reads):
    mothers: list[dict[str, object]] = [
        {"moth_table_id": "M1", "moth_person_id": "P1", "moth_childs_person_id": "K1"},
        {"moth_table_id": "M2", "moth_person_id": "P1", "moth_childs_person_id": "K1"},
        {"moth_table_id": "M3", "moth_person_id": "P9", "moth_childs_person_id": "K2"},
        {"moth_table_id": "M4", "moth_person_id": None, "moth_childs_person_id": "K2"},
        {"moth_table_id": "M5", "moth_person_id": "P1", "moth_childs_person_id": "nobody"},
    ]
    reading = reads(changed("ssd_mother", *mothers))
    told = [(row["child_id"], row["person_id"], row["role"], row["verified"])
            for row in rows(reading, "relationship")]  # fmt: skip
    assert told == [("K1", "P1", "mother", False), ("K2", "P9", "mother", False)]
    names = {row["person_id"]: (row["name"], row["sex"]) for row in rows(reading, "person")}
    assert names == {"P1": ("Mo Bell", "F"), "P9": (None, None)}
    assert sum(reading.left_out["relationship"].values()) == 3
    assert rules(reading) == []


@pytest.mark.parametrize(
    ("written", "kind", "said"),
    [("Missing", "M", 0), ("A - Away", "A", 0), (None, None, 0), ("Lost", None, 1)],
)
def test_when_a_child_was_missing_is_read_with_its_kind(reads, written, kind, said):
    (its,) = SMALL["ssd_missing"]
    away = {**its, "miss_missing_episode_type": written,
            "miss_missing_episode_end_date": day("9999-12-31")}  # fmt: skip
    reading = reads(changed("ssd_missing", away))
    ((episode),) = rows(reading, "missing_episode")
    assert (episode["child_id"], episode["kind"]) == ("K1", kind)
    assert (episode["started_on"], episode["ended_on"]) == (date(2016, 6, 10), None)
    assert len(reading.issues) == said


def test_an_ssd_fills_the_tables_that_it_declares_and_no_others(reads):
    mother = {"moth_table_id": "M1", "moth_person_id": "P1", "moth_childs_person_id": "K1"}
    reading = reads(changed("ssd_mother", mother))
    assert set(reading.frames) == set(SSD.tables)
    assert SSD.lacks.items() <= reading.lacks.items()
    for place in SSD.never:
        table, column = place.split(".")
        assert column not in reading.frames[table]


def test_without_mothers_nobody_is_told_to_have_none(reads):
    reading = reads()
    assert "relationship" not in reading.frames and "relationship" not in reading.partial


@pytest.mark.parametrize(
    ("log", "called", "doubted"),
    [
        ([("1.4.4", False), ("1.4.5", True)], "1.4.5", False),
        ([("1.2.9", None), ("1.10.0", None)], "1.10.0", True),
        ([("1.4.5", True), ("2.0.0", False)], "1.4.5", False),
        ([("2.0.0", True)], "2.0.0", True),
        ([("latest", True)], "latest", True),
        ([(None, True)], None, False),
    ],
)
def test_the_version_is_what_the_log_has_as_current_and_a_later_one_is_doubted(
    reads, log, called, doubted
):
    versions = [{"version_number": one, "is_current": current} for one, current in log]
    reading = reads({**SMALL, "ssd_version_log": versions})
    said = [note for note in reading.notes if "version" in note]
    assert said == ([f"The SSD says that it is version {called}."] if called else [])
    assert ("ssd_version_unknown" in rules(reading)) == doubted


def test_a_column_in_which_nothing_stands_is_named_where_a_figure_needs_it(reads, duckdb_url):
    report = load(duckdb_url, reads(), read_settings())
    assert report.not_in_source["closed"] == (
        "Nothing in the SSD fills ssd_cin_episodes.cine_close_date: ask whoever deployed it, or add"
        " referral.csv."
    )


@pytest.mark.parametrize(
    ("table", "ours"),
    [("ssd_cla_visits", "visit"), ("ssd_cp_plans", "plan"), ("ssd_cp_reviews", "review")],
)
def test_a_table_that_is_not_deployed_or_is_empty_makes_ours_a_part_and_is_named(
    reads, table, ours
):
    gone = reads(without(table))
    assert ours in gone.partial and f"no table {table}" in gone.lacks[ours]
    empty = reads(changed(table))
    assert ours in empty.partial and f"no row in {table}" in empty.lacks[ours]


def test_a_needed_column_that_is_not_deployed_is_named(reads):
    reading = reads(
        without("ssd_cp_visits", "cppv_cp_visit_date"), {"ssd_cp_visits": ["cppv_cp_visit_date"]}
    )
    assert "visit" in reading.partial
    assert "no column cppv_cp_visit_date in ssd_cp_visits" in reading.lacks["visit"]


def test_a_column_that_a_figure_rests_on_and_is_not_deployed_is_said(reads):
    lacks = {"ssd_cin_plans": ["cinp_cin_plan_end_date"]}
    (issue,) = reads(lacks=lacks).issues
    assert issue.message == (
        "ssd_cin_plans has no column cinp_cin_plan_end_date: every plan counts as open. Deploy it."
    )


def test_open_plans_without_a_visit_are_doubted_where_they_are_many(reads):
    (its,) = SMALL["ssd_cin_plans"]
    plans = [
        {**its, "cinp_cin_plan_id": f"N{number}", "cinp_person_id": f"N{number}"}
        for number in range(5)
    ]
    many = more("ssd_cin_plans", *plans)
    assert "open_cin_hardly_visited" in rules(reads(many, no_visit_share=0.25))
    assert "open_cin_hardly_visited" not in rules(reads(many, no_visit_share=0.9))


def test_a_date_that_is_no_date_is_none(reads):
    (its,) = SMALL["ssd_cin_plans"]
    filler = changed("ssd_cin_plans", {**its, "cinp_cin_plan_end_date": day("9999-12-31")})
    assert by(reads(filler), "plan", "plan_id")["CIN-1"]["ended_on"] is None


def test_numbers_are_ids_as_text(reads):
    (its,) = [row for row in SMALL["ssd_cin_episodes"] if row["cine_referral_id"] == "R1"]
    reading = reads(changed("ssd_cin_episodes", {**its, "cine_referral_id": 1234}))
    assert [row["referral_id"] for row in rows(reading, "referral")] == ["1234"]


def test_since_when_a_table_is_held_is_doubted_where_it_has_no_row_then(reads):
    reading = reads(covers_from={"referral": date(2012, 1, 1)})
    assert reading.covers_from == {"referral": date(2012, 1, 1)}
    assert rules(reading) == ["covers_from_in_doubt"]


def test_progress_ends_at_the_whole(reads):
    shares: list[float] = []
    reads(say=lambda _step, share: shares.append(share))
    assert shares == sorted(shares) and shares[-1] == 1


# --- the whole way


def test_an_ssd_loads_and_what_it_can_t_hold_is_not_in_this_source(reads, duckdb_url):
    report = load(duckdb_url, reads(), read_settings())
    engine = connect(duckdb_url)
    assert len(read(engine, plan.select())) == 3
    assert len(read(engine, visit.select())) == 3
    assert len(read(engine, child.select())) == 2
    assert len(read(engine, assessment_factor.select())) == 2
    assert "SSD holds no posts" in report.not_in_source["caseload"]
    assert "when a visit was recorded" in report.not_in_source["recorded_in_time"]
    assert report.kept is not None
    assert [(one.role, one.is_lead) for one in report.kept.roles] == [("CW", True), ("FSW", False)]
