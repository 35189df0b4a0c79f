"""What a source can bring, declared once: its reader and what is said of it rest on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Part:
    """The rows of a table that a source holds whole: those with one of `values` in `column`."""

    column: str
    values: tuple[str, ...]

    def __add__(self, other: "Part") -> "Part":
        return Part(self.column, tuple(sorted({*self.values, *other.values})))


@dataclass(frozen=True)
class Source:
    """A kind of file that is loaded.

    `tables` are those that it fills. `partial` names the tables, and columns as "plan.started_on",
    of which it holds only a part, and `parts` of such a table the rows that are all there. `lacks`
    says in words why a table or column can't be brought whole, and what to add. `months_held` is
    how much history one of its files has; None where whoever loads it says since when.
    `never` are columns of its tables in which it has no value, `adds` those of tables that another
    fills. `keeps_rows`: whether its rows stay beside those of other sources, as each tells of its
    own.
    """

    key: str
    name: str
    command: str
    tables: tuple[str, ...]
    partial: frozenset[str] = frozenset()
    parts: Mapping[str, Part] = field(default_factory=dict)
    lacks: Mapping[str, str] = field(default_factory=dict)
    months_held: int | None = None
    keeps_rows: bool = False
    never: frozenset[str] = frozenset()
    adds: frozenset[str] = frozenset()

    def row_id(self, *made_of: object) -> str:
        """The id of a row that has none in the source: it says whose row it is."""
        return ":".join([self.key, *map(str, made_of)])
