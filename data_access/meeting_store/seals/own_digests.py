"""The digest that each publication carries of its own, in stores from before they were chained."""

from collections.abc import Iterator, Mapping
from itertools import product

from sqlalchemy import Connection, Table, inspect, select

from data_access.meeting_store.publications import Content
from data_access.meeting_store.tables import (
    publication,
    published_figure,
    published_quantile,
    published_row,
    published_setting,
    published_words,
)

OF_THE_STORE = ("publication_id", "position")


def first_other_than_its_digest(connection: Connection) -> str | None:
    """The first publication that isn't what its own digest says, in words; None where all are."""
    published = select(publication.c.id, publication.c.month, publication.c.version)
    in_order = published.add_columns(publication.c.digest).order_by(publication.c.published_at)
    for row in connection.execute(in_order).all():
        if row.digest not in {
            content.digest for content in _as_versions_wrote_it(connection, row.id)
        }:
            return f"what was published of {row.month:%Y-%m} (version {row.version}) was changed"
    return None


def _as_versions_wrote_it(connection: Connection, id: str) -> Iterator[Content]:
    """The publication's content in each form in which some version made a digest of it."""
    figures, words, rows, quantiles, settings = (
        _lines(connection, table, id)
        for table in (
            *(published_figure, published_words, published_row),
            *(published_quantile, published_setting),
        )
    )
    # Words had no chart at first.
    without = [{name: line[name] for name in line if name != "chart"} for line in words]
    for said, counted_with in product((words, without), (settings, [])):
        yield Content(figures, said, rows, quantiles, counted_with)


def _lines(connection: Connection, table: Table, id: str) -> list[Mapping]:
    """A table's lines as they were published; none, and no column, that the version had not."""
    known = inspect(connection)
    if not known.has_table(table.name):
        return []
    standing = {column["name"] for column in known.get_columns(table.name)}
    columns = [c for c in table.c if c.name in standing and c.name not in OF_THE_STORE]
    lines = select(*columns).where(table.c.publication_id == id).order_by(table.c.position)
    return [dict(row._mapping) for row in connection.execute(lines)]
