"""What kind of store an engine leads to: what it is called, and which tables it has."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

# An execution option: which kind of store an engine leads to.
KIND = "childstat_store"


@dataclass(frozen=True)
class StoreKind:
    """One of the product's own stores, on SQLite or PostgreSQL.

    `name` as in "the meeting store", `article_name` as in "a meeting store". `lock` is a number
    that no other program's lock is likely to have. `whole_again` says how one that is damaged is
    mended; `refusals` are words of the database's own refusals, and what they mean.
    """

    name: str
    article_name: str
    migrations: Path
    version_table: str
    lock: int
    whole_again: str
    refusals: tuple[tuple[tuple[str, ...], str], ...] = ()
    seconds_to_wait: float = 15


def kind_of(engine: Engine) -> StoreKind:
    """The kind of store that `engine` was opened as."""
    kind = engine.get_execution_options()[KIND]
    assert isinstance(kind, StoreKind)
    return kind
