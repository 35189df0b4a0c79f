"""Grants and confirmed workers: given once, withdrawn once, each an event."""

import pytest
from sqlalchemy import select

from access.grants import Given, every_grant, grant, grants_of, withdraw
from access.matches import confirm, confirmed_number, to_confirm, withdraw_match
from access.people import person_named
from access.store.reading import read
from access.store.tables import event
from data_access.problems import Problem
from tests.access.people import NOON, signed_in


def test_what_is_granted_holds_until_it_is_withdrawn_and_both_are_events(store):
    ann = signed_in(store).person
    grant(store, ann, Given(unit="U1"), "admin", NOON)
    grant(store, ann, Given(role="director"), "admin", NOON)
    held = grants_of(store, ann)
    assert (held.roles, held.units) == ({"director"}, {"U1"})
    withdraw(store, ann, Given(unit="U1"), "admin", NOON)
    assert [(row.name, row.role, row.unit_id) for row in every_grant(store)] == [
        ("Ann Example", "director", None)
    ]
    rows = read(store, select(event.c.what, event.c.reason).order_by(event.c.number))
    assert rows[1:] == [
        ("granted", "the unit U1, by admin"),
        ("granted", "the role director, by admin"),
        ("withdrew", "the unit U1, by admin"),
    ]
    grant(store, ann, Given(unit="U1"), "admin", NOON)
    assert grants_of(store, ann).units == {"U1"}


def test_what_is_refused_leaves_no_event(store):
    ann, bob = signed_in(store).person, signed_in(store, subject="bob").person
    grant(store, ann, Given(unit="U1"), "admin", NOON)
    confirm(store, ann, "SW1", "admin", NOON)
    before = len(read(store, select(event)))
    for act, said in (
        (lambda: grant(store, ann, Given(unit="U1"), "admin", NOON), "already"),
        (lambda: grant(store, ann, Given(), "admin", NOON), "Name a role or a unit"),
        (lambda: grant(store, ann, Given("director", "U1"), "a", NOON), "Name a role or a unit"),
        (lambda: grant(store, ann, Given(unit="*"), "a", NOON), "Every unit is opened by a role"),
        (lambda: withdraw(store, bob, Given(unit="U1"), "admin", NOON), "was not granted"),
        (lambda: confirm(store, bob, "sw 1", "admin", NOON), "confirmed of somebody else"),
        (lambda: confirm(store, bob, "  ", "admin", NOON), "Give the Social Work England number"),
        (lambda: withdraw_match(store, bob, "admin", NOON), "No worker's number"),
    ):
        with pytest.raises(Problem, match=said):
            act()
    assert len(read(store, select(event))) == before


def test_a_number_is_confirmed_of_one_person_and_a_new_one_takes_the_place_of_the_old(store):
    ann, bob = signed_in(store).person, signed_in(store, subject="bob").person
    confirm(store, ann, "sw 1", "admin", NOON)
    assert confirmed_number(store, ann) == "SW1"
    confirm(store, ann, "SW2", "admin", NOON)
    assert confirmed_number(store, ann) == "SW2"
    confirm(store, bob, "SW1", "admin", NOON)
    withdraw_match(store, ann, "admin", NOON)
    assert (confirmed_number(store, ann), confirmed_number(store, bob)) == (None, "SW1")


def test_who_says_a_number_that_nobody_confirmed_is_listed(store):
    ann = signed_in(store, swe_number="sw1").person
    signed_in(store, subject="bob")
    assert to_confirm(store) == [(ann, "Ann Example", "SW1")]
    confirm(store, ann, "SW1", "admin", NOON)
    assert to_confirm(store) == []
    signed_in(store, swe_number="SW2")
    assert to_confirm(store) == [(ann, "Ann Example", "SW2")]


def test_a_person_is_named_by_email_name_or_id_where_that_is_one(store):
    ann = signed_in(store)
    for words in ("ANN@example.org", " ann example", ann.person):
        assert person_named(store, words).id == ann.person
    for words in ("", "ann", "nobody@example.org"):
        with pytest.raises(Problem, match="Nobody is known as"):
            person_named(store, words)
    signed_in(store, subject="ann2", name="Ann Example", email="ann@example.org")
    with pytest.raises(Problem, match="2 people are known as"):
        person_named(store, "ann@example.org")


def test_who_is_called_like_another_s_email_is_not_taken_for_them(store):
    signed_in(store, subject="eve", name="ann@example.org", email="eve@example.org")
    with pytest.raises(Problem, match="Nobody is known as"):
        person_named(store, "ann@example.org")
    ann = signed_in(store)
    assert person_named(store, "ann@example.org").id == ann.person
