"""Who holds how many children: per FTE as bars, by name and in no order of merit, and by status."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row

from charts.tables import link, table
from charts.words import number_words
from charts.workload import SHADES, load_bar, shade
from metrics.model import round_half_up
from ui.codes import NO_WORKER, worker_words, workers_of
from ui.session import Page
from ui.unit.length import at_most, more, rest
from ui.unit.today_and_caseload import beside_workload

NOBODY = Markup("<p>No child is held by the unit in these data.</p>")
STATUSES = {
    "cla": "Looked after",
    "cp": "CP plan",
    "cin": "CIN plan",
    "assessment": "Assess\u00adment",
    "no_status": "Nothing open",
}
FTE_NOT_KNOWN = "FTE not known"
BY_STATUS = "The same children by highest status today; the columns add up"


def workload(page: Page, held: Sequence[Row]) -> Markup:
    """Children per FTE of each worker, who is a link to the children; then by status."""
    shown = held[: at_most(page.address, len(held))]
    body = Markup("{}{}{}").format(*_tables(page, held, shown)) if shown else NOBODY
    counted = beside_workload(page.address, page.figures, held) if shown else ""
    return Markup(
        '<section class="cs-workload"><h2>Children held today <small class="cs-quiet">in order of'
        " name, in no order of merit</small></h2>{}{}{}</section>"
    ).format(body, counted, rest(page, more(held, shown)))


def _tables(page: Page, held: Sequence[Row], shown: Sequence[Row]) -> tuple[Markup, Markup, Markup]:
    named = [(_to_the_children(page, shown, row), row) for row in shown]
    high = max((load for row in shown if (load := per_fte(row)) is not None), default=0.0)
    loads = [(name, row.children, row.fte, _load(row, high)) for name, row in named]
    by_status = [
        (name, row.children, *(getattr(row, status) for status in STATUSES)) for name, row in named
    ]
    if len(shown) == len(held) > 1:
        by_status.append(_together(held))
    return (
        table(("Worker", "Children", "FTE", "Children per FTE"), loads),
        _legend(),
        table(("Worker", "Children", *STATUSES.values()), by_status, BY_STATUS),
    )


def _together(held: Sequence[Row]) -> tuple[object, ...]:
    """What the columns add up to, over all who hold a child of the unit."""
    columns = ("children", *STATUSES)
    return ("Together", *(sum(getattr(row, name) for row in held) for name in columns))


def _to_the_children(page: Page, held: Sequence[Row], row: Row) -> Markup:
    code = workers_of(page, (each.worker_id for each in held)).code_of(row.worker_id or NO_WORKER)
    where = page.address.link("unit", **page.address.unit, worker=code)
    return link(f"{where}#held", worker_words(page, row))


def per_fte(row: Any) -> float | None:
    """Children for each FTE; None where nobody holds them, or no FTE is known."""
    return row.children / row.fte if row.fte else None


def _load(row: Row, high: float) -> object:
    load = per_fte(row)
    if load is None:
        return FTE_NOT_KNOWN if row.worker_id is not None else None
    parts = {status: getattr(row, status) / row.fte for status in STATUSES}
    return Markup('<span class="cs-load"><b>{}</b>{}</span>').format(
        number_words(float(round_half_up(load, 1))), load_bar(parts, high)
    )


def _legend() -> Markup:
    """What the shades of a bar are."""
    says = [Markup("<span>{} {}</span>").format(shade(key), STATUSES[key]) for key in SHADES]
    return Markup('<p class="cs-note cs-shades">{}</p>').format(Markup("").join(says))
