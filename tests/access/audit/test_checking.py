"""The chain: whatever was done to the file, the first event that is not as written is named."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, select, text, update

from access.audit import heads
from access.audit.chain import digest_of
from access.audit.checking import verify
from access.audit.events import Event, What, note
from access.audit.purging import purge
from access.people import people
from access.sessions import last_session
from access.store.opening import HEADS, open_access_store
from access.store.reading import read
from access.store.tables import anchor, event, event_child
from data_access.access_settings import AccessStore
from data_access.problems import Problem
from tests.access.audit.test_events import listed
from tests.access.people import signed_in

SEPTEMBER = datetime(2016, 9, 30, 22, 59, tzinfo=UTC)
OCTOBER = SEPTEMBER + timedelta(minutes=1)
TRIGGERS = {
    "sqlite": "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT 'ALTER TABLE ' || relname || ' DISABLE TRIGGER USER' FROM pg_class"
    " WHERE relname IN ('access_event', 'access_event_child', 'access_anchor')",
}


@pytest.fixture
def kept(store):
    """Six events, and a store whose triggers somebody has taken away."""
    for number in range(6):
        note(store, listed(f"K{number}", f"L{number}"))
    assert verify(store).broken is None
    with store.begin() as connection:
        for (drop,) in connection.execute(text(TRIGGERS[store.dialect.name])).all():
            connection.execute(text(drop))
        if store.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        yield connection


def first_break(store, *given: heads.Head) -> str:
    return verify(store, given).broken or ""


def broken(connection, *given: heads.Head) -> str:
    connection.commit()
    return first_break(connection.engine, *given)


def test_a_whole_chain_is_counted_to_its_end(store):
    assert verify(store).events == 0
    note(store, listed("K1"), listed())
    checked = verify(store)
    assert (checked.events, checked.head.number, checked.broken) == (2, 2, None)


@pytest.mark.parametrize(
    ("what", "named"),
    [
        (update(event).where(event.c.number == 3).values(person="q"), "Event 3 was changed"),
        (update(event).where(event.c.number == 3).values(rows=1), "Event 3 was changed"),
        (update(event).where(event.c.number == 3).values(unit_id="U"), "Event 3 was changed"),
        (
            update(event).where(event.c.number == 3).values(at=datetime.now(UTC)),
            "Event 3 was changed",
        ),
        (
            update(event_child).where(event_child.c.child_id == "K2").values(child_id="K9"),
            "Event 3 was changed",
        ),
        (delete(event_child).where(event_child.c.number == 3), "Event 3 was changed"),
        (insert(event_child).values(number=3, child_id="M"), "Event 3 was changed"),
        (update(event).where(event.c.number == 3).values(digest="x"), "Event 3 was changed"),
    ],
    ids=str,
)
def test_the_first_event_that_was_changed_is_named(kept, what, named):
    kept.execute(what)
    assert named in broken(kept)


@pytest.mark.parametrize("number", [1, 3])
def test_an_event_that_was_removed_is_named(kept, number):
    for table in (event_child, event):
        kept.execute(delete(table).where(table.c.number == number))
    assert f"Event {number} was removed" in broken(kept)


def test_an_event_that_was_given_another_number_is_told_where_it_was(kept):
    kept.execute(delete(event_child).where(event_child.c.number == 3))
    kept.execute(update(event).where(event.c.number == 3).values(number=30))
    assert broken(kept) == "Event 3 was removed: after 2 stands 4."


def test_an_event_that_was_written_anew_with_its_digest_is_told_by_the_next(kept):
    row = dict(kept.execute(select(event).where(event.c.number == 3)).one()._mapping)
    row["person"] = "q"
    row["digest"] = digest_of(row, ["K2", "L2"])
    kept.execute(update(event).where(event.c.number == 3).values(row))
    assert "Event 4 was slipped in, or 3 before it was changed" in broken(kept)


def test_what_is_cut_off_at_the_end_is_told_by_a_head_kept_elsewhere(kept):
    (last,) = kept.execute(select(event.c.digest).where(event.c.number == 6)).scalars()
    for table in (event_child, event):
        kept.execute(delete(table).where(table.c.number > 4))
    assert broken(kept) == "", "nothing in the store says so"
    told = broken(kept, heads.Head(6, last))
    assert told == (
        "Event 5 and all after it were removed: 6 was written, as the head kept elsewhere says."
    )


def test_a_chain_that_was_written_anew_is_told_by_a_head_kept_elsewhere(store):
    note(store, listed("K1"))
    other = heads.Head(1, "0" * 64)
    assert "Event 1 is not the one whose digest" in first_break(store, other)


def test_children_of_an_event_that_was_cut_off_are_told(kept):
    if kept.dialect.name == "postgresql":
        kept.execute(text("SET LOCAL session_replication_role = replica"))
    else:
        kept.exec_driver_sql("COMMIT")
        kept.exec_driver_sql("PRAGMA foreign_keys = OFF")
        kept.exec_driver_sql("BEGIN")
    kept.execute(delete(event).where(event.c.number == 6))
    assert broken(kept) == "Event 6 was removed: children of it are left."


def of_two_months(store):
    note(store, *(replace(listed(f"K{number}"), at=SEPTEMBER) for number in range(3)))
    note(store, *(replace(listed(f"L{number}"), at=OCTOBER) for number in range(2)))


def test_whole_months_are_purged_and_what_is_left_is_whole(store):
    of_two_months(store)
    assert purge(store, date(2016, 10, 15), "admin", OCTOBER) == 3
    rows = read(store, select(event.c.number, event.c.what, event.c.rows).order_by(event.c.number))
    assert rows == [(4, "listed", 1), (5, "listed", 1), (6, "purged", 3)]
    assert read(store, select(event_child.c.child_id)) == [("L0",), ("L1",)]
    assert verify(store).broken is None
    note(store, listed("K9"))
    assert (verify(store).events, verify(store).broken) == (4, None)
    assert purge(store, date(2016, 10, 1), "admin", OCTOBER) == 0


def test_a_store_that_was_purged_whole_goes_on_after_its_anchor(store):
    of_two_months(store)
    november = OCTOBER + timedelta(days=32)
    assert purge(store, date(2016, 11, 1), "admin", november) == 5
    assert verify(store).broken is None
    assert verify(store).head.number == 6


def test_a_head_of_what_was_purged_says_nothing_any_more(store):
    of_two_months(store)
    purge(store, date(2016, 10, 1), "admin", OCTOBER)
    assert verify(store, [heads.Head(2, "anything")]).broken is None


def test_a_month_that_is_not_over_is_not_purged(store):
    of_two_months(store)
    with pytest.raises(Problem, match="still to come"):
        purge(store, date(2016, 11, 1), "admin", OCTOBER)


def test_a_broken_chain_is_not_purged(kept):
    kept.execute(update(event).where(event.c.number == 3).values(person="q"))
    kept.commit()
    with pytest.raises(Problem, match="nothing of it is purged: Event 3 was changed"):
        purge(kept.engine, date(2016, 10, 1), "admin", OCTOBER)


def test_events_removed_under_a_forged_anchor_are_told(store):
    for number in range(3):
        note(store, listed(f"K{number}"))
    (digest,) = read(store, select(event.c.digest).where(event.c.number == 2))[0]
    with store.begin() as connection:
        connection.execute(insert(anchor).values(number=2, digest=digest, at=OCTOBER))
        for table in (event_child, event):
            connection.execute(delete(table).where(table.c.number <= 2))
    assert "no event says that they were purged" in first_break(store)


def test_the_first_event_of_a_day_keeps_the_last_of_the_day_before_elsewhere(tmp_path, caplog):
    file = tmp_path / "heads.txt"
    url = f"sqlite:///{tmp_path / 'access.sqlite'}"
    store = open_access_store(AccessStore(url, heads=str(file)))
    of_two_months(store)
    (kept,) = heads.read_heads(file)
    row = read(store, select(event).where(event.c.number == 3))[0]
    assert (kept.number, kept.digest) == (3, row.digest)
    assert f" 3 {row.digest}" in caplog.text
    assert verify(store, [kept]).broken is None
    store.dispose()


def test_a_file_of_heads_that_cannot_be_written_stops_nobody_and_is_logged(tmp_path, caplog):
    url = f"sqlite:///{tmp_path / 'access.sqlite'}"
    plain = open_access_store(AccessStore(url))
    store = plain.execution_options(**{HEADS: tmp_path / "none" / "heads.txt"})
    of_two_months(store)
    assert verify(store).events == 5
    assert "could not be written" in caplog.text
    plain.dispose()


def test_a_line_that_is_no_head_is_named(tmp_path):
    file = tmp_path / "heads.txt"
    heads.add_head(file, heads.Head(0, ""))
    assert heads.read_heads(file) == [heads.Head(0, "")]
    file.write_text("hello\n", encoding="utf-8")
    with pytest.raises(Problem, match="Line 1 of"):
        heads.read_heads(file)


def test_a_purge_says_who_did_it_and_up_to_where(store):
    of_two_months(store)
    purge(store, date(2016, 10, 1), "Ada", OCTOBER)
    (row,) = read(store, select(event).where(event.c.what == What.PURGED.value))
    assert row.reason.startswith("up to 3 ")
    assert row.reason.endswith(": before October 2016, by Ada")
    assert Event(What.PURGED).at.tzinfo is not None


def test_with_the_oldest_months_go_their_sessions_and_people_of_whom_nothing_is_left(store):
    old, still = (
        signed_in(store, now=SEPTEMBER - timedelta(days=1)),
        signed_in(store, subject="bob"),
    )
    note(store, replace(listed("K1"), person=still.person, at=OCTOBER))
    purge(store, date(2016, 10, 1), "admin", OCTOBER + timedelta(days=3))
    assert [one.id for one in people(store)] == [still.person]
    assert last_session(store, old.person) is None
    assert last_session(store, still.person) == still
    assert verify(store).broken is None


def test_who_stands_in_an_event_that_stays_can_still_be_named(store):
    ann = signed_in(store, now=SEPTEMBER - timedelta(days=1))
    note(store, replace(listed("K1"), person=ann.person, at=OCTOBER))
    purge(store, date(2016, 10, 1), "admin", OCTOBER)
    assert [one.id for one in people(store)] == [ann.person]
