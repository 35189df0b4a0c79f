"""Whether a provider has asked somebody who they are, since a meeting was shown in their name.

Whoever sits at the projector has the chair's browser, and the provider knows the chair there still.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from access.people import Claims, person_of
from access.sessions import last_session
from access.sign_in.attempts import Attempt
from access.sign_in.tokens import SECONDS_OF_SKEW
from access.store.tables import MEETING

ANEW: Mapping[str, str] = {"prompt": "login", "max_age": "0"}
# OpenID Connect Core 1.0, 3.1.2.1: who is sent an age says when it was. A year asks nobody anew.
OR_AS_BEFORE: Mapping[str, str] = {"max_age": str(365 * 24 * 3600)}


def asked_at(payload: Mapping[str, Any]) -> float | None:
    """When the provider last asked somebody who they are; None where it does not say."""
    at = payload.get("auth_time")
    return float(at) if isinstance(at, int | float) else None


def is_asked_within(attempt: Attempt, at: float | None) -> bool:
    """Whether it was asked since the attempt began; who does not say when did not ask."""
    return at is not None and at >= attempt.began_at - SECONDS_OF_SKEW


def is_asked_since_meeting(store: Engine, claims: Claims, at: float | None, now: datetime) -> bool:
    """Whether it was asked since the person's last meeting began, in whatever browser that was.

    Of a provider that does not say when, it is believed once the meeting's hours are over.
    """
    who = person_of(store, claims)
    meeting = None if who is None else last_session(store, who, MEETING)
    if meeting is None:
        return True
    return meeting.ends_at <= now if at is None else at >= meeting.began_at.timestamp()
