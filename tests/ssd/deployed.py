"""The Standard Safeguarding Dataset as three case-management systems deploy it.

`SPECIFIED` is the shape that most deployments share, by table and column; `DIFFERENCES` says where
Eclipse, Mosaic and SystemC (Liquidlogic) part from it. Of tables that ChildStat has no use for,
only a key, the person and what differs are declared.

Source: the data-to-insight project's published SSD specification 1.4.5 and deployment scripts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

ECLIPSE, MOSAIC, SYSTEMC = "eclipse", "mosaic", "systemc"
SYSTEMS = (ECLIPSE, MOSAIC, SYSTEMC)

# A number is a text of at most so many characters; c1 a padded one.
SPECIFIED: dict[str, str] = {
    "ssd_version_log": "version_number 10, release_date time, description 100, is_current bit",
    "ssd_person": "pers_legacy_id 48, pers_person_id 48, pers_upn 13, pers_forename 100,"
    " pers_surname 255, pers_sex 20, pers_gender 10, pers_ethnicity 48, pers_dob time,"
    " pers_single_unique_id 48, pers_upn_unknown 6, pers_send_flag c5, pers_expected_dob time,"
    " pers_death_date time, pers_is_mother c1, pers_nationality 48",
    "ssd_family": "fami_table_id 48, fami_family_id 48, fami_person_id 48",
    "ssd_mother": "moth_table_id 48, moth_person_id 48, moth_childs_person_id 48,"
    " moth_childs_dob time",
    "ssd_disability": "disa_table_id 48, disa_person_id 48, disa_disability_code 48",
    "ssd_cin_episodes": "cine_referral_id 48, cine_person_id 48, cine_referral_date time,"
    " cine_cin_primary_need_code 3, cine_referral_source_code 48, cine_referral_source_desc 255,"
    " cine_referral_outcome_json 4000, cine_referral_nfa c1, cine_close_reason 100,"
    " cine_close_date time, cine_referral_team 48, cine_referral_worker_id 100",
    "ssd_cin_assessments": "cina_assessment_id 48, cina_person_id 48, cina_referral_id 48,"
    " cina_assessment_start_date time, cina_assessment_child_seen c1,"
    " cina_assessment_auth_date time, cina_assessment_outcome_json 1000,"
    " cina_assessment_outcome_nfa c1, cina_assessment_team 48, cina_assessment_worker_id 100",
    "ssd_assessment_factors": "cinf_table_id 48, cinf_assessment_id 48,"
    " cinf_assessment_factors_json long",
    "ssd_cin_plans": "cinp_cin_plan_id 48, cinp_referral_id 48, cinp_person_id 48,"
    " cinp_cin_plan_start_date time, cinp_cin_plan_end_date time, cinp_cin_plan_team 48,"
    " cinp_cin_plan_worker_id 100",
    "ssd_cin_visits": "cinv_cin_visit_id 48, cinv_person_id 48, cinv_cin_visit_date time,"
    " cinv_cin_visit_seen c1, cinv_cin_visit_seen_alone c1, cinv_cin_visit_bedroom c1",
    "ssd_s47_enquiry": "s47e_s47_enquiry_id 48, s47e_referral_id 48, s47e_person_id 48,"
    " s47e_s47_start_date time, s47e_s47_end_date time, s47e_s47_nfa c1,"
    " s47e_s47_outcome_json 1000, s47e_s47_completed_by_team 48,"
    " s47e_s47_completed_by_worker_id 100",
    "ssd_initial_cp_conference": "icpc_icpc_id 48, icpc_icpc_meeting_id 48,"
    " icpc_s47_enquiry_id 48, icpc_person_id 48, icpc_cp_plan_id 48, icpc_referral_id 48,"
    " icpc_icpc_transfer_in c1, icpc_icpc_target_date time, icpc_icpc_date time,"
    " icpc_icpc_outcome_cp_flag c1, icpc_icpc_outcome_json 1000, icpc_icpc_team 48,"
    " icpc_icpc_worker_id 100",
    "ssd_cp_plans": "cppl_cp_plan_id 48, cppl_referral_id 48, cppl_icpc_id 48, cppl_person_id 48,"
    " cppl_cp_plan_start_date time, cppl_cp_plan_end_date time, cppl_cp_plan_ola c1,"
    " cppl_cp_plan_initial_category 100, cppl_cp_plan_latest_category 100",
    "ssd_cp_visits": "cppv_cp_visit_id 48, cppv_person_id 48, cppv_cp_plan_id 48,"
    " cppv_cp_visit_date time, cppv_cp_visit_seen c1, cppv_cp_visit_seen_alone c1,"
    " cppv_cp_visit_bedroom c1",
    "ssd_cp_reviews": "cppr_cp_review_id 48, cppr_person_id 48, cppr_cp_plan_id 48,"
    " cppr_cp_review_due time, cppr_cp_review_date time, cppr_cp_review_meeting_id 48,"
    " cppr_cp_review_outcome_continue_cp c1, cppr_cp_review_quorate 100,"
    " cppr_cp_review_participation 100",
    "ssd_cla_episodes": "clae_cla_episode_id 48, clae_person_id 48, clae_cla_placement_id 48,"
    " clae_cla_episode_start_date time, clae_cla_episode_start_reason 100,"
    " clae_cla_primary_need_code 3, clae_cla_episode_ceased_date time,"
    " clae_cla_episode_ceased_reason 255, clae_cla_id 48, clae_referral_id 48,"
    " clae_cla_last_iro_contact_date time, clae_entered_care_date time",
    "ssd_cla_placement": "clap_cla_placement_id 48, clap_cla_id 48, clap_person_id 48,"
    " clap_cla_placement_start_date time, clap_cla_placement_type 100, clap_cla_placement_urn 48,"
    " clap_cla_placement_distance float, clap_cla_placement_provider 48,"
    " clap_cla_placement_postcode 8, clap_cla_placement_end_date time,"
    " clap_cla_placement_change_reason 100",
    "ssd_cla_visits": "clav_cla_visit_id 48, clav_cla_id 48, clav_person_id 48,"
    " clav_cla_visit_date time, clav_cla_visit_seen c1, clav_cla_visit_seen_alone c1",
    "ssd_cla_reviews": "clar_cla_review_id 48, clar_cla_id 48, clar_cla_review_due_date time,"
    " clar_cla_review_date time, clar_cla_review_cancelled c1, clar_cla_review_participation 100",
    "ssd_legal_status": "lega_legal_status_id 48, lega_person_id 48, lega_legal_status 100,"
    " lega_legal_status_start_date time, lega_legal_status_end_date time",
    "ssd_missing": "miss_table_id 48, miss_person_id 48, miss_missing_episode_start_date time,"
    " miss_missing_episode_type 100, miss_missing_episode_end_date time,"
    " miss_missing_rhi_offered 2, miss_missing_rhi_accepted 2",
    "ssd_involvements": "invo_involvements_id 48, invo_professional_id 48,"
    " invo_professional_role_id 200, invo_professional_team 48, invo_person_id 48,"
    " invo_involvement_start_date time, invo_involvement_end_date time,"
    " invo_worker_change_reason 200, invo_referral_id 48",
    "ssd_professionals": "prof_professional_id 48, prof_staff_id 48, prof_professional_name 300,"
    " prof_social_worker_registration_no 48, prof_agency_worker_flag c1,"
    " prof_professional_job_title 500, prof_professional_caseload int,"
    " prof_professional_department 100, prof_full_time_equivalency float",
    "ssd_department": "dept_team_id 48, dept_team_name 255, dept_team_parent_id 48,"
    " dept_team_parent_name 255",
    # Not read, as no figure needs them.
    "ssd_care_leavers": "clea_table_id 48, clea_person_id 48, clea_care_leaver_worker_id 100",
    "ssd_cla_care_plan": "lacp_table_id 48, lacp_person_id 48, lacp_cla_care_plan_start_date time,"
    " lacp_cla_care_plan_json 1000",
    "ssd_cla_previous_permanence": "lapp_table_id 48, lapp_person_id 48,"
    " lapp_previous_permanence_option 200",
    "ssd_cla_substance_misuse": "clas_substance_misuse_id 48, clas_person_id 48,"
    " clas_intervention_received c1",
    "ssd_early_help_episodes": "earl_episode_id 48, earl_person_id 48, earl_episode_reason long,"
    " earl_episode_end_reason long, earl_episode_organisation long, earl_episode_worker_id 100",
    "ssd_immigration_status": "immi_immigration_status_id 48, immi_person_id 48,"
    " immi_immigration_status 100",
    "ssd_linked_identifiers": "link_table_id 48, link_person_id 48, link_identifier_type 100,"
    " link_identifier_value 100",
    "ssd_sdq_scores": "csdq_table_id 48, csdq_person_id 48, csdq_sdq_score int",
    "ssd_send": "send_table_id 48, send_person_id 48, send_upn_unknown 6",
    "ssd_cla_convictions": "clac_cla_conviction_id 48, clac_person_id 48,"
    " clac_cla_conviction_offence 1000",
    "ssd_cla_immunisations": "clai_person_id 48, clai_immunisations_status c1,"
    " clai_immunisations_status_date time",
    "ssd_contacts": "cont_contact_id 48, cont_person_id 48, cont_contact_date time,"
    " cont_contact_source_code 48, cont_contact_source_desc 255, cont_contact_outcome_json 4000",
    "ssd_permanence": "perm_table_id 48, perm_person_id 48, perm_number_of_adopters int,"
    " perm_adopted_by_carer_flag c1, perm_part_of_sibling_group c1, perm_adoption_worker_id 100",
    "ssd_address": "addr_table_id 48, addr_person_id 48, addr_address_postcode 15,"
    " addr_address_json 1000",
}


@dataclass(frozen=True)
class Difference:
    """One way in which a system's deployment parts from the shape that most share.

    `column` is None where a whole table differs; `deployed` is the other name, or the other type.
    """

    system: str
    table: str
    column: str | None
    kind: str
    deployed: str = ""

    @property
    def place(self) -> str:
        return f"{self.table}.{self.column}" if self.column else self.table


NO_TABLE, EXTRA_TABLE = "no table", "another table"
MISSING, RENAMED, EXTRA, TYPED = "missing", "renamed", "another column", "another type"
_OF_MOSAIC: dict[str, dict[str, str]] = {
    # Without the person, whose row it is is known by the plan, period of care or referral alone.
    MISSING: {
        "ssd_cin_visits": "cinv_person_id",
        "ssd_cp_visits": "cppv_person_id",
        "ssd_cp_reviews": "cppr_person_id cppr_cp_review_meeting_id",
        "ssd_cla_placement": "clap_person_id",
        "ssd_involvements": "invo_person_id",
        "ssd_cp_plans": "cppl_cp_plan_ola",
        "ssd_professionals": "prof_professional_name",
        "ssd_contacts": "cont_contact_source_code",
        "ssd_cla_convictions": "clac_cla_conviction_offence",
        "ssd_cla_immunisations": "clai_immunisations_status_date",
    },
    RENAMED: {
        "ssd_cin_plans": "cinp_cin_plan_id=cin_plan_id",
        "ssd_cla_care_plan": "lacp_table_id=lacp_cla_care_plan_id",
    },
    EXTRA: {
        "ssd_cin_visits": "cinv_cin_plan_id=48",
        "ssd_cla_reviews": "clar_cla_person_id=48",
        "ssd_cp_reviews": "workflow_step_id=number person_id=number registration_id=number"
        " due_date=time actual_date=time review_outcome=1000 quorate=64 review_participation=16"
        " previous_conference_workflow_step_id=number previous_conference_date=time"
        " previous_conference_type=64",
    },
    TYPED: {
        "ssd_person": "pers_upn=48 pers_sex=48 pers_gender=48 pers_upn_unknown=20 pers_send_flag=1"
        " pers_is_mother=1",
        "ssd_cin_episodes": "cine_referral_id=int cine_cin_primary_need_code=16"
        " cine_referral_nfa=1 cine_referral_team=100 cine_referral_worker_id=48",
        "ssd_cin_assessments": "cina_assessment_child_seen=1 cina_assessment_outcome_nfa=1"
        " cina_assessment_team=100 cina_assessment_worker_id=48",
        "ssd_assessment_factors": "cinf_assessment_factors_json=1000",
        "ssd_cin_plans": "cinp_cin_plan_team=100 cinp_cin_plan_worker_id=48",
        "ssd_cin_visits": "cinv_cin_visit_seen=1 cinv_cin_visit_seen_alone=1"
        " cinv_cin_visit_bedroom=1",
        "ssd_s47_enquiry": "s47e_s47_enquiry_id=int s47e_referral_id=int"
        " s47e_s47_completed_by_team=100 s47e_s47_completed_by_worker_id=48",
        "ssd_initial_cp_conference": "icpc_icpc_transfer_in=1 icpc_icpc_outcome_cp_flag=1"
        " icpc_icpc_outcome_json=500 icpc_icpc_worker_id=48",
        "ssd_cp_visits": "cppv_cp_visit_seen=1 cppv_cp_visit_seen_alone=1 cppv_cp_visit_bedroom=1",
        "ssd_cp_reviews": "cppr_cp_review_id=number cppr_cp_plan_id=number"
        " cppr_cp_review_outcome_continue_cp=1000 cppr_cp_review_quorate=64"
        " cppr_cp_review_participation=16",
        "ssd_cla_episodes": "clae_cla_primary_need_code=100",
        "ssd_cla_placement": "clap_cla_placement_distance=decimal",
        "ssd_cla_visits": "clav_cla_visit_seen=1 clav_cla_visit_seen_alone=1",
        "ssd_cla_reviews": "clar_cla_review_cancelled=1",
        "ssd_missing": "miss_missing_rhi_offered=1 miss_missing_rhi_accepted=1",
        "ssd_involvements": "invo_professional_role_id=48 invo_professional_team=255",
        "ssd_professionals": "prof_agency_worker_flag=100 prof_full_time_equivalency=decimal",
        "ssd_care_leavers": "clea_care_leaver_worker_id=48",
        "ssd_cla_immunisations": "clai_immunisations_status=1",
        "ssd_contacts": "cont_contact_outcome_json=500",
        "ssd_permanence": "perm_number_of_adopters=3 perm_adopted_by_carer_flag=1"
        " perm_part_of_sibling_group=1 perm_adoption_worker_id=48",
        "ssd_cla_care_plan": "lacp_cla_care_plan_json=100",
        "ssd_cla_previous_permanence": "lapp_previous_permanence_option=100",
        "ssd_cla_substance_misuse": "clas_intervention_received=1",
        "ssd_early_help_episodes": "earl_episode_reason=100 earl_episode_end_reason=100"
        " earl_episode_organisation=100 earl_episode_worker_id=48",
        "ssd_immigration_status": "immi_immigration_status=48",
        "ssd_linked_identifiers": "link_identifier_type=20 link_identifier_value=20",
        "ssd_sdq_scores": "csdq_sdq_score=100",
        "ssd_send": "send_upn_unknown=48",
    },
}
_MORE_TABLES = {
    "ssd_cohort": "dim_person_id 48, legacy_id 48, has_contact bit, has_referral bit, has_903 bit,"
    " is_care_leaver bit, has_eligibility bit, has_client_flag bit, has_involvement bit,"
    " first_activity_dttm time, last_activity_dttm time",
    "ssd_dim_date": "date_key int, full_date time, calendar_year int, is_weekend bit",
    "ssd_pre_cla_care_plan": "fact_form_id 48, dim_person_id 48, answer_no 10, answer 255,"
    " latestresponsedate time",
}


def _differences() -> Iterator[Difference]:
    yield Difference(MOSAIC, "ssd_family", None, NO_TABLE)
    for table, columns in _MORE_TABLES.items():
        yield Difference(SYSTEMC, table, None, EXTRA_TABLE, columns)
    for kind, tables in _OF_MOSAIC.items():
        for table, written in tables.items():
            for one in written.split():
                column, _, deployed = one.partition("=")
                yield Difference(MOSAIC, table, column, kind, deployed)


DIFFERENCES = tuple(_differences())


def columns_of(system: str) -> Mapping[str, Mapping[str, str]]:
    """By table and column the type, as the system deploys them; Mosaic's in another order."""
    tables = {table: parsed(columns) for table, columns in SPECIFIED.items()}
    for one in DIFFERENCES:
        if one.system == system:
            _apply(one, tables)
    if system != MOSAIC:
        return tables
    return {table: dict(reversed(columns.items())) for table, columns in tables.items()}


def parsed(written: str) -> dict[str, str]:
    """Columns and their types, of \"name type, name type\"."""
    columns, kinds = zip(*(one.split() for one in written.split(",")), strict=True)
    return dict(zip(columns, kinds, strict=True))


def _apply(one: Difference, tables: dict[str, dict[str, str]]) -> None:
    if one.column is None:
        if one.kind == NO_TABLE:
            del tables[one.table]
        else:
            tables[one.table] = parsed(one.deployed)
        return
    columns = tables[one.table]
    # What is taken away or changed must be there, what is added must not.
    assert (one.column in columns) == (one.kind != EXTRA), one.place
    if one.kind in (MISSING, RENAMED):
        kind = columns.pop(one.column)
        if one.kind == RENAMED:
            columns[one.deployed] = kind
    else:
        columns[one.column] = one.deployed


def renamed(system: str) -> dict[tuple[str, str], str]:
    """By table and column of the specification, what the system calls the column."""
    return {
        (one.table, one.column): one.deployed
        for one in DIFFERENCES
        if one.system == system and one.kind == RENAMED and one.column
    }
