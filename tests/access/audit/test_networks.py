"""A look at linked adults, written down: with a reason of the list, and in no meeting."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from access.audit.networks import REASONS, NetworkLook, note_look
from access.store.reading import read
from access.store.tables import MEETING, event, event_child
from data_access.problems import NotAllowed, Problem
from tests.access.people import signed_in

LOOK = NetworkLook("KA", "U1", REASONS[0], ("P1", "P2"), ("KB", "KC", "KB"))


def test_a_look_keeps_who_asked_from_which_child_of_whom_and_why_and_each_child_once(store):
    session = signed_in(store)
    note_look(store, session, "asker", replace(LOOK, further_from="P9"))
    row = read(store, select(event).order_by(event.c.number))[-1]
    by = (row.person, row.session, row.role)
    assert by == (session.person, session.id, "asker") and row.unit_id == "U1"
    assert (row.page, row.rows, row.children) == ("network", 2, 3)
    assert row.reason == (
        f"{REASONS[0]}: asked from child KA, further from adult P9, told of adults P1, P2"
    )
    children = select(event_child.c.child_id).where(event_child.c.number == row.number)
    assert {one.child_id for one in read(store, children)} == {"KA", "KB", "KC"}


@pytest.mark.parametrize("reason", ["", "to see"])
def test_a_look_without_a_reason_of_the_list_is_not_kept(store, reason):
    session = signed_in(store)
    with pytest.raises(Problem, match="Choose why you ask: safeguarding check"):
        note_look(store, session, "asker", replace(LOOK, reason=reason))
    assert "asked for linked adults" not in {row.what for row in read(store, select(event))}


def test_a_look_in_a_meeting_is_not_kept(store):
    with pytest.raises(NotAllowed):
        note_look(store, replace(signed_in(store), kind=MEETING), "asker", LOOK)
