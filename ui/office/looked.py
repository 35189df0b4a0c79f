"""The auditor's page: who has looked at whom, what is unusual, and whether it is as written."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

import streamlit as st
from markupsafe import Markup
from sqlalchemy import Row

from access.audit.checking import verify
from access.audit.events import What
from access.audit.heads import line_of
from access.audit.reading import (
    MOST_EVENTS,
    READ_FIRST,
    SUBJECT_COLUMNS,
    Asked,
    events_asked,
    events_of_subject,
    is_in_the_audit,
    why_no_event,
)
from access.audit.unusual import unusual
from access.in_cases import unit_names
from access.people import people
from charts.tables import table
from data_access.london import LONDON, now, today
from exports.csv_text import csv_file
from metrics.catalogue import CATALOGUE
from metrics.model import SERVICE
from metrics.sentence import count, written_date
from metrics.writing import several
from ui.forms import CSV, day_field, form_name
from ui.office.opening import Office, told_as_words

DAYS = 31
HEADINGS = ("When", "Who", "What", "Role", "Page", "Figure", "Unit", "Children", "Reason")
EVERYBODY, ANYTHING = "Everybody", "Anything"


def audit_title() -> Markup:
    return Markup(
        '<div class="cs-title"><h1>Who has looked</h1></div>'
        "<p>Nothing here can be changed, and that you read it is kept as well.</p>"
    )


def what_is_unusual(office: Office) -> Markup:
    """Of the last days: none of it is proof of anything."""
    since = datetime.combine(today() - timedelta(DAYS), time(), LONDON)
    heading = Markup("<h2>To ask about, of the last {} days</h2>").format(DAYS)

    def listed() -> Markup:
        found = unusual(office.store, office.engine, since, now(), office.reader)
        rows = [(written_date(one.day), one.name, one.why, one.number) for one in found]
        nothing = Markup('<p class="cs-quiet">Nothing stands out.</p>')
        return table(("Day", "Who", "What", "How many"), rows) if rows else nothing

    return heading + told_as_words(listed)


def asked_by_form(office: Office) -> Asked | None:
    """What the form asks for, once it is sent."""
    names = {one.words: one.id for one in people(office.store)}
    with st.container(key="asked"), st.form(form_name("ask")):
        st.header("Ask")
        child_at, person_at, what_at, since_at, until_at, sent_at = st.columns(
            (4, 4, 3, 3, 3, 1), vertical_alignment="bottom"
        )
        child = child_at.text_input("A child, by its number in the case system")
        person = person_at.selectbox("A person", [EVERYBODY, *names])
        what = what_at.selectbox("What", [ANYTHING, *(one.value for one in What)])
        since = day_field("From", today() - timedelta(DAYS), since_at)
        until = day_field("Up to", today(), until_at)
        sent = sent_at.form_submit_button("Ask", type="primary")
    if not sent:
        return None
    kinds = () if what == ANYTHING else (What(what),)
    days = _begins(since), _begins(until + timedelta(1))
    return Asked(child.strip() or None, names.get(person), kinds, *days, MOST_EVENTS + 1)


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def events_table(office: Office, asked: Asked) -> Markup:
    """The newest events that were asked for, the newest first."""

    def listed() -> Markup:
        rows = events_asked(office.store, asked, office.reader)
        child = asked.child
        if child and not rows and not is_in_the_audit(office.store, child):
            return Markup("<p>{}</p>").format(why_no_event(office.store, office.engine, child))
        return _events(rows, unit_names(office.engine))

    return told_as_words(listed)


def _events(rows: Sequence[Row], units: Mapping[str, str]) -> Markup:
    if not rows:
        return Markup("<p>Nothing of this was written down in these days.</p>")
    more = len(rows) > MOST_EVENTS
    words = f"The newest {count(MOST_EVENTS)} of more: ask for fewer days." if more else ""
    shown = [
        (
            f"{row.at.astimezone(LONDON):%d/%m/%Y %H:%M:%S}",
            row.name or row.person,
            row.what,
            row.role,
            row.page,
            CATALOGUE[row.metric].name if row.metric in CATALOGUE else row.metric,
            "service" if row.unit_id == SERVICE else units.get(row.unit_id, row.unit_id),
            row.children or None,
            row.reason,
        )
        for row in rows[:MOST_EVENTS]
    ]
    heading = several(len(shown), "event")
    return Markup("<h2>{}</h2><p>{}</p>{}").format(heading, words, table(HEADINGS, shown))


def subject_file(office: Office, child_id: str) -> None:
    """One child's events as a file, for who asks by right who has looked at them.

    Nothing of a child at whom nobody has looked, or who is none.
    """
    if not is_in_the_audit(office.store, child_id):
        return

    def made() -> str:
        rows = events_of_subject(office.store, child_id, office.reader)
        return csv_file(list(SUBJECT_COLUMNS), rows)

    st.text(READ_FIRST)
    office.file_button("This child’s events as CSV", made, "who-has-looked.csv", CSV)


def chain_state(office: Office) -> Markup:
    """Whether every event is as it was written, and where the chain ends."""

    def said() -> Markup:
        found = verify(office.store)
        if found.broken:
            return Markup('<p class="cs-trouble" role="alert">{}</p>').format(found.broken)
        return Markup("<p>{}, each as it was written. The last: <code>{}</code></p>").format(
            several(found.events, "event"), line_of(found.head)
        )

    return told_as_words(said)
