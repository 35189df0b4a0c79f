"""What a store's drivers say, in one sentence for the person who can mend it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, StatementError

from data_access.connection.driver_faults import without_values
from data_access.problems import Problem
from data_access.stores.kind import kind_of

# Words in what the drivers say, and what they mean. The first that fits counts.
SENTENCES = (
    (
        ("disk is full", "No space left", "could not extend", "too large"),
        "There is no room left on the disk for the {store} {where}: free some and do it"
        " again. Nothing of it was written; all that was there before is safe.",
    ),
    (
        ("disk I/O error",),
        "The disk did not take what was to be written to the {store} {where}: it may be"
        " full, or failing. Nothing of it was written; all that was there before is safe.",
    ),
    (
        ("is locked", "lock timeout", "is busy"),
        "The {store} {where} is being written by somebody else: nothing was written, try"
        " again in a moment.",
    ),
    (
        ("not a database", "malformed", "not a meeting store"),
        "{where} is not a whole {store}: {whole_again}.",
    ),
    (
        ("unable to open", "readonly", "read-only", "permission denied"),
        "The {store} {where} cannot be opened for writing: check that its folder is there"
        " and that this user may write to it.",
    ),
)
DOES_NOT_ANSWER = (
    "The {store} {where} does not answer: check that the server runs and that the address,"
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
    kind, where = kind_of(engine), store_address(engine)
    said = {"store": kind.name, "where": where, "whole_again": kind.whole_again}
    driver_words = str(fault.orig).strip()
    for words, sentence in (*SENTENCES, *kind.refusals):
        if any(word in driver_words for word in words):
            return sentence.format(**said)
    if engine.dialect.name == "postgresql" and any(
        word in driver_words.lower() for word in NO_ANSWER
    ):
        return DOES_NOT_ANSWER.format(**said)
    return f"The {kind.name} {where} could not be used: {without_values(driver_words)}."


def store_address(engine: Engine) -> str:
    """Where the store is, for people: a file's path, or a server's address without password."""
    if engine.dialect.name == "sqlite":
        return str(engine.url.database).removeprefix("file://")
    return engine.url.render_as_string(hide_password=True)
