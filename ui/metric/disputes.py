"""This looks wrong: who doubts which row, what the figure would be without it, and the form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy import Engine

from charts.tables import link, table
from charts.words import words
from data_access.viewer import Act, read_records
from meeting.disputing import (
    Dispute,
    RowKey,
    dispute_row,
    dispute_words,
    doubted_rows,
    if_upheld,
    row_key_of,
    settle,
)
from metrics.catalogue import work_list_metric
from metrics.model import Metric, Period
from metrics.rows_behind import rows_behind
from metrics.sentence import written_date
from ui import codes
from ui.address import WrongAddress, unit_address_parts
from ui.child.parts import chosen_child
from ui.forms import write
from ui.lists import NAME_HIDDEN, listing
from ui.session import Page

TITLE = "This looks wrong"
LOOKS_WRONG = "Doubt"

Doubted = Mapping[RowKey, Dispute]


@dataclass(frozen=True)
class Doubt:
    """The row that the address points at, as a row of a metric's month, and its open dispute."""

    metric: Metric
    month: Period
    row: Any
    dispute: Dispute | None

    @property
    def reasons(self) -> list[str]:
        assert self.metric.disputes, "asked only of rows that may be doubted"
        return list(self.metric.disputes.if_upheld)

    @property
    def facts(self) -> dict[str, str]:
        """What the form repeats of the row: columns with their headings."""
        assert self.metric.disputes, "asked only of rows that may be doubted"
        own = {name: self.metric.drill_down[name] for name in self.metric.disputes.facts}
        return {"child_name": "Child", **own, "worker_name": "Worker"}


def doubted_on(page: Page, metric: Metric) -> Doubted:
    """The metric's rows that are in doubt; none where its rows can't be, or without a store."""
    if metric.disputes is None or page.published.store is None:
        return {}
    return doubted_rows(page.published.store, metric)


def doubt_link(
    page: Page,
    metric: Metric,
    doubted: Doubted,
    address_parts: Mapping[str, object],
    row: Any,
    position: int,
) -> object:
    """To the form for one row of a list; what is said of it already, if it is in doubt."""
    if metric.disputes is None or page.published.store is None or not page.may(Act.NOTE):
        return None
    if row.is_closed:
        return None
    dispute = doubted.get(row_key_of(metric, row))
    what = f"disputed: {dispute.reason}" if dispute else "wrong?"
    which = {
        "child": codes.children(page).code_of(row.child_id),
        "doubt": codes.rows_of(page, metric, [row]).code_of(codes.row_id(metric, row)),
    }
    where = page.address.link("dispute", **address_parts, **which)
    return link(where, what, f"{TITLE}: row {position}" if dispute is None else "")


def effect_of_disputes(page: Page) -> Markup:
    """What the open disputes of the figure's rows come to; a published figure stands."""
    metric, doubted = page.address.metric, doubted_on(page, page.address.metric)
    # Of some of a figure's rows nobody can say what it would be.
    if not doubted or not page.shows_every_row:
        return Markup("")
    rows = [row for row in _rows_of(page, metric, doubted) if row_key_of(metric, row) in doubted]
    result = page.figures.result(metric, page.address.view)
    if not rows or result.tally is None:
        return Markup("")
    if page.shown:
        sentence = f"Rows in dispute: {len(rows)}. What was published stands."
    else:
        upheld = if_upheld(metric, result.tally, rows, doubted)
        sentence = dispute_words(metric, result.tally, upheld, len(rows))
    return Markup('<p class="cs-note cs-disputed">{}</p>').format(sentence)


def _rows_of(page: Page, metric: Metric, doubted: Doubted) -> Sequence[Any]:
    behind = rows_behind(metric, page.address.view, page.basis)
    children = {key[metric.identified_by.index("child_id")] for key in doubted}
    of_children = behind.where(behind.selected_columns.child_id.in_(sorted(filter(None, children))))
    return read_records(page.engine, of_children, page.viewer)


def chosen_doubt(page: Page) -> Doubt:
    """The row that the address points at; a WrongAddress where its list can't be doubted."""
    address = page.address
    if address.doubt is None:
        raise WrongAddress("Choose a row that looks wrong: on Unit, or under a figure on Metric.")
    metric = work_list_metric() if address.worklist else address.metric
    if metric.disputes is None:
        raise WrongAddress("Rows of this metric can’t be disputed here: mend them in the record.")
    row = _chosen_row(page, metric, address.doubt)
    month = Period.of(row.due_on) if address.worklist else address.view.period
    return Doubt(metric, month, row, doubted_on(page, metric).get(row_key_of(metric, row)))


def _chosen_row(page: Page, metric: Metric, code: str) -> Any:
    """The row of the address's child and list that the code names."""
    of_child = listing(page).rows_of_child(page, chosen_child(page))
    rows = [row for row in of_child if not row.is_closed]
    chosen = codes.rows_of(page, metric, rows).whose(code)
    for row in rows:
        if codes.row_id(metric, row) == chosen:
            return row
    raise codes.nowhere(page)


def row_in_doubt(doubt: Doubt) -> Markup:
    """What the row says, and what is said of it already."""
    facts = [
        (name, _fact(doubt.row, key))
        for key, name in doubt.facts.items()
        if hasattr(doubt.row, key)
    ]
    return Markup('<div class="cs-title"><h1>{}</h1></div><p>{} · {}</p>{}{}').format(
        TITLE,
        doubt.metric.name,
        doubt.month,
        table(("", "What the data say"), facts),
        _dispute_line(doubt),
    )


def _fact(row: Any, key: str) -> object:
    value = getattr(row, key)
    return value if value is not None else (NAME_HIDDEN if key.endswith("_name") else None)


def _dispute_line(doubt: Doubt) -> Markup:
    if doubt.dispute is None:
        return Markup("")
    dispute = doubt.dispute
    return Markup("<p><b>Disputed by {} on {}: {}.</b> {}</p>").format(
        dispute.raised_by,
        written_date(dispute.raised_at.date()),
        dispute.reason,
        dispute.note or "",
    )


def note_dispute(page: Page, doubt: Doubt, reason: str, words_of_it: str) -> None:
    """Writes the dispute down; then the page says so, and has no form; else why it could not be."""
    said, by = (reason, words_of_it), page.viewer.name
    write(page, Act.NOTE, lambda store: _raise_dispute(store, doubt, *said, by))


def _raise_dispute(store: Engine, doubt: Doubt, reason: str, words_of_it: str, by: str) -> str:
    dispute_row(store, doubt.metric, doubt.month, doubt.row, reason, by, words_of_it)
    return "Noted. The figure stays as it is until the record is mended and loaded again."


def settle_dispute(page: Page, doubt: Doubt, outcome: str) -> None:
    """Writes how the dispute ended; then as for `note_dispute`."""
    assert doubt.dispute is not None
    dispute = doubt.dispute

    def end(store: Engine) -> str:
        settle(store, dispute, outcome, page.viewer.name)
        then = " Mend it in the record: the next load counts it so." if outcome == "upheld" else ""
        return f"The dispute is {words(outcome)}.{then}"

    write(page, Act.NOTE, end)


def its_effect(page: Page, doubt: Doubt) -> Markup:
    """Where it is told what the figure would be: of the row's own month and unit.

    Nothing of a visit that is due in a month to come, which has no figure yet.
    """
    if doubt.month not in page.figures.months:
        return Markup("")
    parts = {"metric": doubt.metric.key, **unit_address_parts(doubt.row.unit_id)}
    where = page.address.link("metric", **{**parts, "month": doubt.month.key})
    return Markup("<p>{}</p>").format(link(where, f"What it does to the figure of {doubt.month} →"))


def back_from_dispute(page: Page) -> Markup:
    """To the list that the row was chosen from."""
    address = page.address
    where = "unit" if address.worklist else "metric"
    address_parts = (
        address.unit if address.worklist else {"metric": address.metric.key, **address.unit}
    )
    return link(address.link(where, **address_parts), "← back to the list")
