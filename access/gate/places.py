"""Every path of the server, and to whom it is open. What is not named here is not there.

Streamlit brings paths that ChildStat needs none of: uploads, whose bytes stay in memory, metrics,
components, its own sign-in, an interface for programs. They are closed by not being named.
"""

import re
from enum import Enum

STREAM = "/_stcore/stream"
HEALTH, READY = "/_stcore/health", "/ready"
SIGNED_OUT, TOO_MANY, NOT_NOW = "/signed-out", "/too-many", "/not-now"
# What the address after a session's end is told of the cause.
WHY = "why"
SIGN_IN, CALLBACK, ENDED, SIGN_OUT = "/sign-in", "/sign-in/callback", "/sign-in/ended", "/sign-out"
MEETING = "/meeting/start"
MEDIA = "/media/"

MONITORED = {HEALTH, READY}
FAVICON = "/favicon.png"
# Streamlit's script asks for this before it connects, and again when it has lost the server: where
# that is refused it never comes to hear that its session has ended. It says nothing of anybody.
HOST_CONFIG = "/_stcore/host-config"
LEFT_FOR = {SIGNED_OUT, TOO_MANY, NOT_NOW}
OPEN = LEFT_FOR | {SIGN_IN, CALLBACK, ENDED, SIGN_OUT, FAVICON, HOST_CONFIG} | MONITORED
# What changes something is posted: by a page of ours, or by the provider's server.
WRITTEN_BY_A_PAGE = {SIGN_OUT, MEETING}
WRITTEN_TO = WRITTEN_BY_A_PAGE | {ENDED}
STATIC = "/static/"
A_PAGE = re.compile(r"/[a-z_-]*")


class Place(Enum):
    """To whom a path is open."""

    NOWHERE = "nobody: it is not there"
    OPEN = "anybody"
    PAGE = "whoever has a session; anybody else is sent to sign in"
    HELD = "whoever has a session"
    MEDIA = "the session that was sent the address"


def place_of(path: str) -> Place:
    if path in OPEN or path.startswith(STATIC):
        return Place.OPEN
    if path.startswith(MEDIA):
        return Place.MEDIA
    if path == MEETING:
        return Place.HELD
    return Place.PAGE if A_PAGE.fullmatch(path) else Place.NOWHERE


def is_of_the_program(path: str) -> bool:
    """Whether it is a file that is the same for everybody, and may be kept by a browser."""
    return path.startswith(STATIC) or path == FAVICON


def methods_of(path: str) -> tuple[str, ...]:
    """By which methods a path may be asked for."""
    return ("POST",) if path in WRITTEN_TO else ("GET", "HEAD")
