"""The extension tables `cs_…`: their columns, and as what of ours each is read.

They stand in a council's own database beside its Standard Safeguarding Dataset, under the names
that are declared here. Ids of children, workers, referrals, teams and visits are the SSD's.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Boolean, Column, Date, Float, MetaData, String, Table

from data_access import schema
from data_access.code_sets.code_set import Code, CodeSet
from data_access.code_sets.of_columns import CODES
from data_access.code_sets.plans import PLAN_KIND
from data_access.code_sets.workers import ABSENCE_REASON, RATER, ROLE, SCALE, TIME_CATEGORY
from loading.sources.workforce_census import ROLES

TIMESHEET, SURVEY, INFERRED = "timesheet", "survey", "inferred"
METHOD = CodeSet(
    (
        Code("diary", "a week's diary"),
        Code(SURVEY, "sample-week survey"),
        Code(TIMESHEET, "timesheet", ("time sheet",)),
        Code(INFERRED, "inferred-from-visits"),
    )
)
# OrgRole of the workforce census, or a role in words.
_OF_CENSUS = {role: tuple(code for code, of in ROLES.items() if of == role) for role in ROLE.names}
WORKER_ROLE = CodeSet(
    tuple(Code(one.code, one.means, (*one.spelt, *_OF_CENSUS[one.code])) for one in ROLE.codes)
)
DAY_KIND = CodeSet((Code("days", "calendar"), Code("working_days", "working")))
VISIT_SOURCE = CodeSet(
    (
        Code("CIN", "ssd_cin_visits"),
        Code("CP", "ssd_cp_visits"),
        Code("CLA", "ssd_cla_visits"),
    )
)


@dataclass(frozen=True)
class ExtensionTable:
    """One table: `columns` by their names there, each as it is read; `read_as` is all of them."""

    name: str
    read_as: Table
    columns: Mapping[str, Column]

    @property
    def needed(self) -> list[str]:
        """The names of the columns without which no row of it can be used."""
        return [name for name, column in self.columns.items() if not column.nullable]


def _table(name: str, fills: Table, **columns: Column) -> ExtensionTable:
    """Under the name of the table that it fills: so issues and counts are told."""
    return ExtensionTable(name, Table(fills.name, MetaData(), *columns.values()), columns)


def _id(name: str, *, nullable: bool = False) -> Column:
    return Column(name, String, nullable=nullable)


def _day(name: str, *, nullable: bool = False) -> Column:
    return Column(name, Date, nullable=nullable)


def _coded(name: str, codes: CodeSet, *, nullable: bool = False) -> Column:
    return Column(name, String, nullable=nullable, info={CODES: codes})


def _truth(name: str, *, nullable: bool = False) -> Column:
    return Column(name, Boolean, nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> Column:
    return Column(name, Float, nullable=nullable)


UNITS = _table(
    "cs_unit",
    schema.unit,
    unit_id=_id("unit_id"),
    unit_name=Column("name", String, nullable=False),
    service_id=_id("service_id", nullable=True),
    segment=Column("segment", String),
    valid_from=_day("opened_on", nullable=True),
    valid_to=_day("closed_on", nullable=True),
)
TEAMS = _table(
    "cs_unit_team_map",
    # No table of ours: it says under which unit the SSD's teams are put.
    Table("cs_unit_team_map", MetaData()),
    dept_team_id=_id("team_id"),
    unit_id=_id("unit_id"),
    valid_from=_day("opened_on", nullable=True),
    valid_to=_day("closed_on", nullable=True),
)
POSTS = _table(
    "cs_worker_post",
    schema.post,
    post_id=_id("post_id"),
    professional_id=_id("worker_id", nullable=True),
    swe_no=_id("registration_no", nullable=True),
    unit_id=_id("unit_id"),
    role_code=_coded("role", WORKER_ROLE),
    fte=_number("fte"),
    is_agency=_truth("agency"),
    is_asye=_truth("newly_qualified", nullable=True),
    working_days=Column("working_days", String),
    valid_from=_day("started_on"),
    valid_to=_day("ended_on", nullable=True),
)
ABSENCES = _table(
    "cs_staff_absence",
    schema.absence,
    absence_id=_id("absence_id"),
    swe_no_or_staff_id=_id("worker_id"),
    reason_code=_coded("reason", ABSENCE_REASON),
    first_day=_day("first_day"),
    last_day=_day("last_day", nullable=True),
    working_days_lost=_number("days_lost", nullable=True),
    recorded_at=_day("recorded_on", nullable=True),
)
TIMES = _table(
    "cs_worker_time",
    schema.time_record,
    period_start=_day("worked_on"),
    period_end=_day("last_day"),
    professional_id=_id("worker_id"),
    unit_id=_id("unit_id", nullable=True),
    category=_coded("category", TIME_CATEGORY),
    hours=_number("hours"),
    method=_coded("method", METHOD),
)
SCALES = _table(
    "cs_sos_scale",
    schema.scale_score,
    scale_id=_id("scale_score_id"),
    person_id=_id("child_id"),
    referral_id=_id("referral_id", nullable=True),
    scale_type=_coded("scale", SCALE),
    danger_statement_no=_id("statement_id", nullable=True),
    rated_on=_day("scored_on"),
    score=_number("score"),
    rater_role=_coded("rater", RATER),
    recorded_at=_day("recorded_on", nullable=True),
)
VISITS = _table(
    "cs_visit_detail",
    schema.visit_detail,
    visit_source=_coded("kind", VISIT_SOURCE),
    visit_id=_id("visit_id"),
    recorded_at=_day("recorded_on", nullable=True),
    professional_id=_id("worker_id", nullable=True),
    attempted_only=_truth("attempted_only", nullable=True),
)
INTERVALS = _table(
    "cs_visit_requirement",
    schema.visit_interval,
    requirement_id=_id("visit_interval_id"),
    person_id=_id("child_id"),
    basis=_coded("kind", PLAN_KIND),
    interval_days=Column("every", schema.visit_interval.c.every.type, nullable=False),
    day_kind=_coded("period", DAY_KIND),
    valid_from=_day("effective_from"),
    valid_to=_day("effective_to", nullable=True),
    set_by=Column("authorised_by", String),
)
EXTENSION_TABLES = (UNITS, TEAMS, POSTS, ABSENCES, TIMES, SCALES, VISITS, INTERVALS)


def is_extension(name: str) -> bool:
    """Whether a table of this name is one of the extension tables that are read."""
    return name.lower() in {table.name for table in EXTENSION_TABLES}
