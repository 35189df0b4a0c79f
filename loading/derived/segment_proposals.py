"""Fills `segment_proposal`: each open family on the last day, and at the ends of twelve months."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from data_access.database import write
from data_access.schema import segment_proposal
from data_access.unit_settings.segment_settings import Segments
from metrics.model import Period
from metrics.segments.open_families import assessed_by, found_by, leads_of_the_open, open_on
from metrics.segments.proposing import Assessment, OpenChild, families, proposal
from metrics.segments.rules import rules_on

MONTHS_OF_THE_TREND = 12
# By child: the days on which a unit took over, and which.
Taken = Mapping[str, tuple[list[date], list[str | None]]]


def fill_segment_proposals(
    connection: Connection, segments: Segments, first: date, as_at: date
) -> None:
    """One row for each family that is open on the day, over filled statuses; none without rules.

    Days before `first`, the first of the data, and before the first rule are left out.
    """
    columns = segment_proposal.c.keys()
    # A day at a time, so that a large council needs no more memory than its open children.
    for day in judged_days(segments, first, as_at):
        rows = pd.DataFrame(_rows(connection, segments, day), columns=columns)
        # Of whole numbers with some not known a frame would make fractions.
        write(connection, segment_proposal, rows.astype({"waiting_days": "Int64"}))


def judged_days(segments: Segments, first: date, as_at: date) -> list[date]:
    """The last day that the data cover, and the ends of the twelve months before, if ruled."""
    months = Period.of(as_at).run_up(MONTHS_OF_THE_TREND)
    ends = [month.start - timedelta(days=1) for month in months]
    return [day for day in (*ends, as_at) if day >= first and segments.on(day)]


def _rows(connection: Connection, segments: Segments, day: date) -> Iterator[dict[str, Any]]:
    rules, found = rules_on(segments, day), _assessments(connection, day)
    taken = _taken_over(connection, day)
    children = [OpenChild(**row) for row in connection.execute(open_on(day)).mappings()]
    for family in families(children):
        row = proposal(family, found, rules, day)
        since = _held_since(taken, row["child_id"], row["unit_id"], day)
        yield {**row, "held_since": since}


def _assessments(connection: Connection, day: date) -> Mapping[str, Assessment]:
    factors: dict[str, set[str]] = defaultdict(set)
    for row in connection.execute(found_by(day)):
        factors[row.assessment_id].add(row.factor)
    return {
        row.child_id: Assessment(
            row.assessment_id, row.authorised_on, row.age, frozenset(factors[row.assessment_id])
        )
        for row in connection.execute(assessed_by(day))
    }


def _taken_over(connection: Connection, day: date) -> Taken:
    """Of each child the days on which another unit's lead began than the one before."""
    taken: dict[str, tuple[list[date], list[str | None]]] = {}
    leads = connection.execute(leads_of_the_open(day))
    for child_id, of_child in groupby(leads, key=lambda lead: lead.child_id):
        began: list[date] = []
        units: list[str | None] = []
        for lead in of_child:
            if not units or units[-1] != lead.unit_id:
                began.append(lead.started_on)
                units.append(lead.unit_id)
        taken[child_id] = began, units
    return taken


def _held_since(taken: Taken, child_id: str, unit_id: str | None, day: date) -> date | None:
    """Since when this unit has led the child, as far as the leads up to `day` say so."""
    began, units = taken.get(child_id, ([], []))
    place = bisect_right(began, day) - 1
    return began[place] if place >= 0 and units[place] == unit_id else None
