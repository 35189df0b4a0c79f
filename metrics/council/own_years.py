"""The service's own years, as other places' are published: added up, or as at a day."""

from calendar import month_name
from collections.abc import Iterable, Sequence

from metrics.council.published import PublishedYears
from metrics.explore.spans import Over, months_words, span_of
from metrics.figures import Figures
from metrics.model import FigureKind, Measure, Metric, Period, Scope, Tally, View, round_half_up
from metrics.writing import count

MONTHS_OF_A_YEAR = 12
A_YEAR = "year to "
APART = (
    "{month} is {points} {side} {month_before}, and {months} together {year_points} {year_side} the"
    " same months a year before: {now} against {then}. One month alone says little."
)


def own_years(
    figures: Figures, metric: Metric, published: PublishedYears, last: Period
) -> dict[int, str]:
    """The service's figure of each published year up to `last`, with what it is out of.

    Empty where the two can't be set side by side: what was published is of a part or in another
    measure, or months of this kind make no year. A year of which a month has no figure is left out.
    """
    if published.part or published.unit != "%" or not metric.measure.is_share:
        return {}
    years = sorted({year for of_place in published.values.values() for year in of_place})
    told = {year: _own_year(figures, metric, published.period, year, last) for year in years}
    return {year: words for year, words in told.items() if words}


def _own_year(figures: Figures, metric: Metric, period: str, year: int, last: Period) -> str | None:
    end = Period(year, [*month_name].index(period.split()[-1]))
    months = _months_of_a_year(metric, period, end)
    known = [month for month in months if month <= last]
    tally = _together(figures, metric, known, Scope()) if known else None
    if tally is None:
        return None
    so_far = "" if known == months else f" so far, {months_words(known[0], known[-1])}"
    return f"{_share_words(metric, tally)}{so_far}"


def _months_of_a_year(metric: Metric, period: str, end: Period) -> list[Period]:
    """The months whose figures make that year's; none where they make none."""
    is_year = period.startswith(A_YEAR)
    if is_year and metric.kind is FigureKind.MONTHLY and metric.adds_up_over_months:
        return end.run_up(MONTHS_OF_A_YEAR)
    is_rolling = metric.kind is FigureKind.ROLLING and metric.window_months == MONTHS_OF_A_YEAR
    is_alike = is_rolling if is_year else metric.kind is FigureKind.SNAPSHOT
    return [end] if is_alike else []


def month_and_year(figures: Figures, metric: Metric, view: View) -> str | None:
    """Where the month and its financial year so far point in different directions: that.

    Each beside the same months of the year before, and as it is written; None where they agree, one
    is not known, or the month is still being entered.
    """
    adds_up = metric.kind is FigureKind.MONTHLY and metric.adds_up_over_months
    if not (adds_up and metric.is_share_of_things):
        return None
    month, months = [view.period], span_of(Over.YEAR, view.period, view.period).months
    if len(months) == 1 or figures.result(metric, view).expected:
        return None
    of_month, of_year = (_apart(figures, metric, run, view.scope) for run in (month, months))
    if of_month is None or of_year is None or of_month[0] * of_year[0] >= 0:
        return None
    return APART.format(
        month=view.period,
        points=_points(of_month[0]),
        side=_side(of_month[0]),
        month_before=view.period.shift(-MONTHS_OF_A_YEAR),
        months=months_words(months[0], months[-1]),
        year_points=_points(of_year[0]),
        year_side=_side(of_year[0]),
        now=_share_words(metric, of_year[1]),
        then=_share_words(metric, of_year[2]),
    )


def _apart(
    figures: Figures, metric: Metric, months: Sequence[Period], scope: Scope
) -> tuple[float, Tally, Tally] | None:
    """How far the months together lie from those a year before, as differences are written."""
    now = _together(figures, metric, months, scope)
    before = [month.shift(-MONTHS_OF_A_YEAR) for month in months]
    then = _together(figures, metric, before, scope)
    if now is None or then is None:
        return None
    values = metric.figure(now), metric.figure(then)
    if values[0] is None or values[1] is None or _written_alike(metric, *values):
        return None
    return float(round_half_up(values[0] - values[1], 1)), now, then


def _written_alike(metric: Metric, *values: float | None) -> bool:
    return len({metric.measure.written(value) for value in values}) == 1


def _together(
    figures: Figures, metric: Metric, months: Iterable[Period], scope: Scope
) -> Tally | None:
    """All that the months count; None where one is not known or not over, or that is no figure."""
    results = [figures.result(metric, View(month, scope)) for month in months]
    tallies = [result.tally for result in results if not result.provisional]
    known = [tally for tally in tallies if tally is not None]
    if len(known) < len(results) or metric.figure(total := sum(known, Tally())) is None:
        return None
    return total


def _share_words(metric: Metric, tally: Tally) -> str:
    of = f"{count(tally.numerator)} of {count(tally.denominator)}"
    return f"{metric.measure.written(metric.figure(tally))} ({of})"


def _points(difference: float) -> str:
    return f"{abs(difference):.1f} {Measure.PERCENT.words}"


def _side(difference: float) -> str:
    return "above" if difference > 0 else "below"
