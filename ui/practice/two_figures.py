"""Caseload and direct work of a unit beside each other, with what can be read from that."""

from collections.abc import Sequence

from markupsafe import Markup

from charts.spark import sparkline
from charts.tables import folded, link, table
from data_access.words.agreeing import agreeing
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import Scope, View
from metrics.result import Result
from metrics.sentence import why_no_value
from metrics.writing import count, several
from ui.address import unit_address_parts
from ui.practice.opening import Practice

MONTHS = 12
TWO = (CATALOGUE["caseload"], CATALOGUE["direct_work"])
CAN = "What can be read: whether the two moved in the same months, in this unit."
CANNOT = (
    "What can’t: that one moved the other. It is one unit, and few months; both follow other things"
    " too, as vacancies, leave and how the diary is kept, and two lines of so few months often look"
    " alike by chance. Caseload is of a month’s last day, direct work of all hours of the month."
    " Neither says anything of one worker."
)


def two_figures(on: Practice) -> Markup:
    """For each unit asked for, whose figures are open, the two; then the words."""
    figures, units = on.page.figures, on.unit_names
    if not units:
        return Markup("")
    return Markup(
        '<section class="cs-two"><h2>Caseload and direct work</h2>{}<p class="cs-note">{} {}</p>'
        "</section>"
    ).format(
        Markup("").join(_of_unit(on, figures, id, name) for id, name in units.items()), CAN, CANNOT
    )


def _of_unit(on: Practice, figures: Figures, unit_id: str | None, name: str) -> Markup:
    lines = [figures.trend(metric, Scope(unit_id), figures.latest)[-MONTHS:] for metric in TWO]
    both = sum(
        one.value is not None and other.value is not None for one, other in zip(*lines, strict=True)
    )
    said = (
        f"{count(both)} of the last {several(MONTHS, 'month')} {agreeing(both, 'has', 'have')} both"
    )
    return Markup('<h3>{} <small class="cs-quiet">{}</small></h3>{}{}').format(
        name, said, _latest(on, figures, unit_id), _by_month(lines)
    )


def _latest(on: Practice, figures: Figures, unit_id: str | None) -> Markup:
    rows = []
    for metric in TWO:
        result = figures.charted_result(metric, View(figures.latest, Scope(unit_id)))
        where = on.page.address.link(
            "metric", metric=metric.key, **unit_address_parts(unit_id), month=figures.latest.key
        )
        drawn = sparkline(result.chart) if result.chart else None
        rows.append((link(where, metric.name), _written(result), drawn))
    return table(("Figure", str(figures.latest), "Months"), rows)


def _written(result: Result) -> str:
    return f"– {why_no_value(result)}" if result.value is None else result.written


def _by_month(lines: Sequence[Sequence[Result]]) -> Markup:
    rows = [
        (str(one.view.period), _written(one), _written(other))
        for one, other in zip(*lines, strict=True)
    ]
    return folded("Month by month", table(("Month", *(metric.name for metric in TWO)), rows))
