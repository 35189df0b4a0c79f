"""The Recording page's table of units: seen and written down, and how long recording takes."""

from collections.abc import Sequence

from markupsafe import Markup

from charts.svg import two_lines
from charts.tables import folded, link, table
from exports.csv_text import csv_file
from metrics.catalogue import paired_with
from metrics.figures import Figures
from metrics.lists.recording_lists import RECORDED
from metrics.model import Measure, Metric, Scope, Tally, View
from metrics.result import Result
from metrics.sentence import count, pair_share, why_no_value
from metrics.spc.month_charts import MONTHS_JUDGED
from ui.address import Address, unit_address_parts
from ui.not_in_source import why_not

SEEN = paired_with(RECORDED)
HALF, NINE_IN_TEN = RECORDED.beside.quantiles
OF_SEEN = ("Seen in time", "of visits due")
OF_RECORDED = (
    "Recorded in time", "of visits with a date", "Date known", HALF.name, NINE_IN_TEN.name,
    "By month",
)  # fmt: skip
NEVER = "No visit at all"


def no_visit_tally(companion: str, address: Address, figures: Figures, scope: Scope) -> Tally:
    """Of the children whose first visit was due, those with none; of nobody if it isn't known."""
    place = f"{SEEN.key}.{companion}", scope.unit_id, address.view.period
    return figures.tallies.get(place, Tally())


def units_table(address: Address, figures: Figures) -> Markup:
    """Each unit's two figures, how long recording takes, its months; the service last.

    Without the columns of what the source can't support, for which the reason stands.
    """
    headings = ("Unit", *OF_SEEN, *OF_RECORDED, NEVER)
    shown = _columns_shown(address, figures)
    high = _longest(address, figures)
    rows = [
        [cell for heading, cell in zip(headings, row, strict=True) if heading in shown]
        for unit_id in figures.units_open(address.view.period)
        if _has_any(address, figures, unit_id)
        for row in [_unit_row(address, figures, unit_id, high or 0)]
    ]
    reason = why_not(*_missing(address, figures).values())
    if not rows:
        nothing = Markup("<p>No visit was due or made in {}.</p>")
        return reason or nothing.format(address.view.period)
    caption = (
        f"Working days within which half (line) and nine in ten (dashed) of the visits were"
        f" recorded: each drawing covers {MONTHS_JUDGED} months at most, from 0 to {count(high)}."
        if high is not None
        else ""
    )
    return table([heading for heading in headings if heading in shown], rows, caption) + reason


def _missing(address: Address, figures: Figures) -> dict[str, str]:
    """Of the two those that are not in the source, as the month tells it, and why."""
    results = (figures.result(metric, address.view) for metric in (SEEN, RECORDED))
    return {result.metric.key: why for result in results if (why := result.not_in_source)}


def _columns_shown(address: Address, figures: Figures) -> set[str]:
    missing = _missing(address, figures)
    whole = no_visit_tally("no_visit", address, figures, Scope())
    return {
        "Unit",
        *(() if SEEN.key in missing else OF_SEEN),
        *(() if RECORDED.key in missing else OF_RECORDED),
        *((NEVER,) if whole.denominator else ()),
    }


def _longest(address: Address, figures: Figures) -> float | None:
    """The most working days that a drawing shows; None where nothing is drawn."""
    return max(
        (
            quantile.value
            for unit_id in figures.units_open(address.view.period)
            for result in _months(address, figures, unit_id)
            if (quantile := result.quantiles.get(NINE_IN_TEN.key))
        ),
        default=None,
    )


def _has_any(address: Address, figures: Figures, unit_id: str | None) -> bool:
    scope = Scope(unit_id)
    return (
        _result(address, figures, SEEN, unit_id).tally is not None
        or _result(address, figures, RECORDED, unit_id).tally is not None
        or bool(no_visit_tally("no_visit", address, figures, scope).denominator)
    )


def _unit_row(
    address: Address, figures: Figures, unit_id: str | None, high: float
) -> tuple[object, ...]:
    seen, recorded = (_result(address, figures, metric, unit_id) for metric in (SEEN, RECORDED))
    line = _months(address, figures, unit_id)
    address_parts = unit_address_parts(unit_id)
    name = seen.unit_name
    is_chosen = unit_id == address.view.scope.unit_id
    unvisited = no_visit_tally("no_visit", address, figures, Scope(unit_id))
    return (
        link(address.link("recording", **address_parts), Markup("<b>{}</b>").format(name))
        if is_chosen
        else link(address.link("recording", **address_parts), name),
        *_share(address, seen),
        *_share(address, recorded),
        _date_known(recorded),
        *(_days(recorded, quantile.key) for quantile in (HALF, NINE_IN_TEN)),
        two_lines(_values(line, HALF.key), _values(line, NINE_IN_TEN.key), high, ""),
        _never(address, unvisited, address_parts),
    )


def _result(address: Address, figures: Figures, metric: Metric, unit_id: str | None) -> Result:
    return figures.result(metric, View(address.view.period, Scope(unit_id)))


def _months(address: Address, figures: Figures, unit_id: str | None) -> list[Result]:
    return figures.trend(RECORDED, Scope(unit_id), address.view.period)


def _values(line: Sequence[Result], key: str) -> list[float | None]:
    return [quantile.value if (quantile := result.quantiles.get(key)) else None for result in line]


def _share(address: Address, result: Result) -> tuple[object, object]:
    """The figure as the pair calls it, leading to its rows, and its n; or why there is none."""
    if result.value is None or result.tally is None:
        return "–", why_no_value(result) if result.tally is None else "0"
    address_parts = unit_address_parts(result.view.scope.unit_id)
    where = address.link("metric", metric=result.metric.key, **address_parts)
    return link(where, pair_share(result)), count(result.tally.denominator)


def _date_known(recorded: Result) -> str:
    (coverage_of_dates,) = RECORDED.beside.coverage
    known = recorded.companions.get(coverage_of_dates.key, Tally())
    return Measure.PERCENT.written(Measure.PERCENT.figure(known))


def _days(result: Result, key: str) -> object:
    quantile = result.quantiles.get(key)
    return count(quantile.value) if quantile else None


def _never(address: Address, tally: Tally | None, address_parts: dict[str, str]) -> object:
    if tally is None or not tally.denominator:
        return None
    shown = f"{count(tally.numerator)} of {count(tally.denominator)}"
    return link(address.link("recording", list="no_visit", **address_parts) + "#rows", shown)


def lag_table(address: Address, figures: Figures) -> Markup:
    """The twin of the drawings: each unit's working days by month; nothing where none is drawn."""
    rows = _lag_rows(address, figures)
    return folded("The working days as a table", table(LAG_HEADINGS, rows)) if rows else Markup("")


def is_any_lag_known(address: Address, figures: Figures) -> bool:
    return bool(_lag_rows(address, figures))


LAG_HEADINGS = ("Month", "Unit", HALF.name, NINE_IN_TEN.name, "Visits with a recording date")


def lag_csv(address: Address, figures: Figures) -> str:
    return csv_file(LAG_HEADINGS, _lag_rows(address, figures))


def _lag_rows(address: Address, figures: Figures) -> list[tuple]:
    return [
        (
            str(result.view.period),
            result.unit_name,
            result.quantiles[HALF.key].value,
            result.quantiles[NINE_IN_TEN.key].value,
            result.quantiles[HALF.key].n,
        )
        for unit_id in figures.units_open(address.view.period)
        for result in reversed(_months(address, figures, unit_id))
        if result.quantiles and not result.not_open
    ]
