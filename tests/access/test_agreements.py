"""What is asked of another unit's lead: kept with its event, answered once, opened with limits."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select, text

import access.agreements
from access.agreements import answer_request, ask_lead, open_agreed
from access.audit.checking import verify
from access.openings import MINUTES, opened_to
from access.requests import asked_by
from access.sessions import begin_meeting
from access.store.forgetting import forget
from access.store.reading import read
from access.store.tables import opening, request, request_answer, request_child
from data_access.problems import NotAllowed, Problem
from data_access.stores.ids import new_id
from data_access.viewer import Viewer
from tests.access.families import A_WEEK, ASK, ASKER, OWNER, YES
from tests.access.people import LIMITS, NOON, TODAY, minutes

# Stores are compared here, and case databases where these are asked: see test_agreements_since.
pytestmark = pytest.mark.parametrize("engine_kind", ["duckdb"], indirect=True)


def test_it_is_kept_and_told_to_who_manages_the_unit_until_a_week_is_over(place):
    asker = place.who()
    ask_lead(asker, ASK, NOON)
    assert place.the_one.children == ("K2", "K3")
    assert place.told(now=NOON + A_WEEK - minutes(1))
    assert not place.told(now=NOON + A_WEEK)
    person = asker.session.person
    (mine,) = asked_by(place.store, place.engine, person, "K1", TODAY)
    assert asked_by(place.store, place.engine, person, "K0", TODAY) == [mine], "a sister's page"
    assert not asked_by(place.store, place.engine, person, "K2", TODAY)
    assert mine.has_lapsed(NOON + A_WEEK) and not mine.has_lapsed(NOON + A_WEEK - minutes(1))
    assert verify(place.store).broken is None


@pytest.mark.parametrize(
    "viewer",
    [
        Viewer("All", frozenset({"*"})),
        Viewer("Of the unit", frozenset({"U2"})),
        replace(OWNER, staff=frozenset({"U3"}), units=frozenset({"U2", "U3"})),
        replace(OWNER, units=frozenset({"U3"})),
    ],
)
def test_who_does_not_manage_the_unit_is_not_told_and_can_t_answer(place, viewer):
    ask_lead(place.who(), ASK, NOON)
    assert not place.told(viewer)
    with pytest.raises(NotAllowed):
        answer_request(place.who(viewer, "eve"), place.the_one.id, True, "Yes, do so.", NOON)
    assert not read(place.store, select(request_answer))


@pytest.mark.parametrize(
    ("viewer", "ask"),
    [
        (replace(ASKER, acts=frozenset()), ASK),
        (replace(ASKER, session=""), ASK),
        (replace(ASKER, units=frozenset({"U1", "U2"})), ASK),
        (ASKER, replace(ASK, words="")),
        (ASKER, replace(ASK, words="x" * 501)),
        (ASKER, replace(ASK, reason="curiosity")),
        (ASKER, replace(ASK, children=())),
    ],
)
def test_without_the_right_a_reason_words_or_another_s_family_nothing_is_kept(place, viewer, ask):
    with pytest.raises(Problem):
        ask_lead(place.who(viewer), ask, NOON)
    assert not read(place.store, select(request))


def test_a_meeting_s_session_asks_and_answers_nothing(place):
    asker = place.who()
    _, meeting = begin_meeting(place.store, asker.session, LIMITS, NOON)
    with pytest.raises(NotAllowed):
        ask_lead(replace(asker, session=meeting), ASK, NOON)
    ask_lead(asker, ASK, NOON)
    with pytest.raises(NotAllowed):
        answer_request(
            replace(place.owner, session=meeting), place.the_one.id, True, "Yes, do so.", NOON
        )


def test_what_no_event_can_be_written_of_is_not_kept(place):
    asker = place.who()
    with place.store.begin() as connection:
        connection.execute(text("ALTER TABLE access_event_child RENAME TO gone"))
    with pytest.raises(Problem):
        ask_lead(asker, ASK, NOON)
    assert not read(place.store, select(request)) and not read(place.store, select(request_child))


def test_it_is_answered_once_and_then_the_same_may_be_asked_again(place):
    id = place.answered(is_agreed=False)
    with pytest.raises(Problem, match="answered this request already"):
        answer_request(place.owner, id, True, "I changed my mind.", NOON)
    ask_lead(place.who(), ASK, NOON)
    with pytest.raises(Problem, match="has not answered yet"):
        ask_lead(place.who(), ASK, NOON)
    ask_lead(place.who(), ASK, NOON + A_WEEK)


def test_agreed_it_opens_to_the_asker_s_session_for_an_hour_and_to_nobody_else(place):
    id = place.answered()
    asker = place.who()
    with pytest.raises(NotAllowed):
        open_agreed(place.who(subject="eve"), id, NOON)
    with pytest.raises(NotAllowed):
        open_agreed(asker, id, NOON + A_WEEK)
    assert open_agreed(asker, id, NOON) == ("K2", "K3")
    assert place.open(asker, now=NOON + minutes(MINUTES - 1)) == {"K2", "K3"}
    assert not place.open(asker, now=NOON + minutes(MINUTES))
    assert not place.open(asker, frozenset()), "the right was taken away"
    assert not place.open(place.who()), "another sign-in"
    assert not opened_to(place.store, asker.session.id, NOON), "nobody looked of their own accord"


def test_what_was_opened_as_its_week_ends_is_open_for_its_hour(place):
    id, asker = place.answered(), place.who()
    last = NOON + A_WEEK - minutes(1)
    open_agreed(asker, id, last)
    assert place.open(asker, now=last + minutes(MINUTES - 1)) == {"K2", "K3"}


def test_what_was_not_agreed_opens_nothing(place):
    id = place.answered(is_agreed=False)
    with pytest.raises(NotAllowed):
        open_agreed(place.who(), id, NOON)
    assert not read(place.store, select(opening))


def test_two_who_ask_at_once_leave_one_request(place, monkeypatch):
    asker, made = place.who(), new_id
    before_it_is_kept: list[Callable] = [lambda: ask_lead(asker, ASK, NOON)]

    def meanwhile() -> str:
        if before_it_is_kept:
            before_it_is_kept.pop()()
        return made()

    monkeypatch.setattr(access.agreements, "new_id", meanwhile)
    with pytest.raises(Problem, match="has not answered yet"):
        ask_lead(asker, ASK, NOON)
    assert place.the_one and verify(place.store).broken is None


def test_nobody_answers_what_they_asked_themselves(place):
    asker = place.who()
    ask_lead(asker, ASK, NOON)
    with pytest.raises(Problem, match="asked this yourself"):
        answer_request(replace(asker, viewer=OWNER), place.the_one.id, True, YES, NOON)
    assert not read(place.store, select(request_answer))


def test_it_is_purged_with_the_session_in_which_it_was_asked(place):
    place.answered()
    with place.store.begin() as connection:
        forget(connection, NOON)
    assert read(place.store, select(request_answer))
    with place.store.begin() as connection:
        forget(connection, NOON + A_WEEK)
    for table in (request, request_child, request_answer):
        assert not read(place.store, select(table))
