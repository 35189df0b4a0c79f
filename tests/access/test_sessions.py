"""Sessions: on the server, of people, ended by idling, by age, by hand; known after a restart."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from access.people import people
from access.sessions import (
    BETWEEN_WRITES_OF_ACTIVITY,
    begin,
    begin_meeting,
    end,
    end_all,
    end_of_person,
    end_of_provider_session,
    find,
    open_session,
    open_sessions,
    still_open,
)
from access.store.opening import ACCESS_STORE, open_access_store
from access.store.reading import read
from access.store.tables import event, session
from data_access.access_settings import AccessStore
from data_access.problems import Problem
from data_access.stores.opening import WRITES, open_store_of
from tests.access.people import LIMITS, NOON, claims, minutes, signed_in


def seen(store, token, after, is_activity=True):
    return find(store, token, LIMITS, NOON + after, is_activity)


def test_a_token_finds_its_session_and_whose_it_is(store):
    token, begun = begin(store, claims("ChildStat.Director"), LIMITS, NOON)
    found = seen(store, token, minutes(1), is_activity=False)
    assert found == begun
    assert (found.name, found.roles) == ("Ann Example", ("ChildStat.Director",))
    assert seen(store, f"{token}x", minutes(1)) is None
    assert seen(store, "", minutes(1)) is None


def test_no_token_stands_in_the_store(store):
    token, _ = begin(store, claims(), LIMITS, NOON)
    (row,) = read(store, select(session))
    assert token not in str(row)
    assert len(token) >= 43, "256 bits"


def test_thirty_idle_minutes_end_a_session_and_what_draws_itself_anew_is_no_activity(store):
    token, _ = begin(store, claims(), LIMITS, NOON)
    assert seen(store, token, minutes(29), is_activity=False)
    assert seen(store, token, minutes(30), is_activity=False) is None
    assert seen(store, token, minutes(30)) is None


def test_whoever_does_something_stays(store):
    token, _ = begin(store, claims(), LIMITS, NOON)
    for at in range(20, 120, 20):
        assert seen(store, token, minutes(at))
    assert seen(store, token, minutes(129), is_activity=False)
    assert seen(store, token, minutes(130), is_activity=False) is None


def test_not_every_click_is_written_and_a_session_ends_no_later_for_it(store):
    token, begun = begin(store, claims(), LIMITS, NOON)
    soon = BETWEEN_WRITES_OF_ACTIVITY - timedelta(seconds=1)
    assert seen(store, token, soon).seen_at == begun.seen_at
    assert seen(store, token, minutes(30) + soon) is None


def test_a_session_that_can_t_be_touched_just_now_is_open_all_the_same(store, store_url):
    token, begun = begin(store, claims(), LIMITS, NOON)
    waits_little = open_store_of(replace(ACCESS_STORE, seconds_to_wait=0.1), store_url)
    writer = store.execution_options(**{WRITES: True})
    with writer.begin() as somebody_else:
        somebody_else.execute(update(session).values(kind=session.c.kind))
        found = find(waits_little, token, LIMITS, NOON + minutes(1), is_activity=True)
        assert found == begun
    waits_little.dispose()
    later = find(store, token, LIMITS, NOON + minutes(1), is_activity=True)
    assert later and later.seen_at == NOON + minutes(1)


def test_ten_hours_end_a_session_however_busy(store):
    token, _ = begin(store, claims(), LIMITS, NOON)
    for at in range(20, 600, 20):
        assert seen(store, token, minutes(at))
    assert seen(store, token, minutes(600)) is None


def test_a_meeting_s_session_is_there_after_two_untouched_hours_and_ends_after_four(store):
    token, begun = begin_meeting(store, signed_in(store, "R", swe_number="SW1"), LIMITS, NOON)
    assert (begun.kind, begun.roles, begun.swe_number) == ("meeting", ("R",), "SW1")
    assert seen(store, token, minutes(120), is_activity=False)
    assert seen(store, token, minutes(239), is_activity=False)
    assert seen(store, token, minutes(240)) is None


def test_a_session_goes_on_after_a_restart_and_in_a_second_process(store, store_url):
    token, begun = begin(store, claims(), LIMITS, NOON)
    second = open_access_store(AccessStore(store_url))
    assert find(second, token, LIMITS, NOON + minutes(1), is_activity=False) == begun
    end(second, begun.id, "admin", "left", NOON + minutes(2))
    second.dispose()
    assert seen(store, token, minutes(3)) is None
    assert open_session(store, begun.id, LIMITS, NOON + minutes(3)) is None


def test_ended_sessions_are_told_from_those_that_are_open(store):
    ann, bob, cat = (signed_in(store, subject=name) for name in ("ann", "bob", "cat"))
    end(store, bob.id, bob.person, "signed out", NOON)
    ids = {one.id for one in (ann, bob, cat)}
    assert still_open(store, ids, LIMITS, NOON) == {ann.id, cat.id}
    assert still_open(store, ids, LIMITS, NOON + minutes(30)) == set()
    assert still_open(store, [], LIMITS, NOON) == set()
    assert {one.id for one in open_sessions(store, LIMITS, NOON)} == {ann.id, cat.id}


def test_every_session_of_a_person_ends_and_nobody_else_s(store):
    first, second = signed_in(store), signed_in(store)
    other = signed_in(store, subject="bob")
    assert end_of_person(store, first.person, "admin", "left the council", NOON) == 2
    assert second.person == first.person
    assert still_open(store, [first.id, second.id, other.id], LIMITS, NOON) == {other.id}
    assert end_of_person(store, first.person, "admin", "left the council", NOON) == 0
    assert end_all(store, "admin", "incident", NOON) == 1


@pytest.mark.parametrize(
    ("sid", "subject", "left"),
    [
        ("s1", None, {"ann2", "bob"}),
        (None, "ann", {"bob"}),
        ("s1", "ann", {"ann2", "bob"}),
        ("s1", "bob", {"ann", "ann2", "bob"}),
        ("none", None, {"ann", "ann2", "bob"}),
    ],
)
def test_what_the_provider_ends_ends_here(store, sid, subject, left):
    ids = {
        "ann": signed_in(store, provider_session="s1").id,
        "ann2": signed_in(store, provider_session="s2").id,
        "bob": signed_in(store, subject="bob", provider_session="s3").id,
    }
    end_of_provider_session(store, "https://issuer.example", sid, subject, NOON, NOON)
    still = still_open(store, ids.values(), LIMITS, NOON)
    assert {name for name, id in ids.items() if id in still} == left


def test_another_provider_s_word_ends_nothing(store):
    ann = signed_in(store, provider_session="s1")
    end_of_provider_session(store, "https://other.example", "s1", "ann", NOON, NOON)
    assert still_open(store, [ann.id], LIMITS, NOON) == {ann.id}
    with pytest.raises(Problem, match="whose session"):
        end_of_provider_session(store, "https://issuer.example", None, None, NOON, NOON)


def test_the_same_subject_is_one_person_whose_name_is_as_last_said(store):
    signed_in(store)
    signed_in(store, name="Ann Other", email=None, now=NOON + minutes(5))
    signed_in(store, subject="bob")
    assert [(one.name, one.email) for one in people(store)] == [
        ("Ann Other", None),
        ("Bob Example", "bob@example.org"),
    ]


def test_sign_ins_and_ends_are_events(store):
    ann = signed_in(store)
    end(store, ann.id, ann.person, "signed out", NOON)
    bob = signed_in(store, subject="bob")
    end(store, bob.id, "admin", "left", NOON)
    rows = read(store, select(event.c.what, event.c.session, event.c.reason))
    assert [tuple(row) for row in rows] == [
        ("signed in", ann.id, None),
        ("signed out", ann.id, "signed out"),
        ("signed in", bob.id, None),
        ("ended", bob.id, "left, by admin"),
    ]


def test_a_session_of_which_no_event_can_be_written_does_not_begin(store):
    with store.begin() as connection:
        connection.execute(text("ALTER TABLE access_event RENAME TO gone"))
    with pytest.raises(Problem):
        begin(store, claims(), LIMITS, NOON)
    assert read(store, select(session)) == []


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Ann\x00\x1b[31m Example\n", "Ann [31m Example"),
        ("Ann \ud800Example", "Ann Example"),
        ("\u202eAnn", "Ann"),
        ("A" * 5000, "A" * 200),
        (" ", "(no name)"),
        ("Zoë O’Neil", "Zoë O’Neil"),
    ],
)
def test_whatever_a_provider_says_is_a_name_is_one_line_that_a_screen_takes(store, said, kept):
    assert signed_in(store, name=said).name == kept
