"""The case database: every table that the product reads or derives, and the rules its rows keep.

Ids are text. A spell is half-open: `ended_on` is the first day *not* included. Missing is NULL.
Foreign keys are not declared: an orphan row is a data issue to be mended, not a load that fails.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from data_access.code_sets.children import (
    CLOSURE,
    ETHNICITY,
    FACTOR,
    NEED,
    REFERRAL_SOURCE,
    SEX,
)
from data_access.code_sets.of_columns import CODES
from data_access.code_sets.outcomes import LEAVING_REASON, LEAVING_TO
from data_access.code_sets.plans import (
    LEGAL_STATUS,
    MISSING_KIND,
    PERIOD,
    PLACEMENT_KIND,
    PLAN_CATEGORY,
    PLAN_END_REASON,
    PLAN_KIND,
)
from data_access.code_sets.truths import LEAD, NO_FURTHER_ACTION, SEEN, SEEN_ALONE
from data_access.code_sets.workers import (
    ABSENCE_REASON,
    BEST,
    RATER,
    ROLE,
    SCALE,
    STAGE,
    TIME_CATEGORY,
    TIME_METHOD,
    UNIT_KIND,
)
from data_access.tables.outcomes import activity as activity
from data_access.tables.outcomes import attainment as attainment
from data_access.tables.outcomes import conference as conference
from data_access.tables.outcomes import education_period as education_period
from data_access.tables.outcomes import enquiry as enquiry
from data_access.tables.outcomes import offence as offence
from data_access.tables.outcomes import offence_match as offence_match
from data_access.tables.outcomes import review as review
from data_access.tables.outcomes import survey_question as survey_question
from data_access.tables.outcomes import survey_respondent as survey_respondent
from data_access.tables.outcomes import survey_response as survey_response
from data_access.tables.outcomes import survey_wave as survey_wave
from data_access.tables.outcomes import vacancy as vacancy
from data_access.tables.parts import key, maybe, needed, one_of
from data_access.tables.parts import metadata as metadata
from data_access.tables.practice import supervision as supervision
from data_access.tables.practice import supervision_child as supervision_child
from data_access.tables.support import early_help as early_help
from data_access.tables.support import enrolment as enrolment
from data_access.tables.support import exclusion as exclusion
from data_access.tables.support import intervention as intervention

PLAN_KINDS = PLAN_KIND.names
ROLES = ROLE.names
TIME_CATEGORIES = TIME_CATEGORY.names
TIME_METHODS = TIME_METHOD.names
PERIODS = PERIOD.names


unit = Table(
    "unit",
    metadata,
    key("unit_id"),
    needed("name"),
    maybe("service"),
    maybe("segment", says="the needs that the unit serves (evaluation 2017, Appendix 9)"),
    needed("kind", codes=UNIT_KIND),
    maybe("opened_on", Date),
    maybe("closed_on", Date, says="the first day on which it is no more"),
    maybe("continues", says="the id of the unit whose work this one took over"),
    one_of("kind", UNIT_KIND.names),
)

worker = Table(
    "worker",
    metadata,
    key("worker_id"),
    maybe("name"),
    maybe("registration_no", says="Social Work England number"),
    maybe("staff_no", says="the council's own number of its staff, where it is not the worker_id"),
)

post = Table(
    "post",
    metadata,
    key("post_id"),
    needed("worker_id"),
    needed("unit_id"),
    needed("role", codes=ROLE),
    needed("fte", Float),
    needed("agency", Boolean),
    needed("newly_qualified", Boolean),
    maybe("working_days", says="the days worked, as in Mon,Tue,Wed"),
    needed("started_on", Date),
    maybe("ended_on", Date, says="the day after HR's last day in post"),
    maybe("leaving_reason", codes=LEAVING_REASON),
    maybe("leaving_to", codes=LEAVING_TO),
    one_of("role", ROLES),
    CheckConstraint("fte >= 0 AND fte <= 1", name="fte_is_a_share"),
)

child = Table(
    "child",
    metadata,
    key("child_id"),
    maybe("name"),
    maybe("born_on", Date),
    maybe("sex", codes=SEX),
    maybe("ethnicity", codes=ETHNICITY),
    maybe("family_id"),
    needed("restricted", Boolean),
    one_of("sex", SEX.names),
)

referral = Table(
    "referral",
    metadata,
    key("referral_id"),
    needed("child_id"),
    needed("received_on", Date),
    maybe("source", codes=REFERRAL_SOURCE),
    maybe("primary_need", codes=NEED),
    maybe("no_further_action", Boolean, codes=NO_FURTHER_ACTION),
    maybe("closed_on", Date),
    maybe("closure_reason", codes=CLOSURE),
    maybe("recorded_on", Date),
)

assessment = Table(
    "assessment",
    metadata,
    key("assessment_id"),
    needed("child_id"),
    maybe("referral_id"),
    needed("started_on", Date),
    maybe("authorised_on", Date),
)

assessment_factor = Table(
    "assessment_factor",
    metadata,
    key("assessment_id"),
    Column("factor", String, primary_key=True, info={CODES: FACTOR}),
)

plan = Table(
    "plan",
    metadata,
    key("plan_id"),
    needed("child_id"),
    maybe("referral_id"),
    needed("kind", codes=PLAN_KIND),
    needed("started_on", Date),
    maybe("ended_on", Date),
    maybe("end_reason", codes=PLAN_END_REASON),
    maybe("category", codes=PLAN_CATEGORY),
    maybe("legal_status", codes=LEGAL_STATUS),
    maybe("previous_plans", Integer, says="earlier CP plans anywhere, as returned"),
    one_of("kind", PLAN_KINDS),
)

placement = Table(
    "placement",
    metadata,
    key("placement_id"),
    needed("child_id"),
    needed("started_on", Date),
    maybe("ended_on", Date),
    maybe("kind", codes=PLACEMENT_KIND),
    Column("long_term", Boolean, nullable=False, comment="meant to last until the child is 18"),
)

missing_episode = Table(
    "missing_episode",
    metadata,
    key("missing_episode_id"),
    needed("child_id"),
    maybe("kind", codes=MISSING_KIND),
    needed("started_on", Date),
    maybe("ended_on", Date, says="the day on which the child was found, or came back"),
    one_of("kind", MISSING_KIND.names),
)

allocation = Table(
    "allocation",
    metadata,
    key("allocation_id"),
    needed("child_id"),
    maybe("referral_id"),
    maybe("worker_id"),
    maybe("unit_id"),
    needed("lead", Boolean, LEAD),
    needed("started_on", Date),
    maybe("ended_on", Date),
)

visit = Table(
    "visit",
    metadata,
    key("visit_id"),
    needed("child_id"),
    needed("kind", codes=PLAN_KIND),
    needed("visited_on", Date),
    maybe("seen", Boolean, "false: an attempt; the clock runs on. Empty: seen", SEEN),
    maybe("seen_alone", Boolean, codes=SEEN_ALONE),
    maybe("worker_id"),
    maybe("recorded_on", Date),
    one_of("kind", PLAN_KINDS),
)

visit_detail = Table(
    "visit_detail",
    metadata,
    key("visit_detail_id"),
    maybe("visit_id", says="of the visit; without it child, day and kind say which"),
    maybe("child_id"),
    maybe("kind", codes=PLAN_KIND),
    maybe("visited_on", Date),
    maybe("seen", Boolean, codes=SEEN),
    maybe("seen_alone", Boolean, codes=SEEN_ALONE),
    maybe("worker_id"),
    maybe("recorded_on", Date),
    one_of("kind", PLAN_KINDS),
)

visit_interval = Table(
    "visit_interval",
    metadata,
    key("visit_interval_id"),
    needed("child_id"),
    needed("kind", codes=PLAN_KIND),
    needed("every", Integer),
    needed("period", codes=PERIOD),
    needed("effective_from", Date),
    maybe("effective_to", Date, says="first day no longer in force"),
    maybe("authorised_by"),
    maybe("reason"),
    one_of("kind", PLAN_KINDS),
    one_of("period", PERIODS),
)

scale_score = Table(
    "scale_score",
    metadata,
    key("scale_score_id"),
    needed("child_id"),
    maybe("referral_id"),
    needed("scale", codes=SCALE),
    needed("rater", codes=RATER),
    needed("scored_on", Date),
    needed("score", Float),
    needed("best", codes=BEST),
    maybe("recorded_on", Date),
    one_of("best", BEST.names),
)

time_record = Table(
    "time_record",
    metadata,
    key("time_record_id"),
    needed("worker_id"),
    maybe("unit_id"),
    Column("worked_on", Date, nullable=False, comment="a day, or the first day of the week"),
    needed("category", codes=TIME_CATEGORY),
    needed("hours", Float),
    needed("method", codes=TIME_METHOD),
    one_of("category", TIME_CATEGORIES),
    one_of("method", TIME_METHODS),
)

absence = Table(
    "absence",
    metadata,
    key("absence_id"),
    needed("worker_id"),
    needed("reason", codes=ABSENCE_REASON),
    needed("first_day", Date),
    maybe("last_day", Date, says="inclusive; empty: still absent"),
    needed("half_day", Boolean),
    maybe("recorded_on", Date),
    one_of("reason", ABSENCE_REASON.names),
)

complaint = Table(
    "complaint",
    metadata,
    key("complaint_id"),
    needed("received_on", Date),
    maybe("unit_id"),
    maybe("child_id"),
    needed("stage", Integer, STAGE),
    maybe("upheld", Boolean),
)

person = Table("person", metadata, key("person_id"), maybe("name"), maybe("sex", codes=SEX))

relationship = Table(
    "relationship",
    metadata,
    key("relationship_id"),
    needed("child_id"),
    needed("person_id"),
    needed("role"),
    maybe("started_on", Date),
    maybe("ended_on", Date),
    needed("verified", Boolean),
    maybe("source"),
)

source_load = Table(
    "source_load",
    metadata,
    key("load_id"),
    needed("source"),
    needed("taken_at", DateTime),
    maybe("data_to", Date, says="last day covered"),
    maybe("software_version"),
    Column(
        "rows_json", Text, comment="read, written, left out, and what the source cannot support"
    ),
)

data_issue = Table(
    "data_issue",
    metadata,
    key("issue_id"),
    maybe("load_id"),
    needed("rule"),
    needed("table_name"),
    maybe("row_key"),
    needed("severity"),
    needed("message", Text),
    one_of("severity", ("error", "warning")),
)

CANONICAL = tuple(t for t in metadata.sorted_tables if t not in (source_load, data_issue))

# No source brings these: each load takes them over from the database that it replaces.
visit_seen = Table(
    "visit_seen",
    metadata,
    key("visit_id"),
    needed("child_id"),
    needed("visited_on", Date),
    Column("first_seen_on", Date, nullable=False, comment="last day of the load that first had it"),
    maybe("not_seen_on", Date, says="last day of the load before, which could have had it"),
)

child_told = Table(
    "child_told",
    metadata,
    key("child_id"),
    key("source"),
    maybe("name"),
    maybe("born_on", Date),
    maybe("sex"),
    maybe("ethnicity"),
    maybe("family_id"),
    maybe("restricted", Boolean, says="that the source says so; of a child who has gone, it was"),
)

load_report = Table(
    "load_report",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    needed("taken_at", DateTime),
    needed("report_json", Text),
)

calendar_day = Table(
    "calendar_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("month", Date, nullable=False, comment="the first day of the month"),
    Column("working", Boolean, nullable=False, comment="Monday to Friday, no bank holiday"),
    Column("working_day_number", Integer, nullable=False, comment="working days up to this day"),
    needed("day_number", Integer),
    Column("week_started_on", Date, nullable=False, comment="the Monday on or before the day"),
)

status_spell = Table(
    "status_spell",
    metadata,
    needed("child_id"),
    Column("status", String, nullable=False, comment="CLA, CP, CIN or assessment: the highest"),
    needed("started_on", Date),
    maybe("ended_on", Date),
)

status_run = Table(
    "status_run",
    metadata,
    needed("child_id"),
    Column("level", String, nullable=False, comment="CLA, CP, CIN or open; settled"),
    needed("started_on", Date),
    maybe("ended_on", Date),
)

change_taken_back = Table(
    "change_taken_back",
    metadata,
    needed("child_id"),
    Column("level", String, nullable=False, comment="of the run that settled into the one before"),
    needed("started_on", Date),
    needed("ended_on", Date),
)

transfer = Table(
    "transfer",
    metadata,
    needed("child_id"),
    maybe("referral_id", says="of the case; empty: nobody knows which"),
    needed("from_unit"),
    needed("to_unit"),
    needed("moved_on", Date),
    Column("days_between", Integer, nullable=False, comment="days without a unit that is known"),
    maybe("from_worker_id", says="lead worker on the last day before"),
    maybe("to_worker_id", says="lead worker on moved_on"),
    maybe("back_on", Date, says="when the child was next at from_unit, in the same case"),
)

review_due = Table(
    "review_due",
    metadata,
    needed("child_id"),
    needed("plan_id"),
    needed("kind"),
    needed("clock_started_on", Date),
    needed("due_on", Date),
    maybe("review_id"),
    maybe("held_on", Date),
    maybe("plan_ended_on", Date),
    Column("unit_id", String, comment="of the lead allocation on the due date"),
    Column("worker_id", String, comment="lead worker on the due date"),
)

visit_due = Table(
    "visit_due",
    metadata,
    needed("child_id"),
    needed("plan_id"),
    needed("kind"),
    needed("clock_started_on", Date),
    Column("due_on", Date, nullable=False, comment="by this child's interval"),
    needed("standard_due_on", Date),
    needed("standard_every", Integer),
    needed("standard_period"),
    maybe("lawful_due_on", Date, says="looked-after children only"),
    maybe("visit_id"),
    maybe("visited_on", Date),
    maybe("recorded_on", Date),
    maybe("plan_ended_on", Date),
    Column("unit_id", String, comment="of the lead allocation on the due date"),
    Column("worker_id", String, comment="lead worker on the due date"),
    Column("agreed_every", Integer, comment="the agreed interval that set due_on; NULL: standard"),
    maybe("agreed_period"),
    needed("attempts", Integer),
    maybe("visit_interval_id", says="the agreement that set due_on; NULL: the standard did"),
    needed("set_by"),
    maybe("looser_than", says="what asks for the visit sooner: standard, law, standard and law"),
    one_of("set_by", ("agreed", "standard")),
)

figure = Table(
    "figure",
    metadata,
    Column("metric", String, nullable=False, comment="a metric's key, or key.companion"),
    Column("unit_id", String, comment="'*': the service; NULL: rows with no unit"),
    needed("month", Date),
    needed("numerator", Float),
    needed("denominator", Float),
)

quantile = Table(
    "quantile",
    metadata,
    Column("metric", String, nullable=False, comment="a metric's key"),
    Column("unit_id", String, comment="'*': the service; NULL: rows with no unit"),
    needed("month", Date),
    Column("key", String, nullable=False, comment="which quantile, as the metric declares it"),
    needed("value", Float),
    Column("n", Integer, nullable=False, comment="over how many rows"),
)

derived_with = Table(
    "derived_with",
    metadata,
    Column("setting", String, primary_key=True, comment="its section and key, as people write it"),
    Column("value", Text, nullable=False, comment="what it was when the figures were counted"),
)

segment_proposal = Table(
    "segment_proposal",
    metadata,
    needed("as_on", Date),
    maybe("family_id", says="NULL: a child of no family, alone"),
    Column(
        "child_id",
        String,
        nullable=False,
        comment="of the family's open children: a restricted one if any is, then one who is held",
    ),
    Column("unit_id", String, comment="of that child's lead allocation on the day"),
    maybe("held_since", Date, says="the day since which that unit has led without another"),
    Column("outcome", String, nullable=False, comment="fits, no_fit or not_assessed"),
    Column("proposed_unit", String, comment="the unit whose rule fits"),
    Column("rule", String, comment="that rule's name"),
    Column("reason", String, comment="of a family that fits no rule: its class, in words"),
    Column("factors", Text, nullable=False, comment="a JSON list: codes, of the family"),
    Column("beside", Text, nullable=False, comment="JSON: rules of which something is met"),
    Column("assessment_ids", Text, nullable=False, comment="a JSON list: what it rests on"),
    Column("ages", Text, nullable=False, comment="a JSON list: of the open children, eldest first"),
    maybe("authorised_on", Date, says="when the last of these assessments was authorised"),
    maybe("waiting_since", Date, says="since then, or since the referral where that came later"),
    maybe("waiting_days", Integer),
    Column("child_ids", Text, nullable=False, comment="a JSON list: the open children"),
    Column("assessed", Text, nullable=False, comment="JSON: age and codes of each assessed child"),
    one_of("outcome", ("fits", "no_fit", "not_assessed")),
)

DERIVED = (
    calendar_day,
    status_spell,
    status_run,
    change_taken_back,
    visit_due,
    review_due,
    transfer,
    figure,
    quantile,
    segment_proposal,
    derived_with,
)

# DuckDB reads columns in blocks and skips those that can't match: indexes only slow its loads.
for name, *columns in (
    ("post_worker", post.c.worker_id),
    ("referral_child", referral.c.child_id),
    ("assessment_child", assessment.c.child_id),
    ("plan_child", plan.c.child_id),
    ("placement_child", placement.c.child_id),
    ("missing_episode_child", missing_episode.c.child_id),
    ("allocation_child", allocation.c.child_id),
    ("allocation_worker", allocation.c.worker_id),
    ("visit_child", visit.c.child_id, visit.c.visited_on),
    ("visit_interval_child", visit_interval.c.child_id),
    ("scale_score_child", scale_score.c.child_id),
    ("time_record_day", time_record.c.worked_on),
    ("absence_worker", absence.c.worker_id),
    ("status_spell_child", status_spell.c.child_id),
    ("enquiry_child", enquiry.c.child_id),
    ("conference_child", conference.c.child_id),
    ("review_child", review.c.child_id),
    ("enrolment_child", enrolment.c.child_id),
    ("status_run_child", status_run.c.child_id),
    ("review_due_child", review_due.c.child_id),
    ("visit_due_child", visit_due.c.child_id),
    ("visit_due_day", visit_due.c.due_on),
    ("figure_month", figure.c.month, figure.c.metric),
):
    Index(name, *columns).ddl_if(dialect="postgresql")
