"""Deriving a whole council: in blocks, within its memory, on PostgreSQL, and stopped half-way."""

import os
import shutil
import signal
import subprocess
import sys
from datetime import date
from itertools import pairwise

import duckdb
import pytest
from sqlalchemy import Float, and_, create_engine, distinct, func, select, text

from data_access.connection import engines
from data_access.database import changing, connect, read, rebuild
from data_access.due.clocks import Children
from data_access.schema import (
    DERIVED,
    child,
    figure,
    plan,
    referral,
    segment_proposal,
    visit_due,
)
from loading import blocks, deriving
from loading.demo import write_demo
from metrics.catalogue import CATALOGUE
from metrics.kept_rows import kept_rows_of
from metrics.late_entry.as_known_on import known_tallies
from metrics.model import Basis, Months, Period
from metrics.stored.counting import WORK_LISTS
from tests.databases import postgresql_database
from tests.worlds import AS_AT, SETTINGS

SECONDS_AT_MOST = "60s"
EVERY_DUE = select(*visit_due.c).order_by(visit_due.c.plan_id, visit_due.c.clock_started_on)
EVERY_FIGURE = select(*figure.c).order_by(figure.c.metric, figure.c.unit_id, figure.c.month)


def derived(url: str) -> None:
    with rebuild(url) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL statement_timeout = '{SECONDS_AT_MOST}'"))
        write_demo(connection)
        deriving.derive(connection, SETTINGS)


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    """The demonstration council's address, derived in DuckDB."""
    url = f"duckdb:///{tmp_path_factory.mktemp('derived') / 'council.duckdb'}"
    derived(url)
    return url


@pytest.fixture(scope="module")
def postgresql_council(postgresql_url):
    """The same on PostgreSQL with its defaults, no statement longer than a minute."""
    with postgresql_database(postgresql_url) as url:
        derived(url)
        yield url


def rows_of(url, query):
    engine = connect(url)
    try:
        return read(engine, query)
    finally:
        engine.dispose()


def rounded(rows):
    return [tuple(round(v, 6) if isinstance(v, float) else v for v in row) for row in rows]


@pytest.mark.thorough
def test_a_council_is_derived_on_postgresql_as_in_duckdb(council, postgresql_council):
    """By PostgreSQL's own plans the visits due of a council took over a quarter of an hour."""
    assert set(rows_of(postgresql_council, EVERY_DUE)) == set(rows_of(council, EVERY_DUE))
    here, there = (rounded(rows_of(url, EVERY_FIGURE)) for url in (council, postgresql_council))
    assert set(there) == set(here)


OPEN_FAMILIES = select(
    func.count(distinct(func.coalesce(child.c.family_id, child.c.child_id)))
).select_from(referral.join(child, child.c.child_id == referral.c.child_id))
OUTCOMES = (
    select(segment_proposal.c.outcome, func.count().label("families"))
    .where(segment_proposal.c.as_on == date(2016, 10, 31))
    .group_by(segment_proposal.c.outcome)
)


def test_of_every_open_family_of_the_council_something_is_said(council):
    is_open = and_(referral.c.closed_on.is_(None), referral.c.no_further_action.is_not(True))
    ((families,),) = rows_of(council, OPEN_FAMILIES.where(is_open))
    said = {row.outcome: row.families for row in rows_of(council, OUTCOMES)}
    assert sum(said.values()) == families
    assert min(said[one] for one in ("fits", "no_fit", "not_assessed")) > 50


def test_the_council_s_segmented_units_hold_families_that_their_rules_fit(council):
    """But for those who were referred before: a later assessment may say otherwise."""
    held = select(segment_proposal.c.unit_id, segment_proposal.c.proposed_unit).where(
        segment_proposal.c.as_on == date(2016, 10, 31),
        segment_proposal.c.outcome != "not_assessed",
        segment_proposal.c.unit_id.in_(("U1", "U2", "U3", "U4")),
    )
    rows = rows_of(council, held)
    assert sum(row.unit_id == row.proposed_unit for row in rows) > 0.95 * len(rows) > 100


@pytest.mark.thorough
def test_a_month_as_known_on_a_day_is_told_on_postgresql_too(council, postgresql_council):
    metric, period = CATALOGUE["visits_out_of_timescale"], Period(2016, 9)
    query = known_tallies(metric, period, Basis(SETTINGS, AS_AT), AS_AT)
    here, there = (sorted(map(str, rows_of(url, query))) for url in (council, postgresql_council))
    assert here == there != []


@pytest.mark.thorough
@pytest.mark.parametrize(
    "rows_of_a_block",
    [pytest.param(60_000, id="of some months"), pytest.param(1, id="of one month")],
)
def test_all_that_is_derived_is_the_same_in_however_many_blocks(
    council, tmp_path, monkeypatch, rows_of_a_block
):
    """And of a thousand plans each: no metric's rows may rest on the other months."""
    copy = tmp_path / "council.duckdb"
    shutil.copyfile(council.removeprefix("duckdb:///"), copy)
    monkeypatch.setattr(blocks, "PLANS_OF_A_BLOCK", 1000)
    monkeypatch.setattr(blocks, "ROWS_OF_A_BLOCK", rows_of_a_block)
    with changing(f"duckdb:///{copy}") as connection:
        assert len(blocks.blocks_of_children(connection)) > 5
        deriving.derive(connection, SETTINGS)
    kept = [one.table(SETTINGS) for one in (*map(kept_rows_of, CATALOGUE.values()), *WORK_LISTS)]
    with duckdb.connect() as both:
        both.execute(f"ATTACH '{council.removeprefix('duckdb:///')}' AS whole (READ_ONLY)")
        both.execute(f"ATTACH '{copy}' AS in_blocks (READ_ONLY)")
        rows = {table.name: compared(both, table) for table in (*DERIVED, *kept)}
    assert [name for name, (_, differing) in rows.items() if differing] == []
    assert rows[figure.name][0] > 0


def compared(both, table) -> tuple[int, int]:
    """How many rows of a derived table there are, and how many not as often in the other file."""
    columns = ", ".join(
        f"round({one.name}, 6)" if isinstance(one.type, Float) else one.name for one in table.c
    )
    whole, other = (
        f"(SELECT {columns} FROM {file}.{table.name})" for file in ("whole", "in_blocks")
    )
    differing = f"({whole} EXCEPT ALL {other}) UNION ALL ({other} EXCEPT ALL {whole})"
    asked = f"SELECT (SELECT count(*) FROM {whole}), (SELECT count(*) FROM ({differing}))"  # noqa: S608
    return both.execute(asked).fetchone()


def test_blocks_hold_every_child_once_though_many_plans_are_one_child_s(tmp_path, monkeypatch):
    monkeypatch.setattr(blocks, "PLANS_OF_A_BLOCK", 3)
    with rebuild(f"duckdb:///{tmp_path / 'plans.duckdb'}") as connection:
        of_all = {"kind": "CP", "started_on": AS_AT}
        rows = [{"plan_id": f"P{n}", "child_id": f"K{n // 4}", **of_all} for n in range(20)]
        connection.execute(plan.insert(), rows)
        found = blocks.blocks_of_children(connection)
        held = [
            connection.execute(
                select(plan.c.child_id).where(*block.hold(plan.c.child_id)).distinct()
            ).scalars()
            for block in found
        ]
        assert sorted(one for block in held for one in block) == [f"K{n}" for n in range(5)]
        assert len(found) > 1
    assert all(block.end == other.first for block, other in pairwise(found))


@pytest.mark.parametrize("rows_of_a_block", [1, 30, 35, 1000])
def test_blocks_hold_every_month_once_and_no_more_rows_than_one_may(
    rows_of_a_block, tmp_path, monkeypatch
):
    monkeypatch.setattr(blocks, "ROWS_OF_A_BLOCK", rows_of_a_block)
    first, last = Period(2015, 11), Period(2016, 10)
    with rebuild(f"duckdb:///{tmp_path / 'months.duckdb'}") as connection:
        rows = [{"plan_id": f"P{n}", "child_id": "K", "kind": "CP"} for n in range(120)]
        connection.execute(plan.insert(), [row | {"started_on": AS_AT} for row in rows])
        found = blocks.blocks_of_months(connection, first.start, last.last_day)
    lengths = [block.last.months_after(block.first) + 1 for block in found]
    assert lengths[0] == {1: 1, 30: 3, 35: 3, 1000: 12}[rows_of_a_block]
    assert sum(lengths) == 12
    assert (found[0].first, found[-1].last) == (first, last)
    assert all(block.last.shift(1) == other.first for block, other in pairwise(found))


def test_a_database_without_rows_is_one_block(tmp_path):
    month = Period(2016, 9)
    with rebuild(f"duckdb:///{tmp_path / 'empty.duckdb'}") as connection:
        assert blocks.blocks_of_children(connection) == [Children()]
        found = blocks.blocks_of_months(connection, month.start, month.last_day)
    assert found == [Months(month, month)]


@pytest.mark.parametrize(("machine_gb", "given", "taken"), [(4, None, 1), (64, None, 2), (4, 3, 3)])
def test_loading_takes_a_quarter_of_the_memory_and_two_gigabytes_at_most_or_what_it_is_given(
    machine_gb, given, taken, tmp_path, monkeypatch
):
    monkeypatch.setattr(engines, "machine_memory_gb", lambda _connection: machine_gb)
    with rebuild(f"duckdb:///{tmp_path / 'limit.duckdb'}", given) as connection:
        asked = text("SELECT current_setting('memory_limit')")
        number, unit = connection.execute(asked).scalar_one().split()
    assert float(number) * engines.BYTES[unit] / 1e9 == pytest.approx(taken, rel=0.05)


def test_the_machine_s_memory_is_what_a_new_connection_may_take():
    with duckdb.connect() as probe:
        there = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
        assert 0 < engines.machine_memory_gb(probe) <= there * 1.01


def test_each_statement_of_a_build_is_done_with_when_it_ends(tmp_path):
    """In one transaction all that is written stays in memory until the end of the build."""
    with rebuild(f"duckdb:///{tmp_path / 'steps.duckdb'}") as connection:
        steps = [connection.execute(text("SELECT txid_current()")).scalar() for _ in range(2)]
    assert len(set(steps)) == 2


@pytest.mark.thorough
def test_what_does_not_fit_into_memory_is_written_beside_and_leaves_nothing(council, tmp_path):
    copy = tmp_path / "council.duckdb"
    shutil.copyfile(council.removeprefix("duckdb:///"), copy)
    # At 0.1 two statements at once on a busy machine do not fit; at 0.15 all of it does.
    with changing(f"duckdb:///{copy}", 0.12) as connection:
        deriving.derive(connection, SETTINGS)
    assert [file.name for file in tmp_path.iterdir()] == ["council.duckdb"]


@pytest.mark.skipif(os.name == "nt", reason="Windows kills in another way")
def test_a_statement_ends_with_the_client_that_was_killed(fresh_postgresql):
    asked = "select pg_sleep(600) -- of a client that is killed"
    code = (
        "import sys; from data_access.database import changing; from sqlalchemy import text\n"
        f"with changing(sys.argv[1]) as connection: connection.execute(text({asked!r}))"
    )
    server = create_engine(fresh_postgresql, isolation_level="AUTOCOMMIT")
    running = text(
        "select count(*) from pg_stat_activity"
        " where query like '%of a client that is killed' and pid <> pg_backend_pid()"
    )
    client = subprocess.Popen([sys.executable, "-c", code, fresh_postgresql])
    with server.connect() as connection:
        await_count(connection, running, 1)
        client.send_signal(signal.SIGKILL)
        client.wait()
        await_count(connection, running, 0)
    server.dispose()


def await_count(connection, running, wanted):
    """Asks the server, which waits a tenth of a second each time, for twenty seconds at most."""
    for _ in range(200):
        if connection.execute(running).scalar() == wanted:
            return
        connection.execute(text("select pg_sleep(0.1)"))
    pytest.fail(f"there are not {wanted} statements after twenty seconds")
