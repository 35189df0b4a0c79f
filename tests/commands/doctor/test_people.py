"""Roles and grants that lead nowhere, and whether somebody may administer and audit."""

from dataclasses import replace

from access.grants import Given, every_grant, grant, withdraw
from access.people import Claims
from access.sessions import begin
from commands.doctor.people import people
from data_access.access_settings import SHIPPED_ROLES, SignIn
from tests.access.people import LIMITS, NOON
from tests.commands.doctor.conftest import NOW, looked_at, mended

NOBODY_YET = 4


def test_somebody_who_administers_and_somebody_who_audits_are_enough(well, access_store):
    findings = list(people(well()))
    assert not mended(findings)
    fine = {one.check for one in findings if one.severity == "fine"}
    assert fine == {"administer_exists", "audit_exists"}


def test_without_an_administrator_nobody_can_be_given_anything(well, access_store):
    roles = tuple(
        replace(role, claim="Another.Value") if role.name == "administrator" else role
        for role in SHIPPED_ROLES
    )
    (sentence,) = mended(people(well(roles=roles)))
    assert sentence == (
        "administer_exists: Nobody may give roles and units to people, or end their sessions:"
        ' give somebody the role administrator (the claim "Another.Value").'
    )


def test_without_a_role_that_administers_the_settings_are_to_be_mended(well, access_store):
    roles = tuple(role for role in SHIPPED_ROLES if role.name != "administrator")
    (sentence,) = mended(people(well(roles=roles)))
    assert 'No [[role]] has "administer" in its acts' in sentence


def test_without_an_auditor_it_is_to_be_looked_at(well, access_store):
    person = access_person(access_store)
    withdraw(access_store, person, Given(role="auditor"), "the tests", NOW)
    assert any(one.startswith("audit_exists: Nobody may") for one in looked_at(people(well())))


def test_a_role_that_nobody_ever_had_is_looked_at(well, access_store):
    told = [one for one in looked_at(people(well())) if one.startswith("roles: ")]
    assert len(told) == NOBODY_YET
    assert any('Nobody has signed in with "ChildStat.Director"' in one for one in told)
    claims = Claims("https://issuer.example", "dee", "Dee", roles=("ChildStat.Director",))
    begin(access_store, claims, LIMITS, NOON)
    told = [one for one in looked_at(people(well())) if one.startswith("roles: ")]
    assert len(told) == NOBODY_YET - 1


def test_a_grant_of_a_unit_that_is_not_there_is_looked_at(well, access_store):
    person = access_person(access_store)
    for unit in ("U1", "U9"):
        grant(access_store, person, Given(unit=unit), "the tests", NOW)
    told = [one for one in looked_at(people(well())) if one.startswith("grants: ")]
    assert told == [
        "grants: The unit U9 is granted, and the case database has no such unit: withdraw it, and"
        " grant the one that took its place."
    ]


def test_a_grant_of_a_role_that_is_not_there_is_looked_at(well, access_store):
    grant(access_store, access_person(access_store), Given(role="partner"), "the tests", NOW)
    told = [one for one in looked_at(people(well())) if one.startswith("grants: ")]
    assert told == ["grants: The role partner is granted, and config.toml has no such [[role]]."]


def test_nobody_is_looked_for_before_anybody_signed_in(well):
    assert not list(people(well()))
    assert not list(people(well(sign_in=SignIn())))


def access_person(store) -> str:
    return every_grant(store)[0].person
