"""How events hang together: each has a digest of all that it says and of the one before it."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

# What stands before the first event.
START = ""


def digest_of(values: Mapping[str, Any], children: Sequence[str]) -> str:
    """The SHA-256 of an event: every column but its digest, and the ids of its children in order.

    A moment is written in UTC to the microsecond, so that each database gives the same.
    """
    said = {key: _written(value) for key, value in values.items() if key != "digest"}
    text = json.dumps([said, sorted(children)], sort_keys=True, ensure_ascii=True)
    return sha256(text.encode()).hexdigest()


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value
