"""What people wrote beside figures, as charts take it: words, new limits, and actions agreed."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Engine, Row

from data_access.meeting_store.notes import (
    annotate,
    annotations,
    figure_month,
    rebase_from,
    rebases,
    withdraw_rebase,
)
from data_access.meeting_store.transactions import read
from data_access.problems import Problem
from meeting.actions import Action, every_action
from metrics.figures import Figures
from metrics.model import Metric, View
from metrics.publication import Note, NoteKind

FigureKey = tuple[str, str | None]


def notes_of(store: Engine) -> Mapping[FigureKey, tuple[Note, ...]]:
    """Every note that stands, by metric and unit, in the order of their months."""
    notes_by_figure: dict[FigureKey, list[Note]] = {}
    for row in read(store, rebases()):
        _add(notes_by_figure, row, NoteKind.NEW_LIMITS, row.reason)
    for row in read(store, annotations()):
        _add(notes_by_figure, row, NoteKind.WORDS, row.words)
    for action in every_action(store):
        _add_action(notes_by_figure, action)
    return {
        key: tuple(sorted(notes, key=lambda note: (note.month, note.written_at)))
        for key, notes in notes_by_figure.items()
    }


def _add(
    notes_by_figure: dict[FigureKey, list[Note]], row: Row, kind: NoteKind, words: str
) -> None:
    note = Note(row.id, kind, row.month, words, row.by, row.at)
    notes_by_figure.setdefault((row.metric, row.unit_id), []).append(note)


def _add_action(notes_by_figure: dict[FigureKey, list[Note]], action: Action) -> None:
    """In the month in which it was agreed, beside the figure that it should change, if any.

    One about a child stands beside none: whoever sees a figure sees what is beside it.
    """
    if action.metric is None or action.child_id is not None:
        return
    agreed = action.agreed.start, action.task, action.agreed_by, action.agreed_at
    note = Note(action.id, NoteKind.ACTION, *agreed)
    notes_by_figure.setdefault((action.metric, action.unit_id), []).append(note)


def write_note(
    store: Engine, kind: NoteKind, metric: Metric, view: View, words: str, by: str
) -> None:
    """Writes words beside the figure of `view`, or that its limits begin anew with that month.

    Refused without words: a reason that nobody gave can be judged by nobody later.
    """
    if not words.strip():
        raise Problem("Write what happened: without a reason nobody can judge it later.")
    where = figure_month(metric.key, view.scope.unit_id, view.period.start)
    write = {NoteKind.WORDS: annotate, NoteKind.NEW_LIMITS: rebase_from}[kind]
    write(store, where, words.strip(), by)


def withdraw(store: Engine, note: Note, by: str) -> None:
    """Writes that limits no longer begin anew there; the decision and its end both stay."""
    withdraw_rebase(store, note.id, by)


def with_notes(figures: Figures, store: Engine) -> Figures:
    """`figures` with what stands beside them in the meeting store."""
    return replace(figures, notes=notes_of(store))
