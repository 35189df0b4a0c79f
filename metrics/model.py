"""The vocabulary of the dashboard. Imports no more of ours than its own words and the settings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Select, true

from data_access.settings import Settings
from metrics.companions import LateEntry as LateEntry
from metrics.companions import Pair as Pair
from metrics.companions import Quantile as Quantile
from metrics.companions import Spread as Spread
from metrics.measures import Measure as Measure
from metrics.measures import Polarity as Polarity
from metrics.measures import Tally as Tally
from metrics.period import Months as Months
from metrics.period import Period as Period
from metrics.publication import Said
from metrics.spc.chart_reading import ChartReading

SERVICE = "*"


@dataclass(frozen=True)
class Scope:
    """Whose work is counted: one unit, rows with no unit (None), or the whole service ("*")."""

    unit_id: str | None = SERVICE

    @property
    def is_service(self) -> bool:
        return self.unit_id == SERVICE

    def holds(self, unit_id: ColumnElement[str | None]) -> ColumnElement[bool]:
        """Whether rows of a unit are in it: every row is in the service, also that of no unit."""
        if self.is_service:
            return true()
        if self.unit_id is None:
            return unit_id.is_(None)
        return unit_id == self.unit_id


@dataclass(frozen=True)
class View:
    """What the user is looking at: one month and one scope."""

    period: Period
    scope: Scope = field(default_factory=Scope)

    def at(self, period: Period) -> "View":
        return View(period, self.scope)


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

    `says` is written with {n} and {d} (numerator, denominator as whole numbers), {percent}; one
    that says nothing is counted for others to read. It is stored in `figure` as "metric.key". One
    that stands alone can be counted, and is told, even where the source can't support the metric.
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
    by which a row is known again in another load, to say what became of it; `disputed` the reasons
    for which a row may be doubted, each with what the row would count if that is upheld (None: as
    it does); `only_in_files` the drill-down columns for which a screen has no room.
    `split_divides_denominator`: whether each part of what it is split by has a denominator of its
    own; a worker's FTE, which stands in one of the worker's rows, belongs to no child's status.
    `is_of_children`: whether its rows are about children; else they are about people who work.
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
    only_in_files: tuple[str, ...] = ()
    split_by: str | None = None
    split_names: Mapping[str, str] = field(default_factory=dict)
    split_shapes: Mapping[str, str] = field(default_factory=dict)
    split_divides_denominator: bool = True
    is_of_children: bool = True
    one_counted: str | None = None
    bounded_by: str | None = None
    identified_by: tuple[str, ...] = ()
    disputed: Mapping[str, Tally | None] = field(default_factory=dict)
    paired: Pair | None = None
    quantiles: tuple[Quantile, ...] = ()
    late_entry: LateEntry | None = None
    while_new: str | None = None

    @property
    def is_share_of_things(self) -> bool:
        """Whether it counts things that can be named out of such things: visits, not hours."""
        return self.measure.is_share and self.one_counted is not None

    def part_name(self, part: str | None) -> str:
        """A part of what the metric is split by, in words, after its shape where it has one."""
        if part is None:
            return "not known"
        name = self.split_names.get(part, part)
        return f"{self.split_shapes[part]} {name}" if part in self.split_shapes else name


@dataclass(frozen=True)
class Result:
    """One figure with all that is shown beside it.

    `tally` is None where the source can't support the metric, or the month lies outside the data.
    `pair` is the result of the metric that this one is paired with, without a pair of its own.
    `expected` says what late entry will still change; `withheld` why the audience may not see it.
    `chart` is what the run of months says of this one; None where nobody asked for it.
    `differences` are sentences that set it beside others.
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
    quantiles: Mapping[str, Spread] = field(default_factory=dict)
    pair: "Result | None" = None
    expected: str | None = None
    withheld: str | None = None
    chart: ChartReading | None = None
    differences: tuple[str, ...] = ()

    @property
    def value(self) -> float | None:
        return None if self.tally is None else self.metric.measure.figure(self.tally)

    @property
    def written(self) -> str:
        return self.metric.measure.written(self.value)
