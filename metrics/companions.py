"""What a metric may declare beside its rows: its pair, its quantiles, its late entry."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Spread:
    """One quantile of a row column, and over how many rows: it adds up with no other."""

    value: float
    n: int


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


def itself(figure: Decimal) -> Decimal:
    """The figure, for a metric whose name in the pair says what it counts."""
    return figure


def rest_of_100(figure: Decimal) -> Decimal:
    """What the figure, rounded as it is shown, leaves of 100: so the two shares add up to it."""
    return 100 - figure


@dataclass(frozen=True)
class Quantile:
    """The smallest value of a row column that at least `share` of the rows do not exceed.

    By nearest rank: always a value that occurs. `says` is written with {n} and {value}, which
    `written` puts in words.
    """

    key: str
    name: str
    share: float
    column: str
    says: str
    written: Callable[[float], str]


@dataclass(frozen=True)
class LateEntry:
    """That a metric can be asked as it was known on a day, and what tells late entry of its rows.

    Rows of two days are one row if they agree in `same_row`; `due` is the column of the day on
    which a row falls due. `counted_as` and `not_counted_as` name what is in the numerator and
    what is not. `entered_after` is the key of the companion that counts the rows out of the
    numerator that were entered after as many days as the latest complete month is old.
    """

    same_row: tuple[str, ...]
    due: str
    counted_as: str
    not_counted_as: str
    entered_after: str
