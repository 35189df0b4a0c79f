"""Killed at any moment: no event that was acknowledged is missing, and the chain is whole."""

import random
import signal
from threading import Event as Moment

import pytest
from sqlalchemy import select

from access.audit.checking import verify
from access.store.opening import open_access_store
from access.store.reading import read
from access.store.tables import event_child
from data_access.access_settings import AccessStore
from tests.data_access.test_meeting_store import python

LONGEST_SECONDS = 0.05
# Writes events as fast as it can; prints each child when its event is acknowledged.
WRITES_ON = """
import sys
from access.audit.events import Event, What, note
from access.store.opening import open_access_store
from data_access.access_settings import AccessStore

store, by = open_access_store(AccessStore(sys.argv[1])), sys.argv[2]
for number in range(100_000):
    child = f"{by}-{number}"
    note(store, Event(What.OPENED_CHILD, person=by, children=(child,), rows=1))
    print(child, flush=True)
"""


def killed_at_some_moment(process, chance: random.Random) -> list[str]:
    """The children whose event the process acknowledged before it was killed."""
    acknowledged = [process.stdout.readline() for _ in range(chance.randint(1, 8))]
    Moment().wait(chance.uniform(0, LONGEST_SECONDS))
    process.send_signal(signal.SIGKILL)
    acknowledged += process.stdout.read().splitlines(keepends=True)
    process.communicate()
    # The last line may have been cut short: what was not said whole was not acknowledged.
    return [line.strip() for line in acknowledged if line.endswith("\n")]


def all_kept(store_url: str, moments: int) -> None:
    open_access_store(AccessStore(store_url)).dispose()
    chance = random.Random(20161003)
    acknowledged: set[str] = set()
    for moment in range(moments):
        writers = [python(WRITES_ON, store_url, f"{by}{moment}") for by in ("Ann", "Bob")]
        for writer in writers:
            acknowledged.update(killed_at_some_moment(writer, chance))
    store = open_access_store(AccessStore(store_url))
    kept = {row.child_id for row in read(store, select(event_child.c.child_id))}
    assert len(acknowledged) >= 2 * moments
    assert acknowledged <= kept
    assert len(kept) <= len(acknowledged) + 2 * moments, "each had one at most in its hands"
    assert verify(store).broken is None
    store.dispose()


def test_two_who_write_are_killed_and_no_event_that_was_acknowledged_is_missing(store_url):
    all_kept(store_url, moments=3)


@pytest.mark.thorough
def test_at_two_hundred_moments_no_event_that_was_acknowledged_is_missing(store_url):
    all_kept(store_url, moments=100)
