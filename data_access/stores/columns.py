"""How a store keeps moments and details, the same on SQLite and PostgreSQL."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

# A date within JSON is {"date": "2016-09-30"}, so that it comes back as a date and not as text.
DATE = "date"


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: timezone-aware in Python, whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        assert value.tzinfo is not None, "a moment without a time zone could be any of 24"
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Details(TypeDecorator[dict]):
    """Names and values as JSON text, keys in order, so that equal details are equal text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any | None, _dialect: Dialect) -> str | None:
        return None if value is None else written_details(value)

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> dict | None:
        return None if value is None else json.loads(value, object_hook=_read_date)


def written_details(details: dict) -> str:
    """`details` as the store keeps them: JSON, keys in order, dates marked as dates."""
    return json.dumps(details, sort_keys=True, ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    assert type(value) is date, f"{type(value).__name__} has no place in details"
    return {DATE: value.isoformat()}


def _read_date(details: dict) -> object:
    return date.fromisoformat(details[DATE]) if set(details) == {DATE} else details
