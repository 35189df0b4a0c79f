"""PostgreSQL's 'infinity' and '-infinity' in columns of days: they stand for no day."""

from datetime import date, datetime
from typing import Any

from psycopg.abc import Buffer
from psycopg.types.datetime import DateLoader, TimestampLoader, TimestamptzLoader

INFINITIES = (b"infinity", b"-infinity")
# psycopg declares that its loaders always find a day, hence the overrides that say they may not.


class _Day(DateLoader):
    def load(self, data: Buffer) -> date | None:  # type: ignore[override]
        return None if bytes(data) in INFINITIES else super().load(data)


class _Moment(TimestampLoader):
    def load(self, data: Buffer) -> datetime | None:  # type: ignore[override]
        return None if bytes(data) in INFINITIES else super().load(data)


class _MomentOfZone(TimestamptzLoader):
    def load(self, data: Buffer) -> datetime | None:  # type: ignore[override]
        return None if bytes(data) in INFINITIES else super().load(data)


def read_infinity_as_none(connection: Any, _record: object) -> None:
    """Has a connection of psycopg give None where no day of Python's is meant."""
    for name, loader in (("date", _Day), ("timestamp", _Moment), ("timestamptz", _MomentOfZone)):
        connection.adapters.register_loader(name, loader)
