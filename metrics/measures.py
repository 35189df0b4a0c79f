"""What a figure is measured in: tallies, how they become a figure, and which way is better."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from data_access.words.agreeing import agreeing

# Of fewer things no rate is told: one more or less would move it by ten points and more.
FEWEST = 10
# Counts of fewer, but of none, are told to nobody who may not see whom they count.
SMALLEST_SHOWN = 6


@dataclass(frozen=True)
class Tally:
    """What a figure is made of. Tallies add up across units and months; rates do not."""

    numerator: float = 0
    denominator: float = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.numerator + other.numerator, self.denominator + other.denominator)


@dataclass(frozen=True)
class Spread:
    """One quantile of a row column, and over how many rows: it adds up with no other."""

    value: float
    n: int


class Measure(Enum):
    """Unit of measure: scale, decimals, how the figure and a difference are written."""

    PERCENT = (100, 0, "{}%", "points")
    PERCENT_ONE_DECIMAL = (100, 1, "{}%", "points")
    PER_FTE = (1, 1, "{}", "children per FTE")
    POINTS = (1, 1, "{:+}", "points")
    DAYS = (1, 0, "{} days", "days")
    PER_1000 = (1000, 1, "{}", "per 1,000")
    COUNT = (1, 0, "{}", "")

    @property
    def words(self) -> str:
        return self.value[3]

    @property
    def is_share(self) -> bool:
        return self.value[0] == 100

    @property
    def is_signed(self) -> bool:
        """Whether it can be below 0, and so is written with its sign."""
        return "+" in self.value[2]

    def figure(self, tally: Tally) -> float | None:
        """None when the denominator is 0: "no data" is neither 0% nor 100%.

        A count is its numerator, whatever it is told out of: none of something is a number.
        """
        if self is Measure.COUNT:
            return tally.numerator
        if tally.denominator == 0:
            return None
        return self.value[0] * tally.numerator / tally.denominator

    def rounded(self, figure: float) -> Decimal:
        return round_half_up(figure, self.value[1])

    def written(self, figure: float | None) -> str:
        """Rounded here and nowhere else, halves away from 0: Python's own round gives 0.5 -> 0.

        A number of days agrees: "1 day". Thousands of days and of things stand apart.
        """
        if figure is None:
            return "–"
        rounded = self.rounded(figure)
        if self is Measure.DAYS:
            return thousands_apart(f"{rounded:,} {agreeing(float(abs(rounded)), 'day')}")
        if self is Measure.COUNT:
            return thousands_apart(f"{rounded:,}")
        return with_minus(self.value[2].format(rounded))


def round_half_up(number: float, decimals: int = 0) -> Decimal:
    """`number` to so many decimals, halves away from zero (-15 to tens is -20, 25 is 30).

    What is rounded to nothing has no sign: never -0.
    """
    # Twelve digits first: 28.499999999999996 is 28.5 that a float could not hold.
    exact = Decimal(f"{number:.12g}")
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0


def with_minus(written: str) -> str:
    """A number as people read it: with a real minus sign, which is as wide as a plus."""
    return written.replace("-", "−")


def thousands_apart(written: str) -> str:
    """A number that Python wrote with commas, as people read it: with thin separators."""
    return with_minus(written.replace(",", "\u2009"))


class Polarity(Enum):
    """Which way is better: said once, in words for people."""

    HIGHER_IS_BETTER = "higher is better"
    LOWER_IS_BETTER = "lower is better"
    NEITHER = "neither is better"


class FigureKind(Enum):
    """What a month's figure is a figure of.

    A metric declares one. Only those whose months share no rows with their neighbours can have
    control limits: limits take each month as a draw of its own.
    """

    MONTHLY = "what happened in the month"
    FOLLOWED = "those whose follow-up ended in the month"
    ROLLING = "the twelve months, or the window, that end with the month"
    CUMULATIVE = "everything up to the month's end"
    SNAPSHOT = "what stood at the month's end"
    WAVE = "one round of a survey, in the month in which it was answered"

    @property
    def has_limits(self) -> bool:
        """Whether its months can be judged by control limits, and so be joined by a line."""
        return self in (FigureKind.MONTHLY, FigureKind.FOLLOWED, FigureKind.SNAPSHOT)

    @property
    def is_of_the_month(self) -> bool:
        """Whether all it counts was in the month: else it may be of a unit that closed before."""
        return self in (FigureKind.MONTHLY, FigureKind.SNAPSHOT, FigureKind.WAVE)

    @property
    def is_drawn(self) -> bool:
        """Whether there is more than one value to draw: what is summed to date is one value."""
        return self is not FigureKind.CUMULATIVE


def itself(figure: Decimal) -> Decimal:
    """The figure, for a metric whose name in the pair says what it counts."""
    return figure


def rest_of_100(figure: Decimal) -> Decimal:
    """What the figure, rounded as it is shown, leaves of 100: so the two shares add up to it."""
    return 100 - figure


@dataclass(frozen=True)
class Followed:
    """How long those of a followed figure were followed, and how that is said of a month.

    `says` is written with {then}, the month that they are of, and {now}, the one in which their
    follow-up ended: "closed in {then}, followed to {now}".
    """

    months: int
    says: str
