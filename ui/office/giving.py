"""The administrator's forms: give, take back, confirm who somebody is, end what they have open."""

from collections.abc import Collection, Mapping
from typing import TypeVar

import streamlit as st

from access.ending_sessions import end_of_person
from access.grants import Given, grant, withdraw
from access.matches import confirm, withdraw_match
from access.people import Person
from access.roles import refuse_unknown_role
from access.settling import (
    Unconfirmed,
    is_last_administrator,
    opens_nothing,
    replaced_words,
    worker_numbered,
)
from data_access.london import now, today
from data_access.problems import Problem
from data_access.viewer import Act
from ui.forms import CHOOSE, form_name
from ui.office.opening import Office
from ui.office.people import Held, Known

ROLE, UNIT = "Role: ", "Unit: "
ASKED = "asked_who_a_worker_is"
Chosen = TypeVar("Chosen")


def _chosen(offered: Mapping[str, Chosen], words: str | None, sentence: str) -> Chosen:
    """What was chosen: nothing is until somebody has, so that no click gives what was not meant."""
    if words is None:
        raise Problem(sentence)
    return offered[words]


def _choice(label: str, offered: Collection[str]) -> str | None:
    return st.selectbox(label, list(offered), index=None, placeholder=CHOOSE)


def give_form(office: Office, known: Known) -> None:
    """A role or a unit for somebody who has signed in once."""
    offered = {
        **{f"{ROLE}{role.name}": Given(role=role.name) for role in office.settings.roles},
        **{f"{UNIT}{name}": Given(unit=id) for id, name in known.units.items()},
    }
    with st.form(form_name("give")):
        st.header("Give")
        who = _choice("To whom", known.by_words)
        what = _choice("What", offered)
        sent = st.form_submit_button("Give it", type="primary")

    def work() -> str:
        one = _chosen(known.by_words, who, "Choose to whom you give it.")
        return _give(office, known, one, _chosen(offered, what, "Choose what you give."))

    if sent:
        office.do(Act.ADMINISTER, work)


def _give(office: Office, known: Known, one: Person, given: Given) -> str:
    if given.role:
        refuse_unknown_role(office.settings, given.role)
    _refuse_oneself(office, one)
    moment = now()
    grant(office.store, one.id, given, office.by, moment)
    words = given.words if given.unit is None else known.units[given.unit]
    opens = opens_nothing(office.store, office.engine, office.settings, one.id, given, moment)
    return f"{one.name} has {words}.{opens}"


def _refuse_oneself(office: Office, one: Person) -> None:
    """Which worker somebody is opens units as a grant does."""
    if one.id == office.by:
        raise Problem(
            "Nobody gives themselves a role or a unit, or says which worker they are: ask another"
            " administrator."
        )


def take_back_form(office: Office, known: Known) -> None:
    """What was given or confirmed here; a role that the provider gives is taken back there."""
    with st.form(form_name("take-back")):
        st.header("Take back")
        if not known.granted:
            st.text("Nothing has been given here.")
        what = _choice("What to take back", known.granted)
        sent = st.form_submit_button("Take it back", disabled=not known.granted)

    def work() -> str:
        return _take_back(office, _chosen(known.granted, what, "Choose what you take back."), what)

    if sent:
        office.do(Act.ADMINISTER, work)


def _take_back(office: Office, held: Held, words: str | None) -> str:
    if held.given is None:
        withdraw_match(office.store, held.person, office.by, now())
        return f"Taken back: {words}."
    if is_last_administrator(office.store, office.settings, held.person, held.given):
        raise Problem(
            "Nobody else can administer: give that role to another first. Nothing was taken back."
        )
    withdraw(office.store, held.person, held.given, office.by, now())
    return f"Taken back: {words}."


def confirm_form(office: Office, known: Known) -> None:
    """Which worker somebody is, by their Social Work England number."""
    first = {_says(one): one.person for one in known.unconfirmed}
    listed = {person.id for person in first.values()}
    others = {words: one for words, one in known.by_words.items() if one.id not in listed}
    offered = {**first, **others}
    with st.form(form_name("confirm")):
        st.header("Confirm who a worker is")
        who = _choice("Who it is", offered)
        number = st.text_input("Social Work England number, where the sign-in says none")
        sent = st.form_submit_button("Confirm", type="primary")

    def work() -> str:
        one = _chosen(offered, who, "Choose whom you confirm.")
        was_told = not number.strip() and one.id in listed
        return _confirm(office, one, number.strip() or one.registration_no or "", was_told)

    if sent:
        office.do(Act.ADMINISTER, work)


def _says(one: Unconfirmed) -> str:
    """Whom the number that somebody's sign-in says would make of them."""
    if one.number is None:
        return f"{one.person.words}, says no number"
    return f"{one.person.words}, says {one.number}: {one.worker_words or 'no such worker'}"


def _confirm(office: Office, one: Person, number: str, was_told: bool) -> str:
    _refuse_oneself(office, one)
    if not number:
        raise Problem(f"The sign-in says no number of {one.name}: write it beside the name.")
    worker = worker_numbered(office.engine, number, today())
    replaced = replaced_words(office.store, one.id, number)
    asked = (one.id, number, replaced)
    if (replaced or not was_told) and st.session_state.get(ASKED) != asked:
        st.session_state[ASKED] = asked
        instead = f", {replaced}" if replaced else ""
        raise Problem(
            f"{number} is {worker.words}. If that is who {one.name} is, press Confirm again"
            f"{instead}."
        )
    confirm(office.store, one.id, number, office.by, now())
    return f"{one.name} is the worker with the number {number}: {worker.words}."


def end_form(office: Office, known: Known) -> None:
    """Ends every session of one person: their open pages leave at once."""
    looking = {session.person for session in known.sessions}
    offered = {words: one for words, one in known.by_words.items() if one.id in looking}
    with st.form(form_name("end")):
        st.header("Sign somebody out")
        who = _choice("Who", offered)
        why = st.text_input("Why")
        sent = st.form_submit_button("Sign them out everywhere")
    if sent:
        office.do(
            Act.ADMINISTER,
            lambda: _end(office, _chosen(offered, who, "Choose whom you sign out."), why),
        )


def _end(office: Office, one: Person, why: str) -> str:
    if not why.strip():
        raise Problem("Say why: it is kept in the audit.")
    ended = end_of_person(office.store, one.id, office.by, why.strip(), now())
    return f"{one.name} is signed out: {ended} ended."
