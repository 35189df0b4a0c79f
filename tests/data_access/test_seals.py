"""Whoever changes a meeting store behind ChildStat is found out when it is read or put back."""

import re
import sqlite3
from contextlib import closing
from datetime import date

import pytest
from sqlalchemy import create_engine, select, text

from data_access.meeting_store import copies, tables
from data_access.meeting_store.opening import MEETING_STORE, engine_of, open_store
from data_access.meeting_store.seals.checking import (
    holdings,
    refuse_if_changed,
    refuse_unless_as_written,
    refuse_unless_sealed,
)
from data_access.meeting_store.seals.sealing import FIGURES_SEALED, ROWS_SEALED
from data_access.meeting_store.transactions import changing, read
from data_access.problems import Problem
from data_access.stores.migrating import upgrade_to
from data_access.stores.opening import WRITES
from meeting.published.frozen import frozen_figures
from tests.data_access.test_meeting_store import content, publication, publish

OCTOBER = date(2016, 10, 1)
BEFORE_SEALS = "0005"
TAMPERED = {
    "a figure": "UPDATE published_figure SET numerator = numerator + 1",
    "a sentence": "UPDATE published_words SET sentence = 'All is well.'",
    "a row": "UPDATE published_row SET child_id = 'another' WHERE position = 2",
    "details of a row": "UPDATE published_row SET details = '{}' WHERE position = 1",
    "a row taken out": "DELETE FROM published_row WHERE position = 3",
    "who published": "UPDATE publication SET published_by = 'Zoe'",
    "a setting": "UPDATE published_setting SET value = '35'",
    "a seal taken out": "DELETE FROM publication_seal WHERE number = 1",
    "what the events tell of it": "DELETE FROM event WHERE what = 'sealed'",
}
SEALED = ("publication", "event", "publication_seal", *(t.name for t in tables.FROZEN[1:]))


@pytest.fixture
def store(store_url):
    engine = open_store(store_url)
    yield engine
    engine.dispose()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "meeting.sqlite"


def triggers_of(connection):
    return [
        row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE type='trigger'")
    ]


def tamper(file, *statements, put_back=True):
    """Changes the file as somebody who can write to it would: the triggers out, and in again."""
    with closing(sqlite3.connect(file)) as connection:
        kept = triggers_of(connection)
        for name in re.findall(r"CREATE TRIGGER (\w+)", " ".join(kept)):
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for trigger in kept if put_back else ():
            connection.execute(trigger)
        connection.commit()


def published_twice(file):
    store = open_store(f"sqlite:///{file}")
    first = publish(store)
    publish(store, publication(month=OCTOBER))
    return store, first


def test_a_store_in_use_is_as_it_was_written(store):
    publish(store)
    publish(store, publication(month=OCTOBER))
    publish(store, publication(version=2))
    refuse_unless_as_written(store)
    held = holdings(store)
    assert (held.publications, held.sealed_later) == (3, 0)
    refuse_unless_sealed(store, str(held.digest))


@pytest.mark.parametrize("statement", TAMPERED.values(), ids=TAMPERED)
def test_a_check_finds_what_was_changed(file, statement):
    store, _ = published_twice(file)
    tamper(file, statement)
    with pytest.raises(
        Problem, match="not as ChildStat wrote it: .*(changed|no seal|breaks|taken out)"
    ):
        refuse_unless_as_written(store)
    store.dispose()


@pytest.mark.parametrize("what", ["a figure", "a sentence", "who published", "a setting"])
def test_figures_that_were_changed_are_not_read_as_published(file, what):
    store, first = published_twice(file)
    frozen_figures(store, first)
    tamper(file, TAMPERED[what])
    with pytest.raises(Problem, match="2016-09 .version 1. was changed afterwards"):
        frozen_figures(store, first)
    store.dispose()


def test_a_server_s_figures_that_were_changed_are_not_read_as_published(fresh_postgresql):
    store = open_store(fresh_postgresql)
    first = publish(store)
    refuse_if_changed(store, first)
    with store.begin() as connection:
        connection.execute(text("ALTER TABLE published_figure DISABLE TRIGGER USER"))
        connection.execute(text("UPDATE published_figure SET numerator = 0"))
    with pytest.raises(Problem, match="was changed afterwards"):
        refuse_if_changed(store, first)
    with pytest.raises(Problem, match="trigger published_figure_refused was changed"):
        refuse_unless_as_written(store)
    store.dispose()


@pytest.mark.parametrize("statement", TAMPERED.values(), ids=TAMPERED)
def test_a_copy_that_was_changed_is_never_put_back(file, tmp_path, statement):
    store, _ = published_twice(file)
    copy = tmp_path / "copy.sqlite"
    copies.backup(f"sqlite:///{file}", copy)
    tamper(copy, statement)
    before = holdings(store)
    with pytest.raises(Problem, match="not as ChildStat wrote it"):
        copies.restore(f"sqlite:///{file}", copy)
    assert holdings(store) == before
    store.dispose()


@pytest.mark.parametrize(
    "statement, named",
    [
        ("SELECT 1", "trigger address_key_DELETE_refused is missing; .* and .* more"),
        ("DROP TABLE dispute", "column dispute.*missing"),
        ("ALTER TABLE action DROP COLUMN effect", "column action.effect is missing"),
        ("CREATE TABLE extra (a)", "extra.* was added"),
        ("CREATE VIEW seen AS SELECT 1 AS a", "seen.* was added"),
        ("DROP INDEX dispute_of_a_month", "index dispute_of_a_month of dispute is missing"),
    ],
)
def test_a_copy_whose_tables_or_triggers_are_other_ones_is_never_put_back(
    file, tmp_path, statement, named
):
    published_twice(file)[0].dispose()
    copy = tmp_path / "copy.sqlite"
    copies.backup(f"sqlite:///{file}", copy)
    tamper(copy, statement, put_back=statement != "SELECT 1")
    with pytest.raises(Problem, match=named):
        copies.restore(f"sqlite:///{file}", copy)


def test_a_trigger_that_does_something_else_under_its_name_is_found(file, tmp_path):
    published_twice(file)[0].dispose()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TRIGGER published_figure_UPDATE_refused")
        connection.execute(
            "CREATE TRIGGER published_figure_UPDATE_refused BEFORE UPDATE ON published_figure"
            " BEGIN SELECT 1; END"
        )
        connection.commit()
    with pytest.raises(Problem, match="published_figure_UPDATE_refused was changed"):
        refuse_unless_as_written(engine_of(f"sqlite:///{file}"))


def test_a_constraint_that_is_gone_is_found(file):
    published_twice(file)[0].dispose()
    tamper(
        file,
        "DROP TABLE attendance",
        "CREATE TABLE attendance (meeting_id VARCHAR NOT NULL, role VARCHAR NOT NULL,"
        " people INTEGER NOT NULL, PRIMARY KEY (meeting_id, role),"
        " FOREIGN KEY(meeting_id) REFERENCES meeting (id))",
    )
    with pytest.raises(Problem, match="constraint somebody_attended of attendance is missing"):
        refuse_unless_as_written(engine_of(f"sqlite:///{file}"))


def test_a_chain_made_anew_is_found_by_a_digest_that_was_kept_elsewhere(file, tmp_path):
    store, _ = published_twice(file)
    digest = holdings(store).digest
    store.dispose()
    other = open_store(f"sqlite:///{tmp_path / 'other.sqlite'}")
    publish(other)
    refuse_unless_as_written(other)
    with pytest.raises(Problem, match="put together anew, or is an older one"):
        refuse_unless_sealed(other, str(digest))
    other.dispose()


def test_what_an_older_store_published_is_sealed_as_it_stands_and_said_to_be(store_url):
    content_then = content()
    what = publication(digest=content_then.digest)
    older = engine_of(store_url)
    writer = older.execution_options(**{WRITES: True})
    with writer.begin() as connection:
        upgrade_to(connection, MEETING_STORE, BEFORE_SEALS)
        write_as_before_seals(connection, what, content_then)
    older.dispose()
    store = open_store(store_url)
    refuse_unless_as_written(store)
    refuse_if_changed(store, what)
    assert holdings(store).sealed_later == 1
    (told,) = read(store, select(tables.event.c.by, tables.event.c.subject))
    assert told.by == "ChildStat" and "brought up to date" in told.subject
    store.dispose()


def write_as_before_seals(connection, what, then):
    """The rows that a publication had before it was sealed."""
    parts = {
        tables.published_figure: then.figures,
        tables.published_words: then.words,
        tables.published_row: then.rows,
        tables.published_quantile: then.quantiles,
        tables.published_setting: then.settings,
    }
    for table, lines in parts.items():
        for position, line in enumerate(lines, start=1):
            numbered = {"publication_id": what.id, "position": position, **line}
            connection.execute(table.insert(), numbered)
    connection.execute(tables.publication.insert(), vars(what))


@pytest.mark.parametrize("statement", [None, TAMPERED["a figure"], TAMPERED["a row"]])
def test_a_copy_of_an_older_store_is_held_to_the_digests_that_it_had(file, tmp_path, statement):
    copy = tmp_path / "older.sqlite"
    engine = create_engine(f"sqlite:///{copy}")
    then = content()
    with engine.begin() as connection:
        upgrade_to(connection, MEETING_STORE, BEFORE_SEALS)
        write_as_before_seals(connection, publication(digest=then.digest), then)
    engine.dispose()
    url = f"sqlite:///{file}"
    if statement is None:
        _, held = copies.restore(url, copy)
        assert (held.publications, held.sealed_later) == (1, 1)
        return
    tamper(copy, statement)
    with pytest.raises(Problem, match="2016-09 .version 1. was changed"):
        copies.restore(url, copy)
    assert not file.exists()


def test_every_column_of_what_is_published_is_sealed():
    """A column that is added to these needs a seal of its own version."""
    for table, names in {**FIGURES_SEALED, **ROWS_SEALED}.items():
        of_its_own = {"publication_id"} if table is not tables.publication else set()
        assert set(names) | of_its_own == set(table.c.keys()), table.name
    assert {*FIGURES_SEALED, *ROWS_SEALED} == set(tables.FROZEN)


def test_the_same_publication_has_the_same_digests_on_both_engines(file, fresh_postgresql):
    what = publication()
    digests = set()
    for url in (f"sqlite:///{file}", fresh_postgresql):
        store = open_store(url)
        publish(store, what)
        (sealed,) = read(
            store, select(tables.publication_seal.c.figures, tables.publication_seal.c.rows)
        )
        digests.add(tuple(sealed))
        store.dispose()
    assert len(digests) == 1


def test_a_publication_that_fails_leaves_no_seal(store):
    with pytest.raises(Problem):
        with changing(store, "Ann", "published", "2016-09") as connection:
            publish_within(connection)
    assert holdings(store).digest is None


def publish_within(connection):
    from data_access.meeting_store.publications import write_publication

    write_publication(connection, publication(), content())
    raise Problem("Something else went wrong.")
