"""The rows that make what Explore shows, for whoever may see them: sorted by a column, by links."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row, false

from charts.tables import link, table
from data_access.guard.listed import Listed
from data_access.guard.open_rows import CLOSED, Restricted
from data_access.viewer import read_records
from metrics.explore.cutting import Asked, rows_narrowed
from metrics.explore.figures_over import months_counted
from metrics.kept_rows import COUNTED_FIRST
from metrics.model import Period
from metrics.writing import several
from ui.address import WrongAddress
from ui.explore.question import Question
from ui.explore.words import framed
from ui.lists import ROWS_SHOWN, child_link, no_rows, rows_left_out
from ui.metric.rows import NO_ROWS, value_words


def rows_section(question: Question) -> Markup:
    """The rows where they are asked for, else the link that asks for them."""
    if not question.page.viewer.units:
        return Markup("<h2>The rows</h2><p>{}</p>").format(NO_ROWS)
    number = question.together.rows
    rows_words = "row" if number == 1 else several(number, "row")
    if not question.shows_rows:
        where = link(question.link(rows=1) + "#rows", f"Show the {rows_words} behind it →")
        return Markup("<p>{}</p>").format(where)
    rows = rows_read(question, ROWS_SHOWN)
    body = _table(question, rows) if rows else no_rows(question.page)
    return Markup(
        '<h2 id="rows">The {} behind it</h2>{}<p class="cs-note cs-quiet">{}</p>{}'
    ).format(
        rows_words,
        rows_left_out(question.page),
        " ".join(_notes(question, rows)),
        framed(body, "The rows behind it"),
    )


def rows_read(question: Question, limit: int | None) -> Listed[Row]:
    """As far as they are open to the viewer; by the column asked for, those that count first."""
    page = question.page
    months = tuple(months_counted(page.live, question.metric, question.scope, question.span))
    if not months:
        return Listed([])
    asked = Asked(question.metric, months, question.scope, question.narrowed)
    sort = () if question.sort is None else (_sorted_by(question),)
    query, by_record = rows_narrowed(asked, page.basis), asked.is_found_by_record
    return read_records(
        page.engine,
        query.add_columns(false().label(CLOSED)) if by_record else query,
        page.viewer,
        (*sort, *COUNTED_FIRST),
        limit=limit,
        restricted=Restricted.LEFT_OUT if by_record else Restricted.COUNTED,
    )


def columns(question: Question) -> dict[str, str]:
    """The columns listed, by name; the month where there are several, the unit where it differs."""
    metric = question.metric
    months = {} if len(question.span.months) == 1 else {"month": "Month"}
    unit = {"unit_name": "Unit"} if question.scope.is_service else {}
    child = {"child_name": "Child"} if metric.is_of_children else {}
    drilled = {k: v for k, v in metric.drill_down.items() if k not in metric.only_in_files}
    sums = {"numerator": "Counted", "denominator": "Out of"}
    return {**child, **months, **unit, "worker_name": "Worker", **drilled, **sums}


def _sorted_by(question: Question) -> str:
    listed = columns(question)
    if question.sort in listed:
        return str(question.sort)
    raise WrongAddress(
        "The address’s “sort” is no column of these rows. These are:",
        {words: question.link(rows=1, sort=name) for name, words in listed.items()},
    )


def _notes(question: Question, rows: Listed[Row]) -> list[str]:
    notes = [f"One row is {question.metric.words.one_row_is}. A heading sorts by its column."]
    if rows.has_more:
        notes.append(f"The first {ROWS_SHOWN} are listed: narrow them, or take the file.")
    return notes


def _table(question: Question, rows: Sequence[Any]) -> Markup:
    listed = columns(question)
    headings = [
        link(question.link(rows=1, sort=name) + "#rows", words, f"Sort by {words}")
        for name, words in listed.items()
    ]
    return table(headings, ([_cell(question, name, row) for name in listed] for row in rows))


def _cell(question: Question, name: str, row: Any) -> object:
    if name == "child_name":
        parts = {"metric": question.metric.key, **question.page.address.unit}
        return child_link(question.page, {**parts, "month": Period.of(row.month).key}, row)
    if name == "month":
        return str(Period.of(row.month))
    value = getattr(row, name)
    return value if row.is_closed else value_words(question.metric, name, value)
