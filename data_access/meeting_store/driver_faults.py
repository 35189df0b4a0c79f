"""What the meeting store's drivers say, in one sentence for the person who can mend it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, StatementError

from data_access.connection.driver_faults import without_values
from data_access.problems import Problem

# Words in what the drivers say, and what they mean. The first that fits counts.
SENTENCES = (
    (
        ("disk is full", "No space left", "could not extend", "too large"),
        "There is no room left on the disk for the meeting store {where}: free some and do it"
        " again. Nothing of it was written; all that was there before is safe.",
    ),
    (
        ("disk I/O error",),
        "The disk did not take what was to be written to the meeting store {where}: it may be"
        " full, or failing. Nothing of it was written; all that was there before is safe.",
    ),
    (
        ("is locked", "lock timeout", "is busy"),
        "The meeting store {where} is being written by somebody else: nothing was written, try"
        " again in a moment.",
    ),
    (
        ("not a database", "malformed", "not a meeting store"),
        "{where} is not a whole meeting store: put back a copy with"
        " 'python childstat.py store restore --from FILE'.",
    ),
    (
        ("unable to open", "readonly", "read-only", "permission denied"),
        "The meeting store {where} cannot be opened for writing: check that its folder is there"
        " and that this user may write to it.",
    ),
    (
        ("never changed", "never added to"),
        "A published month is never changed: publish it again, with a reason.",
    ),
)
DOES_NOT_ANSWER = (
    "The meeting store {where} does not answer: check that the server runs and that the address,"
    " user and password are right."
)
NO_ANSWER = ("connect", "timeout", "server closed", "terminating connection")


@contextmanager
def faults_as_problems(engine: Engine) -> Iterator[None]:
    """Turns what a driver says into one sentence, without a row's values in it."""
    try:
        yield
    except DBAPIError as fault:
        raise Problem(fault_sentence(engine, fault)) from fault
    except StatementError as fault:
        # A value that its column refuses has said so itself.
        if isinstance(fault.orig, Problem):
            raise fault.orig from None
        raise


def fault_sentence(engine: Engine, fault: DBAPIError) -> str:
    """What is wrong with the store and what to do; never a row's values or a password."""
    where = store_address(engine)
    driver_words = str(fault.orig).strip()
    for words, sentence in SENTENCES:
        if any(word in driver_words for word in words):
            return sentence.format(where=where)
    if engine.dialect.name == "postgresql" and any(
        word in driver_words.lower() for word in NO_ANSWER
    ):
        return DOES_NOT_ANSWER.format(where=where)
    return f"The meeting store {where} could not be used: {without_values(driver_words)}."


def store_address(engine: Engine) -> str:
    """Where the store is, for people: a file's path, or a server's address without password."""
    if engine.dialect.name == "sqlite":
        return str(engine.url.database).removeprefix("file://")
    return engine.url.render_as_string(hide_password=True)
