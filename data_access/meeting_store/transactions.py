"""The one way into the meeting store and the one way out: no write without saying who did what."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import Connection, Engine, Row, Select, insert

from data_access.meeting_store.tables import event
from data_access.problems import Problem
from data_access.stores.driver_faults import faults_as_problems
from data_access.stores.opening import WRITES


def read(store: Engine, query: Select) -> Sequence[Row]:
    """The rows of one query, or one sentence that says why there are none."""
    with faults_as_problems(store), store.connect() as connection:
        return connection.execute(query).all()


@contextmanager
def changing(store: Engine, by: str, what: str, subject: str) -> Iterator[Connection]:
    """One transaction: all of the block's writes and an `event` that tells of them, or nothing.

    `by` is who does it, `what` a verb in the past ("published"), `subject` what it was done to.
    When the block has ended, what it wrote survives a kill and a loss of power.
    """
    if not by.strip():
        raise Problem("Say who does this: the meeting store keeps a name beside every change.")
    writer = store.execution_options(**{WRITES: True})
    with faults_as_problems(store), writer.begin() as connection:
        columns = {"id": new_id(), "at": now(), "by": by.strip(), "what": what, "subject": subject}
        connection.execute(insert(event), columns)
        yield connection


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """An id that no other row has."""
    return uuid4().hex
