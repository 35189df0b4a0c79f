"""Whether a load lost so much of a table that the database which stands should go on serving."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from data_access.problems import Problem
from data_access.schema import metadata
from data_access.words.agreeing import Agreeing, agreeing
from loading.checks.checklist import NOBODY, who_mends
from loading.emptied import Emptied
from loading.matching.teams import TEAM_OF_A_UNIT
from loading.precedence.telling import GIVEN_BEFORE, NOT_ITS_TO_TELL
from loading.sources.reading import SAME_ROW, Issue

# Rows that stand in the database all the same, or that another source tells.
ELSEWHERE = (GIVEN_BEFORE, SAME_ROW, NOT_ITS_TO_TELL, TEAM_OF_A_UNIT)
# Of fewer rows than these, one or two that can't be used are no sign of a file that was misread.
FEW = 5


@dataclass(frozen=True)
class TableCount:
    """One table's rows: read, and added by the team map, = written + left out, by reason."""

    read: int
    written: int
    left_out: Mapping[str, int]
    added: int = 0

    @property
    def lost(self) -> int:
        """How many rows could not be used; what is only said twice, or rightly left out, is none.

        A rule that a row broke is one word; what was passed over is told in several.
        """
        return sum(
            rows
            for reason, rows in self.left_out.items()
            if reason.isidentifier() and reason != SAME_ROW and who_mends(reason) != NOBODY
        )

    @property
    def kept(self) -> int:
        """How many rows stand in the database, whichever row or source gave them first."""
        return self.written + sum(self.left_out.get(reason, 0) for reason in ELSEWHERE)

    def __add__(self, other: "TableCount") -> "TableCount":
        left_out = {
            reason: self.left_out.get(reason, 0) + other.left_out.get(reason, 0)
            for reason in {**self.left_out, **other.left_out}
        }
        read, written = self.read + other.read, self.written + other.written
        return TableCount(read, written, left_out, self.added + other.added)


NONE_USED = (
    "{rows} {rows:row|rows} of {table} {rows:was|were} read and none could be used: mend what"
    " 'python childstat.py check' says of {table}, and load again."
)
NONE = TableCount(0, 0, {})
EMPTIED = (
    "All {cells} values of {column} in {table} were refused and left empty: mend what"
    " 'python childstat.py check' says of {table}, and load again."
)
# By source and table; a source's own lists (list_7) are counted beside the tables.
Counts = Mapping[tuple[str, str], TableCount]


@dataclass(frozen=True)
class Loss:
    """One table that comes out with too little, in figures, or with one `column` emptied."""

    table: str
    said: str
    reasons: Collection[str] = ()
    column: str | None = None


def words_of_unused(counts: Mapping[str, TableCount]) -> dict[str, str]:
    """By table, that its rows were there and none could be used: then no source lacks it."""
    return {
        table: NONE_USED.format(rows=Agreeing(count.lost, str(count.lost)), table=table)
        for table, count in counts.items()
        if count.lost and not count.kept
    }


def words_of_lacks(record: Mapping[str, Any]) -> dict[str, str]:
    """Why tables are lacking, by the record of a load: unused rows first, then what it says.

    Columns that were emptied have words too, as "visit.recorded_on".
    """
    unused = words_of_unused(dict(_in_record(record)))
    return {**record.get("lacks", {}), **words_of_emptied(record.get("emptied", {})), **unused}


def words_of_emptied(emptied: Mapping[str, int]) -> dict[str, str]:
    """By table and column, that values were there and all were refused."""
    words = {}
    for place, cells in emptied.items():
        table, column = place.split(".")
        words[place] = EMPTIED.format(cells=cells, column=column, table=table)
    return words


def counts_of(load_rows: Iterable[Mapping[str, Any]]) -> Counts:
    """What each source last gave to each table, by the records of loads, the latest last.

    Several files of one source in one load are added up; a later load replaces an earlier one.
    """
    counts: dict[tuple[str, str], TableCount] = {}
    for _, together in groupby(load_rows, lambda row: row["taken_at"]):
        summed: dict[tuple[str, str], TableCount] = {}
        for row in together:
            for table, count in _in_record(json.loads(row["rows_json"] or "{}")):
                place = (row["source"], table)
                summed[place] = summed.get(place, NONE) + count
        counts |= summed
    return counts


def _in_record(record: Mapping[str, Any]) -> Iterator[tuple[str, TableCount]]:
    for table, count in record.get("tables", {}).items():
        yield table, TableCount(**count)
    for sheet in record.get("sheets", {}).values():
        if "table" in sheet:
            yield sheet["table"], TableCount(sheet["read"], sheet["used"], sheet["left_out"])


def of_source(counts: Counts, source: str) -> dict[str, dict]:
    """What one source gave to each table, as a record keeps it."""
    return {table: asdict(count) for (gave, table), count in counts.items() if gave == source}


def losses(now: Counts, before: Counts, stood: Mapping[str, int]) -> list[Loss]:
    """The tables that lost most of their rows: of those read, or of those held before.

    What a source gives is compared with what the same source gave before, and with what `stood`
    in a table, by its name, where the load takes its place.
    """
    found = []
    for (source, table), count in now.items():
        usual = usual_rows(source, table, before, stood)
        said = _lost_in_reading(count) or _fewer_than(count, usual)
        if said:
            found.append(Loss(table, said, tuple(count.left_out)))
    return found


def losses_of_columns(emptied: Emptied) -> list[Loss]:
    """The columns of which no value is left. One wrong cell is a slip, and no misread column."""
    return [
        Loss(table, f"all {cells} values of {column} were refused", column=column)
        for (table, column), cells in emptied.items()
        if cells > 1
    ]


def tables_gone(now: Counts, before: Counts) -> list[Loss]:
    """The tables of the last good load, from whatever source, of which this one brings none."""
    brought = {table for _, table in now}
    gone: dict[str, int] = {}
    for (_, table), count in before.items():
        if table in metadata.tables and table not in brought and count.kept:
            gone[table] = max(gone.get(table, 0), count.kept)
    return [
        Loss(
            table,
            f"none of the {rows} {agreeing(rows, 'row')} of the load before"
            f" {agreeing(rows, 'is', 'are')} in this one; --add keeps them",
        )
        for table, rows in gone.items()
    ]


def usual_rows(source: str, table: str, before: Counts, stood: Mapping[str, int]) -> int:
    """How many rows of the table there were: of the source, or where its rows take the place."""
    return max(before.get((source, table), NONE).kept, stood.get(table, 0))


def _lost_in_reading(count: TableCount) -> str:
    of_use = count.kept + count.lost
    if not _is_most(count.lost, of_use):
        return ""
    return (
        f"{count.lost} of {of_use} {agreeing(of_use, 'row')} ({count.lost / of_use:.0%})"
        " could not be used"
    )


def _fewer_than(count: TableCount, usual: int) -> str:
    if not _is_most(usual - count.kept, usual):
        return ""
    return written_fewer(count.kept, usual)


def written_fewer(kept: int, usual: int) -> str:
    """That so many rows are there for so many: "15 rows for 20 in the load before (25% fewer)"."""
    fewer = (usual - kept) / usual
    return f"{kept} {agreeing(kept, 'row')} for {usual} in the load before ({fewer:.0%} fewer)"


def _is_most(lost: int, of_use: int) -> bool:
    return lost > 0 and (lost == of_use if of_use < FEW else 2 * lost > of_use)


def refuse(found: Iterable[Loss], issues: Sequence[Issue], accepted: Collection[str]) -> None:
    """Says what was lost and not accepted: the table whose rows were first found wrong, first."""
    unsaid = [loss for loss in found if loss.table not in accepted]
    if not unsaid:
        return
    reasons = {loss: _first_reason(loss, issues) for loss in unsaid}
    first, *others = sorted(unsaid, key=lambda loss: _place(reasons[loss], issues))
    also = "; ".join(f"{loss.table}, {loss.said}" for loss in others)
    reason, tables = reasons[first], dict.fromkeys(loss.table for loss in (first, *others))
    options = " ".join(f"--accept-loss {table}" for table in tables)
    raise Problem(
        f"The load was refused, and nothing was replaced. Of {first.table}: {first.said}."
        + (f" {reason.as_reason}" if reason else "")
        + (f" Also of {also}." if also else "")
        + f" Correct the source; if it is right as it is, load it with {options}."
    )


def _first_reason(loss: Loss, issues: Sequence[Issue]) -> Issue | None:
    of_table = (
        issue
        for issue in issues
        if issue.table_name == loss.table
        and (issue.lost_column == loss.column if loss.column else issue.rule in loss.reasons)
    )
    return next(of_table, None)


def _place(reason: Issue | None, issues: Sequence[Issue]) -> int:
    return len(issues) if reason is None else issues.index(reason)
