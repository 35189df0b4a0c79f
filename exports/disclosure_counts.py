"""What a hidden figure must not give away: its counts, the people behind them, what is within it.

Of one unit's month all of it stands in one row of counts, so that it is judged together.
"""

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import SMALLEST_SHOWN, FigureKind, Metric, Period, Tally
from metrics.stored.people import people_key

Counts = tuple[float, ...]
Unit = str | None

# Sums of hours in another order differ beyond this.
DIGITS_THAT_COUNT = 9
# What nobody knows is hidden as if it were one person.
NOBODY_KNOWS = (1.0,)
MONTHS_OF_A_QUARTER = 3


def families() -> list[list[Metric]]:
    """The metrics that are hidden together: each with all that are part of it."""
    metrics = list(CATALOGUE.values())
    wholes = [metric for metric in metrics if metric.part_of not in CATALOGUE]
    return [[one, *(part for part in metrics if part.part_of == one.key)] for one in wholes]


def counts_of(
    figures: Figures, family: Sequence[Metric], unit_id: Unit, period: Period
) -> Counts | None:
    """Every count of the unit's month that the family's figures tell or give away; None of none.

    Parts are subtracted from their whole: both have one denominator.
    """
    tallies = {metric.key: figures.tallies.get((metric.key, unit_id, period)) for metric in family}
    if all(tally is None for tally in tallies.values()):
        return None
    own = (
        count
        for metric in family
        for count in _counts(figures, metric, tallies[metric.key] or Tally(), unit_id, period)
    )
    return (*own, *_left_of_the_whole(family, tallies))


def _counts(
    figures: Figures, metric: Metric, tally: Tally, unit_id: Unit, period: Period
) -> Counts:
    people = _people(figures, (people_key(metric.key), unit_id, period))
    if people:
        return (*parts(tally, metric.measure.is_share), people.numerator, people.denominator)
    # Nothing has nobody behind it.
    unknown = (0.0,) if tally == Tally() else NOBODY_KNOWS
    return (*parts(tally, metric.measure.is_share), *unknown * 2)


def _people(figures: Figures, place: tuple[str, Unit, Period]) -> Tally | None:
    """As published with the month; of one published without them as they are known now."""
    live = figures.live.tallies if figures.live else {}
    return figures.tallies.get(place) or live.get(place)


def _left_of_the_whole(family: Sequence[Metric], tallies: Mapping[str, Tally | None]) -> Counts:
    whole, *within = family
    of_all = tallies[whole.key]
    told = [tallies[part.key] for part in within]
    return tuple(of_all.numerator - one.numerator if of_all and one else 0 for one in told)


def parts(tally: Tally, is_share: bool) -> Counts:
    """Numerator, denominator and, of a share, the rest."""
    rest = tally.denominator - tally.numerator if is_share else 0
    return (tally.numerator, tally.denominator, rest)


def is_small(counts: Counts) -> bool:
    """Whether any of them is 1 to 5; parts of an hour or of a post count as well."""
    return any(0 < abs(round(count, DIGITS_THAT_COUNT)) < SMALLEST_SHOWN for count in counts)


def can_be_many(together: Counts, service: Counts, pairs: int) -> bool:
    """Whether what is hidden adds up to enough for each hidden count to be any of six or more.

    In each of so many pairs some count is 1 to 5, so each takes at least 1 of the sum. Of what
    the service has none, as its own figure says, no unit has any: nothing is given away.
    """
    enough = SMALLEST_SHOWN + pairs
    of_both = zip(together, service, strict=True)
    return all(
        round(of_all, DIGITS_THAT_COUNT) == 0 or abs(round(hidden, DIGITS_THAT_COUNT)) >= enough
        for hidden, of_all in of_both
    )


def added(rows: Sequence[Counts]) -> Counts:
    """The sums, count by count; of no row nothing."""
    return tuple(sum(column) for column in zip(*rows, strict=True))


def is_told_of(family: Sequence[Metric], period: Period) -> bool:
    """Whether the month's figure is told at all: of what is summed to date, a quarter's last."""
    is_to_date = any(metric.kind is FigureKind.CUMULATIVE for metric in family)
    return not is_to_date or period.month % MONTHS_OF_A_QUARTER == 0


def with_steps(now: Counts, before: Counts | None) -> Counts:
    """A figure's counts and what came to them since it was last shown: who subtracts has that."""
    return (*now, *(one - other for one, other in zip_longest(now, before or now)))
