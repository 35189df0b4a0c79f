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
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeEngine

from data_access.code_sets.children import (
    CLOSURE,
    ETHNICITY,
    FACTOR,
    NEED,
    REFERRAL_SOURCE,
    SEX,
)
from data_access.code_sets.code_set import Codes
from data_access.code_sets.of_columns import CODES
from data_access.code_sets.plans import (
    LEGAL_STATUS,
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
    SURVEY,
    TIME_CATEGORY,
    TIME_METHOD,
    UNIT_KIND,
)

metadata = MetaData()

PLAN_KINDS = PLAN_KIND.names
ROLES = ROLE.names
TIME_CATEGORIES = TIME_CATEGORY.names
TIME_METHODS = TIME_METHOD.names
PERIODS = PERIOD.names


def _key(name: str) -> Column[str]:
    return Column(name, String, primary_key=True)


def _needed(
    name: str, kind: TypeEngine | type[TypeEngine] = String, codes: Codes | None = None
) -> Column:
    return Column(name, kind, nullable=False, info={CODES: codes})


def _maybe(
    name: str,
    kind: TypeEngine | type[TypeEngine] = String,
    says: str = "",
    codes: Codes | None = None,
) -> Column:
    return Column(name, kind, comment=says or None, info={CODES: codes})


def _one_of(column: str, allowed: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in allowed)
    return CheckConstraint(f"{column} IS NULL OR {column} IN ({listed})", name=f"{column}_is_known")


unit = Table(
    "unit",
    metadata,
    _key("unit_id"),
    _needed("name"),
    _maybe("service"),
    _maybe("segment", says="the needs that the unit serves (evaluation 2017, Appendix 9)"),
    _needed("kind", codes=UNIT_KIND),
    _maybe("opened_on", Date),
    _maybe("closed_on", Date, says="the first day on which it is no more"),
    _maybe("continues", says="the id of the unit whose work this one took over"),
    _one_of("kind", UNIT_KIND.names),
)

worker = Table(
    "worker",
    metadata,
    _key("worker_id"),
    _maybe("name"),
    _maybe("registration_no", says="Social Work England number"),
)

post = Table(
    "post",
    metadata,
    _key("post_id"),
    _needed("worker_id"),
    _needed("unit_id"),
    _needed("role", codes=ROLE),
    _needed("fte", Float),
    _needed("agency", Boolean),
    _needed("newly_qualified", Boolean),
    _maybe("working_days", says="the days worked, as in Mon,Tue,Wed"),
    _needed("started_on", Date),
    _maybe("ended_on", Date, says="the day after HR's last day in post"),
    _one_of("role", ROLES),
    CheckConstraint("fte >= 0 AND fte <= 1", name="fte_is_a_share"),
)

child = Table(
    "child",
    metadata,
    _key("child_id"),
    _maybe("name"),
    _maybe("born_on", Date),
    _maybe("sex", codes=SEX),
    _maybe("ethnicity", codes=ETHNICITY),
    _maybe("family_id"),
    _needed("restricted", Boolean),
    _one_of("sex", SEX.names),
)

referral = Table(
    "referral",
    metadata,
    _key("referral_id"),
    _needed("child_id"),
    _needed("received_on", Date),
    _maybe("source", codes=REFERRAL_SOURCE),
    _maybe("primary_need", codes=NEED),
    _maybe("no_further_action", Boolean, codes=NO_FURTHER_ACTION),
    _maybe("closed_on", Date),
    _maybe("closure_reason", codes=CLOSURE),
    _maybe("recorded_on", Date),
)

assessment = Table(
    "assessment",
    metadata,
    _key("assessment_id"),
    _needed("child_id"),
    _maybe("referral_id"),
    _needed("started_on", Date),
    _maybe("authorised_on", Date),
)

assessment_factor = Table(
    "assessment_factor",
    metadata,
    _key("assessment_id"),
    Column("factor", String, primary_key=True, info={CODES: FACTOR}),
)

plan = Table(
    "plan",
    metadata,
    _key("plan_id"),
    _needed("child_id"),
    _maybe("referral_id"),
    _needed("kind", codes=PLAN_KIND),
    _needed("started_on", Date),
    _maybe("ended_on", Date),
    _maybe("end_reason", codes=PLAN_END_REASON),
    _maybe("category", codes=PLAN_CATEGORY),
    _maybe("legal_status", codes=LEGAL_STATUS),
    _one_of("kind", PLAN_KINDS),
)

placement = Table(
    "placement",
    metadata,
    _key("placement_id"),
    _needed("child_id"),
    _needed("started_on", Date),
    _maybe("ended_on", Date),
    _maybe("kind", codes=PLACEMENT_KIND),
    Column("long_term", Boolean, nullable=False, comment="meant to last until the child is 18"),
)

allocation = Table(
    "allocation",
    metadata,
    _key("allocation_id"),
    _needed("child_id"),
    _maybe("referral_id"),
    _maybe("worker_id"),
    _maybe("unit_id"),
    _needed("lead", Boolean, LEAD),
    _needed("started_on", Date),
    _maybe("ended_on", Date),
)

visit = Table(
    "visit",
    metadata,
    _key("visit_id"),
    _needed("child_id"),
    _needed("kind", codes=PLAN_KIND),
    _needed("visited_on", Date),
    _maybe("seen", Boolean, "false: an attempt; the clock runs on. NULL: seen", SEEN),
    _maybe("seen_alone", Boolean, codes=SEEN_ALONE),
    _maybe("worker_id"),
    _maybe("recorded_on", Date),
    _one_of("kind", PLAN_KINDS),
)

visit_interval = Table(
    "visit_interval",
    metadata,
    _key("visit_interval_id"),
    _needed("child_id"),
    _needed("kind", codes=PLAN_KIND),
    _needed("every", Integer),
    _needed("period", codes=PERIOD),
    _needed("effective_from", Date),
    _maybe("effective_to", Date, says="first day no longer in force"),
    _maybe("authorised_by"),
    _maybe("reason"),
    _one_of("kind", PLAN_KINDS),
    _one_of("period", PERIODS),
)

scale_score = Table(
    "scale_score",
    metadata,
    _key("scale_score_id"),
    _needed("child_id"),
    _maybe("referral_id"),
    _needed("scale", codes=SCALE),
    _needed("rater", codes=RATER),
    _needed("scored_on", Date),
    _needed("score", Float),
    _needed("best", codes=BEST),
    _maybe("recorded_on", Date),
    _one_of("best", BEST.names),
)

time_record = Table(
    "time_record",
    metadata,
    _key("time_record_id"),
    _needed("worker_id"),
    _maybe("unit_id"),
    Column("worked_on", Date, nullable=False, comment="a day, or the first day of the week"),
    _needed("category", codes=TIME_CATEGORY),
    _needed("hours", Float),
    _needed("method", codes=TIME_METHOD),
    _one_of("category", TIME_CATEGORIES),
    _one_of("method", TIME_METHODS),
)

absence = Table(
    "absence",
    metadata,
    _key("absence_id"),
    _needed("worker_id"),
    _needed("reason", codes=ABSENCE_REASON),
    _needed("first_day", Date),
    _maybe("last_day", Date, says="inclusive; NULL: still absent"),
    _needed("half_day", Boolean),
    _maybe("recorded_on", Date),
    _one_of("reason", ABSENCE_REASON.names),
)

complaint = Table(
    "complaint",
    metadata,
    _key("complaint_id"),
    _needed("received_on", Date),
    _maybe("unit_id"),
    _maybe("child_id"),
    _needed("stage", Integer, STAGE),
    _maybe("upheld", Boolean),
)

survey_response = Table(
    "survey_response",
    metadata,
    _key("response_id"),
    _needed("survey", codes=SURVEY),
    _needed("answered_on", Date),
    _maybe("unit_id"),
    _needed("question"),
    _maybe("answer", Integer, says="1 to 5; NULL: does not apply"),
    _one_of("survey", SURVEY.names),
)

person = Table("person", metadata, _key("person_id"), _maybe("name"), _maybe("sex", codes=SEX))

relationship = Table(
    "relationship",
    metadata,
    _key("relationship_id"),
    _needed("child_id"),
    _needed("person_id"),
    _needed("role"),
    _maybe("started_on", Date),
    _maybe("ended_on", Date),
    _needed("verified", Boolean),
    _maybe("source"),
)

source_load = Table(
    "source_load",
    metadata,
    _key("load_id"),
    _needed("source"),
    _needed("taken_at", DateTime),
    _maybe("data_to", Date, says="last day covered"),
    _maybe("software_version"),
    Column(
        "rows_json", Text, comment="read, written, left out, and what the source cannot support"
    ),
)

data_issue = Table(
    "data_issue",
    metadata,
    _key("issue_id"),
    _maybe("load_id"),
    _needed("rule"),
    _needed("table_name"),
    _maybe("row_key"),
    _needed("severity"),
    _needed("message", Text),
    _one_of("severity", ("error", "warning")),
)

CANONICAL = tuple(t for t in metadata.sorted_tables if t not in (source_load, data_issue))

calendar_day = Table(
    "calendar_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("month", Date, nullable=False, comment="the first day of the month"),
    Column("working", Boolean, nullable=False, comment="Monday to Friday, no bank holiday"),
    Column("working_day_number", Integer, nullable=False, comment="working days up to this day"),
    _needed("day_number", Integer),
    Column("week_started_on", Date, nullable=False, comment="the Monday on or before the day"),
)

status_spell = Table(
    "status_spell",
    metadata,
    _needed("child_id"),
    Column("status", String, nullable=False, comment="CLA, CP, CIN or assessment: the highest"),
    _needed("started_on", Date),
    _maybe("ended_on", Date),
)

visit_due = Table(
    "visit_due",
    metadata,
    _needed("child_id"),
    _needed("plan_id"),
    _needed("kind"),
    _needed("clock_started_on", Date),
    Column("due_on", Date, nullable=False, comment="by this child's interval"),
    _needed("standard_due_on", Date),
    _needed("standard_every", Integer),
    _needed("standard_period"),
    _maybe("lawful_due_on", Date, says="looked-after children only"),
    _maybe("visit_id"),
    _maybe("visited_on", Date),
    _maybe("recorded_on", Date),
    _maybe("plan_ended_on", Date),
    Column("unit_id", String, comment="of the lead allocation on the due date"),
    Column("worker_id", String, comment="lead worker on the due date"),
    Column("agreed_every", Integer, comment="the agreed interval that set due_on; NULL: standard"),
    _maybe("agreed_period"),
    _needed("attempts", Integer),
    _maybe("visit_interval_id", says="the agreement that set due_on; NULL: the standard did"),
    _needed("set_by"),
    _maybe("looser_than", says="what asks for the visit sooner: standard, law, standard and law"),
    _one_of("set_by", ("agreed", "standard")),
)

figure = Table(
    "figure",
    metadata,
    Column("metric", String, nullable=False, comment="a metric's key, or key.companion"),
    Column("unit_id", String, comment="'*': the service; NULL: rows with no unit"),
    _needed("month", Date),
    _needed("numerator", Float),
    _needed("denominator", Float),
)

quantile = Table(
    "quantile",
    metadata,
    Column("metric", String, nullable=False, comment="a metric's key"),
    Column("unit_id", String, comment="'*': the service; NULL: rows with no unit"),
    _needed("month", Date),
    Column("key", String, nullable=False, comment="which quantile, as the metric declares it"),
    _needed("value", Float),
    Column("n", Integer, nullable=False, comment="over how many rows"),
)

derived_with = Table(
    "derived_with",
    metadata,
    Column("setting", String, primary_key=True, comment="its section and key, as people write it"),
    Column("value", Text, nullable=False, comment="what it was when the figures were counted"),
)

DERIVED = (calendar_day, status_spell, visit_due, figure, quantile, derived_with)

# DuckDB reads columns in blocks and skips those that can't match: indexes only slow its loads.
for name, *columns in (
    ("post_worker", post.c.worker_id),
    ("referral_child", referral.c.child_id),
    ("assessment_child", assessment.c.child_id),
    ("plan_child", plan.c.child_id),
    ("placement_child", placement.c.child_id),
    ("allocation_child", allocation.c.child_id),
    ("allocation_worker", allocation.c.worker_id),
    ("visit_child", visit.c.child_id, visit.c.visited_on),
    ("visit_interval_child", visit_interval.c.child_id),
    ("scale_score_child", scale_score.c.child_id),
    ("time_record_day", time_record.c.worked_on),
    ("absence_worker", absence.c.worker_id),
    ("status_spell_child", status_spell.c.child_id),
    ("visit_due_child", visit_due.c.child_id),
    ("visit_due_day", visit_due.c.due_on),
    ("figure_month", figure.c.month, figure.c.metric),
):
    Index(name, *columns).ddl_if(dialect="postgresql")
