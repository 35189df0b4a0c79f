"""Why a session has ended: one of a few causes, told to whoever had it."""

from datetime import datetime
from enum import Enum

from sqlalchemy import Engine, Row, select

from access.ending_sessions import AT_THE_PROVIDER, MEETING_BEGAN, SIGNED_IN_ANEW, SIGNED_OUT
from access.sessions import find, hashed
from access.store.reading import read
from access.store.tables import session
from data_access.access_settings import SessionLimits
from data_access.words.agreeing import Agreeing


class Ended(Enum):
    """The causes, as an address says them."""

    SIGNED_OUT = "you"
    MEETING = "meeting"
    ANEW = "anew"
    PROVIDER = "provider"
    ENDED_FOR_THEM = "ended"
    HOURS = "hours"
    IDLE = "idle"


OF_ONESELF = {
    SIGNED_OUT: Ended.SIGNED_OUT,
    MEETING_BEGAN: Ended.MEETING,
    SIGNED_IN_ANEW: Ended.ANEW,
}

EVERY_TAB = "Your session has ended, in every tab of this browser:"
NOT_KNOWN = (
    f"{EVERY_TAB} you signed out, nobody touched it for a while, its hours were over, or it was"
    " ended for you."
)
WORDS = {
    Ended.SIGNED_OUT: f"{EVERY_TAB} you signed out.",
    Ended.MEETING: (
        "The meeting was put on the projector from this browser, which signed you out: until you"
        " sign in again it opens the meeting and nothing else."
    ),
    Ended.ANEW: "You signed in again in this browser: the new session took this one's place.",
    Ended.PROVIDER: f"{EVERY_TAB} your sign-in was ended where you signed in.",
    Ended.ENDED_FOR_THEM: f"{EVERY_TAB} it was ended for you. Whoever runs ChildStat knows why.",
    Ended.HOURS: f"{EVERY_TAB} its hours were over.",
    Ended.IDLE: f"{EVERY_TAB} nobody touched it for {{idle}} {{idle:minute|minutes}}.",
}


def why_ended(store: Engine, token: str, limits: SessionLimits, now: datetime) -> Ended | None:
    """Why the session of `token` has ended; None where it goes on, or nothing is known of it."""
    if find(store, token, limits, now, False) is not None:
        return None
    for row in read(store, select(session).where(session.c.token_sha256 == hashed(token))):
        if row.ended_at is not None:
            return _ended_by_somebody(row)
        return Ended.HOURS if row.ends_at <= now else Ended.IDLE
    return None


def _ended_by_somebody(row: Row) -> Ended:
    if row.ended_by == row.person:
        return OF_ONESELF.get(row.ended_why, Ended.ENDED_FOR_THEM)
    return Ended.PROVIDER if row.ended_why == AT_THE_PROVIDER else Ended.ENDED_FOR_THEM


def ended_of(word: str | None) -> Ended | None:
    """The cause as an address says it; None for what is none."""
    return next((one for one in Ended if one.value == word), None)


def ended_words(ended: Ended | None, limits: SessionLimits) -> str:
    """One sentence of what ended it, or of what may have, where that is not known."""
    if ended is None:
        return NOT_KNOWN
    return WORDS[ended].format(idle=Agreeing(limits.idle_minutes, str(limits.idle_minutes)))
