"""Loads of a council as it is and from its dataset, and where their rows and figures part."""

from collections.abc import Iterator
from datetime import date

import pandas as pd
from sqlalchemy import make_url, select

from data_access import schema
from data_access.database import connect, read
from data_access.settings import Settings
from loading.load_records import LoadReport
from loading.loads import load
from loading.sources.extension.finding import Beside
from loading.sources.reading import Reading
from loading.sources.ssd.reader import Also, read_ssd
from tests.ssd.carried import beside, carried
from tests.ssd.deploying import with_ids_of
from tests.ssd.reversing import Frames
from tests.ssd.shapes import Shape

DATA_FROM, DATA_TO = date(2014, 4, 1), date(2016, 10, 31)
HELD = dict.fromkeys((table.name for table in schema.CANONICAL), DATA_FROM)
# As config.toml is shipped.
NO_VISIT_SHARE = 0.25
# Ids that a source makes of its own rows: another load may give others.
_OWN_IDS = (
    "visit_id", "plan_id", "review_id", "conference_id", "placement_id", "allocation_id",
    "time_record_id", "relationship_id",
)  # fmt: skip
OF_DATASET = (
    "child", "worker", "referral", "assessment", "assessment_factor", "plan", "placement",
    "allocation", "visit", "enquiry", "conference", "review",
)  # fmt: skip
OF_EXTENSION = ("unit", "post", "absence", "time_record", "scale_score", "visit_interval")
# What the dataset tells in part.
OF_BOTH = ("relationship", "person")


def load_as_it_is(url: str, council: Frames, settings: Settings) -> LoadReport:
    """Loads the council's own tables, with no dataset between."""
    frames = {name: rows for name, rows in council.items() if len(rows)}
    return load(url, Reading("council", DATA_TO, frames, covers_from=HELD), settings)


def load_carried(url: str, council: Frames, shape: Shape, settings: Settings) -> LoadReport:
    """Loads what a right reader would make of the council's dataset in this shape."""
    return load_as_it_is(url, carried(with_ids_of(council, shape), shape), settings)


def load_from_dataset(
    url: str, source: str, council: Frames, shape: Shape, settings: Settings
) -> LoadReport:
    """Loads the dataset at `source` and the tables beside it, with what neither holds."""
    told = Beside()
    of_dataset = read_dataset(source, shape, also=told)
    extension = told.readings(DATA_TO, dict.fromkeys(OF_EXTENSION, DATA_FROM))
    under_its_ids = with_ids_of(council, shape)
    frames = {name: rows for name, rows in beside(under_its_ids, shape).items() if len(rows)}
    others = Reading("beside", DATA_TO, frames, covers_from=HELD)
    return load(url, [of_dataset, *extension, others], settings)


def read_dataset(
    source: str, shape: Shape, *, is_whole: bool = True, also: Also | None = None
) -> Reading:
    """The dataset as ChildStat reads it; a whole one holds every table since the first day."""
    held = {name: DATA_FROM for name in HELD if is_whole and name in OF_DATASET}
    return read_ssd(
        make_url(source),
        shape.schema,
        DATA_TO,
        covers_from=held,
        no_visit_share=NO_VISIT_SHARE,
        also=also or _nothing_else,
    )


def _nothing_else(_snapshot: object, _schema: str | None) -> None:
    """What stands beside the dataset is left where it is."""


def rows_that_differ(url: str, other: str, table: str) -> pd.DataFrame:
    """Rows of the table in one database and not in the other, by all but made-up ids."""
    both = [_rows(one, table).assign(of=place) for place, one in enumerate((url, other))]
    columns = [name for name in both[0] if name not in ("of", *_OWN_IDS)]
    rows = pd.concat(both, ignore_index=True).astype(object)
    # The same row twice in one is no twin of the same row once in the other.
    rows["time"] = rows.groupby([*columns, "of"], dropna=False).cumcount()
    return rows[~rows.duplicated([*columns, "time"], keep=False)].drop(columns="time")


def figures_that_differ(url: str, other: str) -> list[tuple]:
    """Figures and quantiles that are in one alone, or not the same: (metric, unit, month)."""
    return [
        key
        for table in (schema.figure, schema.quantile)
        for key in _differing(_figures(url, table), _figures(other, table))
    ]


def metrics_that_differ(url: str, other: str) -> set[str]:
    """The metrics of those figures."""
    return {str(metric).split(".")[0] for metric, *_ in figures_that_differ(url, other)}


def _differing(one: dict[tuple, tuple], other: dict[tuple, tuple]) -> Iterator[tuple]:
    for key in sorted({*one, *other}, key=str):
        if one.get(key) != other.get(key):
            yield key


def _figures(url: str, table) -> dict[tuple, tuple]:
    names = [column.name for column in table.columns]
    values = [name for name in names if name in ("numerator", "denominator", "value", "n")]
    keys = [name for name in names if name not in values]
    found = {}
    for row in _all(url, table):
        value = tuple(round(float(row[name]), 6) for name in values)
        found[tuple(row[name] for name in keys)] = value
    return found


def _rows(url: str, table: str) -> pd.DataFrame:
    of = schema.metadata.tables[table]
    return pd.DataFrame(_all(url, of), columns=of.c.keys(), dtype=object)


def _all(url: str, table) -> list:
    engine = connect(url)
    try:
        return [row._mapping for row in read(engine, select(table))]
    finally:
        engine.dispose()
