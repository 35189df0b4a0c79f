"""The vocabulary of the dashboard: what is asked, and what a metric declares.

The one door to it: measures, periods and the parts of a declaration are asked for here, whichever
file they stand in. Imports no more of ours than its own words and the settings.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, true

from metrics.declaration import Basis as Basis
from metrics.declaration import Beside as Beside
from metrics.declaration import Companion as Companion
from metrics.declaration import Cut as Cut
from metrics.declaration import Disputes as Disputes
from metrics.declaration import LateEntry as LateEntry
from metrics.declaration import Need as Need
from metrics.declaration import Pair as Pair
from metrics.declaration import Quantile as Quantile
from metrics.declaration import Rows as Rows
from metrics.declaration import Shared as Shared
from metrics.declaration import Split as Split
from metrics.declaration import Words as Words
from metrics.measures import FEWEST as FEWEST
from metrics.measures import SMALLEST_SHOWN as SMALLEST_SHOWN
from metrics.measures import FigureKind as FigureKind
from metrics.measures import Followed as Followed
from metrics.measures import Measure as Measure
from metrics.measures import Polarity as Polarity
from metrics.measures import Spread as Spread
from metrics.measures import Tally as Tally
from metrics.measures import itself as itself
from metrics.measures import rest_of_100 as rest_of_100
from metrics.measures import round_half_up as round_half_up
from metrics.measures import thousands_apart as thousands_apart
from metrics.measures import with_minus as with_minus
from metrics.period import Months as Months
from metrics.period import Period as Period
from metrics.period import months_before as months_before

SERVICE = "*"
NOT_ALIKE = "each counts from its own first day, so they have been followed for unlike times"


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

    def of_month(self, period: Period) -> "View":
        return View(period, self.scope)


@dataclass(frozen=True, kw_only=True)
class Metric:
    """Everything that the product knows about one question of the meeting.

    `rows(months, basis)` selects one row for each thing counted: month, unit_id, worker_id,
    child_id, numerator, denominator and the drill-down columns. Tile, trend, comparison, list,
    slide and definition all come from it. It is run by others. What is below `edge_cases` need be
    said only where it is so. `adds_up_over_months`: whether several months' tallies are one
    figure when they are added; what is counted at a month's end is not, as it is there again in
    the next. `worth_saying` is the smallest difference that is worth a senior hour, as differences
    are written: points of a percentage, children per FTE. `identified_by` names the columns by
    which a row is known again in another load, to say what became of it; `only_in_files` the
    drill-down columns for which a screen has no room. `is_of_children`: whether its rows are about
    children; else they are about people who work. `cuts` are what Explore cuts it by, beside the
    unit. `kind` says over which time a month's figure is counted. `history_months` is how long
    `history_of`, or else its tables, must have been held before a month for it to have a figure.
    Where fewer than `fewest` are counted only the two numbers are told, and no rate. `followed`
    says how long those of a followed figure were followed, `window_months` over how many months a
    rolling one goes. `happened_on` is the row column of the day on which one of a count happened:
    where few do, the days between them say more than months. `part_of` is the key of the metric
    whose numerator holds all of this one's, out of the same: outsiders could subtract the two.
    `units_stay_inside`: outsiders are told the whole service's figure alone, as a unit's could be
    worked out from other figures of the same children, or those from it.
    `worth_over_a_year` is the smallest change over a year, in per cent, that is worth the room's
    time, of a number that no limits judge.
    `units_not_compared` says why no unit is set against the others; `goes_on` that who is counted
    in a month mostly is in the next.
    """

    key: str
    number: int
    name: str
    question: str
    words: Words
    measure: Measure
    polarity: Polarity
    adds_up_over_months: bool
    rows: Rows
    worth_saying: float
    drill_down: Mapping[str, str]
    needs: tuple[Need, ...]
    source: str
    edge_cases: tuple[str, ...]
    short: str | None = None
    is_of_children: bool = True
    split: Split = Split()
    beside: Beside = Beside()
    only_in_files: tuple[str, ...] = ()
    identified_by: tuple[str, ...] = ()
    disputes: Disputes | None = None
    cuts: tuple[Cut, ...] = ()
    kind: FigureKind = FigureKind.MONTHLY
    history_months: int = 0
    history_of: tuple[str, ...] = ()
    fewest: int = 0
    followed: Followed | None = None
    window_months: int = 12
    happened_on: str | None = None
    part_of: str | None = None
    units_stay_inside: bool = False
    units_not_compared: str | None = None
    goes_on: bool = False
    worth_over_a_year: float | None = None

    def figure(self, tally: Tally | None) -> float | None:
        """The tally's figure; None for no data, nothing to divide by, and too few for a rate."""
        if tally is None or self.is_too_few(tally):
            return None
        return self.measure.figure(tally)

    def is_too_few(self, tally: Tally) -> bool:
        """Whether something is counted, and too little of it for a rate to be told."""
        return 0 < tally.denominator < self.fewest

    @property
    def why_not_compared(self) -> str | None:
        """Why its units are not set against each other; None where they are."""
        is_to_date = self.kind is FigureKind.CUMULATIVE
        return self.units_not_compared or (NOT_ALIKE if is_to_date else None)

    @property
    def short_name(self) -> str:
        """For a column, a sheet or a link: `short`, or the name where that is short enough."""
        return self.short or self.name

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that it needs, each once."""
        return tuple(dict.fromkeys(need.table for need in self.needs))

    @property
    def needs_history_of(self) -> tuple[str, ...]:
        """The tables whose past decides from which month it can be counted."""
        return self.history_of or self.tables

    @property
    def is_share_of_things(self) -> bool:
        """Whether it counts things that can be named out of such things: visits, not hours."""
        return self.measure.is_share and self.words.one_counted is not None
