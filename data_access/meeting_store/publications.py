"""What was published: written whole, read back, never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, Select, Table, insert, select

from data_access.meeting_store.seals.sealing import seal
from data_access.meeting_store.tables import (
    publication,
    published_figure,
    published_quantile,
    published_row,
    published_setting,
    published_words,
)
from data_access.meeting_store.transactions import read
from data_access.stores.columns import written_details
from data_access.stores.ids import new_id

# Sums of the same numbers in another order may differ beyond this; nothing that is shown does.
DIGITS_THAT_COUNT = 9


@dataclass(frozen=True)
class Publication:
    """One version of one month as it was published; `month` is its first day."""

    id: str
    month: date
    version: int
    published_at: datetime
    published_by: str
    as_at: date
    load_id: str
    source: str
    reason: str | None
    software_version: str
    digest: str


@dataclass(frozen=True)
class Content:
    """What is published of a month: rows of the five tables, without id and position."""

    figures: Sequence[Mapping]
    words: Sequence[Mapping]
    rows: Sequence[Mapping]
    quantiles: Sequence[Mapping] = ()
    settings: Sequence[Mapping] = ()

    @property
    def digest(self) -> str:
        """The same for the same figures, words, rows and settings, whenever published by whom."""
        digest = sha256()
        for part in (self.figures, self.words, self.rows, self.quantiles, self.settings):
            for line in part:
                digest.update(written_details(_rounded(line)).encode())
        return digest.hexdigest()


def _rounded(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _rounded(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_rounded(part) for part in value]
    return f"{value:.{DIGITS_THAT_COUNT}g}" if isinstance(value, float) else value


def write_publication(connection: Connection, published: Publication, content: Content) -> None:
    """Writes all of it; the publication's own row last, as it closes the others to additions.

    Then its seal: a digest of all that was written, chained with the publication before it.
    """
    _write(connection, published_figure, published.id, content.figures)
    _write(connection, published_words, published.id, content.words)
    _write(connection, published_row, published.id, content.rows)
    _write(connection, published_quantile, published.id, content.quantiles)
    _write(connection, published_setting, published.id, content.settings)
    connection.execute(insert(publication), asdict(published))
    seal(connection, published.id, published.published_by, new_id())


def _write(connection: Connection, table: Table, id: str, lines: Sequence[Mapping]) -> None:
    numbered = [
        {"publication_id": id, "position": position, **line}
        for position, line in enumerate(lines, start=1)
    ]
    if numbered:
        connection.execute(insert(table), numbered)


def latest_of(connection: Connection, month: date) -> Publication | None:
    """The month's newest version, inside a transaction that may write the next."""
    query = _every_version().where(publication.c.month == month)
    row = connection.execute(query.order_by(publication.c.version.desc())).first()
    return None if row is None else Publication(**row._mapping)


def publications(store: Engine) -> list[Publication]:
    """Every version of every month, oldest month first, versions in order."""
    rows = read(store, _every_version().order_by(publication.c.month, publication.c.version))
    return [Publication(**row._mapping) for row in rows]


def _every_version() -> Select:
    return select(*publication.c)


def figures_of(published: Publication) -> Select:
    """The publication's figures: metric (or metric.companion), unit_id, unit_name, tally."""
    return _rows_of_publication(published_figure, published)


def words_of(published: Publication) -> Select:
    """The publication's sentence and reading for each metric and unit."""
    return _rows_of_publication(published_words, published)


def quantiles_of(published: Publication) -> Select:
    """The publication's quantiles: metric, unit_id, key, value, n."""
    return _rows_of_publication(published_quantile, published)


def settings_of(published: Publication) -> Select:
    """What the publication's figures were counted with: setting and value; none of older ones."""
    return _rows_of_publication(published_setting, published)


def rows_of(published: Publication, metric: str) -> Select:
    """The rows behind a metric's published figures, of every unit.

    Columns: those of `published_row`. To be run for a viewer only.
    """
    return _rows_of_publication(published_row, published).where(published_row.c.metric == metric)


def _rows_of_publication(table: Table, published: Publication) -> Select:
    return select(*table.c).where(table.c.publication_id == published.id).order_by(table.c.position)
