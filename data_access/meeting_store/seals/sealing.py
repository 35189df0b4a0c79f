"""The digest that each publication gets, chained with the one before, and whether all still hold.

The database refuses to change what is published, but whoever may write its file can take that
refusal away. A digest of all that was published, and of the digest before it, is kept beside and
in the store's events: a figure changed later, a publication taken out or put in is found.
Versions of the store rely on what is sealed here: a column that is added later isn't in it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

from sqlalchemy import Connection, Row, Select, Table, Text, func, insert, select, type_coerce

from data_access.meeting_store.tables import (
    PUBLISHED,
    event,
    publication,
    publication_seal,
    published_figure,
    published_quantile,
    published_row,
    published_setting,
    published_words,
)
from data_access.stores.columns import Details

NOTHING_BEFORE = "0" * 64
# Any number that no other program's lock is likely to have.
LOCK = 20_160_931
FIGURE = ("position", "metric", "unit_id")
FIGURES_SEALED: dict[Table, tuple[str, ...]] = {
    publication: (
        *("id", "month", "version", "published_at", "published_by", "as_at", "load_id"),
        *("source", "reason", "software_version", "digest"),
    ),
    published_figure: (*FIGURE, "unit_name", "numerator", "denominator"),
    published_words: (*FIGURE, "sentence", "reading", "not_in_source", "chart"),
    published_quantile: (*FIGURE, "key", "value", "n"),
    published_setting: ("position", "setting", "value"),
}
ROWS_SEALED: dict[Table, tuple[str, ...]] = {
    published_row: (
        *(*FIGURE, "worker_id", "child_id", "numerator", "denominator", "part", "details"),
    ),
}


@dataclass(frozen=True)
class Seal:
    """What one publication was when it was sealed, as digests; `chained` takes in all before it."""

    number: int
    publication_id: str
    figures: str
    rows: str
    chained: str
    sealed_at: datetime
    how: str


def seal(connection: Connection, id: str, by: str, event_id: str, how: str = PUBLISHED) -> Seal:
    """Seals the publication as it stands in this transaction, and writes an event that says so."""
    _take_turn(connection)
    before = connection.execute(seals().order_by(publication_seal.c.number.desc())).first()
    number = before.number + 1 if before else 1
    figures, rows = figures_digest(connection, id), rows_digest(connection, id)
    chained = _chained(before.chained if before else NOTHING_BEFORE, number, id, figures, rows)
    sealed = Seal(number, id, figures, rows, chained, datetime.now(UTC), how)
    connection.execute(insert(publication_seal), asdict(sealed))
    told = {"id": event_id, "at": sealed.sealed_at, "by": by, "what": "sealed"}
    connection.execute(insert(event), {**told, "subject": _subject(sealed)})
    return sealed


def seals() -> Select:
    """Every seal; the caller says in which order."""
    return select(*publication_seal.c)


def figures_digest(connection: Connection, id: str) -> str:
    """SHA-256 over all of a publication but its rows, as the store holds it now."""
    return _digest(connection, id, FIGURES_SEALED)


def rows_digest(connection: Connection, id: str) -> str:
    """SHA-256 over the rows behind a publication's figures, as the store holds them now."""
    return _digest(connection, id, ROWS_SEALED)


def first_fault(connection: Connection) -> str | None:
    """What is the first thing that no longer is as it was sealed, in words; None where all holds.

    Walks every publication and the chain: as long as the rows take to be read.
    """
    in_order = connection.execute(seals().order_by(publication_seal.c.number)).all()
    told = set(
        connection.execute(select(event.c.subject).where(event.c.what == "sealed")).scalars()
    )
    return _unsealed(connection, in_order) or _broken(connection, in_order, told)


def _unsealed(connection: Connection, in_order: Sequence[Row]) -> str | None:
    """A publication that was put in by other means than publishing it."""
    sealed = {row.publication_id for row in in_order}
    for row in connection.execute(select(*publication.c).order_by(publication.c.published_at)):
        if row.id not in sealed:
            return (
                f"{_name(row)} has no seal: it was not published by ChildStat, or its seal is gone"
            )
    return None


def _broken(connection: Connection, in_order: Iterable[Row], told: set[str]) -> str | None:
    before = NOTHING_BEFORE
    for place, row in enumerate(in_order, start=1):
        published = connection.execute(
            select(*publication.c).where(publication.c.id == row.publication_id)
        ).first()
        if row.number != place or published is None:
            return f"publication number {place} was taken out"
        if row.figures != figures_digest(connection, row.publication_id):
            return f"what was published of {_name(published)} was changed afterwards"
        if row.rows != rows_digest(connection, row.publication_id):
            return f"the rows behind {_name(published)} were changed afterwards"
        chained = _chained(before, place, row.publication_id, row.figures, row.rows)
        if row.chained != chained or _subject(Seal(**row._mapping)) not in told:
            return f"the chain of digests breaks at {_name(published)}"
        before = chained
    return None


def _name(published: Row) -> str:
    return f"{published.month:%Y-%m} (version {published.version})"


def _subject(sealed: Seal) -> str:
    return f"publication {sealed.number}, {sealed.how}: {sealed.chained}"


def _chained(before: str, number: int, id: str, figures: str, rows: str) -> str:
    return sha256(_line([before, number, id, figures, rows])).hexdigest()


def _digest(connection: Connection, id: str, sealed: dict[Table, tuple[str, ...]]) -> str:
    digest = sha256()
    for table, names in sealed.items():
        digest.update(_line([table.name, *names]))
        for row in connection.execute(_as_kept(table, names, id)):
            digest.update(_line(row))
    return digest.hexdigest()


def _as_kept(table: Table, names: Sequence[str], id: str) -> Select:
    """The publication's rows in their order; details as the text that is kept."""
    columns = [table.c[name] for name in names]
    plain = (type_coerce(c, Text) if isinstance(c.type, Details) else c for c in columns)
    of = table.c["id" if table is publication else "publication_id"]
    return select(*plain).where(of == id).order_by(columns[0])


def _line(values: Iterable[object]) -> bytes:
    """One row as one line of JSON: the same text on every engine and every day."""
    return (json.dumps(list(values), ensure_ascii=True, default=_plain) + "\n").encode()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    assert isinstance(value, date), type(value).__name__
    return value.isoformat()


def _take_turn(connection: Connection) -> None:
    """One after the other on a server too: two that seal at once would chain to the same one."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
