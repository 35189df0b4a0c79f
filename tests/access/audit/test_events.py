"""Events: written before anything is shown, chained, and refused by the database if changed."""

from dataclasses import replace
from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from sqlalchemy import create_engine, delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from access.audit.checking import verify
from access.audit.events import Event, What, note
from access.audit.witness import Shown, witness_of
from access.store.opening import ACCESS_STORE, open_access_store
from access.store.reading import read
from access.store.tables import event, event_child
from data_access.access_settings import AccessStore
from data_access.problems import Problem
from data_access.stores.opening import open_store_of
from tests.access.people import signed_in


def events(store):
    return read(store, select(event).order_by(event.c.number))


def listed(*children: str) -> Event:
    return Event(What.LISTED, person="p", page="unit", children=children, rows=len(children))


def test_events_are_numbered_without_a_gap_and_each_names_the_one_before(store):
    note(store, listed("K1"), listed("K2"))
    note(store, listed())
    rows = events(store)
    assert [row.number for row in rows] == [1, 2, 3]
    assert [row.before for row in rows] == ["", rows[0].digest, rows[1].digest]
    assert len({row.digest for row in rows}) == 3


def test_an_event_keeps_what_was_said_of_it(store):
    at = datetime(2016, 10, 3, 9, 30, 0, 123456, tzinfo=UTC)
    note(
        store,
        Event(What.EXPORTED, "p", "s", "analyst", "export", "caseload", "U1", ("K1",), 7, "w", at),
    )
    (row,) = events(store)
    assert tuple(row)[:11] == (
        1, at, "p", "s", "analyst", "exported", "export", "caseload", "U1", 7, "w"
    )  # fmt: skip
    assert read(store, select(event_child)) == [(1, "K1")]


@pytest.mark.parametrize(
    "act",
    [
        update(event).values(person="q"),
        update(event).where(event.c.number == 1).values(reason="x"),
        delete(event),
        delete(event).where(event.c.number == 2),
        update(event_child).values(child_id="K9"),
        delete(event_child),
        insert(event_child).values(number=1, child_id="K9"),
        insert(event_child).values(number=2, child_id="K9"),
        insert(event_child).values(number=3, child_id="K9"),
        insert(event).values(
            number=2, at=datetime.now(UTC), what="x", children=0, before="", digest="x"
        ),
        insert(event).values(
            number=3, at=datetime.now(UTC), what="x", children=0, before="", digest="x"
        ),
        insert(event).values(
            number=9, at=datetime.now(UTC), what="x", children=0, before="", digest="x"
        ),
    ],
    ids=str,
)
def test_the_database_itself_refuses_to_change_remove_or_slip_in_an_event(store, act):
    note(store, listed("K1"), listed("K2"))
    before = events(store)
    with pytest.raises(DBAPIError):
        with store.begin() as connection:
            connection.execute(act)
    assert events(store) == before


@pytest.mark.parametrize("number", [1, 2])
def test_no_child_is_slipped_in_for_an_event_to_come_whatever_checks_are_off(store, number):
    note(store, listed())
    # As whoever owns the file has it: foreign keys are off in SQLite unless they are asked for.
    by_hand = create_engine(store.url)
    with pytest.raises(DBAPIError, match="never added to"):
        with by_hand.begin() as connection:
            connection.execute(insert(event_child).values(number=number, child_id="K9"))
    by_hand.dispose()
    note(store, listed("K1"))
    assert verify(store).broken is None


def test_a_whole_table_is_not_emptied_at_once(fresh_postgresql):
    store = open_access_store(AccessStore(fresh_postgresql))
    note(store, listed("K1"))
    with pytest.raises(DBAPIError, match="never changed"):
        with store.begin() as connection:
            connection.execute(text("TRUNCATE access_event_child, access_event"))
    store.dispose()


def test_several_who_write_at_once_make_one_chain(store, store_url):
    together = Barrier(4)

    def write(by: str) -> None:
        own = open_access_store(AccessStore(store_url))
        together.wait()
        for number in range(10):
            note(own, listed(f"{by}{number}"))
        own.dispose()

    threads = [Thread(target=write, args=(by,)) for by in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = events(store)
    assert [row.number for row in rows] == list(range(1, 41))
    assert [row.before for row in rows[1:]] == [row.digest for row in rows[:-1]]


def test_what_a_page_shows_is_one_event_and_each_child_once(store):
    session = signed_in(store)
    witness = witness_of(store, session, Shown("child", What.OPENED_CHILD), "director")
    witness(["K1"])
    witness(["K1", "K1"])
    witness(["K1", "K2"])
    witness([])
    rows = events(store)[1:]
    assert [(row.what, row.page, row.role, row.rows) for row in rows] == [
        ("opened a child", "child", "director", 1),
        ("opened a child", "child", "director", 2),
    ]
    assert read(store, select(event_child).order_by(event_child.c.number)) == [
        (2, "K1"),
        (3, "K2"),
    ]
    assert {row.session for row in rows} == {session.id}
    witness_of(store, session, Shown("child", What.OPENED_CHILD))(["K1"])
    assert len(events(store)) == 4, "another drawing is another event"


def children_shown(store) -> list[tuple[int, str]]:
    return [
        (row.number, row.child_id)
        for row in read(store, select(event_child).order_by(*event_child.c))
    ]


def test_what_is_read_together_is_one_event_and_none_where_the_reading_fails(store):
    witness = witness_of(store, signed_in(store), Shown("unit"))
    with witness.together():
        witness(["K1", "K2"])
        witness(["K2", "K3"])
        assert children_shown(store) == []
    assert children_shown(store) == [(2, "K1"), (2, "K2"), (2, "K3")]
    with pytest.raises(ZeroDivisionError), witness.together():
        witness(["K4"])
        raise ZeroDivisionError
    assert len(events(store)) == 2
    witness(["K4"])
    assert children_shown(store)[-1] == (3, "K4")


def test_a_child_whose_event_could_not_be_written_is_not_taken_for_written(tmp_path):
    url = f"sqlite:///{tmp_path / 'access.sqlite'}"
    store = open_store_of(replace(ACCESS_STORE, seconds_to_wait=0.05), url)
    witness = witness_of(store, signed_in(store), Shown("unit"))
    with store.connect() as other:
        other.exec_driver_sql("ROLLBACK")
        other.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(Problem, match="is being written by somebody else") as problem:
            witness(["K1"])
        assert "K1" not in str(problem.value)
        other.exec_driver_sql("ROLLBACK")
        other.exec_driver_sql("BEGIN")
    witness(["K1"])
    assert read(store, select(func.count()).select_from(event_child)) == [(1,)]
    store.dispose()


def test_an_audit_that_is_full_is_one_sentence(tmp_path):
    store = open_access_store(AccessStore(f"sqlite:///{tmp_path / 'access.sqlite'}"))
    with store.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        pages = connection.exec_driver_sql("PRAGMA max_page_count").scalar()
    assert int(str(pages)) > 1, "what is there stays"
    with pytest.raises(Problem, match="There is no room left on the disk for the access store"):
        for number in range(200):
            note(store, listed(*(f"{number}-{child}" for child in range(50))))
    store.dispose()
