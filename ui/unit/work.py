"""The Unit page's title with its ways to a worker's or a plan's work, and the unit's figures."""

from collections.abc import Sequence

from markupsafe import Markup
from sqlalchemy import Row

from charts.marks import marks_of
from charts.spark import sparkline
from charts.tables import folded, link, table
from data_access.settings import Board
from metrics.catalogue import CATALOGUE
from metrics.council.boards import boards_of
from metrics.figures import Figures
from metrics.kinds.hidden import mark_word
from metrics.sentence import direction, pair_words, why_no_value, written_date
from ui.address import Address
from ui.codes import NO_WORKER, worker_words, workers_of
from ui.frame import choice, picker, unit_picker
from ui.lists import worker_named
from ui.session import Page
from ui.unit.demand import demand_against_plan
from ui.unit.length import at_most, more, rest
from ui.unit.which_unit import (
    units_with_rows,
    way_to_education,
    way_to_practice,
    way_to_search,
    way_to_the_meeting,
)

PLANS = {"CIN": "Child in need plans", "CP": "Child protection plans", "CLA": "Looked after"}


def unit_title(page: Page, held: Sequence[Row]) -> Markup:
    """Whose work this is, and the ways to other units, to one worker's work or one plan's."""
    address = page.address
    return Markup(
        '<div class="cs-title"><h1>{}: work as it stands on {}</h1>'
        '<nav aria-label="This page">{}{}{}{}{}{}{}</nav></div>'
    ).format(
        _whose(page, held),
        written_date(page.live.load.as_at),
        worker_picker(page, held),
        plan_picker(address),
        unit_picker("unit", address, units_with_rows(page)),
        way_to_practice(page),
        way_to_the_meeting(page),
        way_to_education(page),
        way_to_search(page),
    )


def _whose(page: Page, held: Sequence[Row]) -> str:
    address = page.address
    parts = [page.figures.units[address.view.scope.unit_id]]
    if address.worker is not None:
        parts.append(worker_words(page, worker_named(page, held)))
    if address.plan is not None:
        parts.append(PLANS[address.plan].lower())
    return ", ".join(parts)


def worker_picker(page: Page, held: Sequence[Row]) -> Markup:
    """The unit's workers, each by a code: an address names nobody."""
    address = page.address
    listed = held[: at_most(address, len(held))]
    codes = workers_of(page, (row.worker_id for row in listed))
    named = [(worker_words(page, row), codes.code_of(row.worker_id or NO_WORKER)) for row in listed]
    choices = [("Every worker", None), *named]
    address_parts = {**address.unit, "plan": address.plan}
    links = Markup("").join(
        choice(
            address.link("unit", **address_parts, worker=code), name, code == address.worker, name
        )
        for name, code in choices
    )
    return picker("Worker ▾", Markup("{}{}").format(links, rest(page, more(held, listed))))


def plan_picker(address: Address) -> Markup:
    """The kinds of plan, and all of them."""
    address_parts = {**address.unit, "worker": address.worker}
    choices = [(None, "Every plan"), *PLANS.items()]
    return picker(
        "Plan ▾",
        Markup("").join(
            choice(
                address.link("unit", **address_parts, plan=kind), words, kind == address.plan, words
            )
            for kind, words in choices
        ),
    )


def figures_of_the_unit(address: Address, figures: Figures) -> Markup:
    """The unit's figures of the month by boards, the first open, and those told as a pair."""
    first, *others = boards_of(figures.settings)
    results = [figures.result(metric, address.view) for metric in CATALOGUE.values()]
    pairs = dict.fromkeys(sentence for result in results if (sentence := pair_words(result)))
    return Markup(
        '<section class="cs-of-the-month"><h2>{} in figures</h2>{}{}{}</section>{}'
    ).format(
        address.view.period,
        _board_table(address, figures, first),
        Markup("").join(Markup('<p class="cs-note">{}</p>').format(sentence) for sentence in pairs),
        Markup("").join(
            folded(board.name, _board_table(address, figures, board)) for board in others
        ),
        demand_against_plan(address, figures),
    )


def _board_table(address: Address, figures: Figures, board: Board) -> Markup:
    rows = [_figure_row(address, figures, key) for key in board.metrics]
    return table(("Metric", "Value", "Reading", "Months", "Direction"), rows)


def _figure_row(address: Address, figures: Figures, key: str) -> tuple[object, ...]:
    metric = CATALOGUE[key]
    result = figures.charted_result(metric, address.view)
    where = address.link("metric", metric=key, **address.unit)
    if result.value is None or result.chart is None:
        return link(where, metric.name), f"– {why_no_value(result)}", None, None, direction(metric)
    reading = Markup("{} {}").format(marks_of(result, is_said_beside=True), mark_word(result))
    drawn = sparkline(result.chart)
    return link(where, metric.name), result.written, reading, drawn, direction(metric)
