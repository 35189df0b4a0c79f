"""Made-up services, small enough to count by hand: a `World` is plain rows, table by table."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pandas as pd
from hypothesis import strategies as st
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Engine,
    Float,
    Integer,
    Select,
    Table,
    func,
    insert,
    select,
)
from sqlalchemy.sql import visitors

from data_access import schema
from data_access.database import empty, write
from data_access.due.clocks import Knowledge
from data_access.kept_rows import keep
from data_access.settings import RecordingStandard, Settings
from data_access.settings_file.reading import read_settings
from loading.calendar import calendar_days
from loading.deriving import OF_CHILDREN, fill_statuses
from metrics.catalogue import CATALOGUE
from metrics.model import Basis, Metric, Months, Period
from metrics.stored.counting import WORK_LISTS
from tests.clock_cases import CASES, NEARBY
from tests.metrics.plain import months_later, working_days_later

SETTINGS = read_settings()
AS_AT = date(2016, 10, 14)
CALENDAR = (date(2015, 1, 1), date(2018, 12, 31))
FIRST, LAST = Period(2016, 2), Period(2016, 10)
UNITS = ("U1", "U2")
WORKERS = ("Ann", "Bob")
CHILDREN = ("Kit", "Lou")
# Held from long ago: else a metric that needs history would count nothing to be tested.
LONG_HELD = {table.name: "2010-01-01" for table in schema.CANONICAL}
# Leap day, Easter (25 and 28 March), early May and August bank holidays, month ends.
EDGES = [
    date(2016, month, day)
    for month, day in (
        (2, 28), (2, 29), (3, 1), (3, 24), (3, 25), (3, 28), (3, 31), (4, 1), (4, 29), (5, 2),
        (7, 31), (8, 1), (8, 26), (8, 29), (8, 30), (8, 31), (9, 1), (9, 30), (10, 1), (10, 13),
        (10, 14),
    )
]  # fmt: skip
Row = dict[str, Any]


@dataclass
class World:
    """Rows by table name."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def add(self, table: str, **row: Any) -> "World":
        """Adds a row; its key is made up where the table has one of its own name."""
        key = f"{table}_id"
        named = key in schema.metadata.tables[table].c and key not in row
        numbered = {key: f"{table}-{len(self.rows[table]):03}"} if named else {}
        self.rows[table].append(numbered | row)
        return self

    def of(self, table: str) -> list[Row]:
        """The table's rows with every column, missing ones None."""
        columns = schema.metadata.tables[table].c.keys()
        return [{name: row.get(name) for name in columns} for row in self.rows[table]]


def recorded_within(*standards: tuple[int, date]) -> Settings:
    """The tests' council with other recording standards: working days, and the day from which."""
    dated = tuple(RecordingStandard(days, day, "agreed") for days, day in standards)
    return replace(SETTINGS, recording_standards=dated)


def basis(settings: Settings = SETTINGS, known_on: date | None = None) -> Basis:
    return Basis(settings, known_on or AS_AT, known_on)


def months() -> Months:
    return Months(FIRST, LAST)


@contextmanager
def loaded(
    engine: Engine,
    world: World,
    settings: Settings = SETTINGS,
    only_for: Sequence[Select | Table] = (),
) -> Iterator[Engine]:
    """`engine` with the world in it and what is derived of its plans; no figures.

    Where the world is loaded `only_for` some queries or tables, only the derived tables that they
    read are filled: to fill them all takes longer than most queries.
    """
    with engine.begin() as connection:
        empty(
            connection, *(t for t in schema.metadata.sorted_tables if t is not schema.calendar_day)
        )
        # A test that derives figures leaves its own calendar, which may start later.
        days = schema.calendar_day.c.day
        spanned = connection.execute(select(func.min(days), func.max(days))).one()
        if tuple(spanned) != CALENDAR:
            empty(connection, schema.calendar_day)
            write(connection, schema.calendar_day, calendar_days(*CALENDAR))
        for name in [name for name, rows in world.rows.items() if rows]:
            connection.execute(insert(schema.metadata.tables[name]), world.of(name))
        wanted = {table for query in only_for for table in _read_by(query)}
        if world.rows["plan"]:
            fill_statuses(connection)
        for tables, fill in OF_CHILDREN.items():
            # Without a plan all derived tables stay empty, but those that rest on none.
            rests_on = "allocation" if schema.transfer in tables else "plan"
            if world.rows[rests_on] and (not only_for or wanted.intersection(tables)):
                fill(connection, settings, Knowledge(AS_AT))
    yield engine


def _read_by(query: Select | Table) -> Iterator[Table]:
    return (one for one in visitors.iterate(query) if isinstance(one, Table))


@contextmanager
def worked_out(engine: Engine, world: World) -> Iterator[Engine]:
    """The world with what derive keeps for the lists."""
    with loaded(engine, world):
        with engine.begin() as connection:
            for kept in WORK_LISTS:
                queries = [kept.query(months(), basis())]
                keep(connection, kept.table(SETTINGS), queries, kept.order)
        yield engine


def frame(world: World, table: str) -> pd.DataFrame:
    return pd.DataFrame(world.of(table))


def near(day: date) -> list[date]:
    return [day + timedelta(n) for n in (-1, 0, 1)]


edges = st.sampled_from(sorted(set(EDGES)))
maybe = st.sampled_from([*sorted(set(EDGES)), *[None] * len(EDGES)])
units = st.sampled_from([*UNITS, None])
workers = st.sampled_from(WORKERS)
children = st.sampled_from(CHILDREN)
yes_or_no = st.booleans()


@st.composite
def many(draw, table: str, most: int, **columns) -> list[Row]:
    # Left to itself the draw is mostly one row or none.
    least = draw(st.sampled_from([0, most // 2, most // 2 + 1]))
    return draw(st.lists(st.fixed_dictionaries(columns), min_size=least, max_size=most))


def _with(world: World, draw, table: str, most: int, **columns) -> None:
    for row in draw(many(table, most, **columns)):
        world.add(table, **row)


def _roles():
    return st.sampled_from(["social_worker", "social_worker", "team_manager"])


@st.composite
def staffed(draw) -> World:
    """Units, workers and posts, none of them sure to fit the others."""
    world = World()
    for unit_id in UNITS:
        world.add("unit", unit_id=unit_id, name=f"Team {unit_id}", kind="segmented")
    for worker_id in WORKERS:
        world.add("worker", worker_id=worker_id, name=f"{worker_id} Example")
    for child_id in CHILDREN:
        world.add("child", child_id=child_id, name=f"{child_id} Example", restricted=False)
    _with(
        world, draw, "post", 4,
        worker_id=workers, unit_id=st.sampled_from(UNITS), role=_roles(),
        fte=st.sampled_from([0.5, 1.0, 0.5, 0.0]), agency=st.sampled_from([False, False, True]),
        newly_qualified=st.just(False),
        started_on=st.sampled_from([date(2016, 1, 4)] * len(EDGES) + EDGES), ended_on=maybe,
    )  # fmt: skip
    return world


@st.composite
def allocated(draw) -> World:
    """A staffed world whose children are allocated, singly, twice over, or not at all."""
    world = draw(staffed())
    _with(
        world, draw, "allocation", 5,
        child_id=children, worker_id=st.sampled_from([*WORKERS, *WORKERS, None]), unit_id=units,
        lead=st.sampled_from([True, True, True, False]), started_on=edges, ended_on=maybe,
    )  # fmt: skip
    return world


@st.composite
def timed(draw) -> World:
    """A staffed world with time records of every kind that counts and that does not."""
    world = draw(staffed())
    _with(
        world, draw, "time_record", 8,
        worker_id=workers, unit_id=units, worked_on=edges,
        category=st.sampled_from(["direct_work", "training", "travel", "annual_leave", "sickness"]),
        # Quarter hours, which floats add exactly.
        hours=st.integers(0, 40).map(lambda quarters: quarters / 4),
        method=st.sampled_from(["diary", "diary", "diary", "survey"]),
    )  # fmt: skip
    return world


@st.composite
def absent(draw) -> World:
    """A staffed world with absences that overlap, stay open, and cross ends of months and posts."""
    world = draw(staffed())
    for row in draw(
        many(
            "absence", 6,
            worker_id=workers, reason=st.sampled_from(["SIC", "SIC", "SIC", "MAT"]),
            first_day=edges, last_day=maybe, half_day=yes_or_no,
        )
    ):  # fmt: skip
        if row["last_day"] is None or row["last_day"] >= row["first_day"]:
            world.add("absence", **row)
    return world


@st.composite
def closing(draw) -> World:
    """An allocated world with referrals that close, and scores in, beside and outside them."""
    world = draw(allocated())
    open_for = st.sampled_from([1, 2, 28, 31, 60, 0, None])
    for row in draw(many("referral", 3, child_id=children, received_on=edges, closed_on=open_for)):
        if row["closed_on"] is not None:
            row["closed_on"] = row["received_on"] + timedelta(row["closed_on"])
        world.add("referral", **row)
    ids = [row["referral_id"] for row in world.rows["referral"]]
    for referral in list(world.rows["referral"]):
        first, last = referral["received_on"], referral["closed_on"] or AS_AT
        days = [first, last, last, first] + near(first) + near(last)
        _with(
            world, draw, "scale_score", 6,
            child_id=st.just(referral["child_id"]),
            referral_id=st.sampled_from([referral["referral_id"]] * 3 + [None, *ids]),
            scale=st.sampled_from(["safety"] * 5 + ["danger"]),
            rater=st.sampled_from(["social_worker"] * 5 + ["parent"]),
            scored_on=st.sampled_from(days),
            score=st.sampled_from([0.0, 1.0, 5.0, 9.0, 10.0, 11.0]),
            best=st.sampled_from(["high", "high", "low"]),
        )  # fmt: skip
    return world


def _visit_of(plan: Row, whose=None, kinds=None) -> dict[str, st.SearchStrategy]:
    """Visits at and about the days on which the plan's first clocks run out."""
    after = [3, 5, 6, 7, 8, 10, 14, 20, 27, 28, 29, 30, 34, 42, 48, 55, 56, 57, 0]
    return {
        "child_id": st.just(plan["child_id"]) if whose is None else whose,
        "kind": st.sampled_from([plan["kind"], plan["kind"], "CP"]) if kinds is None else kinds,
        "visited_on": st.sampled_from([plan["started_on"] + timedelta(n) for n in after]),
        "seen": st.sampled_from([True, True, None, False]),
        "recorded_on": st.sampled_from([0, 1, 2, 3, 4, 5, 12, -1, None]),
        "worker_id": st.sampled_from([*WORKERS, None]),
    }


@st.composite
def visited(draw) -> World:
    """An allocated world with plans, placements, agreements and visits about their due dates.

    To what is drawn freely come some of `clock_cases.CASES`: what is too rare to meet by chance.
    """
    world = draw(allocated())
    for row in world.rows["child"]:
        row["family_id"] = "F1"
    ends = st.none() | st.none() | edges
    kinds = st.sampled_from(["CIN", "CP", "CLA", "CLA"])
    # From 15 September a four-weekly visit falls due on the eve of the data's last day.
    starts = st.sampled_from([date(2015, 8, 30), *[date(2016, 9, 15)] * 4, *EDGES])
    orders = st.sampled_from(["C1", "C2", "V2", None])
    for row in draw(
        many(
            "plan", 2,
            child_id=children, kind=kinds, started_on=starts, ended_on=ends, legal_status=orders,
        )
    ):  # fmt: skip
        world.add("plan", **row)
    _with(
        world, draw, "placement", 2,
        child_id=children, started_on=starts, ended_on=maybe, long_term=yes_or_no,
        kind=st.sampled_from(["P1", "U3", "U6", None]),
    )  # fmt: skip
    _with(
        world, draw, "visit_interval", 3,
        child_id=children, kind=kinds, every=st.sampled_from([1, 2, 10, 14]),
        period=st.sampled_from(["days", "working_days", "weeks", "months"]),
        effective_from=edges, effective_to=maybe,
        authorised_by=st.sampled_from(["Manager", None]), reason=st.sampled_from(["Risk", None]),
    )  # fmt: skip
    for name in draw(st.lists(st.sampled_from(sorted(CASES)), unique=True, min_size=2, max_size=6)):
        started_on = draw(st.sampled_from(CASES[name].starts))
        CASES[name].happens(world, draw(children), started_on, draw(st.sampled_from(NEARBY)))
    for plan in world.rows["plan"]:
        _with(world, draw, "visit", 4, **_visit_of(plan))
    _with(world, draw, "visit", 2, **_visit_of({"started_on": date(2016, 8, 1)}, children, kinds))
    for row in world.rows["visit"]:
        if isinstance(row.get("recorded_on"), int):
            row["recorded_on"] = row["visited_on"] + timedelta(row["recorded_on"])
    return world


@st.composite
def stepping(draw) -> World:
    """An allocated world whose children go from plan to plan, some for days, and across months."""
    world = draw(allocated())
    for child_id in CHILDREN:
        day = draw(st.sampled_from([date(2016, 1, 20), date(2016, 3, 28), date(2016, 8, 24)]))
        for _ in range(draw(st.integers(1, 5))):
            started_on = day + timedelta(draw(st.sampled_from([0, 0, 1, 3, 8])))
            day = started_on + timedelta(draw(st.sampled_from([0, 1, 6, 7, 8, 40, 61])))
            world.add(
                "plan", child_id=child_id, kind=draw(st.sampled_from(["CIN", "CP", "CLA"])),
                started_on=started_on, ended_on=draw(st.sampled_from([day] * 6 + [None])),
            )  # fmt: skip
        if draw(yes_or_no):
            world.add(
                "referral", child_id=child_id, received_on=date(2016, 1, 4),
                closed_on=draw(st.sampled_from([None, None, day, date(2016, 9, 30)])),
                no_further_action=draw(st.sampled_from([False, None, True])),
            )  # fmt: skip
    return world


@st.composite
def surveyed(draw) -> World:
    """A staffed world with waves, answers in and beside them, and a council's own questions."""
    world = draw(staffed())
    surveys = st.sampled_from(["staff", "staff", "parent_carer", "step_down"])
    asked = (SETTINGS.staff_question, SETTINGS.families_question)
    questions = st.sampled_from([*asked, *asked, "often_stressed"])
    _with(
        world, draw, "survey_wave", 2,
        survey=surveys, first_day=edges, unit_id=units, asked=st.sampled_from([3, None]),
        asked_by=st.sampled_from(["unit", "independent", None]),
    )  # fmt: skip
    waves = [row["survey_wave_id"] for row in world.rows["survey_wave"]]
    _with(
        world, draw, "survey_question", 2,
        survey=surveys, question=questions, reversed=yes_or_no,
    )  # fmt: skip
    answers = st.fixed_dictionaries(
        {
            "survey": surveys, "answered_on": edges, "unit_id": units, "question": questions,
            "answer": st.sampled_from([1, 2, 3, 4, 5, None]),
            "respondent_id": st.sampled_from(["P1", "P2", "P1", None]),
            "survey_wave_id": st.sampled_from([*waves, None]),
        }
    )  # fmt: skip
    for at, row in enumerate(draw(st.lists(answers, min_size=2, max_size=12))):
        world.add("survey_response", response_id=f"R{at:02}", **row)
    return world


STAFF = frozenset({"unit", "worker", "child", "post"})
HELD = STAFF | {"allocation"}
DRAWN: tuple[tuple[Callable[[], st.SearchStrategy[World]], frozenset[str]], ...] = (
    (allocated, HELD),
    (timed, STAFF | {"time_record"}),
    (absent, STAFF | {"absence"}),
    (closing, HELD | {"referral", "scale_score"}),
    (visited, HELD | {"plan", "placement", "visit_interval", "visit"}),
    (surveyed, STAFF | {"survey_response"}),
)


@st.composite
def any_rows(draw, tables: Iterable[str]) -> World:
    """An allocated world with rows of tables that no other world has: whatever they may hold."""
    world = draw(allocated())
    for table in (schema.metadata.tables[name] for name in tables if name not in HELD):
        columns = {column.name: _any_value(column) for column in table.c if not column.primary_key}
        for at, row in enumerate(draw(many(table.name, 6, **columns))):
            keys = {column.name: f"{table.name}-{at:03}" for column in table.primary_key}
            world.add(table.name, **keys, **row)
    return world


def _any_value(column: Column) -> st.SearchStrategy:
    named = {"unit_id": units, "worker_id": workers, "child_id": children}
    kinds = {Date: edges, Boolean: yes_or_no, Integer: st.integers(0, 3), Float: st.just(1.0)}
    of_kind = kinds.get(type(column.type), st.sampled_from(allowed(column)))
    value = named.get(column.name, of_kind)
    return value | st.none() if column.nullable else value


def allowed(column: Column) -> list[str]:
    """What the table's rules let a column of text hold."""
    rules = (
        str(one.sqltext) for one in column.table.constraints if isinstance(one, CheckConstraint)
    )
    listed = [
        re.findall(r"'([^']*)'", rule) for rule in rules if rule.startswith(f"{column.name} ")
    ]
    return listed[0] if listed else ["this", "that"]


def _world_of(metric: Metric) -> Callable[[], st.SearchStrategy[World]]:
    """A world with rows of every table that the metric needs."""
    fitting = (draw for draw, tables in DRAWN if tables.issuperset(metric.tables))
    return next(fitting, partial(any_rows, metric.tables))


WORLDS = {key: _world_of(metric) for key, metric in CATALOGUE.items()}
STEPPING = (
    "step_up",
    "step_up_to_care",
    "step_down",
    "children_looked_after",
    "children_on_cp_plan",
    "children_on_cin_plan",
    "time_in_cin",
    "time_in_cp",
    "time_in_cla",
    "days_by_status",
)
WORLDS |= dict.fromkeys(STEPPING, stepping)


def _chained(draw, kinds, reasons=(None,), starts=(), most: int = 2) -> list[Row]:
    """Plans of a child, one of which may go on as another, after no day, a day, or half a year."""
    plans = []
    days = st.sampled_from([*starts, *EDGES])
    first = many("plan", most, child_id=children, kind=st.sampled_from(kinds), started_on=days)
    for row in draw(first):
        for _ in range(draw(st.integers(1, 3))):
            lasted = draw(st.sampled_from([0, 1, 60, 91, 92, 120, None, None]))
            ended_on = None if lasted is None else row["started_on"] + timedelta(lasted)
            reason = draw(st.sampled_from(reasons)) if ended_on else None
            plans.append(row | {"ended_on": ended_on, "end_reason": reason})
            row = row | {"started_on": _next_start(draw, ended_on or row["started_on"])}
    return plans


def _next_start(draw, ended_on: date) -> date:
    soon = [ended_on + timedelta(gap) for gap in (0, 0, 0, 1, 2, -1, 7, 8)]
    return draw(st.sampled_from([*soon, *near(months_later(ended_on, 6))]))


def _about(day: date) -> list[date]:
    """Days about those on which a first, a second and a later review of a plan fall due."""
    due = [months_later(day, 3), working_days_later(day, 20), months_later(day, 6)]
    second = [months_later(due[1], 3), months_later(due[0], 6)]
    return [one for each in (day, *due, *second) for one in near(each)]


LONG_AGO = [date(2015, 8, 31), date(2015, 11, 30), date(2016, 1, 30)]


@st.composite
def reviewed(draw) -> World:
    """An allocated world of plans that go on as others, reviewed about the days they fall due."""
    world = draw(allocated())
    kinds = ["CP", "CP", "CLA", "CLA", "CIN"]
    for plan in _chained(draw, kinds, starts=LONG_AGO * 6, most=3):
        world.add("plan", **plan)
        ends = near(plan["ended_on"]) if plan["ended_on"] else []
        _with(
            world, draw, "review", 4,
            child_id=st.just(plan["child_id"]), kind=st.sampled_from([plan["kind"]] * 3 + ["CP"]),
            held_on=st.sampled_from([*_about(plan["started_on"]), *ends, None]),
            cancelled=st.sampled_from([False, False, False, True]), recorded_on=maybe,
        )  # fmt: skip
    for review in world.rows["review"]:
        review["kind"] = "CP" if review["kind"] == "CIN" else review["kind"]
    return world


@st.composite
def assessed(draw) -> World:
    """An allocated world with assessments about 45 working days long, unfinished, impossible."""
    world = draw(allocated())
    _with(world, draw, "referral", 2, child_id=children, received_on=edges, closed_on=maybe)
    cases = st.sampled_from([None, *(row["referral_id"] for row in world.rows["referral"])])
    # 45 working days before the data's last day, a Friday, the Saturday and the Sunday of it.
    starts = st.sampled_from(
        [date(2016, 8, 11), *near(date(2016, 8, 13)), date(2015, 12, 1), *EDGES]
    )
    for row in draw(many("assessment", 5, child_id=children, referral_id=cases, started_on=starts)):
        last = working_days_later(row["started_on"], 45)
        ends = [*near(last), last + timedelta(2), row["started_on"], None, None]
        early = row["started_on"] - timedelta(1)
        world.add("assessment", **row, authorised_on=draw(st.sampled_from([*ends, early])))
    return world


@st.composite
def conferred(draw) -> World:
    """An allocated world with enquiries, and conferences linked to them, after them, or alone."""
    world = draw(allocated())
    _with(
        world, draw, "enquiry", 4,
        child_id=children, started_on=edges, ended_on=maybe,
        conference_not_needed=st.sampled_from([None, None, False, True]),
    )  # fmt: skip
    asked = world.rows["enquiry"]
    links = st.sampled_from([None, None, "not here", *(row["enquiry_id"] for row in asked)])
    after = [one for row in asked for one in near(working_days_later(row["started_on"], 15))]
    after += [one for row in asked for one in near(row["started_on"] + timedelta(90))]
    _with(
        world, draw, "conference", 4,
        child_id=children, kind=st.sampled_from(["initial", "initial", "initial", "review"]),
        enquiry_id=links, held_on=st.sampled_from([*after, *EDGES, None]),
        transfer_in=st.sampled_from([False, False, False, True]),
    )  # fmt: skip
    return world


@st.composite
def in_care(draw) -> World:
    """An allocated world of periods of care that end for each reason, or go on, and placements."""
    world = draw(allocated())
    reasons = ("E4A", "E4A", "E4B", "E4", "E48", "X1", None)
    for plan in _chained(draw, ["CLA", "CLA", "CLA", "CP"], reasons, LONG_AGO * 4, most=3):
        world.add("plan", **plan)
    _with(
        world, draw, "placement", 3,
        child_id=children, started_on=edges, ended_on=maybe, long_term=st.just(False),
        kind=st.sampled_from(["P1", "P1", "U6", None]),
    )  # fmt: skip
    return world


@st.composite
def on_cp_plans(draw) -> World:
    """An allocated world of CP plans that begin again, with the numbers that returns give."""
    world = draw(allocated())
    for plan in _chained(draw, ["CP", "CP", "CP", "CLA"], most=4):
        returned = draw(st.sampled_from([None, None, 0, 1, 2]))
        world.add("plan", **plan, previous_plans=returned)
    return world


@st.composite
def closed_two_years_ago(draw) -> World:
    """An allocated world with cases closed two years before the edges, and care since, or not."""
    world = draw(allocated())
    for row in world.rows["child"]:
        row["born_on"] = draw(st.sampled_from([None, date(2010, 1, 1), *_turning_18()]))
    days = st.sampled_from([months_later(day, -24) for day in EDGES])
    reasons = st.sampled_from(["RC1", "RC5", "RC8", "RC8", None, None])
    for row in draw(many("referral", 4, child_id=children, closed_on=days, closure_reason=reasons)):
        began = draw(st.sampled_from([date(2014, 1, 6), row["closed_on"]]))
        nfa = draw(st.sampled_from([None, False, False, True]))
        world.add("referral", **row, received_on=began, no_further_action=nfa)
        since = [*near(row["closed_on"]), *near(months_later(row["closed_on"], 24))]
        _with(
            world, draw, "plan", 1,
            child_id=st.just(row["child_id"]), kind=st.sampled_from(["CLA", "CLA", "CP"]),
            started_on=st.sampled_from([date(2014, 1, 6), *since, *since]),
            ended_on=st.none(),
        )  # fmt: skip
    if draw(yes_or_no):
        world.add("referral", child_id=draw(children), received_on=date(2014, 2, 28))
    return world


def _turning_18() -> list[date]:
    return [months_later(day, -18 * 12) for day in (EDGES[1], EDGES[-3], EDGES[-1])]


@st.composite
def closed_a_year_ago(draw) -> World:
    """An allocated world with cases closed a year before the edges, and referred again, or not."""
    world = draw(allocated())
    for row in world.rows["child"]:
        row["born_on"] = draw(st.sampled_from([None, date(2010, 1, 1), *_turning_18()]))
    days = st.sampled_from([months_later(day, -12) for day in EDGES])
    reasons = st.sampled_from(["RC1", "RC7", "RC7", "RC8", None])
    for row in draw(many("referral", 3, child_id=children, closed_on=days, closure_reason=reasons)):
        nfa = draw(st.sampled_from([None, False, False, True]))
        world.add("referral", **row, received_on=date(2014, 1, 6), no_further_action=nfa)
        again = [*near(row["closed_on"]), *near(months_later(row["closed_on"], 12))]
        _with(
            world, draw, "referral", 1,
            child_id=st.just(row["child_id"]), received_on=st.sampled_from(again),
            closed_on=st.none(),
        )  # fmt: skip
    return world


OF_OUTCOMES = {
    "re_referred_after_closure": closed_a_year_ago,
    "cp_reviews_in_time": reviewed,
    "cla_reviews_in_time": reviewed,
    "assessments_in_45_days": assessed,
    "icpc_in_15_days": conferred,
    "returned_home": in_care,
    "repeat_cp_plan": on_cp_plans,
    "still_at_home": closed_two_years_ago,
}
WORLDS |= OF_OUTCOMES


@st.composite
def leaving(draw) -> World:
    """A staffed world whose workers go from post to post, about 31 days apart, or over a year."""
    world = World()
    for unit_id in UNITS:
        world.add("unit", unit_id=unit_id, name=f"Team {unit_id}", kind="segmented")
    for worker_id in draw(st.sampled_from([WORKERS, WORKERS[:1]])):
        day = draw(st.sampled_from([date(2014, 1, 6), date(2015, 9, 30), date(2015, 10, 1)]))
        for _ in range(draw(st.integers(1, 4))):
            lasted = st.sampled_from([0, 1, 60, 154, 366, 700, None])
            days = draw(lasted)
            ended_on = None if days is None else day + timedelta(days)
            world.add(
                "post", worker_id=worker_id, unit_id=draw(st.sampled_from(UNITS)),
                role=draw(_roles()),
                fte=draw(st.sampled_from([0.5, 1.0, 1.0, 0.0])), newly_qualified=False,
                agency=draw(st.sampled_from([False, False, False, True])),
                started_on=day, ended_on=ended_on,
            )  # fmt: skip
            apart = st.sampled_from([0, 0, 1, 29, 30, 31, 32, -20, 200])
            day = (ended_on or day + timedelta(100)) + timedelta(draw(apart))
    return world


WORLDS |= {"turnover": leaving}


@st.composite
def told_by_others(draw) -> World:
    """An allocated world of cases, birthdays about the edges, and what school and police tell."""
    world = draw(allocated())
    ages = st.sampled_from([4, 10, 16, 17, 18])
    for row in world.rows["child"]:
        row["born_on"] = draw(st.sampled_from([None, date(2003, 5, 5), _born(draw, ages)]))
    ends = st.sampled_from([None, None, *near(months_later(EDGES[-1], -12)), *EDGES])
    days = st.sampled_from([date(2015, 1, 5), *EDGES])
    for row in draw(many("referral", 3, child_id=children, received_on=days, closed_on=ends)):
        world.add("referral", **row, no_further_action=draw(st.sampled_from([None, False, True])))
    if draw(st.sampled_from([True, True, False])):
        # Left to itself the draw is hardly ever of a child who is held and of the age.
        for row, born_on in zip(
            world.rows["child"], (date(2003, 5, 5), date(1999, 3, 5)), strict=True
        ):
            row["born_on"] = born_on
            world.add("referral", child_id=row["child_id"], received_on=date(2015, 1, 5))
    a_year_ago = [one for day in EDGES[-4:] for one in near(months_later(day, -12))]
    told_on = st.sampled_from([*EDGES, *a_year_ago])
    said = st.sampled_from([True, False, None])
    stages = st.sampled_from(["KS2", "KS4"])
    _with(world, draw, "activity", 4, child_id=children, as_on=told_on, in_eet=said)
    _with(world, draw, "attainment", 4, child_id=children, assessed_on=edges, reached=said,
          stage=stages)  # fmt: skip
    _with(world, draw, "offence", 3, child_id=children, charged_on=told_on)
    _with(world, draw, "offence_match", 3, child_id=children, matched_to=edges, found=yes_or_no)
    _with(world, draw, "education_period", 3, child_id=children, started_on=st.just(EDGES[0]),
          ended_on=edges, possible=st.sampled_from([0, 20, 40]), attended=st.just(0))  # fmt: skip
    for row in world.rows["education_period"]:
        row["attended"] = draw(st.integers(0, row["possible"]))
    return world


def _born(draw, ages: st.SearchStrategy[int]) -> date:
    return draw(st.sampled_from(near(months_later(EDGES[-4], -12 * draw(ages)))))


TOLD_BY_OTHERS = ("attendance", "attainment", "eet", "no_new_charges")
WORLDS |= dict.fromkeys(TOLD_BY_OTHERS, told_by_others)


APRIL = date(2016, 4, 1)
# A is the front door; D continues C, which continues B; a unit of no row is E.
DOORS = {
    "A": ("front_door", None),
    "B": ("segmented", None),
    "C": ("segmented", "B"),
    "D": ("area", "C"),
}
# About the 28 days that may lie between two units, with overlaps.
GAPS = [0, 0, 0, 1, 5, 27, 28, 29, -1, -20]


def with_doors() -> World:
    """A world of a front door, units that continue others, and children."""
    world = World()
    for unit_id, (kind, continues) in DOORS.items():
        world.add("unit", unit_id=unit_id, name=f"Team {unit_id}", kind=kind, continues=continues)
    for child_id in CHILDREN:
        world.add("child", child_id=child_id, name=child_id, restricted=False)
    return world


@st.composite
def handed_on(draw) -> World:
    """Children handed from unit to unit: at once, late, twice on a day, of cases known or not."""
    world = with_doors()
    for child_id in CHILDREN:
        day = draw(st.sampled_from([APRIL, APRIL, APRIL, date(2015, 9, 20), date(2015, 10, 14)]))
        for _ in range(draw(st.integers(0, 2))):
            received_on = day + timedelta(draw(st.sampled_from([-3, 0, 30, 60])))
            lasted = draw(st.sampled_from([None, None, 40, 5]))
            closed_on = None if lasted is None else received_on + timedelta(lasted)
            nfa = draw(st.sampled_from([False, None, True]))
            world.add(
                "referral", child_id=child_id, received_on=received_on, closed_on=closed_on,
                no_further_action=nfa,
            )  # fmt: skip
        _hand_on(world, draw, child_id, day)
    return world


def _hand_on(world: World, draw, child_id: str, day: date) -> None:
    cases = [row["referral_id"] for row in world.rows["referral"] if row["child_id"] == child_id]
    for at in range(draw(st.integers(0, 7))):
        started_on = day + timedelta(draw(st.sampled_from(GAPS)))
        day = started_on + timedelta(draw(st.sampled_from([0, 0, 1, 10, 28, 60])))
        # A part of an allocation whose team changed its unit, as a load makes it.
        part = draw(st.sampled_from([False] * 5 + [True]))
        name = f"{child_id}{at - part}"
        world.add(
            "allocation",
            allocation_id=f"0-{name}-{started_on}" if part else name,
            child_id=child_id,
            worker_id=draw(st.sampled_from([*WORKERS, "Cat", None])),
            unit_id=draw(st.sampled_from(["A", "A", "B", "B", "C", "D", "E", None])),
            referral_id=draw(st.sampled_from([None, None, *cases[:1] * 3, *cases])),
            lead=draw(st.sampled_from([True, True, True, True, False])),
            started_on=started_on,
            ended_on=draw(st.sampled_from([day, day, day, None])),
        )


HANDING_ON = (
    "transfers_in",
    "transfers_out",
    "bounced",
    "door_to_unit",
    "three_lead_workers",
    "legacy_cases",
)
WORLDS |= dict.fromkeys(HANDING_ON, handed_on)
