"""Which metrics the data cannot support, and in words why: made of what each metric needs."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, Select, literal, select, true, update

from data_access.load_info import LoadInfo, load_in, load_record, loads
from data_access.schema import metadata, source_load
from data_access.sources.holding import Brought, Held, held_together
from loading.losses import words_of_lacks
from loading.sources.reading import Reading
from metrics.catalogue import CATALOGUE
from metrics.model import Metric, Need
from metrics.sources.held_in_part import held_in_part
from metrics.sources.why_missing import column_missing, tables_missing
from metrics.stored.history import nobody_said

WHOLE = Held()
_HOLDS_NO = re.compile(r"^[^:.]* holds no (?!children)")


def not_in_source(
    connection: Connection,
    held: Held = WHOLE,
    lacks: Mapping[str, str] | None = None,
    covers_from: Mapping[str, date | None] | None = None,
    *,
    several: bool = False,
) -> dict[str, str]:
    """By the metric's key, why there is nothing to count; supported metrics are left out.

    A table is missing if it has no row, or if it is held by no source whole, as `held` says: but
    for a metric that counts only rows which are all there. Each missing table is said in the
    source's words, which `lacks` gives by table, else in the metric's own, else by its name.
    Columns are asked only where every table is there; `lacks` may give words for one of them too,
    as "visit.recorded_on". Where `several` sources stand, none is blamed for what no other holds
    either. Last comes the history: `covers_from` has the first day of which each
    table's rows are held, where somebody said so.
    """
    load = LoadInfo(covers_from=covers_from or {})
    reasons = {
        key: _why(connection, metric, held, lacks or {}, several) or nobody_said(load, metric)
        for key, metric in CATALOGUE.items()
    }
    return {key: why for key, why in reasons.items() if why}


def _why(
    connection: Connection,
    metric: Metric,
    held: Held,
    lacks: Mapping[str, str],
    several: bool,
) -> str:
    in_part = held_in_part(metric, held)
    tables = [need for need in metric.needs if need.column is None]
    missing = [need for need in tables if need in in_part or not _is_met(connection, need)]
    if missing and several:
        empty = (need.table for need in missing if not _is_met(connection, need))
        lacks = {**lacks, **{name: of_all(lacks[name]) for name in empty if name in lacks}}
    if missing:
        return tables_missing(missing, held, lacks)
    columns = (need for need in metric.needs if need.column is not None)
    return next(
        (
            column_missing(need, lacks, _is_empty(connection, need))
            for need in columns
            if need in in_part or not _is_met(connection, need)
        ),
        "",
    )


def of_all(why: str) -> str:
    """What one source says that it does not hold, said of all: where nobody has a row of it.

    Of children there may be rows all the same, in other tables.
    """
    return _HOLDS_NO.sub("No source that is loaded holds any ", why)


def _is_met(connection: Connection, need: Need) -> bool:
    return connection.execute(_meeting(need).limit(1)).first() is not None


def _is_empty(connection: Connection, need: Need) -> bool:
    return not _is_met(connection, replace(need, also_in=None, value=None))


def _meeting(need: Need) -> Select:
    """The rows that meet a need."""
    table = metadata.tables[need.table]
    rows = select(literal(1)).select_from(table)
    if need.column is None:
        return rows
    column = table.c[need.column]
    if need.value is not None:
        return rows.where(column == need.value)
    if need.also_in is None:
        is_told_of = table.c[need.unless].is_not(True) if need.unless else true()
        return rows.where(column.is_not(None), is_told_of)
    other = metadata.tables[need.also_in]
    return select(literal(1)).select_from(table.join(other, column == other.c[need.column]))


def held_by(readings: Iterable[Reading]) -> Held:
    """What the readings hold between them; a table without rows is not whole."""
    return held_together(
        Brought(
            frozenset(name for name, rows in reading.frames.items() if len(rows)),
            Held(reading.partial, reading.parts),
            reading.data_to,
        )
        for reading in readings
    )


def covers_from_of(load: LoadInfo) -> dict[str, date | None]:
    """The first day of every table of which anybody said it."""
    return {name: load.covered_from([name]) for name in metadata.tables}


def first_words(lacks_of_sources: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Why tables are lacking, by table: of several sources, in the words of the first."""
    words: dict[str, str] = {}
    for lacks in lacks_of_sources:
        words = {**lacks, **words}
    return words


def judge_again(connection: Connection) -> None:
    """Writes down anew what the database as it stands can't support: a metric may be new.

    What was said of a metric at load stays, as long as it holds.
    """
    load_rows = connection.execute(loads()).all()
    records = [json.loads(row.rows_json or "{}") for row in load_rows]
    held = held_together(load_record(dict(row._mapping)).brought for row in load_rows)
    lacks = first_words(map(words_of_lacks, records))
    days = covers_from_of(load_in(connection))
    several = len(load_rows) > 1
    missing = not_in_source(connection, held, lacks, days, several=several)
    for row, record in zip(load_rows, records, strict=True):
        before = record.get("not_in_source", {})
        reasons = {key: before.get(key, why) for key, why in missing.items()}
        anew = json.dumps({**record, "not_in_source": reasons})
        this = source_load.c.load_id == row.load_id
        connection.execute(update(source_load).where(this).values(rows_json=anew))
