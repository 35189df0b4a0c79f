"""The parts of a metric's declaration: its words and needs, its parts, what is told beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, FromClause, Select, Subquery

from data_access.settings import Settings
from data_access.words.agreeing import agreeing
from metrics.measures import Tally
from metrics.period import Months

Shared = Callable[[str, Subquery], FromClause]


@dataclass(frozen=True)
class Basis:
    """What a count rests on besides the rows: the settings and the day up to which all is known.

    `known_on` is None for what is known now; a date leaves out what was recorded after it.
    `shared` gives rows that several counts rest on: a part of each query; at derive, one table.
    """

    settings: Settings
    as_at: date
    known_on: date | None = None
    shared: Shared = field(default=lambda _name, rows: rows, compare=False, repr=False)


Rows = Callable[[Months, Basis], Select]


@dataclass(frozen=True)
class Words:
    """How what is counted is called: "visits not made by their due date ÷ visits due".

    `counted` names the denominator in a reading, "n = 98 visits due", `counted_one` where it is 1.
    `one_counted` is one thing of it, for a share of things that have names: a visit, not an hour.
    """

    numerator: str
    denominator: str
    one_row_is: str
    counted: str
    one_counted: str | None = None
    counted_one: str | None = None

    def counted_as(self, number: float) -> str:
        """As in "visits due"; "visit due" of one."""
        return agreeing(number, self.counted_one or self.counted, self.counted)

    @property
    def counted_out_of(self) -> str:
        """What the two numbers of a figure are, for beside a table that has both."""
        return f"Counted: {self.numerator}. Out of: {self.denominator}."

    @property
    def of_a_table(self) -> tuple[str, str]:
        """The two as the headings of columns."""
        numerator, denominator = self.numerator, self.denominator
        return (numerator[0].upper() + numerator[1:], denominator[0].upper() + denominator[1:])

    @property
    def quotient(self) -> str:
        return f"{self.numerator} ÷ {self.denominator}"


@dataclass(frozen=True)
class Need:
    """A table without whose rows there is nothing to count, not even 0.

    With `column`, that some row must fill of which `unless` is not true; with `also_in`, the other
    table in which its value must stand too; with `value`, what some row must have there; with
    `only` no other row counts. `says` is the metric's own sentence, if loading's is not enough.
    """

    table: str
    column: str | None = None
    also_in: str | None = None
    says: str | None = None
    value: str | None = None
    unless: str | None = None
    only: bool = False


@dataclass(frozen=True)
class Split:
    """The row column by which a figure is shown in parts, and the parts' names in their order.

    By None, a figure has no parts. `divides_denominator`: whether each part has a denominator of
    its own; a worker's FTE, which stands in one of the worker's rows, belongs to no child's status.
    `missing` names the rows that have nothing there.
    """

    by: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    divides_denominator: bool = True
    missing: str = "not known"

    def name(self, part: str | None) -> str:
        """A part in words."""
        return self.missing if part is None else self.names.get(part, part)

    def place(self, part: str | None) -> tuple[int, str]:
        """What to sort parts by: in the order of their names, then those that have none."""
        order = list(self.names)
        return order.index(part) if part in order else len(order), str(part)


@dataclass(frozen=True)
class Cut:
    """What a figure may be cut by: a column of its rows, of the key's name, or their `value`.

    `names` are the parts' names in their order; those of the metric's split need not be said
    again. Numbers are cut into `bands`, each told by its lowest, and `below` the first. `missing`
    names the rows that have nothing there. `needs_birth`: the rows are given the child's `born_on`.
    `is_outcome`: the part decides what a row adds to the numerator. Parts of an outcome, and those
    that do not divide the denominator, are measured against the whole of it, so that they add up.
    `of_workers`: each part is a person who works, in a unit.
    """

    key: str
    name: str
    value: Callable[[FromClause], ColumnElement] | None = None
    names: Mapping[str, str] = field(default_factory=dict, compare=False)
    bands: tuple[int, ...] = ()
    below: str = ""
    missing: str = "not known"
    needs_birth: bool = False
    divides_denominator: bool = True
    is_outcome: bool = False
    of_workers: bool = False

    @property
    def has_own_denominator(self) -> bool:
        """Whether each part has a value of its own, else a share in the whole figure's."""
        return self.divides_denominator and not self.is_outcome

    @property
    def is_of_record(self) -> bool:
        """Whether a part tells what the record says, not whose work it is: worker, role, unit."""
        return self.key not in ("worker_id", "unit_id", "role")


@dataclass(frozen=True)
class Disputes:
    """That rows may be doubted: for which reasons, and what a row counts if that is upheld.

    None for a reason that leaves the row as it is. `facts` are the columns that the form repeats.
    `on_work_lists`: whether what a unit's work lists hold are rows of this metric, due or to come.
    """

    if_upheld: Mapping[str, Tally | None]
    facts: tuple[str, ...]
    on_work_lists: bool = False


@dataclass(frozen=True)
class Companion:
    """A count that is always told beside a metric: coverage, what was left out.

    `says` is written with {n} and {d}, whole numbers, and {percent}; without it others read the
    count; stored in `figure` as "metric.key". `stands_alone`: told where the metric is not, if each
    table it `needs` has a row. `gives_bounds`: where it covers little, what the rest may hide, too.
    """

    key: str
    name: str
    says: str
    rows: Rows
    is_coverage: bool = False
    counts_left_out: bool = False
    covered_name: str = ""  # of one that `counts_left_out`, what the rest is called
    stands_alone: bool = False
    needs: tuple[str, ...] = ()
    gives_bounds: bool = False
    where_unknown: str = ""  # what is said where nobody knows

    def covered(self, tally: Tally) -> Tally:
        """How much is covered, whichever of the two it counts."""
        n, d = tally.numerator, tally.denominator
        return Tally(d - n, d) if self.counts_left_out else tally


@dataclass(frozen=True)
class Pair:
    """The metric that another is never told without, and how this one is called beside it.

    `of` turns the figure, rounded as it is shown, into what the name says: itself, or the rest of
    100. `missing` stands where the source can't support it.
    """

    with_key: str
    name: str
    of: Callable[[Decimal], Decimal]
    missing: str


@dataclass(frozen=True)
class Quantile:
    """By nearest rank, the smallest value of a column that `share` of the rows do not exceed."""

    key: str
    name: str
    share: float
    column: str
    says: str  # with {n} and {value}, which `written` words
    written: Callable[[float], str]


@dataclass(frozen=True)
class LateEntry:
    """That a metric can be asked as it was known on a day, and what tells late entry of its rows.

    Rows of two days are one row if they agree in `same_row`; `due` is the column of the day on
    which a row falls due. `counted_as` and `not_counted_as` name what is in the numerator and
    what is not. `entered_after` is the key of the companion that counts the rows out of the
    numerator that were entered after as many days as the latest complete month is old, and
    `stood` of the one that counts a past month as it was known at that age.
    """

    same_row: tuple[str, ...]
    due: str
    counted_as: str
    not_counted_as: str
    entered_after: str
    stood: str


@dataclass(frozen=True)
class Beside:
    """What is told beside a figure; `while_new` of a month that late entry still changes.

    `stays_at`: the level of which it is told how long half of all stays last, also open ones.
    """

    companions: tuple[Companion, ...] = ()
    pair: Pair | None = None
    quantiles: tuple[Quantile, ...] = ()
    late_entry: LateEntry | None = None
    while_new: str | None = None
    stays_at: str | None = None

    @property
    def coverage(self) -> tuple[Companion, ...]:
        """The companions that say how much of what should be counted could be."""
        return tuple(companion for companion in self.companions if companion.is_coverage)
