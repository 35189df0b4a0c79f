"""The SSD's tables of plans, periods of care, visits and reviews, as they are really deployed.

Names are those of version 1.4.5; beside them stand those of other versions, and of the scripts for
Eclipse, Mosaic and SystemC (Liquidlogic). Source: Data to Insight, ssd-data-model, specification
and published deployment scripts (MIT).
"""

from sqlalchemy import Boolean

from data_access.code_sets.children import NEED
from data_access.code_sets.plans import ABUSE, REASON_CEASED
from data_access.schema import placement, plan, review, visit
from loading.sources.ssd.fields import Field, SsdTable, day, link, own

CIN_PLANS = SsdTable(
    "ssd_cin_plans",
    "plan",
    (
        Field("cinp_cin_plan_id", plan.c.plan_id, ("cin_plan_id",), needed=True),
        Field("cinp_person_id", plan.c.child_id),
        Field("cinp_referral_id", plan.c.referral_id),
        Field("cinp_cin_plan_start_date", plan.c.started_on, ("cinp_cin_plan_start",), needed=True),
        Field("cinp_cin_plan_end_date", plan.c.ended_on, ("cinp_cin_plan_end",)),
    ),
)
CP_PLANS = SsdTable(
    "ssd_cp_plans",
    "plan",
    (
        Field("cppl_cp_plan_id", plan.c.plan_id, needed=True),
        Field("cppl_person_id", plan.c.child_id),
        Field("cppl_referral_id", plan.c.referral_id),
        Field("cppl_cp_plan_start_date", plan.c.started_on, needed=True),
        Field("cppl_cp_plan_end_date", plan.c.ended_on),
        Field("cppl_cp_plan_latest_category", plan.c.category, codes=ABUSE),
        Field("cppl_cp_plan_initial_category", plan.c.category, to="first_category", codes=ABUSE),
        Field("cppl_cp_plan_ola", own("plan", "of_another_authority", Boolean)),
    ),
)
EPISODES = SsdTable(
    "ssd_cla_episodes",
    "plan",
    (
        Field("clae_cla_episode_id", plan.c.plan_id, to="episode_id", needed=True),
        Field("clae_person_id", plan.c.child_id, needed=True),
        link("clae_cla_id", "plan", "cla_id"),
        Field("clae_referral_id", plan.c.referral_id),
        link("clae_cla_placement_id", "plan", "placement_id"),
        Field(
            "clae_cla_episode_start_date",
            plan.c.started_on,
            ("clae_cla_episode_start",),
            needed=True,
        ),
        Field("clae_cla_episode_ceased_date", plan.c.ended_on, ("clae_cla_episode_ceased",)),
        Field("clae_cla_episode_ceased_reason", plan.c.end_reason, codes=REASON_CEASED),
        Field(
            "clae_cla_primary_need_code", plan.c.category, ("clae_cla_primary_need",), codes=NEED
        ),
    ),
)
LEGAL_STATUSES = SsdTable(
    "ssd_legal_status",
    "plan",
    (
        link("lega_legal_status_id", "plan", "row_id"),
        Field("lega_person_id", plan.c.child_id, needed=True),
        Field("lega_legal_status", own("plan", "words")),
        day("lega_legal_status_start_date", "plan", "from_day", "lega_legal_status_start"),
        day("lega_legal_status_end_date", "plan", "until_day", "lega_legal_status_end"),
    ),
)
PLACEMENTS = SsdTable(
    "ssd_cla_placement",
    "placement",
    (
        Field("clap_cla_placement_id", placement.c.placement_id, needed=True),
        Field("clap_person_id", placement.c.child_id),
        link("clap_cla_id", "placement", "cla_id"),
        link("clap_cla_episode_id", "placement", "episode_id"),
        Field("clap_cla_placement_start_date", placement.c.started_on),
        Field("clap_cla_placement_end_date", placement.c.ended_on),
        Field("clap_cla_placement_type", placement.c.kind),
    ),
    ("ssd_cla_placements",),
)
CIN_VISITS = SsdTable(
    "ssd_cin_visits",
    "visit",
    (
        Field("cinv_cin_visit_id", visit.c.visit_id, ("cinv_cin_casenote_id",), needed=True),
        Field("cinv_person_id", visit.c.child_id),
        link("cinv_cin_plan_id", "visit", "plan_id"),
        Field("cinv_cin_visit_date", visit.c.visited_on, needed=True),
        Field("cinv_cin_visit_seen", visit.c.seen),
        Field("cinv_cin_visit_seen_alone", visit.c.seen_alone),
    ),
)
CP_VISITS = SsdTable(
    "ssd_cp_visits",
    "visit",
    (
        Field("cppv_cp_visit_id", visit.c.visit_id, ("cppv_casenote_id",), needed=True),
        Field("cppv_person_id", visit.c.child_id),
        link("cppv_cp_plan_id", "visit", "plan_id"),
        Field("cppv_cp_visit_date", visit.c.visited_on, needed=True),
        Field("cppv_cp_visit_seen", visit.c.seen),
        Field("cppv_cp_visit_seen_alone", visit.c.seen_alone),
    ),
)
CLA_VISITS = SsdTable(
    "ssd_cla_visits",
    "visit",
    (
        Field("clav_cla_visit_id", visit.c.visit_id, ("clav_casenote_id",), needed=True),
        Field("clav_person_id", visit.c.child_id),
        link("clav_cla_id", "visit", "cla_id"),
        Field("clav_cla_visit_date", visit.c.visited_on, needed=True),
        Field("clav_cla_visit_seen", visit.c.seen),
        Field("clav_cla_visit_seen_alone", visit.c.seen_alone),
    ),
)
CP_REVIEWS = SsdTable(
    "ssd_cp_reviews",
    "review",
    (
        Field("cppr_cp_review_id", review.c.review_id, ("workflow_step_id",), needed=True),
        Field("cppr_person_id", review.c.child_id, ("person_id",)),
        link("cppr_cp_plan_id", "review", "plan_id", "registration_id"),
        Field("cppr_cp_review_date", review.c.held_on, ("actual_date",)),
        Field("cppr_cp_review_due", review.c.due_on, ("cppr_cp_review_due_date", "due_date")),
    ),
)
CLA_REVIEWS = SsdTable(
    "ssd_cla_reviews",
    "review",
    (
        Field("clar_cla_review_id", review.c.review_id, needed=True),
        Field("clar_cla_person_id", review.c.child_id, ("clar_person_id",)),
        link("clar_cla_id", "review", "cla_id"),
        Field("clar_cla_review_date", review.c.held_on),
        Field("clar_cla_review_due_date", review.c.due_on),
        Field("clar_cla_review_cancelled", own("review", "cancelled", Boolean)),
    ),
)
