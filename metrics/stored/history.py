"""From which month a metric can be counted: what must lie before it, and since when that is held.

A month whose history is not held has no figure: what is not known of would pass for what never was.
"""

from collections.abc import Iterable

from data_access.load_info import LoadInfo
from metrics.catalogue import CATALOGUE
from metrics.memory import METRICS_KEPT, Memory
from metrics.model import FigureKind, Metric, Months, Period, Tally
from metrics.publication import PublishedWords
from metrics.writing import several, written_date

# How the line begins that says so: by it a published month is known, whose words are kept.
NOT_ENOUGH = "Not enough history"
NOT_HELD = (
    f"{NOT_ENOUGH}: {{month}} is not held in full, as {{tables}}: no month before {{first}} is."
)
FIRST_OF_ALL = Period(1, 1)
NOBODY_SAID = (
    "Each month needs {needed}, and nobody said since when {tables} are held in full: say it to"
    " 'load' as --covers-from {example}, or in a folder's source_load.csv."
)


def first_month(load: LoadInfo, metric: Metric) -> Period | None:
    """The first month with all the history that the metric needs; None where nobody said.

    The whole of it lies before each day of the month: of 12 months held from 1 April 2014 the
    first is April 2015, of those held from 2 April it is May.
    """
    held_from = load.covered_from(metric.needs_history_of)
    if held_from is None:
        return None
    earliest = Period.of(held_from).shift(metric.history_months)
    return earliest if held_from.day == 1 else earliest.shift(1)


def with_history(months: Months, load: LoadInfo, metric: Metric) -> Months | None:
    """Those of `months` in which the metric can be counted; None where it can in none."""
    since = counted_since(load, metric)
    if since is None or since > months.last:
        return None
    return Months(max(months.first, since), months.last)


def counted_since(load: LoadInfo, metric: Metric) -> Period | None:
    """The first month in which the metric can be counted; None where it can in none.

    The first of all where nobody said from when its tables are held, and it needs no history.
    """
    history = first_month(load, metric)
    if metric.history_months and history is None:
        return None
    begun = (FIRST_OF_ALL, held_in_full(load, metric), history if metric.history_months else None)
    return max(month for month in begun if month)


def held_in_full(load: LoadInfo, metric: Metric) -> Period | None:
    """The first month of which its own tables hold every day; None where nobody said of any.

    What is counted at a month's end is whole from the month in which they begin.
    """
    said = (load.covered_from([table]) for table in metric.tables)
    days = [day for day in said if day]
    if not days:
        return None
    is_at_the_end = metric.kind is FigureKind.SNAPSHOT or max(days).day == 1
    return Period.of(max(days)).shift(0 if is_at_the_end else 1)


def not_yet(
    load: LoadInfo, metric: Metric, period: Period, published: PublishedWords | None = None
) -> str | None:
    """Why the month has no figure for want of history; as it was published, if it is."""
    if published:
        first_lines = published.reading[:1]
        return next((line for line in first_lines if line.startswith(NOT_ENOUGH)), None)
    since = counted_since(load, metric)
    if since and since <= period:
        return None
    own = held_in_full(load, metric)
    if own and period < own:
        return NOT_HELD.format(month=period, tables=_held_words(load, metric), first=own)
    return f"{NOT_ENOUGH}: {period} needs {needed(metric)}. {_since(load, metric)}"


class Histories:
    """`not_yet` of one load: since when a metric is counted is the same for each of its figures."""

    def __init__(self, load: LoadInfo) -> None:
        self._load = load
        self._since: Memory[Period | None] = Memory(METRICS_KEPT)

    def not_yet(
        self,
        metric: Metric,
        period: Period,
        tally: Tally | None,
        published: PublishedWords | None,
    ) -> str | None:
        """Why the month has no figure for want of history; as it was published, if it is.

        Nothing of what was counted, also by a load before that held more: `tally` says so.
        """
        if tally is not None:
            return None
        since = self._since.value(metric.key, lambda: counted_since(self._load, metric))
        if published is None and since and since <= period:
            return None
        return not_yet(self._load, metric, period, published)


def _held_words(load: LoadInfo, metric: Metric) -> str:
    """As in "plans are held from 1 June 2016": of its tables that which is held from the latest."""
    said = [(day, table) for table in metric.tables if (day := load.covered_from([table]))]
    day, table = max(said)
    return f"{called([table])} are held from {written_date(day)}"


def needed(metric: Metric) -> str:
    """As in "12 months of referrals before it"."""
    months = several(metric.history_months, "month")
    return f"{months} of {called(metric.needs_history_of)} before it"


def counted_from(load: LoadInfo, metric: Metric) -> str | None:
    """From which month on there are figures, and why; None where the metric needs no history."""
    if not metric.history_months:
        return None
    return f"Each month needs {needed(metric)}. {_since(load, metric)}"


def in_these_data(load: LoadInfo, metric: Metric) -> str:
    """Whether the source supports the metric: why not, from which month on, or "yes"."""
    why_not = load.not_in_source.get(metric.key)
    return why_not or counted_from(load, metric) or _whole_from(load, metric) or "yes"


def _whole_from(load: LoadInfo, metric: Metric) -> str | None:
    """As in "yes, from June 2016 on: plans are held from 1 June 2016"; None if nobody said."""
    first = held_in_full(load, metric)
    return f"yes, from {first} on: {_held_words(load, metric)}." if first else None


def counted_from_by_metric(load: LoadInfo) -> dict[str, str]:
    """`counted_from` of each metric that needs history and that the source supports."""
    return {
        key: words
        for key, metric in CATALOGUE.items()
        if key not in load.not_in_source and (words := counted_from(load, metric))
    }


def nobody_said(load: LoadInfo, metric: Metric) -> str:
    """What to say of the source for the metric to be counted; nothing where it is said."""
    if not metric.history_months or first_month(load, metric):
        return ""
    unsaid = [table for table in metric.needs_history_of if load.covered_from([table]) is None]
    return NOBODY_SAID.format(
        needed=needed(metric), tables=called(unsaid), example=f"{unsaid[0]}=2011-04-04"
    )


def _since(load: LoadInfo, metric: Metric) -> str:
    first, held_from = first_month(load, metric), load.covered_from(metric.needs_history_of)
    if first is None or held_from is None:
        return nobody_said(load, metric)
    return (
        f"They are held from {written_date(held_from)}: the first month with a figure is {first}."
    )


def called(tables: Iterable[str]) -> str:
    """What the rows of some tables are, in words: "referrals and enquiries"."""
    return " and ".join(_several(table.replace("_", " ")) for table in tables)


def _several(thing: str) -> str:
    return f"{thing[:-1]}ies" if thing.endswith("y") else f"{thing}s"
