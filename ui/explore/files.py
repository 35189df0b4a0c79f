"""What Explore shows, as files: the parts, the units over time, and the rows."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from data_access.code_sets.spelled import spelled_code
from data_access.viewer import Act
from exports.csv_text import csv_file
from metrics.explore.cutting import Part
from metrics.model import Scope, Tally
from ui.acts import refuse_unless
from ui.explore.measured import measured, other_tally, sorted_parts
from ui.explore.over_time import names_told, spans, standing, tallies
from ui.explore.parts import part_name
from ui.explore.question import Question
from ui.explore.rows import columns, rows_read
from ui.forms import CSV, file_button
from ui.session import Page

SUMS = ("Value", "Counted", "Out of")


def file_buttons(question: Question) -> None:
    """A button for each file that the viewer may take; each is read anew when it is asked for."""
    may_take_rows = bool(question.page.viewer.units) and question.page.may(Act.EXPORT_ROWS)
    parts, periods, rows, _ = st.columns([12, 18, 12, 58])
    if may_take_rows or not question.cut.of_workers:
        with parts:
            _button(question, "Parts as CSV", "parts", parts_csv)
    with periods:
        _button(question, "Periods and units as CSV", "periods", periods_csv)
    if may_take_rows:
        with rows:
            _button(question, "Rows as CSV", "rows", rows_csv)


def _button(question: Question, label: str, what: str, made_of: Callable[[Question], str]) -> None:
    def made(now: Page) -> str:
        return made_of(replace(question, page=now))

    unit = "-".join(question.page.address.unit.values()) or "service"
    over = f"{question.span.last.key}-{question.span.over.key}"
    name = f"{question.metric.key}-{unit}-{over}-{what}.csv"
    file_button(question.page, label, made, name, CSV)


def parts_csv(question: Question) -> str:
    """Every part, unrounded; beside it the same part of what it is set beside."""
    if question.cut.of_workers:
        refuse_unless(question.page.viewer, Act.EXPORT_ROWS)
    headings = [question.cut.name, *SUMS, "Rows"]
    if question.against:
        headings += [f"{question.against.words}: {name.lower()}" for name in SUMS]
        headings += ["Difference", "95% from", "95% to", "Told apart"]
    return csv_file(
        headings,
        (
            [str(part_name(question, part)), *_own(question, part), part.rows]
            + (_beside(question, part) if question.against else [])
            for part in sorted_parts(question)
        ),
    )


def _sums(question: Question, tally: Tally | None) -> list[object]:
    if tally is None:
        return [None, None, None]
    return [question.metric.figure(tally), tally.numerator, tally.denominator]


def _own(question: Question, part: Part) -> list[object]:
    """The value, where the part can have one, and what is counted of it."""
    own, _ = measured(question, part, other_tally(question, part))
    return [*_sums(question, own)[:1], *_sums(question, part.tally)[1:]]


def _beside(question: Question, part: Part) -> list[object]:
    other = other_tally(question, part)
    own, beside = measured(question, part, other)
    apart = question.compared(own, beside)
    told = [apart.apart, apart.low, apart.high, apart.verdict or None]
    return [*_sums(question, beside)[:1], *_sums(question, other)[1:], *told]


def periods_csv(question: Question) -> str:
    """Every unit and period, unrounded."""
    tally_of = tallies(question)
    return csv_file(
        ["Unit", "Period", "From", "To", *SUMS, "Remark"],
        (
            [
                *(name, str(span), span.first.start, span.last.last_day),
                *(*_sums(question, tally), standing(question, span, Scope(unit_id))),
            ]
            for unit_id, name in names_told(question).items()
            for span in spans(question)
            if (tally := tally_of(Scope(unit_id), span)) is not None
        ),
    )


def rows_csv(question: Question) -> str:
    """Every row that is listed, and what a screen has no room for."""
    refuse_unless(question.page.viewer, Act.EXPORT_ROWS)
    listed = {**columns(question), **question.metric.drill_down}
    listed.pop("month", None)
    rows = rows_read(question, None)
    return csv_file(
        ["Month", *listed.values()],
        ([row.month, *(spelled_code(name, getattr(row, name)) for name in listed)] for row in rows),
    )
