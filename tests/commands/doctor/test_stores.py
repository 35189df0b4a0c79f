"""The case database and the stores: reached, of this version, for their owner only, with room."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from access.store.opening import ACCESS_STORE
from commands.doctor.stores import case_database, disk, stores
from data_access.access_settings import SignIn
from data_access.database import connect, create
from data_access.meeting_store.opening import MEETING_STORE
from data_access.stores.kind import StoreKind
from data_access.stores.migrating import known_versions
from tests.commands.doctor.conftest import has_modes, looked_at, mended


def test_a_database_and_stores_that_answer_are_fine(well, access_store, meeting_store):
    deployment = well()
    findings = [*case_database(deployment), *stores(deployment), *disk(deployment)]
    assert {one.severity for one in findings} == {"fine"}
    assert {one.check for one in findings} == {
        "case_database",
        "meeting_store",
        "access_store",
        "disk",
    }


def test_a_case_database_that_is_not_there_is_said(well, tmp_path):
    (sentence,) = mended(case_database(well(database_url=f"duckdb:///{tmp_path / 'none.duckdb'}")))
    assert sentence.startswith("case_database: There is no case database at")


def test_a_case_database_without_a_load_is_said(well, tmp_path):
    url = f"duckdb:///{tmp_path / 'empty.duckdb'}"
    create(url)
    assert "Nothing was loaded" in mended(case_database(well(database_url=url)))[0]


@has_modes
def test_a_case_database_that_others_may_open_is_said(well):
    deployment = well()
    assert deployment.case_file is not None
    deployment.case_file.chmod(0o640)
    (sentence,) = mended(case_database(deployment))
    assert f"(mode 640): chmod 600 {deployment.case_file}" in sentence


@has_modes
def test_a_store_that_others_may_open_is_said(well, access_store):
    Path(str(access_store.url.database)).chmod(0o640)
    (sentence,) = mended(stores(well()))
    assert sentence.startswith("access_store: Other users of this machine may open the access")


def test_a_store_that_is_not_there_yet_is_looked_at_and_not_made(well):
    deployment = well()
    assert len(looked_at(stores(deployment))) == 2
    for key in ("access_store", "meeting_store"):
        file = deployment.store_file(key)
        assert file is not None and not file.exists()


def test_without_sign_in_no_access_store_is_asked_for(well):
    assert not [one for one in stores(well(sign_in=SignIn())) if one.check == "access_store"]


def test_a_file_that_is_no_store_is_said(well):
    deployment = well()
    file = deployment.store_file("meeting_store")
    assert file is not None
    file.write_bytes(b"half of a store" * 100)
    assert mended(stores(deployment))[0].startswith("meeting_store: ")


def test_a_store_of_an_earlier_version_is_to_be_copied_first(well, meeting_store):
    with meeting_store.begin() as connection:
        _marked(connection, MEETING_STORE, known_versions(MEETING_STORE)[0])
    assert "copy it first" in looked_at(stores(well()))[-2]


def test_a_store_of_a_newer_version_is_said(well, access_store):
    with access_store.begin() as connection:
        _marked(connection, ACCESS_STORE, "v9999")
    assert "was written by a newer ChildStat" in mended(stores(well()))[0]


def _marked(connection, kind: StoreKind, version: str) -> None:
    connection.execute(text(f"UPDATE {kind.version_table} SET version_num = '{version}'"))


@pytest.mark.parametrize(("free", "is_enough"), [(999_999_999, False), (1_000_000_000, True)])
def test_a_disk_without_room_for_the_next_load_is_said(well, free, is_enough):
    assert bool(mended(disk(well(free_bytes=free)))) is not is_enough


def test_a_load_needs_room_for_twice_the_case_database(well, monkeypatch):
    monkeypatch.setattr("commands.doctor.stores.GIGABYTE", 1)
    deployment = well()
    assert deployment.case_file is not None
    size = deployment.case_file.stat().st_size
    assert mended(disk(replace(deployment, free_bytes=lambda _: 2 * size - 1)))
    assert not mended(disk(replace(deployment, free_bytes=lambda _: 2 * size)))


def test_a_user_who_may_change_the_case_database_is_looked_at(well, fresh_postgresql):
    create(fresh_postgresql)
    sentences = looked_at(case_database(well(database_url=fresh_postgresql)))
    assert any("give the dashboard one that may only read" in one for one in sentences)


def test_text_that_sorts_by_a_server_s_locale_is_said(well, fresh_postgresql):
    create(fresh_postgresql)
    deployment = well(database_url=fresh_postgresql)
    assert not [one for one in mended(case_database(deployment)) if "locale" in one]
    owner = connect(fresh_postgresql, read_only=False)
    with owner.begin() as connection:
        as_earlier = 'ALTER TABLE child ALTER COLUMN name TYPE VARCHAR COLLATE "default"'
        connection.execute(text(as_earlier))
    owner.dispose()
    assert [one for one in mended(case_database(deployment)) if "load it again" in one]
