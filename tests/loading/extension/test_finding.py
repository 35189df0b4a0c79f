"""The extension tables found beside an SSD, and loaded with it by one command."""

from collections.abc import Mapping
from datetime import date

from click.testing import CliRunner
from sqlalchemy import Column, Date, Float, MetaData, String, Table, create_engine, select

from childstat import main
from data_access.database import connect, read
from data_access.schema import data_issue, post, visit
from tests.loading.ssd.small import SMALL, changed, deployed

POSTS: Mapping[str, type] = {
    "POST_ID": String, "PROFESSIONAL_ID": String, "UNIT_ID": String, "ROLE_CODE": String,
    "FTE": Float, "IS_AGENCY": String, "VALID_FROM": Date,
}  # fmt: skip
POST = ("P1", "W1", "U1", "5", 0.8, "N", date(2015, 9, 1))
VISITS: Mapping[str, type] = {"visit_source": String, "visit_id": String, "recorded_at": Date}


def add(url: str, name: str, columns: Mapping[str, type], *rows: tuple) -> None:
    engine = create_engine(url)
    table = Table(name, MetaData(), *(Column(one, kind) for one, kind in columns.items()))
    with engine.begin() as connection:
        table.create(connection)
        connection.execute(table.insert(), [dict(zip(columns, row, strict=True)) for row in rows])
    engine.dispose()


def test_what_stands_beside_an_ssd_is_loaded_with_it(tmp_path, duckdb_url):
    source = deployed(f"sqlite:///{tmp_path / 'ssd.db'}")
    add(source, "CS_WORKER_POST", POSTS, POST)
    add(source, "cs_visit_detail", VISITS, ("ssd_cin_visits", "1", date(2016, 3, 20)))
    done = CliRunner().invoke(main, ["load", "ssd", source, "--into", duckdb_url])
    assert done.exit_code == 0, done.output
    assert "ssd_extension\n  post " in done.stdout
    engine = connect(duckdb_url)
    try:
        (row,) = read(engine, select(post.c.worker_id, post.c.fte))
        recorded = [day for (day,) in read(engine, select(visit.c.recorded_on)) if day]
    finally:
        engine.dispose()
    assert tuple(row) == ("W1", 0.8)
    assert recorded == [date(2016, 3, 20)]


def test_when_a_visit_was_recorded_reaches_it_at_each_child_who_has_its_id(tmp_path, duckdb_url):
    (alone,) = SMALL["ssd_cin_visits"]
    rows = changed("ssd_cin_visits", alone, {**alone, "cinv_person_id": "K1"})
    source = deployed(f"sqlite:///{tmp_path / 'ssd.db'}", rows)
    add(source, "cs_visit_detail", VISITS, ("ssd_cin_visits", "1", date(2016, 3, 20)))
    done = CliRunner().invoke(main, ["load", "ssd", source, "--into", duckdb_url])
    assert done.exit_code == 0, done.output
    engine = connect(duckdb_url)
    try:
        recorded = read(engine, select(visit.c.child_id).where(visit.c.recorded_on.is_not(None)))
        told = read(engine, select(data_issue.c.rule).where(data_issue.c.rule.like("detail%")))
    finally:
        engine.dispose()
    assert sorted(row.child_id for row in recorded) == ["K1", "K2"]
    assert told == []
