"""What sources hold of tables between them: which are whole, and which rows of the others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from data_access.code_sets.code_set import CodeSet
from data_access.code_sets.of_columns import codes_of
from data_access.schema import metadata
from data_access.sources.declaration import Part


@dataclass(frozen=True)
class Held:
    """`partial` names tables and columns held in part, `parts` the rows that are all there."""

    partial: frozenset[str] = frozenset()
    parts: Mapping[str, Part] = field(default_factory=dict)

    def has_all(self, table: str, column: str | None, value: str | None) -> bool:
        """Whether every row of the table with that value is there."""
        part = self.parts.get(table)
        return part is not None and part.column == column and value in part.values


@dataclass(frozen=True)
class Brought:
    """What one source brought: tables with rows, what of them is in part, and up to which day."""

    tables: frozenset[str]
    held: Held
    last: date | None = None


def held_together(sources: Iterable[Brought], *, adds_up: bool = True) -> Held:
    """The tables and columns that some source holds in part and none whole.

    A table is whole, too, if the parts that several sources hold are all that there can be; a
    column of it that one holds in part is so still. Parts of a source that ends before the others
    of children are no more than parts: of later days nobody holds all such rows. Unless the parts
    are to be added up (`adds_up`), tables that they make whole stay among those held in part.
    """
    sources = list(sources)
    ends = max((one.last for one in sources if one.last and "child" in one.tables), default=None)
    in_part, parts = set[str](), dict[str, Part]()
    for source in sources:
        in_part |= source.held.partial
        ends_early = ends and source.last and source.last < ends
        for table in () if ends_early else source.held.parts.keys() & source.tables:
            part = source.held.parts[table]
            parts[table] = parts[table] + part if table in parts else part
    partial = {place for place in in_part if not any(_is_whole(place, one) for one in sources)}
    if adds_up:
        partial -= {table for table, part in parts.items() if _is_all(table, part)}
    return Held(frozenset(partial), {name: parts[name] for name in parts.keys() & partial})


def _is_whole(place: str, source: Brought) -> bool:
    """Whether the source holds all of a table, or of a column as "plan.started_on"."""
    table = place.partition(".")[0]
    return table in source.tables and not {table, place} & source.held.partial


def _is_all(table: str, part: Part) -> bool:
    codes = codes_of(metadata.tables[table].c[part.column])
    return isinstance(codes, CodeSet) and set(codes.names) <= set(part.values)
