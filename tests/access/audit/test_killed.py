"""Killed at any moment: no event that was acknowledged is missing, and the chain is whole."""

import pytest
from sqlalchemy import select

from access.audit.checking import verify
from access.store.opening import open_access_store
from access.store.reading import read
from access.store.tables import event_child
from data_access.access_settings import AccessStore
from tests.data_access.test_meeting_store import python

# A machine that does much else waits long for its disk.
MOST_SECONDS = 1200

# Two at a time write events as fast as they can and say of each that it is acknowledged, until they
# are killed; what they said is printed. Forked, as 200 starts of Python would take minutes.
KILLS = """
import os, random, signal, sys, time
from access.audit.events import Event, What, note
from access.store.opening import open_access_store
from data_access.access_settings import AccessStore
from data_access.problems import Problem

url, moments, chance = sys.argv[1], int(sys.argv[2]), random.Random(20161003)

def write(by, to):
    store = open_access_store(AccessStore(url))
    for number in range(100_000):
        child = f"{by}-{number}"
        try:
            note(store, Event(What.OPENED_CHILD, person=by, children=(child,), rows=1))
        except Problem as problem:
            # On a machine that does much else one may wait longer than it is given: it is refused.
            assert "in a moment" in str(problem), problem
            continue
        os.write(to, f"{child}\\n".encode())

def begun(by):
    said, to = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(said)
        write(by, to)
    os.close(to)
    return process, said

def killed(process, said):
    with os.fdopen(said) as lines:
        first = lines.readline()
        time.sleep(chance.uniform(0, 0.06))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        print(first, *lines, sep="", end="", flush=True)

for moment in range(moments):
    for writer in [begun(f"{by}{moment}") for by in ("Ann", "Bob")]:
        killed(*writer)
"""


def all_kept(store_url: str, moments: int) -> None:
    open_access_store(AccessStore(store_url)).dispose()
    killer = python(KILLS, store_url, moments)
    said, noise = killer.communicate(timeout=MOST_SECONDS)
    assert noise == ""
    acknowledged = set(said.split())
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
