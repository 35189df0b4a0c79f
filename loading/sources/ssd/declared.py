"""The SSD's tables that are read, as they are really deployed; plans stand in `declared_plans`.

Names are those of version 1.4.5; beside them stand those of other versions, and of the scripts for
Eclipse, Mosaic and SystemC (Liquidlogic). Source: Data to Insight, ssd-data-model, specification
and published deployment scripts (MIT).
"""

from sqlalchemy import Boolean

from data_access.schema import (
    allocation,
    assessment,
    assessment_factor,
    child,
    conference,
    enquiry,
    missing_episode,
    referral,
    relationship,
    unit,
    worker,
)
from loading.columns import ids
from loading.sources.ssd import declared_plans as plans
from loading.sources.ssd.factors import factors
from loading.sources.ssd.fields import Field, SsdTable, link, own

PERSON = SsdTable(
    "ssd_person",
    "child",
    (
        Field("pers_person_id", child.c.child_id, needed=True),
        Field("pers_forename", child.c.name, to="forename"),
        Field("pers_surname", child.c.name, to="surname"),
        Field("pers_sex", child.c.sex),
        Field("pers_ethnicity", child.c.ethnicity),
        Field("pers_dob", child.c.born_on),
        Field("pers_expected_dob", child.c.born_on, to="expected_on"),
    ),
)
FAMILY = SsdTable(
    "ssd_family",
    "child",
    (
        link("fami_table_id", "child", "row_id"),
        Field("fami_person_id", child.c.child_id, needed=True),
        Field("fami_family_id", child.c.family_id),
    ),
)
MOTHERS = SsdTable(
    "ssd_mother",
    "relationship",
    (
        Field("moth_table_id", relationship.c.relationship_id),
        Field("moth_person_id", relationship.c.person_id, needed=True),
        Field("moth_childs_person_id", relationship.c.child_id, needed=True),
    ),
)
REFERRALS = SsdTable(
    "ssd_cin_episodes",
    "referral",
    (
        Field("cine_referral_id", referral.c.referral_id, needed=True),
        Field("cine_person_id", referral.c.child_id, needed=True),
        Field("cine_referral_date", referral.c.received_on, needed=True),
        Field("cine_cin_primary_need_code", referral.c.primary_need, ("cine_cin_primary_need",)),
        Field("cine_referral_source_code", referral.c.source, ("cine_referral_source",)),
        Field("cine_referral_source_desc", referral.c.source, to="source_words"),
        Field("cine_referral_nfa", referral.c.no_further_action),
        Field("cine_close_reason", referral.c.closure_reason),
        Field("cine_close_date", referral.c.closed_on),
    ),
)
ASSESSMENTS = SsdTable(
    "ssd_cin_assessments",
    "assessment",
    (
        Field("cina_assessment_id", assessment.c.assessment_id, needed=True),
        Field("cina_person_id", assessment.c.child_id),
        Field("cina_referral_id", assessment.c.referral_id),
        Field("cina_assessment_start_date", assessment.c.started_on, needed=True),
        Field("cina_assessment_auth_date", assessment.c.authorised_on),
    ),
)
FACTORS = SsdTable(
    "ssd_assessment_factors",
    "assessment_factor",
    (
        link("cinf_table_id", "assessment_factor", "row_id"),
        Field("cinf_assessment_id", assessment_factor.c.assessment_id, needed=True),
        Field(
            "cinf_assessment_factors_json",
            own("assessment_factor", "factor"),
            ("cinf_assessment_factors",),
            reader=factors,
        ),
    ),
)
ENQUIRIES = SsdTable(
    "ssd_s47_enquiry",
    "enquiry",
    (
        Field("s47e_s47_enquiry_id", enquiry.c.enquiry_id, needed=True),
        Field("s47e_person_id", enquiry.c.child_id),
        Field("s47e_referral_id", enquiry.c.referral_id),
        Field("s47e_s47_start_date", enquiry.c.started_on, needed=True),
        Field("s47e_s47_end_date", enquiry.c.ended_on),
        Field("s47e_s47_nfa", own("enquiry", "no_further_action", Boolean)),
        Field("s47e_s47_outcome_json", own("enquiry", "outcome"), ("s47e_s47_outcome",)),
    ),
)
CONFERENCES = SsdTable(
    "ssd_initial_cp_conference",
    "conference",
    (
        Field("icpc_icpc_id", conference.c.conference_id, needed=True),
        Field("icpc_person_id", conference.c.child_id),
        link("icpc_referral_id", "conference", "referral_id"),
        Field("icpc_s47_enquiry_id", conference.c.enquiry_id),
        Field("icpc_icpc_date", conference.c.held_on),
        Field("icpc_icpc_target_date", conference.c.target_on),
        Field("icpc_icpc_transfer_in", own("conference", "transfer_in", Boolean)),
        Field("icpc_icpc_outcome_cp_flag", conference.c.led_to_plan),
    ),
)
INVOLVEMENTS = SsdTable(
    "ssd_involvements",
    "allocation",
    (
        Field("invo_involvements_id", allocation.c.allocation_id, needed=True),
        Field("invo_person_id", allocation.c.child_id),
        Field("invo_referral_id", allocation.c.referral_id),
        Field("invo_professional_id", allocation.c.worker_id),
        Field("invo_professional_role_id", own("allocation", "role")),
        Field("invo_professional_team", own("allocation", "team"), reader=ids.read),
        Field("invo_involvement_start_date", allocation.c.started_on, needed=True),
        Field("invo_involvement_end_date", allocation.c.ended_on),
    ),
)
MISSING = SsdTable(
    "ssd_missing",
    "missing_episode",
    (
        Field("miss_table_id", missing_episode.c.missing_episode_id, needed=True),
        Field("miss_person_id", missing_episode.c.child_id, needed=True),
        Field("miss_missing_episode_start_date", missing_episode.c.started_on, needed=True),
        Field("miss_missing_episode_type", missing_episode.c.kind),
        Field("miss_missing_episode_end_date", missing_episode.c.ended_on),
    ),
)
PROFESSIONALS = SsdTable(
    "ssd_professionals",
    "worker",
    (
        Field("prof_professional_id", worker.c.worker_id, needed=True),
        Field("prof_professional_name", worker.c.name),
        Field("prof_social_worker_registration_no", worker.c.registration_no),
        Field("prof_staff_id", worker.c.staff_no),
    ),
)
DEPARTMENTS = SsdTable(
    "ssd_department",
    "unit",
    (
        Field("dept_team_id", unit.c.unit_id, needed=True),
        Field("dept_team_name", unit.c.name),
        Field("dept_team_parent_name", unit.c.service),
    ),
)
TABLES = (
    PERSON, FAMILY, MOTHERS, REFERRALS, ASSESSMENTS, FACTORS, ENQUIRIES, CONFERENCES, INVOLVEMENTS,
    MISSING, PROFESSIONALS, DEPARTMENTS, plans.CIN_PLANS, plans.CP_PLANS, plans.EPISODES,
    plans.LEGAL_STATUSES, plans.PLACEMENTS, plans.CIN_VISITS, plans.CP_VISITS, plans.CLA_VISITS,
    plans.CP_REVIEWS, plans.CLA_REVIEWS,
)  # fmt: skip
