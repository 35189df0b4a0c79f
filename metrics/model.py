"""The vocabulary of the dashboard. Imports nothing of ours but other words: settings, published."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from sqlalchemy import Select

from data_access.settings import Settings
from metrics.published import Said

SERVICE = "*"


@dataclass(frozen=True, order=True)
class Period:
    """One calendar month. Half-open: `start` is in it, `end` is not."""

    year: int
    month: int

    @property
    def start(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def end(self) -> date:
        return self.shift(1).start

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)

    def shift(self, months: int) -> "Period":
        index = self.year * 12 + self.month - 1 + months
        return Period(index // 12, index % 12 + 1)

    def run_up(self, months: int) -> list["Period"]:
        """The `months` months that end with this one, oldest first."""
        return [self.shift(-back) for back in reversed(range(months))]

    @classmethod
    def of(cls, day: date) -> "Period":
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, written: str) -> "Period":
        """From the address's spelling, "2016-09"; ValueError for anything else."""
        year, month = written.split("-")
        day = date(int(year), int(month), 1)
        return cls.of(day)

    @property
    def key(self) -> str:
        """As addresses and the command line spell it: "2016-09"."""
        return f"{self.year:04d}-{self.month:02d}"

    def __str__(self) -> str:
        return f"{self.start:%B} {self.year}"


@dataclass(frozen=True)
class Months:
    """A run of months, both ends included."""

    first: Period
    last: Period


@dataclass(frozen=True)
class Scope:
    """Whose work is counted: one unit, rows with no unit (None), or the whole service ("*")."""

    unit_id: str | None = SERVICE

    @property
    def is_service(self) -> bool:
        return self.unit_id == SERVICE


@dataclass(frozen=True)
class View:
    """What the user is looking at: one month and one scope."""

    period: Period
    scope: Scope = field(default_factory=Scope)

    def at(self, period: Period) -> "View":
        return replace(self, period=period)


@dataclass(frozen=True)
class Tally:
    """What a figure is made of. Tallies add up across units and months; rates do not."""

    numerator: float = 0
    denominator: float = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.numerator + other.numerator, self.denominator + other.denominator)


class Measure(Enum):
    """Unit of measure: scale, decimals, how the figure and a difference are written."""

    PERCENT = (100, 0, "{}%", "points")
    PERCENT_ONE_DECIMAL = (100, 1, "{}%", "points")
    PER_FTE = (1, 1, "{}", "children per FTE")
    POINTS = (1, 1, "{:+}", "points")

    @property
    def words(self) -> str:
        return self.value[3]

    @property
    def is_share(self) -> bool:
        return self.value[0] == 100

    def figure(self, tally: Tally) -> float | None:
        """None when the denominator is 0: "no data" is neither 0% nor 100%."""
        if tally.denominator == 0:
            return None
        return self.value[0] * tally.numerator / tally.denominator

    def written(self, figure: float | None) -> str:
        """Rounded here and nowhere else, halves away from 0: Python's own round gives 0.5 -> 0."""
        if figure is None:
            return "–"
        _, decimals, template, _ = self.value
        rounded = round_half_up(figure, decimals)
        return template.format(abs(rounded) if rounded == 0 else rounded).replace("-", "−")


def round_half_up(number: float, decimals: int = 0) -> Decimal:
    """`number` to so many decimals, halves away from zero (-15 to tens is -20, 25 is 30)."""
    # Twelve digits first: 28.499999999999996 is 28.5 that a float could not hold.
    exact = Decimal(f"{number:.12g}")
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


class Polarity(Enum):
    """Which way is better: said once, in words for people."""

    HIGHER_IS_BETTER = "higher is better"
    LOWER_IS_BETTER = "lower is better"
    NEITHER = "neither is better"


@dataclass(frozen=True)
class Basis:
    """What a count rests on besides the rows: the settings and the day up to which all is known.

    `known_on` is None for what is known now; a date leaves out what was recorded after it.
    """

    settings: Settings
    as_at: date
    known_on: date | None = None


Rows = Callable[[Months, Basis], Select]


@dataclass(frozen=True)
class Companion:
    """A count that is always told beside a metric: coverage, a pair, what was left out.

    `says` is written with {n} and {d} (numerator, denominator as whole numbers), {percent}.
    It is stored in `figure` as "metric.key". One that stands alone can be counted, and is told,
    even where the source can't support the metric itself.
    """

    key: str
    name: str
    says: str
    rows: Rows
    is_coverage: bool = False
    stands_alone: bool = False


@dataclass(frozen=True)
class Metric:
    """Everything that the product knows about one question of the meeting.

    `rows(months, basis)` selects one row for each thing counted: month, unit_id, worker_id,
    child_id, numerator, denominator and the drill-down columns. Tile, trend, comparison, list,
    slide and definition all come from it. It is run by others. `identified_by` names the columns
    by which a row is known again in another load, to say what became of it.
    """

    key: str
    number: int
    name: str
    short_name: str
    question: str
    numerator: str
    denominator: str
    one_row_is: str
    counted: str
    measure: Measure
    polarity: Polarity
    rows: Rows
    drill_down: Mapping[str, str]
    needs: tuple[str, ...]
    source: str
    edge_cases: tuple[str, ...]
    companions: tuple[Companion, ...] = ()
    split_by: str | None = None
    split_names: Mapping[str, str] = field(default_factory=dict)
    one_counted: str | None = None
    bounded_by: str | None = None
    identified_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """One figure with all that is shown beside it.

    `tally` is None where the source can't support the metric, or the month lies outside the data.
    """

    metric: Metric
    view: View
    unit_name: str
    tally: Tally | None
    companions: Mapping[str, Tally] = field(default_factory=dict)
    target: float | None = None
    not_in_source: str | None = None
    provisional: bool = False
    floor: float = 0
    said: Said | None = None

    @property
    def value(self) -> float | None:
        return None if self.tally is None else self.metric.measure.figure(self.tally)

    @property
    def written(self) -> str:
        return self.metric.measure.written(self.value)
