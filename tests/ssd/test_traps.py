"""Every known trap of a Standard Safeguarding Dataset, and the tests that fall into it.

Source: the data-to-insight project's published SSD specification 1.4.5 and deployment scripts, read
for what they do that their reader does not expect.
"""

from importlib import import_module

import pytest

from tests.ssd import shapes

READER, SOURCES = "tests.loading.ssd.test_reader", "tests.loading.ssd.test_source_databases"
WORDS, EXTENSION = "tests.loading.ssd.test_reasons_in_words", "tests.loading.extension"
HERE, ROWS = "tests.ssd.test_same_figures", "tests.ssd.test_dirty_rows"
FIGURES = f"{HERE}.test_the_figures_are_the_council_s_as_far_as_its_dataset_tells"
NAMED = f"{HERE}.test_check_names_what_the_faults_took_and_nothing_else"
DIRTY = f"{ROWS}.test_a_dirty_row_where_systems_differ_is_read_right_or_said"
TRAPS = {
    "columns have other names": [
        f"{READER}.test_reviews_under_mosaic_s_own_names_are_read",
        f"{READER}.test_where_two_columns_are_one_field_the_first_that_is_filled_counts",
        f"{ROWS}.test_each_difference_that_is_read_has_a_dirty_row_of_its_own",
    ],
    "columns and tables are not there": [
        f"{READER}.test_a_table_that_is_not_deployed_or_is_empty_makes_ours_a_part_and_is_named",
        f"{READER}.test_a_needed_column_that_is_not_deployed_is_named",
        f"{READER}.test_a_column_that_a_figure_rests_on_and_is_not_deployed_is_said",
        f"{READER}.test_an_ssd_loads_and_what_it_can_t_hold_is_not_in_this_source",
        f"{READER}.test_a_column_in_which_nothing_stands_is_named_where_a_figure_needs_it",
    ],
    "tables are in a schema, or are views, in any capitals": [
        f"{SOURCES}.test_the_only_schema_with_an_ssd_is_found_and_may_be_said_in_capitals",
        f"{SOURCES}.test_views_in_capitals_are_read_like_tables",
    ],
    "codes are descriptions, cut by their column": [
        "tests.ssd.test_described.test_the_return_s_own_sentence_is_its_code",
        f"{READER}.test_a_description_is_its_code",
        f"{WORDS}.test_why_care_ended",
        FIGURES,
    ],
    "the allocated worker's role has two codes": [
        f"{READER}.test_the_allocated_worker_leads_whatever_the_version_calls_it",
        f"{READER}.test_other_roles_are_co_workers_and_all_are_told_with_how_many",
        f"{READER}.test_where_no_role_leads_nobody_is_said_to_be_unallocated",
        f"{HERE}.test_an_older_role_of_the_allocated_worker_gives_the_same_allocations",
    ],
    "a team is an id or a name": [
        f"{READER}.test_a_team_is_found_by_its_id_or_its_name",
        f"{READER}.test_a_name_of_two_teams_or_of_none_is_no_unit_and_is_said",
        FIGURES,
    ],
    shapes.TEAM_IS_THE_CHILDS: [
        "tests.ssd.test_team_now."
        "test_it_is_said_where_no_child_of_several_workers_had_a_second_team",
        NAMED,
    ],
    shapes.CASELOAD_OF_SEPTEMBER: [f"{HERE}.test_a_caseload_of_september_moves_nothing"],
    shapes.VISITS_TWICE: [
        f"{READER}.test_a_cin_visit_that_is_a_cp_or_cla_visit_too_counts_as_that",
        FIGURES,
    ],
    shapes.OPEN_CIN_VISITS_DROPPED: [
        f"{READER}.test_open_plans_without_a_visit_are_doubted_where_they_are_many",
        NAMED,
    ],
    "factors are a list, answers, nulls, or nothing": [
        f"{READER}.test_factors_are_those_that_the_cell_affirms",
        f"{READER}.test_factors_that_were_cut_short_are_said_and_not_half_read",
        FIGURES,
    ],
    shapes.CP_VISITS_WITHOUT_PLAN: [
        f"{READER}.test_a_cp_visit_of_no_known_plan_is_its_child_s",
        NAMED,
    ],
    "rows do not name their child": [
        f"{READER}.test_a_row_that_does_not_name_its_child_has_the_one_of_its_plan_care_or_referral",
        f"{READER}.test_a_row_that_leads_to_no_child_is_left_out_and_said",
        DIRTY,
    ],
    "the dataset lacks posts, absence, time, scores, intervals and recording dates": [
        f"{EXTENSION}.test_finding.test_what_stands_beside_an_ssd_is_loaded_with_it",
        f"{HERE}.test_what_a_dataset_lacks_is_in_the_tables_beside_it",
        FIGURES,
    ],
    shapes.FILLER_DATES: [f"{READER}.test_a_date_that_is_no_date_is_none", FIGURES],
    shapes.STRANGERS: [f"{READER}.test_a_person_whom_nothing_names_is_no_child", FIGURES],
    shapes.NO_PARENT_TEAMS: [FIGURES],
    shapes.PLACEHOLDERS: [FIGURES],
    shapes.TIMES_OF_DAY: [FIGURES],
    shapes.PADDED_CODES: [FIGURES, DIRTY],
    shapes.WORKFLOW_COLUMNS_ONLY: [
        f"{HERE}.test_reviews_in_workflow_columns_alone_are_the_same_reviews"
    ],
    "-1 is no worker, no team and no referral": [f"{READER}.test_a_worker_of_no_one_is_nobody"],
    "brothers and sisters share an id": [
        f"{READER}.test_what_brothers_and_sisters_share_under_one_id_is_each_one_s"
    ],
    "a short break is no care": [
        f"{READER}.test_a_period_has_the_latest_legal_status_of_care_in_it",
        f"{WORDS}.test_a_remand_under_pace_and_short_breaks_by_agreement_are_legal_statuses",
    ],
    "the dataset changes while it is read": [
        f"{SOURCES}.test_what_changes_while_an_ssd_is_read_is_not_read",
        f"{SOURCES}.test_a_kind_of_database_that_shows_no_one_moment_is_said",
    ],
}


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_has_tests_that_are_there(trap):
    for test in TRAPS[trap]:
        module, _, name = test.rpartition(".")
        assert callable(getattr(import_module(module), name, None)), test
    assert TRAPS[trap]


def test_every_fault_that_can_be_switched_on_is_a_known_trap():
    faults = {fault for shape in shapes.SHAPES.values() for fault in shape.faults}
    assert {*faults, shapes.WORKFLOW_COLUMNS_ONLY} <= {*TRAPS}
