"""The Month page's parts: the month's sentences and the table of units by metrics."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from charts.svg import sparkline
from charts.tables import link
from metrics.catalogue import CATALOGUE
from metrics.evaluate import Figures
from metrics.model import SERVICE, Metric, Result, Scope, View
from metrics.sentence import (
    count,
    coverage,
    direction,
    pair_words,
    reading,
    sentence,
    why_no_value,
)
from ui.address import Address, unit_said

MONTHS_SHOWN = 24


def sentences(address: Address, figures: Figures) -> Markup:
    """What the month says of the whole service: one sentence a metric, each a link to it."""
    said = Markup("").join(
        _sentence(address, figures.result(metric, View(address.view.period)))
        for metric in CATALOGUE.values()
    )
    return Markup(
        '<section class="cs-says"><h2>What the month says</h2><ul>{}</ul></section>'
    ).format(said)


def _sentence(address: Address, result: Result) -> Markup:
    where = address.link("metric", metric=result.metric.key)
    beside = _told_beside(result)
    return Markup("<li>{}<span>{}</span></li>").format(link(where, sentence(result)), beside)


def _told_beside(result: Result) -> str:
    """What the sentence is never told without: why there is none, coverage, pair, or n."""
    if result.not_in_source:
        return reading(result)[0]
    return (coverage(result) or [pair_words(result) or reading(result)[0]])[0]


def month_table(address: Address, figures: Figures) -> Markup:
    """Units in their own order, the service last; each value leads to its rows."""
    scales = {metric.key: _Scale(metric, address, figures) for metric in CATALOGUE.values()}
    head = Markup("").join(_heading(address, metric) for metric in CATALOGUE.values())
    body = Markup("").join(
        _unit_row(address, figures, unit_id, list(scales.values()))
        for unit_id in figures.units
        if _is_shown(unit_id, scales.values())
    )
    return Markup(
        '<table class="cs-month-table"><caption class="cs-heard">{}: units by metrics</caption>'
        '<thead><tr><th scope="col">Unit</th>{}</tr></thead><tbody>{}</tbody></table>'
    ).format(address.view.period, head, body)


def _is_shown(unit_id: str | None, scales: Iterable["_Scale"]) -> bool:
    """A unit with any figure; every unit where the source can support no metric at all."""
    return any(one.has_any(unit_id) for one in scales) or not any(
        one.has_any(SERVICE) for one in scales
    )


class _Scale:
    """One metric's results for all units, and the values between which all its lines are drawn."""

    def __init__(self, metric: Metric, address: Address, figures: Figures) -> None:
        self.metric = metric
        self.lines = {
            unit_id: figures.trend(metric, Scope(unit_id), address.view.period, MONTHS_SHOWN)
            for unit_id in figures.units
        }
        known = [one.value for line in self.lines.values() for one in line if one.value is not None]
        self.low, self.high = (min(known), max(known)) if known else (0.0, 0.0)

    def has_any(self, unit_id: str | None) -> bool:
        return any(one.tally is not None for one in self.lines[unit_id])


def _heading(address: Address, metric: Metric) -> Markup:
    where = address.link("metric", metric=metric.key)
    return Markup('<th scope="col">{}<small>{}</small><small>n = {}</small></th>').format(
        link(where, metric.short_name), direction(metric), metric.counted
    )


def _unit_row(
    address: Address, figures: Figures, unit_id: str | None, scales: Sequence[_Scale]
) -> Markup:
    name = figures.units[unit_id]
    is_service = unit_id == SERVICE
    first = name if is_service else link(address.link("unit", **unit_said(unit_id)), name)
    cells = Markup("").join(_cell(address, scale, unit_id) for scale in scales)
    css = Markup(' class="cs-service"') if is_service else ""
    return Markup('<tr{}><th scope="row">{}</th>{}</tr>').format(css, first, cells)


def _cell(address: Address, scale: _Scale, unit_id: str | None) -> Markup:
    line = scale.lines[unit_id]
    result = line[-1]
    where = address.link("metric", metric=scale.metric.key, **unit_said(unit_id))
    if result.value is None:
        shown = Markup("<b>–</b><i>{}</i>").format(why_no_value(result))
        return Markup("<td>{}</td>").format(link(where, shown, sentence(result)))
    drawn = sparkline([one.value for one in line], scale.low, scale.high, "")
    n = n_words(result)
    shown = Markup("<b>{}</b><i>n {}</i>{}").format(result.written, n, drawn)
    return Markup("<td>{}</td>").format(link(where, shown, f"{sentence(result)} n = {n}."))


def n_words(result: Result) -> str:
    """The denominator, or 0 where there is nothing to count."""
    return count(result.tally.denominator if result.tally else 0)


def footer(address: Address, figures: Figures) -> Markup:
    """How to read the page, and the coverage that is told at the end."""
    first = max(figures.months[0], address.view.period.shift(1 - MONTHS_SHOWN))
    return Markup(
        "<footer><span>Each line: {} to {}, one scale for all units of a metric</span>"
        "<span>A value opens its chart and its rows; a unit opens its work</span>"
        "<span>– : no value, with the reason</span></footer>"
    ).format(first, address.view.period)
