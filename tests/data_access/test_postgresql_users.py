"""What the dashboard's user may do on PostgreSQL, by the very files of deploy/."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import ProgrammingError

from access.audit.checking import verify
from access.audit.events import Event, What, note
from access.ending_sessions import end
from access.grants import Given, grant, grants_of
from access.sessions import begin
from access.store.opening import open_access_store
from data_access.access_settings import AccessStore
from data_access.database import connect, rebuild
from data_access.load_info import read_load
from data_access.meeting_store.agendas import (
    attendances,
    hold_meeting,
    make_meeting,
    set_attendance,
)
from data_access.meeting_store.notes import annotate
from data_access.meeting_store.opening import open_store
from data_access.meeting_store.transactions import read
from tests.access.people import LIMITS, NOON, claims
from tests.databases import postgresql_database, written

PROJECT = Path(__file__).parents[2]
DEPLOY = PROJECT / "deploy"
MEETING_STORE = "data_access/meeting_store"
OWNER, DASHBOARD = "childstat_owner", "childstat_dashboard"


@dataclass(frozen=True)
class Users:
    """One database, as its owner reaches it and as the dashboard does."""

    owner: str
    dashboard: str

    def told(self, file: str) -> None:
        """Runs a file of deploy/ as the owner."""
        engine = create_engine(self.owner)
        with engine.begin() as connection:
            connection.exec_driver_sql((DEPLOY / file).read_text(encoding="utf-8"))
        engine.dispose()


@contextmanager
def _users(postgresql_url: str) -> Iterator[Users]:
    with postgresql_database(postgresql_url) as url:
        engine = create_engine(url)
        with engine.begin() as connection:
            for user in (OWNER, DASHBOARD):
                known = text("SELECT 1 FROM pg_roles WHERE rolname = :name")
                if not connection.execute(known, {"name": user}).first():
                    connection.exec_driver_sql(f"CREATE ROLE {user} LOGIN")
            name = make_url(url).database
            connection.exec_driver_sql(f"ALTER DATABASE {name} OWNER TO {OWNER}")
            connection.exec_driver_sql(f"ALTER SCHEMA public OWNER TO {OWNER}")
        engine.dispose()
        yield Users(*(written(make_url(url).set(username=one)) for one in (OWNER, DASHBOARD)))


def test_the_dashboard_reads_the_case_database_after_each_load_and_changes_nothing(postgresql_url):
    with _users(postgresql_url) as users:
        with rebuild(users.owner):
            pass
        users.told("postgresql-cases.sql")
        with rebuild(users.owner):
            pass
        engine = connect(users.dashboard)
        assert read_load(engine).sources == ()
        engine.dispose()
        for statement in ("DELETE FROM child", "CREATE TABLE mine (id int)", "DROP TABLE child"):
            _is_not_even_tried(users.dashboard, statement)


def _is_not_even_tried(url: str, statement: str) -> None:
    engine = create_engine(url)
    with pytest.raises(ProgrammingError, match="permission denied|must be owner"):
        with engine.begin() as connection:
            connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(scope="module")
def stores(postgresql_url) -> Iterator[Users]:
    """Both stores in one database, made by the owner."""
    with _users(postgresql_url) as users:
        for engine in (open_store(users.owner), open_access_store(AccessStore(users.owner))):
            engine.dispose()
        users.told("postgresql-stores.sql")
        yield users


def test_the_dashboard_signs_people_in_and_writes_the_audit(stores):
    store = open_access_store(AccessStore(stores.dashboard))
    _, session = begin(store, claims("ChildStat.Director"), LIMITS, NOON)
    note(store, Event(What.OPENED_CHILD, session.person, session.id, children=("K1",)))
    grant(store, session.person, Given(unit="U1"), "the tests", NOON)
    assert grants_of(store, session.person).units == {"U1"}
    end(store, session.id, session.person, "signed out", NOON)
    assert verify(store).broken is None
    store.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_event SET reason = 'another'",
        "DELETE FROM access_event",
        "DELETE FROM access_event_child",
        "INSERT INTO access_anchor (number, digest, at) VALUES (9, 'x', now())",
        "DELETE FROM access_session",
        "UPDATE publication SET published_by = 'another'",
        "DELETE FROM published_row",
        "UPDATE event SET by = 'another'",
        "DELETE FROM action",
        "DROP TRIGGER access_event_chained ON access_event",
        "ALTER TABLE access_event DISABLE TRIGGER ALL",
        "CREATE TABLE mine (id int)",
        "UPDATE childstat_access_version SET version_num = 'x'",
    ],
)
def test_the_dashboard_is_not_even_allowed_to_try(stores, statement):
    _is_not_even_tried(stores.dashboard, statement)


def test_the_dashboard_writes_what_the_meeting_writes(stores):
    engine = open_store(stores.dashboard)
    item = {"position": 1, "kind": "own", "title": "One", "question": "Why?", "minutes": 5}
    meeting = make_meeting(engine, date(2016, 9, 1), [item], "Ann")
    hold_meeting(engine, meeting, date(2016, 10, 4), "Ann")
    for people in (3, 4):
        set_attendance(engine, meeting, {"social_worker": people}, "Ann")
    figure: dict[str, str | date | None] = {
        "metric": "caseload",
        "unit_id": "U1",
        "month": date(2016, 9, 1),
    }
    annotate(engine, figure, "A team moved.", "Ann")
    assert [row.people for row in read(engine, attendances())] == [4]
    engine.dispose()


def test_the_dashboard_may_change_just_what_the_meeting_store_s_code_changes():
    code = "".join(
        file.read_text(encoding="utf-8") for file in (PROJECT / MEETING_STORE).glob("*.py")
    )
    said = (DEPLOY / "postgresql-stores.sql").read_text(encoding="utf-8")
    for right, statement in (("UPDATE", "update"), ("DELETE", "delete")):
        granted = re.findall(rf"GRANT {right} ON (.+) TO", said)
        named = {table for one in granted for table in one.split(", ")}
        changed = set(re.findall(rf"\b{statement}\(\s*([a-z_]+)[,)]", code))
        assert {one for one in named if not one.startswith("access_")} == changed
