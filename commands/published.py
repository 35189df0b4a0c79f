"""What `figures` and `rows` print with --published: from the meeting store."""

from collections.abc import Sequence
from dataclasses import replace

import click
from sqlalchemy import Engine

from commands.output import print_rows, warn
from commands.parameters import NEWEST
from commands.people import told_rows
from data_access.derived_with import changed_since, changes_since_published
from data_access.meeting_store.opening import open_store
from data_access.problems import Problem
from data_access.settings import Settings
from data_access.viewer import local_viewer
from meeting.follow_up import PlannedMeeting, planned_meeting
from meeting.published.frozen import (
    Frozen,
    as_published,
    frozen_figures,
    frozen_rows,
    newest_publications,
    overlaid,
    publication_of,
)
from meeting.published.people import columns_of, rows_with_names
from metrics.figures import Figures
from metrics.model import Metric, Period, View


def with_what_is_published(live: Figures) -> Figures:
    """All that is known, published months as they were published: what the screens show."""
    store = open_store(live.settings.meeting_store_url)
    figures = as_published(live, store)
    store.dispose()
    return figures


def refuse_together(*asked: object) -> None:
    """A usage error where figures are asked for in two ways at once."""
    if sum(one is not None and one is not False for one in asked) > 1:
        raise click.UsageError(
            "Ask as published, as known now, as known on a day, or with --said: one of them."
        )


def as_asked(
    live: Figures, periods: Sequence[Period], published: str | int | None, known_now: bool
) -> Figures:
    """What is published alone, what is known now alone, or both as the screens show them."""
    if published is not None:
        return only_published(live, periods, published)
    return live if known_now else with_what_is_published(live)


def version_shown(
    settings: Settings, month: Period, published: str | int | None
) -> str | int | None:
    """The version asked for, else the newest, which the screens show; None: it is not published."""
    if published is not None:
        return published
    store = open_store(settings.meeting_store_url)
    months = newest_publications(store)
    store.dispose()
    return NEWEST if month in months else None


def read_planned_meeting(figures: Figures, month: Period) -> PlannedMeeting:
    """What the month's meeting has before it: its agenda, and the actions that are open."""
    store = open_store(figures.settings.meeting_store_url)
    planned = planned_meeting(store, figures, month)
    store.dispose()
    return planned


def only_published(live: Figures, periods: Sequence[Period], version: str | int) -> Figures:
    """Only what was published of the months; a month that was not is a Problem."""
    store = open_store(live.settings.meeting_store_url)
    frozen_months = [
        frozen_figures(store, publication_of(store, period, _number(version))) for period in periods
    ]
    store.dispose()
    whole = overlaid(live, frozen_months)
    tallies = {key: tally for key, tally in whole.tallies.items() if key[2] in periods}
    return replace(whole, tallies=tallies)


def print_published_rows(
    engine: Engine, settings: Settings, metric: Metric, view: View, version: str | int, form: str
) -> None:
    """The rows behind a published figure, in the columns of those behind one that is not."""
    store = open_store(settings.meeting_store_url)
    frozen = frozen_figures(store, publication_of(store, view.period, _number(version)))
    _refuse_unless_published(frozen, metric, view)
    viewer = local_viewer(settings)
    rows = frozen_rows(store, engine, frozen.publication, metric, view, viewer)
    store.dispose()
    columns = columns_of(metric)
    named = rows_with_names(engine, rows, frozen.units, viewer)
    shown = told_rows(settings, viewer, columns, named)
    print_rows(columns, shown, form)
    changed = changed_since(frozen.counted_with, settings)
    warn(changes_since_published(changed, str(view.period)))


def _refuse_unless_published(frozen: Frozen, metric: Metric, view: View) -> None:
    if (metric.key, view.scope.unit_id) in frozen.tallies:
        return
    version = frozen.publication.version
    words = frozen.published_words.get((metric.key, view.scope.unit_id))
    why = (
        words.sentence if words else f"{metric.name} of unit {view.scope.unit_id} was not counted."
    )
    raise Problem(f"Nothing of it was published for {view.period} (version {version}). {why}")


def _number(version: str | int) -> int | None:
    return None if version == NEWEST else int(version)
