"""Beside a figure: the few lines that it must be read with, the rest folded, and what it counts."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from charts.tables import folded, link, table
from metrics.council.own_years import month_and_year, own_years
from metrics.council.published import PublishedYears, published_of
from metrics.figures import Figures
from metrics.result import Result
from metrics.sentence import MUST_BE_SEEN, lines_beside
from ui.address import Address
from ui.definitions import what_it_counts
from ui.metric.chart import chosen_result
from ui.unit.today_and_month import beside_month

LINES_AT_ONCE = 3
OURS = "Ours, the whole service"


def reading_lines(address: Address, figures: Figures) -> Markup:
    """What is always told beside the figure: coverage, pairs, target, and the definition."""
    result = chosen_result(address, figures)
    lines = _lines(address, figures, result)
    at_once = len(lines) if result.never_counted else LINES_AT_ONCE
    rest = lines[at_once:]
    return Markup("<h2>To be read with it</h2>{}{}{}{}").format(
        _listed(lines[:at_once]),
        folded(f"{len(rest)} more to be read with it", _listed(rest)) if rest else "",
        definition(address, figures),
        published_elsewhere(address, figures),
    )


def _lines(address: Address, figures: Figures, result: Result) -> list[Markup]:
    apart = month_and_year(figures, address.metric, address.view)
    told = [*filter(None, [apart]), *in_order(lines_beside(result))]
    lines = [Markup("<li>{}</li>").format(line) for line in told]
    return [*lines, *filter(None, [beside_month(address, result)])]


def in_order(told: Sequence[str]) -> list[str]:
    """What casts doubt on the number first: it is never folded behind the rest."""
    return sorted(told, key=lambda line: not line.startswith(MUST_BE_SEEN))


def _listed(lines: list[Markup]) -> Markup:
    return Markup('<ul class="cs-reading">{}</ul>').format(Markup(" ").join(lines))


def definition(address: Address, figures: Figures) -> Markup:
    """The metric's own words, where its figure is told; the page Definitions has them all."""
    metric = address.metric
    all_of_them = link(f"{address.link('definitions')}#{metric.key}", "All definitions")
    return folded(
        f"Definition: what “{metric.short_name}” counts",
        what_it_counts(address, figures) + Markup("<p>{}</p>").format(all_of_them),
    )


def published_elsewhere(address: Address, figures: Figures) -> Markup:
    """Published figures of other places, with year and source, beside ours: nothing to aim at."""
    metric = address.metric
    published = published_of(metric, figures.settings)
    rows = [
        (
            comparator.place,
            metric.measure.written(comparator.value),
            comparator.period,
            comparator.source,
            comparator.definition,
        )
        for comparator in figures.settings.comparators
        if comparator.metric == metric.key
    ]
    headings = ("Place", "Value", "When", "Source", "What it counts")
    told = table(headings, rows) if rows else Markup("")
    own = [own_years(figures, metric, one, address.view.period) for one in published]
    told += Markup("").join(map(_by_year, published, own))
    return folded(_title(published, own), told) if told else Markup("")


def _title(published: Sequence[PublishedYears], own: Sequence[Mapping[int, str]]) -> str:
    """The places by name: whoever looks for the region finds it."""
    places = ", ".join(dict.fromkeys(place for one in published for place in one.values))
    what = "Our years beside other places" if any(own) else "Other places"
    return f"{what}, as published{f': {places}' if places else ''} (no target)"


def _by_year(published: PublishedYears, own: Mapping[int, str]) -> Markup:
    """Places beside each other, the latest year first, and what they count otherwise than ours."""
    years = sorted({year for of_place in published.values.values() for year in of_place})
    rows = [
        (
            str(year),
            *([own.get(year, "–")] if own else []),
            *(published.written(place, year) for place in published.values),
        )
        for year in reversed(years)
    ]
    if not rows:
        return Markup("")
    part = f"{published.part[:1].upper()}{published.part[1:]}: " if published.part else ""
    return Markup('<p class="cs-note">{}{} {}, by the year ({}).</p>{}').format(
        part,
        published.definition,
        published.source,
        published.period,
        table(("Year", *([OURS] if own else []), *published.values), rows),
    )
