"""The access store: made for its owner only, of this version, and nothing else's."""

import os
import re
import stat
from pathlib import Path
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from access.audit.checking import verify
from access.grants import Given, grant, withdraw
from access.openings import REASONS, Look, look_closer
from access.sessions import end
from access.store import tables
from access.store.opening import ACCESS_STORE, open_access_store
from data_access.access_settings import AccessStore
from data_access.meeting_store.opening import open_store
from data_access.problems import Problem
from data_access.stores.migrating import known_versions, newest_version
from data_access.viewer import Act, Viewer
from tests.access.people import NOON, signed_in

DOCUMENT = Path(__file__).parents[2] / "docs" / "access.md"


def test_the_migrations_make_the_tables_that_are_declared(store):
    with store.connect() as connection:
        options = {"version_table": ACCESS_STORE.version_table}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, tables.metadata) == []
        assert context.get_current_revision() == newest_version(ACCESS_STORE)


def test_the_newest_version_is_the_last_that_is_known():
    assert known_versions(ACCESS_STORE)[-1] == newest_version(ACCESS_STORE)


def test_nobody_but_its_owner_may_read_the_file_whatever_the_process_usually_allows(tmp_path):
    file = tmp_path / "access.sqlite"
    usual = os.umask(0)
    try:
        store = open_access_store(AccessStore(f"sqlite:///{file}"))
        modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in tmp_path.iterdir()}
    finally:
        os.umask(usual)
    assert "access.sqlite" in modes
    assert set(modes.values()) == {0o600}
    store.dispose()


def test_a_meeting_store_is_no_access_store(tmp_path):
    url = f"sqlite:///{tmp_path / 'meeting.sqlite'}"
    open_store(url).dispose()
    with pytest.raises(Problem, match="is not an access store"):
        open_access_store(AccessStore(url))


def test_on_a_server_the_meeting_and_the_access_store_stand_in_one_database(fresh_postgresql):
    open_store(fresh_postgresql).dispose()
    open_access_store(AccessStore(fresh_postgresql)).dispose()
    open_store(fresh_postgresql).dispose()


def test_the_rights_that_the_documents_give_the_dashboard_are_enough_and_no_more(fresh_postgresql):
    owner = open_access_store(AccessStore(fresh_postgresql))
    granted = re.findall(r"(?m)^GRANT .*;$", DOCUMENT.read_text(encoding="utf-8"))
    name = f"dashboard_{uuid4().hex[:8]}"
    with owner.begin() as connection:
        connection.execute(text(f"CREATE USER {name} PASSWORD 'x'"))
        for right in granted:
            connection.execute(text(right.replace("dashboard;", name)))
    own = make_url(fresh_postgresql).set(username=name, password="x")
    store = open_access_store(AccessStore(own.render_as_string(hide_password=False)))
    try:
        session = signed_in(store)
        viewer = Viewer("Ann", frozenset({"U1"}), acts=frozenset({Act.LOOK_CLOSER}))
        look_closer(store, session, viewer, Look("K1", REASONS[0], "Cover for a colleague."), NOON)
        grant(store, session.person, Given(unit="U1"), "admin", NOON)
        withdraw(store, session.person, Given(unit="U1"), "admin", NOON)
        end(store, session.id, "admin", "left", NOON)
        for act in ("DELETE FROM", "TRUNCATE", "DROP TABLE"):
            with pytest.raises(DBAPIError), store.begin() as connection:
                connection.execute(text(f"{act} access_event_child"))
        assert verify(store).broken is None
    finally:
        store.dispose()
        with owner.begin() as connection:
            connection.execute(text(f"DROP OWNED BY {name}"))
            connection.execute(text(f"DROP USER {name}"))
        owner.dispose()
