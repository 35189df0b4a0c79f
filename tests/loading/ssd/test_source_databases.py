"""Where an SSD stands: its address and secrets, its schema, one snapshot, and nothing written."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Column, MetaData, String, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import mssql, mysql, oracle
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from data_access.connection.source_addresses import SOURCE_VARIABLE, shown, source_address
from data_access.connection.source_snapshots import (
    SNAPSHOTS,
    Snapshot,
    snapshot_of,
    snapshots_allowed,
)
from data_access.problems import Problem
from loading.sources.ssd.beside import tables_beside
from loading.sources.ssd.declared import INVOLVEMENTS, TABLES
from loading.sources.ssd.finding import FoundTable
from loading.sources.ssd.reader import read_ssd
from tests.loading.ssd.small import SMALL, changed, deployed

SECRET = "p@ss/w:rd?%"


def in_file(folder: Path) -> str:
    return f"sqlite:///{folder / 'ssd.sqlite'}"


# --- addresses and secrets


def test_a_name_in_the_address_is_what_the_environment_has_whatever_its_signs(monkeypatch):
    monkeypatch.setenv("SSD_PASSWORD", SECRET)
    address = source_address("postgresql+psycopg://reader:${SSD_PASSWORD}@server/ssd")
    assert (address.username, address.password, address.host) == ("reader", SECRET, "server")


def test_a_whole_address_may_be_in_the_environment(monkeypatch):
    monkeypatch.setenv("WHOLE", "postgresql+psycopg://reader:a@server/ssd")
    assert source_address("${WHOLE}").host == "server"
    monkeypatch.setenv(SOURCE_VARIABLE, "postgresql+psycopg://reader:a@other/ssd")
    assert source_address(None).host == "other"


@pytest.mark.parametrize(
    "written",
    [
        "postgresql+psycopg://COUNCIL/reader:${SSD_PASSWORD}@server/ssd",
        "postgresql+psycopg://reader/${SSD_PASSWORD}@server/ssd",
        "postgresql+psycopg://reader:Top@Secret@server/ssd",
        "${WHOLE}",
    ],
)
def test_a_password_that_would_be_said_as_a_server_or_database_is_refused_unsaid(
    monkeypatch, written
):
    monkeypatch.setenv("SSD_PASSWORD", "Top-Secret")
    monkeypatch.setenv("WHOLE", "postgresql+psycopg://reader/Top-Secret@server/ssd")
    with pytest.raises(Problem, match="has an @ where its server or database is named") as refused:
        source_address(written)
    assert "Secret" not in str(refused.value)


def test_no_address_is_refused(monkeypatch):
    monkeypatch.delenv(SOURCE_VARIABLE, raising=False)
    with pytest.raises(Problem, match=f"set {SOURCE_VARIABLE}"):
        source_address(None)


def test_a_name_that_the_environment_lacks_is_said(monkeypatch):
    monkeypatch.delenv("SSD_PASSWORD", raising=False)
    with pytest.raises(Problem, match="the environment has no SSD_PASSWORD"):
        source_address("postgresql+psycopg://reader:${SSD_PASSWORD}@server/ssd")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mssql+pyodbc://reader:hush@server/ssd", "pip install pyodbc"),
        ("oracle+oracledb://reader:hush@server/ssd", "pip install oracledb"),
        ("mysql+pymysql://reader:hush@server/ssd", "pip install pymysql"),
        ("mysql://reader:hush@server/ssd", "driver MySQLdb, .* pip install mysqlclient"),
        ("nosuch://reader:hush@server/ssd", "kind nosuch"),
        ("postgresql+psycopg://reader:hush@server:port/ssd", "can't be understood"),
        ("sqlite:///no/such/file.sqlite", "no database at"),
        ("sqlite://", "no database at"),
    ],
)
def test_what_is_wrong_with_an_address_is_one_sentence_without_its_password(url, said):
    with pytest.raises(Problem, match=said) as refused:
        source_address(url)
    assert (
        "hush" not in str(refused.value)
        and refused.value.__context__ is None
        or (refused.value.__suppress_context__)
    )


def test_an_address_is_shown_without_user_password_and_what_follows():
    whole = make_url("mssql+pyodbc://reader:hush@server/ssd?odbc_connect=PWD%3Dhush")
    assert shown(whole) == "mssql+pyodbc://server/ssd"


def test_a_server_that_does_not_answer_is_said_without_the_password():
    address = make_url("postgresql+psycopg://reader:hush@127.0.0.1:1/ssd")
    with pytest.raises(Problem, match="does not answer") as refused, snapshot_of(address):
        pass
    assert "hush" not in str(refused.value) and "reader" not in str(refused.value)


# --- schemas


@pytest.fixture
def source(fresh_postgresql: str) -> Iterator[Engine]:
    engine = create_engine(fresh_postgresql)
    yield engine
    engine.dispose()


def in_schema(source: Engine, name: str) -> str:
    with source.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    url = source.url.render_as_string(hide_password=False)
    return deployed(url, schema=name)


def test_the_only_schema_with_an_ssd_is_found_and_may_be_said_in_capitals(source):
    url = make_url(in_schema(source, "ssd_development"))
    found = read_ssd(url)
    assert found.notes[0] == "The SSD has 21 tables that are read in schema ssd_development."
    assert len(read_ssd(url, "SSD_Development").frames["visit"]) == 3


def test_of_several_schemas_one_must_be_said(source):
    in_schema(source, "one")
    url = make_url(in_schema(source, "two"))
    with pytest.raises(Problem, match=r"several schemas \(one, two\): say which by --schema"):
        read_ssd(url)
    with pytest.raises(Problem, match="has no schema three"):
        read_ssd(url, "three")


def test_a_database_without_an_ssd_is_refused(tmp_path):
    engine = create_engine(in_file(tmp_path))
    Table("other", MetaData(), Column("id", String)).create(engine)
    engine.dispose()
    with pytest.raises(Problem, match="no table ssd_person"):
        read_ssd(make_url(in_file(tmp_path)))


def test_views_in_capitals_are_read_like_tables(tmp_path):
    url = deployed(in_file(tmp_path))
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE ssd_cin_visits RENAME TO visits_of_cin"))
        connection.execute(text("CREATE VIEW SSD_CIN_VISITS AS SELECT * FROM visits_of_cin"))
    engine.dispose()
    assert len(read_ssd(make_url(url)).frames["visit"]) == 3


def test_a_column_of_json_is_read_as_its_text(source):
    url = make_url(deployed(source.url.render_as_string(hide_password=False)))
    as_text = read_ssd(url)
    columns = {
        "ssd_assessment_factors": "cinf_assessment_factors_json",
        "ssd_s47_enquiry": "s47e_s47_outcome_json",
    }
    with source.begin() as connection:
        for table, column in columns.items():
            retyped = f"ALTER TABLE {table} ALTER {column} TYPE jsonb USING {column}::jsonb"
            connection.execute(text(retyped))
    as_json = read_ssd(url)
    for table in ("assessment_factor", "enquiry"):
        assert len(as_json.frames[table])
        assert as_json.frames[table].equals(as_text.frames[table])


# --- one snapshot, nothing written


def test_what_changes_while_an_ssd_is_read_is_not_read(source):
    url = source.url.render_as_string(hide_password=False)
    deployed(url)
    late = text("INSERT INTO ssd_cla_visits (clav_cla_visit_id) VALUES ('late')")

    def change(step: str, _share: float) -> None:
        if step == "Reading ssd_person":
            with source.begin() as connection:
                connection.execute(late)

    reading = read_ssd(make_url(url), say=change)
    assert len(reading.frames["visit"]) == 3
    assert reading.left_out.get("visit", {}) == {}


def test_what_stands_beside_an_ssd_is_read_at_the_same_moment(source):
    url = in_schema(source, "ssd_development")
    with source.begin() as connection:
        connection.execute(text("CREATE TABLE ssd_development.cs_unit (unit_id text, name text)"))
        connection.execute(text("INSERT INTO ssd_development.cs_unit VALUES ('U1', 'Unit 1')"))
    found: dict = {}

    def also(snapshot: Snapshot, schema: str | None) -> None:
        for name, there in tables_beside(
            snapshot, schema, lambda one: one.startswith("cs_")
        ).items():
            found[name] = there.columns, [tuple(row) for some in there.parts for row in some]

    read_ssd(make_url(url), also=also)
    assert found == {"cs_unit": (["unit_id", "name"], [("U1", "Unit 1")])}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_snapshot_refuses_to_write(kind, tmp_path, request):
    url = in_file(tmp_path) if kind == "sqlite" else request.getfixturevalue("fresh_postgresql")
    deployed(url)
    with pytest.raises(Problem), snapshot_of(make_url(url)) as snapshot:
        snapshot.connection.execute(text("DELETE FROM ssd_person"))


def test_a_kind_of_database_that_shows_no_one_moment_is_said(tmp_path, monkeypatch):
    url = make_url(deployed(in_file(tmp_path)))
    monkeypatch.delitem(SNAPSHOTS, "sqlite")
    (issue,) = read_ssd(url).issues
    assert issue.rule == "not_one_snapshot" and "ALLOW_SNAPSHOT_ISOLATION" in issue.message


def test_only_reading_statements_are_sent(tmp_path):
    url = make_url(deployed(in_file(tmp_path)))
    sent: list[str] = []

    def keep(_connection, _cursor, statement, *_others) -> None:
        sent.append(statement.split()[0].upper())

    event.listen(Engine, "before_cursor_execute", keep)
    try:
        read_ssd(url)
    finally:
        event.remove(Engine, "before_cursor_execute", keep)
    assert {*sent} <= {"SELECT", "PRAGMA", "BEGIN"} and "SELECT" in sent


def test_a_source_that_is_cut_off_is_said_in_one_sentence(tmp_path):
    address = make_url(deployed(in_file(tmp_path)))
    with pytest.raises(Problem, match="stopped answering while it was read"):
        with snapshot_of(address):
            raise SQLAlchemyError("communication link failure")


def test_tables_of_many_rows_come_some_thousands_at_a_time(tmp_path):
    (its,) = SMALL["ssd_cin_visits"]
    many = [{**its, "cinv_cin_visit_id": str(number)} for number in range(25_000)]
    url = deployed(in_file(tmp_path), changed("ssd_cin_visits", *many))
    with snapshot_of(make_url(url)) as snapshot:
        found = FoundTable(TABLES[-5], "ssd_cin_visits", None, {"visit_id": ("cinv_cin_visit_id",)})
        assert [len(some) for some in snapshot.rows(found.query())] == [10_000, 10_000, 5_000]


# --- SQL Server and others, by what is sent to them


def test_what_sql_server_is_asked_has_its_own_quotes_and_schema():
    found = FoundTable(
        INVOLVEMENTS,
        "ssd_involvements",
        "ssd_development",
        {"allocation_id": ("invo_involvements_id",), "team": ("Team Name",)},
    )
    sent = " ".join(str(found.query().compile(dialect=mssql.dialect())).split())
    assert sent == (
        "SELECT ssd_development.ssd_involvements.invo_involvements_id,"
        " ssd_development.ssd_involvements.[Team Name] FROM ssd_development.ssd_involvements"
    ) or sent == (
        "SELECT ssd_involvements_1.invo_involvements_id, ssd_involvements_1.[Team Name]"
        " FROM ssd_development.ssd_involvements AS ssd_involvements_1"
    )
    counted = str(found.counting().compile(dialect=mssql.dialect()))
    assert "count(*)" in counted.lower() and "ssd_development.ssd_involvements" in counted


def test_sql_server_is_asked_whether_it_allows_snapshots():
    sent = " ".join(str(snapshots_allowed().compile(dialect=mssql.dialect())).split())
    assert "FROM sys.databases" in sent and "snapshot_isolation_state" in sent
    assert "db_name()" in sent


@pytest.mark.parametrize("dialect", [mssql.dialect(), oracle.dialect(), mysql.dialect()])
def test_every_table_can_be_asked_for_on_every_kind_of_database(dialect):
    for declared in TABLES:
        columns = {one.key: one.names for one in declared}
        found = FoundTable(declared, declared.name, None, columns)
        sent = str(found.query().compile(dialect=dialect))
        assert sent.startswith("SELECT ") and declared.name in sent


def test_each_kind_of_database_has_one_way_to_see_one_moment():
    assert SNAPSHOTS["postgresql"].isolation == "REPEATABLE READ"
    assert SNAPSHOTS["mssql"].isolation == "SNAPSHOT"
    assert SNAPSHOTS["oracle"].begins == ("SET TRANSACTION READ ONLY",)
    assert all(one.is_one for one in SNAPSHOTS.values())


@pytest.mark.parametrize("kind", ["date", "timestamp", "timestamptz"])
def test_infinity_is_no_day(fresh_postgresql, kind):
    asked = text(f"select '2016-02-01'::{kind}, 'infinity'::{kind}, '-infinity'::{kind}")
    with snapshot_of(make_url(fresh_postgresql)) as snapshot:
        day, *ends = snapshot.connection.execute(asked).one()
    assert (day.isoformat()[:10], ends) == ("2016-02-01", [None, None])
