"""A row that looks wrong: noted, told with the figure, settled; nothing published changes."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine

from data_access.database import connect, rebuild
from data_access.viewer import read_records
from meeting.disputing import (
    dispute_row,
    dispute_words,
    doubted_rows,
    if_upheld,
    row_key_of,
    settle,
)
from meeting.published.frozen import frozen_figures
from metrics.catalogue import CATALOGUE
from metrics.figures import read_figures
from metrics.model import Basis, Period, Scope, Tally, View
from metrics.rows_behind import rows_behind
from tests.meeting.conftest import fill
from tests.meeting.published.test_publishing import EVERYBODY, SEPTEMBER, go, one_child
from tests.worlds import SETTINGS

VISITS = CATALOGUE["visits_out_of_timescale"]
VIEW = View(SEPTEMBER, Scope("U1"))


@pytest.fixture(scope="module")
def case(tmp_path_factory) -> Iterator[Engine]:
    """One child's month, built once: these tests only read it."""
    url = f"duckdb:///{tmp_path_factory.mktemp('case') / 'case.duckdb'}"
    with rebuild(url) as connection:
        fill(connection, one_child(), date(2016, 10, 3))
    engine = connect(url)
    yield engine
    engine.dispose()


def the_row(case: Engine):
    basis = Basis(SETTINGS, date(2016, 10, 3))
    (row,) = read_records(case, rows_behind(VISITS, VIEW, basis), EVERYBODY)
    return row


@pytest.mark.parametrize(
    ("reason", "upheld"),
    [
        ("made, not entered", Tally(0, 1)),
        ("wrong due date", Tally(0, 1)),
        ("wrong plan or child", Tally(0, 0)),
        ("something else", Tally(1, 1)),
    ],
)
def test_the_figure_is_told_as_it_would_be_if_a_dispute_is_upheld(case, store, reason, upheld):
    row = the_row(case)
    dispute_row(store, VISITS, SEPTEMBER, row, reason, "Ann", " seen on the 20th ")
    doubted = doubted_rows(store, VISITS)
    assert (doubted[row_key_of(VISITS, row)].reason, doubted[row_key_of(VISITS, row)].note) == (
        reason,
        "seen on the 20th",
    )
    assert if_upheld(VISITS, Tally(1, 1), [row], doubted) == upheld


def test_a_dispute_changes_neither_the_figure_nor_the_frozen_month(case, store):
    before = go(case, store)
    dispute_row(store, VISITS, SEPTEMBER, the_row(case), "made, not entered", "Ann", "")
    assert read_figures(case, SETTINGS).result(VISITS, VIEW).tally == Tally(1, 1)
    assert frozen_figures(store, before).tallies[(VISITS.key, "U1")] == Tally(1, 1)


def test_a_settled_dispute_is_told_no_more(case, store):
    row = the_row(case)
    dispute_row(store, VISITS, SEPTEMBER, row, "made, not entered", "Ann", "")
    settle(store, doubted_rows(store, VISITS)[row_key_of(VISITS, row)], "rejected", "Bob")
    assert not doubted_rows(store, VISITS)


def test_the_row_is_known_again_in_the_next_load(case_of, store):
    dispute_row(
        store, VISITS, SEPTEMBER, the_row(case_of(one_child(), date(2016, 10, 3))),
        "made, not entered", "Ann", "",
    )  # fmt: skip
    again = the_row(case_of(one_child(), date(2016, 10, 4), load_id="2"))
    assert row_key_of(VISITS, again) in doubted_rows(store, VISITS)


@pytest.mark.parametrize(
    ("upheld", "number", "words"),
    [
        (Tally(9, 58), 2, "2 rows are disputed: {now} now; 9 of 58 (16%) if both are upheld."),
        (Tally(10, 58), 1, "1 row is disputed: {now} now; 10 of 58 (17%) if it is upheld."),
        (Tally(8, 57), 4, "4 rows are disputed: {now} now; 8 of 57 (14%) if all are upheld."),
        (Tally(11, 58), 1, "1 row is disputed, which would change nothing if it is upheld."),
    ],
)  # fmt: skip
def test_what_disputes_come_to_is_said_in_words(upheld, number, words):
    said = dispute_words(VISITS, Tally(11, 58), upheld, number)
    assert said == words.format(now="11 of 58 (19%)")


def test_every_reason_of_a_metric_is_one_that_the_store_takes():
    from data_access.meeting_store.tables import DISPUTE_REASONS

    for metric in CATALOGUE.values():
        if metric.disputes:
            assert set(metric.disputes.if_upheld) <= set(DISPUTE_REASONS)
            assert set(metric.disputes.facts) <= set(metric.drill_down)
            assert "child_id" in metric.identified_by


def test_a_dispute_of_another_month_is_not_told_with_this_one(case, store):
    row = the_row(case)
    assert Period.of(row.due_on) == SEPTEMBER
    dispute_row(store, VISITS, SEPTEMBER, row, "made, not entered", "Ann", "")
    august = View(Period(2016, 8), Scope("U1"))
    basis = Basis(SETTINGS, date(2016, 10, 3))
    rows = read_records(case, rows_behind(VISITS, august, basis), EVERYBODY)
    assert not [one for one in rows if row_key_of(VISITS, one) in doubted_rows(store, VISITS)]
