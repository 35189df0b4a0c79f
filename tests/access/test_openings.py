"""A second look: with a reason, one child, an hour, this session; written with its event."""

import pytest
from sqlalchemy import select, text

from access.audit.checking import verify
from access.openings import REASONS, Look, look_closer, opened_to
from access.sessions import begin_meeting
from access.store.reading import read
from access.store.tables import event, opening
from data_access.problems import NotAllowed, Problem
from data_access.viewer import Act, Viewer
from tests.access.people import LIMITS, NOON, minutes, signed_in

VIEWER = Viewer("Ann", frozenset({"U1"}), acts=frozenset({Act.LOOK_CLOSER}))
WHY = Look("K1", REASONS[0], "Her brother is in our unit.")


def test_a_child_is_open_to_this_session_for_an_hour_and_no_other_child(store):
    session, other = signed_in(store), signed_in(store)
    ends_at = look_closer(store, session, VIEWER, WHY, NOON)
    assert ends_at == NOON + minutes(60)
    assert opened_to(store, session.id, NOON) == {"K1"}
    assert opened_to(store, session.id, NOON + minutes(59.9)) == {"K1"}
    assert opened_to(store, session.id, NOON + minutes(60)) == frozenset()
    assert opened_to(store, other.id, NOON) == frozenset()


def test_its_event_has_the_reason_in_words(store):
    session = signed_in(store)
    look_closer(store, session, VIEWER, WHY, NOON)
    rows = read(
        store, select(event.c.what, event.c.person, event.c.reason).order_by(event.c.number)
    )
    assert rows[-1] == (
        "looked closer",
        session.person,
        "child protection enquiry: Her brother is in our unit.",
    )
    assert verify(store).broken is None


@pytest.mark.parametrize(
    ("look", "said"),
    [
        (Look("K1", "", "Her brother is in our unit."), "Choose why you look"),
        (Look("K1", "curiosity", "Her brother is in our unit."), "Choose why you look"),
        (Look("K1", REASONS[0], ""), "Say in 10 to 500 letters"),
        (Look("K1", REASONS[0], "          x          "), "Say in 10 to 500 letters"),
        (Look("K1", REASONS[0], "x" * 501), "Say in 10 to 500 letters"),
    ],
)
def test_without_a_reason_it_is_refused_and_nothing_is_open(store, look, said):
    session = signed_in(store)
    with pytest.raises(Problem, match=said):
        look_closer(store, session, VIEWER, look, NOON)
    assert opened_to(store, session.id, NOON) == frozenset()


def test_who_was_not_given_the_act_and_a_meeting_are_refused(store):
    session = signed_in(store)
    with pytest.raises(NotAllowed):
        look_closer(store, session, Viewer("Ann", frozenset({"U1"})), WHY, NOON)
    _, meeting = begin_meeting(store, session, LIMITS, NOON)
    with pytest.raises(NotAllowed):
        look_closer(store, meeting, VIEWER, WHY, NOON)


def test_what_no_event_can_be_written_of_is_not_opened(store):
    session = signed_in(store)
    with store.begin() as connection:
        connection.execute(text("ALTER TABLE access_event_child RENAME TO gone"))
    with pytest.raises(Problem):
        look_closer(store, session, VIEWER, WHY, NOON)
    assert read(store, select(opening)) == []
