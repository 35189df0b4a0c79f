"""Why something that was asked for has no figure: said beside what is printed, or refused."""

from collections.abc import Iterable, Sequence

from commands.output import warn
from data_access.problems import Problem
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import Metric, Period, View
from metrics.units.closed_units import while_closed


def warn_of_what_is_missing(
    figures: Figures, wanted: Sequence[Metric], periods: Sequence[Period]
) -> None:
    for metric in wanted:
        if why := figures.load.not_in_source.get(metric.key):
            warn(f"{metric.key}: not in this source. {why}")
        elif lacking := _last_without_history(figures, metric, periods):
            warn(f"{metric.key}: {lacking}")
    for period in periods:
        if period not in figures.months:
            warn(f"{period.key}: there are no data for this month.")


def _last_without_history(
    figures: Figures, metric: Metric, periods: Sequence[Period]
) -> str | None:
    """What the latest of the months lacks that have no figure for want of history."""
    reasons = (figures.result(metric, View(period)).not_yet for period in reversed(periods))
    return next(filter(None, reasons), None)


def warn_of_the_month(figures: Figures, month: Period) -> None:
    warn_of_what_is_missing(figures, [], [month])
    warn(figures.doubts(month))


def warn_of_what_was_closed(
    figures: Figures, units: Sequence[str], periods: Iterable[Period]
) -> None:
    for period in (period for period in periods if period in figures.months):
        for unit in units:
            if not figures.is_open(unit, period):
                warn(f"{period.key}: {figures.units[unit]} was not open.")
        if counted := while_closed(figures, period):
            warn(f"{period.key}: {counted}")


def refuse_unless_counted(figures: Figures, metric: str, unit: str, month: Period) -> None:
    """Where the unit was not open in the month, or the source can't support the metric."""
    if not figures.is_open(unit, month):
        raise Problem(f"{figures.units[unit]} was not open in {month}: it has no figure then.")
    if why := figures.load.not_in_source.get(metric):
        raise Problem(f"{metric} is not in this source. {why}")
    if why := figures.result(CATALOGUE[metric], View(month)).not_yet:
        raise Problem(f"{metric} has no figure for {month}. {why}")
