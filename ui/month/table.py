"""The Month page's table: units by metrics, each figure with its shape, its n and its months."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from markupsafe import Markup

from charts.marks import legend, marks_of
from charts.spark import sparkline
from charts.tables import link
from metrics.agenda_rules import has_a_row, has_any_figure
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import SERVICE, Measure, Metric, Scope, View
from metrics.result import Result
from metrics.sentence import count, direction, sentence, why_no_value
from metrics.signs import Sign
from metrics.units.closed_units import while_closed
from ui.address import Address, unit_address_parts
from ui.month.boards import board_shown
from ui.month.none_in_source import none_in_source
from ui.month.open_actions import OpenActions, open_actions_link

# At 1280 pixels a column of a seventh has no room for a value and its line.
MOST_COLUMNS = 6


def month_table(address: Address, figures: Figures, open_actions: OpenActions) -> Markup:
    """The board's figures, in as many tables as it takes for a projector to show every line.

    A board of which nothing is in this source is a list with the reasons: it has no figures.
    """
    metrics = metrics_shown(address, figures)
    if missing := none_in_source(address, figures, metrics):
        return missing
    return Markup("").join(
        _table(address, figures, side_by_side, open_actions) for side_by_side in in_rows(metrics)
    )


def in_rows(metrics: Sequence[Metric]) -> list[Sequence[Metric]]:
    """As many in each as in the others, or one fewer, and never more than there is room for."""
    tables = -(-len(metrics) // MOST_COLUMNS)
    ends = [-(-len(metrics) * number // tables) for number in range(tables + 1)]
    return [metrics[first:after] for first, after in pairwise(ends)]


def _table(
    address: Address, figures: Figures, metrics: Sequence[Metric], open_actions: OpenActions
) -> Markup:
    """Units in their own order, the service last; each value leads to its rows.

    Roles are written out: on a small screen a row is a block, which by itself is no row.
    """
    head = Markup("").join(_heading(address, metric) for metric in metrics)
    body = Markup("").join(
        _unit_row(address, figures, unit_id, metrics, open_actions)
        for unit_id in figures.units
        if _is_shown(address, figures, unit_id, metrics)
    )
    foot = _coverage_row(address, figures, metrics)
    return Markup(
        '<table class="cs-month-table" role="table">'
        '<caption class="cs-heard">{}: units by metrics</caption>'
        '<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Unit</th>{}</tr>'
        '</thead><tbody role="rowgroup">{}</tbody>{}</table>'
    ).format(address.view.period, head, body, foot)


def metrics_shown(address: Address, figures: Figures) -> list[Metric]:
    """Those of the board that the address names."""
    return [CATALOGUE[key] for key in board_shown(address, figures).metrics]


def _is_shown(
    address: Address, figures: Figures, unit_id: str | None, metrics: Sequence[Metric]
) -> bool:
    """A unit with any figure; every unit where the source can support no metric at all."""
    period = address.view.period
    has_none = not has_any_figure(figures, SERVICE, period)
    return has_a_row(figures, unit_id, period, [metric.key for metric in metrics]) or (
        has_none and figures.is_open(unit_id, period)
    )


def _heading(address: Address, metric: Metric) -> Markup:
    where = address.link("metric", metric=metric.key)
    return Markup(
        '<th scope="col" role="columnheader">{}<small>{}, n\u00a0=\u00a0{}</small></th>'
    ).format(link(where, metric.short_name), direction(metric), metric.words.counted)


def _coverage_row(address: Address, figures: Figures, metrics: Sequence[Metric]) -> Markup:
    """Nothing where none of the figures has a coverage to tell."""
    if not any(metric.beside.coverage for metric in metrics):
        return Markup("")
    known = Markup("").join(_known(address, figures, metric) for metric in metrics)
    return Markup(
        '<tfoot role="rowgroup"><tr role="row"><th scope="row" role="rowheader">Coverage</th>{}'
        "</tr></tfoot>"
    ).format(known)


def _known(address: Address, figures: Figures, metric: Metric) -> Markup:
    """Of how much the service's figure knows what it should: its coverage, in two numbers."""
    result = figures.result(metric, View(address.view.period))
    shares = [
        f"{count(covered.numerator)} of {count(covered.denominator)}"
        for coverage in metric.beside.coverage
        if (tally := result.companions.get(coverage.key)) and (covered := coverage.covered(tally))
    ]
    if not shares and any(coverage.where_unknown for coverage in metric.beside.coverage):
        shares = ["not known"] if result.tally and result.tally.denominator else []
    where = address.link("metric", metric=metric.key)
    return _named_cell(metric, link(where, shares[0]) if shares else Markup(""))


def _unit_row(
    address: Address,
    figures: Figures,
    unit_id: str | None,
    metrics: Iterable[Metric],
    open_actions: OpenActions,
) -> Markup:
    name = figures.units[unit_id]
    is_service = unit_id == SERVICE
    first = name if is_service else link(address.link("unit", **unit_address_parts(unit_id)), name)
    view = View(address.view.period, Scope(unit_id))
    results = [figures.charted_result(metric, view) for metric in metrics]
    cells = Markup("").join(_cell(address, result, open_actions) for result in results)
    css = Markup(' class="cs-service"') if is_service else ""
    return Markup('<tr role="row"{}><th scope="row" role="rowheader">{}</th>{}</tr>').format(
        css, first, cells
    )


def _cell(address: Address, result: Result, open_actions: OpenActions) -> Markup:
    """The value; beside it its marks above its n, what is agreed about it, and its line."""
    address_parts = unit_address_parts(result.view.scope.unit_id)
    where = address.link("metric", metric=result.metric.key, **address_parts)
    agreed = open_actions_link(address, result, open_actions)
    if result.value is None or result.chart is None:
        shown = Markup("<b>–</b><i>{}</i>").format(why_no_value(result))
        told, line = link(where, shown, sentence(result)), Markup("")
    else:
        shown = Markup('<b>{}</b><em class="cs-marks">{}</em>{}').format(
            result.written, marks_of(result), _n_shown(result)
        )
        told = link(where, shown, f"{sentence(result)} n = {n_words(result)}.")
        line = sparkline(result.chart)
    return _named_cell(
        result.metric, Markup('<div class="cs-cell">{}{}{}</div>').format(told, agreed, line)
    )


def _n_shown(result: Result) -> Markup:
    if _is_its_own_n(result):
        return Markup("")
    of = result.metric.words.counted_as(result.tally.denominator if result.tally else 0)
    return Markup('<i class="cs-n" aria-hidden="true" data-of="{}">n {}</i>').format(
        of, n_words(result)
    )


def _is_its_own_n(result: Result) -> bool:
    """Whether the figure is how many there are, as of children looked after: once is enough."""
    is_count, tally = result.metric.measure is Measure.COUNT, result.tally
    return is_count and tally is not None and tally.numerator == tally.denominator


def _named_cell(metric: Metric, content: Markup) -> Markup:
    """A cell with its column's name, which stands in it where there is no room for columns."""
    return Markup('<td role="cell" data-metric="{}">{}</td>').format(metric.short_name, content)


def n_words(result: Result) -> str:
    """The denominator, or 0 where there is nothing to count."""
    return count(result.tally.denominator if result.tally else 0)


def footer(address: Address, figures: Figures) -> Markup:
    """How to read the page."""
    first = figures.run_up(address.view.period)[0]
    return Markup(
        '<footer class="cs-key">{}<span><i class="cs-mark">{}</i> fault in the data</span>'
        '<span><i class="cs-open">n</i> open actions</span>'
        "<span>Lines from {}, with their usual range</span>{}</footer>"
    ).format(legend(), Sign.DATA_FAULT.shape, first, _counted_while_closed(address, figures))


def _counted_while_closed(address: Address, figures: Figures) -> Markup:
    """What the service holds and no row does: nothing that is counted is passed over."""
    sentence_on_them = while_closed(figures, address.view.period)
    return Markup("<span>{}</span>").format(sentence_on_them) if sentence_on_them else Markup("")
