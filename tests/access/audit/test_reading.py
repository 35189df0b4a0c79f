"""Who has looked: in lists too, and whoever reads it is kept as well."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select

from access.audit.events import Event, What, note
from access.audit.reading import (
    SUBJECT_COLUMNS,
    Asked,
    Reader,
    event_columns,
    events_asked,
    events_of_subject,
)
from access.audit.unusual import unusual
from access.store.opening import open_access_store
from access.store.reading import read
from access.store.tables import event
from data_access import schema
from data_access.access_settings import AccessStore
from tests.access.people import signed_in
from tests.databases import emptied

READER = Reader(person="auditor", session="s", role="auditor")
# A Monday, in summer time.
MONDAY = datetime(2016, 10, 3, 9, 0, tzinfo=UTC)


def looked(what: What, who: str, *children: str, at: datetime = MONDAY, **more) -> Event:
    return Event(what, person=who, children=children, rows=len(children), at=at, **more)


def asked(store, **of_what):
    names = event_columns()
    rows = events_asked(store, Asked(**of_what), READER)
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_who_saw_a_child_has_lists_exports_and_second_looks_too(store):
    note(store, looked(What.OPENED_CHILD, "ann", "K1"), looked(What.LISTED, "bob", "K1", "K2"))
    note(store, looked(What.LISTED, "cat", "K2"), looked(What.EXPORTED, "dan", "K2", "K1"))
    rows = asked(store, child="K1")
    assert [(row["person"], row["what"], row["children"]) for row in rows] == [
        ("dan", "exported", 2),
        ("bob", "listed", 2),
        ("ann", "opened a child", 1),
    ]


def test_events_are_asked_for_by_person_kind_and_time(store):
    note(store, looked(What.LISTED, "ann", "K1"), looked(What.OPENED_CHILD, "ann", "K1"))
    note(store, looked(What.LISTED, "bob", "K1", at=MONDAY.replace(hour=12)))
    assert [row["number"] for row in asked(store, person="ann")] == [2, 1]
    assert [row["number"] for row in asked(store, what=(What.OPENED_CHILD,))] == [2]
    noon = MONDAY.replace(hour=12)
    october = MONDAY.replace(day=4)
    assert [row["number"] for row in asked(store, since=noon, until=october)] == [3]
    assert [row["number"] for row in asked(store, until=noon)] == [2, 1]
    assert [row["number"] for row in asked(store, until=noon, most=1)] == [2]


def test_a_name_is_that_of_the_person_and_stands_in_no_event(store):
    session = signed_in(store)
    (row,) = asked(store, person=session.person)
    assert row["name"] == "Ann Example"
    assert "Ann Example" not in str(read(store, select(event)))


def test_reading_the_audit_is_in_it_before_it_is_read(store):
    note(store, looked(What.OPENED_CHILD, "ann", "K1"))
    asked(store, child="K1")
    rows = asked(store, what=(What.READ_AUDIT,))
    assert [(row["person"], row["reason"]) for row in rows] == [
        ("auditor", None),
        ("auditor", "of the child K1"),
    ]
    assert len(asked(store, child="K1")) == 1, "who asks has not seen the child"


def test_a_subject_is_told_who_looked_and_nothing_of_another_child(store):
    session = signed_in(store)
    why = "complaint: a parent wrote on Monday"
    note(store, looked(What.LISTED, session.person, "K1", "K2", reason="not for them"))
    note(store, looked(What.LOOKED_CLOSER, session.person, "K1", page="child", reason=why))
    note(store, looked(What.OPENED_CHILD, session.person, "K2"))
    rows = events_of_subject(store, "K1", READER)
    assert len(SUBJECT_COLUMNS) == len(rows[0])
    assert rows == [
        (datetime(2016, 10, 3, 10, 0), "listed", "Ann Example", None, None, None),
        (datetime(2016, 10, 3, 10, 0), "looked closer", "Ann Example", None, "child", why),
    ]
    assert asked(store, what=(What.READ_AUDIT,))[1]["reason"] == (
        "all of the child K1, to be given out"
    )


@pytest.fixture
def own_store(tmp_path):
    engine = open_access_store(AccessStore(f"sqlite:///{tmp_path / 'access.sqlite'}"))
    yield engine
    engine.dispose()


@pytest.fixture
def cases(shared_engine):
    names = {"K1": "Kit Example", "K2": "Other, Lou", "K3": "EXAMPLE, Max", "K4": None}
    with shared_engine.begin() as connection:
        emptied(connection)
        children = [{"child_id": id, "name": name} for id, name in names.items()]
        connection.execute(insert(schema.child), [{**one, "restricted": False} for one in children])
    return shared_engine


def found(store, engine):
    begins, ends = MONDAY.replace(day=1), MONDAY.replace(day=10)
    return [
        (one.name, one.day.day, one.why, one.number)
        for one in unusual(store, engine, begins, ends, READER)
    ]


def test_a_child_of_the_same_surname_is_worth_a_question_however_it_is_written(own_store, cases):
    ann = signed_in(own_store, now=MONDAY).person
    note(own_store, looked(What.OPENED_CHILD, ann, "K1"), looked(What.OPENED_CHILD, ann, "K3"))
    note(own_store, looked(What.OPENED_CHILD, ann, "K2"), looked(What.OPENED_CHILD, ann, "K4"))
    assert found(own_store, cases) == [("Ann Example", 3, "opened children of the same surname", 2)]


@pytest.mark.parametrize(
    ("at", "is_told"),
    [
        (MONDAY.replace(hour=5, minute=59), True),
        (MONDAY.replace(hour=6), False),
        (MONDAY.replace(hour=18, minute=59), False),
        (MONDAY.replace(hour=19), True),
        (MONDAY.replace(day=8, hour=12), True),
        (MONDAY.replace(day=7, hour=12), False),
    ],
)
def test_out_of_hours_is_before_seven_from_eight_and_at_weekends_by_london_s_clock(
    own_store, cases, at, is_told
):
    ann = signed_in(own_store, now=MONDAY).person
    note(own_store, looked(What.LISTED, ann, "K2", at=at))
    assert [why for _, _, why, _ in found(own_store, cases)] == ["looked out of hours"] * is_told


def test_refusals_are_told_from_the_fifth_of_a_day_and_second_looks_always(own_store, cases):
    ann = signed_in(own_store, now=MONDAY).person
    note(own_store, *(looked(What.REFUSED, ann) for _ in range(4)))
    note(own_store, looked(What.LOOKED_CLOSER, ann, "K2"))
    assert [(why, number) for _, _, why, number in found(own_store, cases)] == [
        ("second looks with a reason", 1)
    ]
    note(own_store, looked(What.REFUSED, ann))
    assert ("Ann Example", 3, "refusals", 5) in found(own_store, cases)


def test_a_hundred_children_of_a_day_are_many_and_one_opened_twice_is_one(own_store, cases):
    ann = signed_in(own_store, now=MONDAY).person
    note(own_store, *(looked(What.OPENED_CHILD, ann, f"C{n}") for n in range(99)))
    note(own_store, looked(What.OPENED_CHILD, ann, "C0"))
    assert found(own_store, cases) == []
    note(own_store, looked(What.OPENED_CHILD, ann, "C99"))
    assert found(own_store, cases) == [("Ann Example", 3, "children opened in a day", 100)]
