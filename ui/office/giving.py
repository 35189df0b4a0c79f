"""The administrator's forms: give, take back, confirm who somebody is, end what they have open."""

from datetime import datetime

import streamlit as st

from access.ending_sessions import end_of_person
from access.grants import Given, grant, withdraw
from access.matches import confirm
from access.people import Person
from access.roles import refuse_unknown_role
from data_access.london import now
from data_access.problems import Problem
from data_access.viewer import Act
from ui.forms import form_name
from ui.office.opening import Office
from ui.office.people import Known

ROLE, UNIT = "Role: ", "Unit: "


def give_form(office: Office, known: Known) -> None:
    """A role or a unit for somebody who has signed in once."""
    offered = {
        **{f"{ROLE}{role.name}": Given(role=role.name) for role in office.settings.roles},
        **{f"{UNIT}{name}": Given(unit=id) for id, name in known.units.items()},
    }
    with st.form(form_name("give")):
        st.header("Give")
        who = st.selectbox("To whom", known.by_words)
        what = st.selectbox("What", offered)
        sent = st.form_submit_button("Give it", type="primary")
    if sent:
        one, given = known.by_words[who], offered[what]
        office.do(Act.ADMINISTER, lambda: _give(office, one, given, now()))


def _give(office: Office, one: Person, given: Given, moment: datetime) -> str:
    if given.role:
        refuse_unknown_role(office.settings, given.role)
    if one.id == office.by:
        raise Problem("Nobody gives themselves a role or a unit: ask another administrator.")
    grant(office.store, one.id, given, office.by, moment)
    return f"{one.name} has {given.words}."


def take_back_form(office: Office, known: Known) -> None:
    """What was given here; a role that the provider gives is taken back there."""
    with st.form(form_name("take-back")):
        st.header("Take back")
        if not known.granted:
            st.text("Nothing has been given here.")
        what = st.selectbox("What", known.granted)
        sent = st.form_submit_button("Take it back", disabled=not known.granted)
    if sent and what:
        person, role, unit = known.granted[what]
        office.do(Act.ADMINISTER, lambda: _take_back(office, person, Given(role, unit), what))


def _take_back(office: Office, person: str, given: Given, words: str) -> str:
    withdraw(office.store, person, given, office.by, now())
    return f"Taken back: {words}."


def confirm_form(office: Office, known: Known) -> None:
    """Which worker somebody is, by their Social Work England number."""
    said = {row.id: row.registration_no for row in known.unconfirmed}
    with st.form(form_name("confirm")):
        st.header("Confirm who a worker is")
        first = {
            f"{words}, says {said[one.id]}": one
            for words, one in known.by_words.items()
            if one.id in said
        }
        offered = {**first, **{w: one for w, one in known.by_words.items() if one.id not in said}}
        who = st.selectbox("Who", offered)
        number = st.text_input("Social Work England number, where the sign-in says none")
        sent = st.form_submit_button("Confirm", type="primary")
    if sent:
        one = offered[who]
        office.do(
            Act.ADMINISTER, lambda: _confirm(office, one, number.strip() or said.get(one.id, ""))
        )


def _confirm(office: Office, one: Person, number: str) -> str:
    confirm(office.store, one.id, number, office.by, now())
    return f"{one.name} is the worker with the number {number}."


def end_form(office: Office, known: Known) -> None:
    """Ends every session of one person: their open pages leave at once."""
    looking = {session.person for session in known.sessions}
    offered = {words: one for words, one in known.by_words.items() if one.id in looking}
    with st.form(form_name("end")):
        st.header("Sign somebody out")
        who = st.selectbox("Who", offered)
        why = st.text_input("Why")
        sent = st.form_submit_button("Sign them out everywhere")
    if sent:
        office.do(Act.ADMINISTER, lambda: _end(office, offered[who], why))


def _end(office: Office, one: Person, why: str) -> str:
    if not why.strip():
        raise Problem("Say why: it is kept in the audit.")
    ended = end_of_person(office.store, one.id, office.by, why.strip(), now())
    return f"{one.name} is signed out: {ended} ended."
