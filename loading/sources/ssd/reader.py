"""Reads a Standard Safeguarding Dataset from the database in which a council has deployed it.

What the SSD says and doesn't decides what is drawn:

- Children are the people whom some referral, plan, visit or involvement names.
- Periods of care are made of episodes, plans of three tables, visits of three; Liquidlogic's CIN
  visits hold the others again.
- Who holds a child is whose involvement has the role of the allocated worker.
- It holds no posts, absence, time, scale scores, or days of recording.
- End dates are the first day not included, as in the DfE's counts at 31 March.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date

import pandas as pd
from sqlalchemy import URL

from data_access.code_sets.workers import LEAD_ROLES
from data_access.connection.source_snapshots import Snapshot, snapshot_of
from data_access.london import today
from data_access.sources.ssd import SSD
from loading.checks.wrong_values import HAPPENED
from loading.sources.reading import AS_OPTION_SAYS, WARNING, Issue, Reading
from loading.sources.room import need_room
from loading.sources.said_of_load import held_from
from loading.sources.ssd.beside import rows_beside
from loading.sources.ssd.case import (
    draw_assessments,
    draw_children,
    draw_conferences,
    draw_enquiries,
    draw_missing,
    draw_referrals,
    draw_reviews,
)
from loading.sources.ssd.declared import INVOLVEMENTS, TABLES
from loading.sources.ssd.doubts.team_now import LACKS, TEAM_NOW, team_now
from loading.sources.ssd.doubts.unvisited import unvisited
from loading.sources.ssd.doubts.version import version_in
from loading.sources.ssd.doubts.without_value import WithoutValue, emptied_in, without_value
from loading.sources.ssd.drawing import Drawing
from loading.sources.ssd.episodes import end_episodes
from loading.sources.ssd.finding import Deployment, deployment_in
from loading.sources.ssd.holders import (
    draw_allocations,
    draw_units,
    draw_workers,
    is_lead,
    roles_of,
)
from loading.sources.ssd.lacking import (
    absent_fields,
    lacks_of,
    missing_of,
    partial_in,
    unfilled_in,
)
from loading.sources.ssd.periods import draw_periods
from loading.sources.ssd.plans import draw_placements, draw_plans, draw_visits
from loading.sources.ssd.relatives import draw_mothers
from loading.sources.ssd.rows import no_rows, rows_of
from metrics.writing import several

SOURCE = SSD.key
NO_ROW_OF = "no row of {} stands in the SSD: deploy its tables"
# As config.toml has it where nobody says another share.
NO_VISIT_SHARE = 0.25
Say = Callable[[str, float], None]
# Given the open source and the schema in which the SSD was found; None is the usual one.
Also = Callable[[Snapshot, str | None], None]


def read_ssd(
    address: URL,
    schema: str | None = None,
    data_to: date | None = None,
    covers_from: Mapping[str, date] | None = None,
    lead_roles: Collection[str] = LEAD_ROLES,
    no_visit_share: float = NO_VISIT_SHARE,
    say: Say = lambda _step, _share: None,
    also: Also = lambda _snapshot, _schema: None,
    memory_gb: float | None = None,
    is_beside: Callable[[str], bool] = lambda _name: False,
) -> Reading:
    """Canonical rows from the SSD at `address`, read in one snapshot and never written.

    `data_to` is the last day covered: the latest of anything that happened, up to today, unless
    said. `say` hears which table is read, and the share of all rows that came. `also` may read what
    else stands in the schema, as it stood at the same moment: the tables of which `is_beside`. More
    rows of both than fit into memory (`need_room`) are refused before one is read.
    """
    with snapshot_of(address) as snapshot:
        deployment = _counted(snapshot, deployment_in(snapshot, schema), memory_gb, is_beside)
        drawing, version = _read(snapshot, deployment, say), version_in(snapshot, deployment.schema)
        also(snapshot, deployment.schema)
    _draw(drawing, lead_roles)
    frames = {name: rows for name, rows in drawing.frames.items() if len(rows)}
    until, says = (data_to, AS_OPTION_SAYS) if data_to else _last_day(frames)
    issues = [*_of_snapshot(snapshot), *version.doubt(), *absent_fields(deployment)]
    issues.extend([*drawing.issues, *unvisited(frames, until, no_visit_share), *team_now(frames)])
    held = held_from(covers_from or {}, frames, until, issues, NO_ROW_OF)
    reading = Reading(SOURCE, until, frames, tuple(issues), data_to_from=says, covers_from=held)
    reading = replace(reading, notes=(_where(deployment), *version.note()))
    return _told(reading, drawing, deployment, lead_roles)


def _told(
    reading: Reading, drawing: Drawing, deployment: Deployment, lead_roles: Collection[str]
) -> Reading:
    """The reading with what became of all rows, and what the deployment lacks."""
    roles = roles_of(drawing.of(INVOLVEMENTS))
    of_teams = LACKS if any(issue.rule == TEAM_NOW for issue in reading.issues) else {}
    return replace(
        reading,
        read={name: _read_of(drawing, name) for name in {*drawing.frames, *drawing.left_out}},
        left_out=drawing.left_out,
        lacks={
            **unfilled_in(deployment, reading.frames),
            **lacks_of(deployment),
            **drawing.lacks,
            **of_teams,
        },
        partial=partial_in(deployment) | of_teams.keys(),
        emptied=emptied_in(drawing.empty, reading.frames),
        roles=roles,
        lead_roles=frozenset(role for role in roles if is_lead(role, lead_roles)),
    )


def _counted(
    snapshot: Snapshot,
    deployment: Deployment,
    memory_gb: float | None,
    is_beside: Callable[[str], bool],
) -> Deployment:
    rows = {name: snapshot.number_of(one.counting()) for name, one in deployment.tables.items()}
    more = rows_beside(snapshot, deployment.schema, is_beside)
    need_room(snapshot.where, {**rows, **more}, memory_gb)
    return replace(deployment, rows=rows)


def _read(snapshot: Snapshot, deployment: Deployment, say: Say) -> Drawing:
    """The rows of every table that can be used; the others are there without a row."""
    rows: dict[str, pd.DataFrame] = {}
    issues: list[Issue] = []
    left_out: list[tuple[str, str, int]] = []
    empty: list[WithoutValue] = []
    every, came = sum(deployment.rows.values()) or 1, 0
    for declared in TABLES:
        if missing_of(deployment, declared):
            rows[declared.name] = no_rows([*declared])
            continue

        def tell(more: int, step: str = f"Reading {declared.name}") -> None:
            nonlocal came
            came += more
            say(step, came / every)

        read = rows_of(snapshot, deployment.tables[declared.name], issues, tell)
        rows[declared.name] = read.rows
        left_out += [(declared.gives, rule, lost) for rule, lost in read.lost.items()]
        empty += without_value(deployment.tables[declared.name], read)
    drawing = Drawing(rows, empty)
    drawing.issues.extend([*(one.issue for one in empty), *issues])
    for table, rule, lost in left_out:
        drawing.pass_over(table, rule, lost)
    return drawing


def _draw(drawing: Drawing, lead_roles: Collection[str]) -> None:
    """Children after the rows that name them, and their mothers last."""
    draw_referrals(drawing)
    draw_assessments(drawing)
    draw_plans(drawing)
    end_episodes(drawing)
    draw_periods(drawing)
    draw_placements(drawing)
    draw_visits(drawing)
    draw_reviews(drawing)
    draw_missing(drawing)
    draw_enquiries(drawing)
    draw_conferences(drawing)
    draw_workers(drawing)
    draw_allocations(drawing, lead_roles)
    draw_units(drawing)
    draw_children(drawing)
    draw_mothers(drawing)


def _read_of(drawing: Drawing, name: str) -> int:
    return len(drawing.frames.get(name, ())) + sum(drawing.left_out.get(name, {}).values())


def _last_day(frames: Mapping[str, pd.DataFrame]) -> tuple[date, str]:
    """The latest day of anything that happened, up to today; today where there is none."""
    days = [
        day
        for column in HAPPENED
        if column.table.name in frames and column.name in frames[column.table.name]
        for day in frames[column.table.name][column.name].dropna().unique()
        if day <= today()
    ]
    if not days:
        return today(), "today, as nothing in the SSD has a date up to it"
    return max(days), "the latest date in the SSD of anything that happened, up to today"


def _of_snapshot(snapshot: Snapshot) -> list[Issue]:
    if snapshot.is_one:
        return []
    message = (
        f"{snapshot.where} does not let a reader see one moment of it, so that tables may differ by"
        " what changed while they were read. Load when nothing writes to it, or let whoever runs"
        " SQL Server set ALLOW_SNAPSHOT_ISOLATION."
    )
    return [Issue("not_one_snapshot", "source_load", None, WARNING, message)]


def _where(deployment: Deployment) -> str:
    place = f" in schema {deployment.schema}" if deployment.schema else ""
    return f"The SSD has {several(len(deployment.tables), 'table')} that are read{place}."
