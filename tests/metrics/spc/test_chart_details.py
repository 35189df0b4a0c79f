"""A chart that is put into words for the store comes back as it was."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from sqlalchemy.dialects import sqlite

from data_access.stores.columns import Details
from metrics.catalogue import CATALOGUE
from metrics.model import Period, Polarity, Scope, Tally, View
from metrics.publication import PublishedWords
from metrics.result import Result
from metrics.spc.chart_choice import days_between
from metrics.spc.chart_details import (
    chart_details,
    chart_from,
    first_months_kept,
    run_up_kept,
    with_run_up,
)
from metrics.spc.chart_reading import ChartReading
from metrics.spc.charting import ChartRequest
from metrics.spc.month_charts import trend_reading
from tests.readings import readings

JANUARY = Period(2016, 1)
# The chart begins with the second month: in the first there was nothing to count.
TALLIES = (Tally(0, 0), Tally(1, 4), None, Tally(2, 4))
RUN = [
    Result(CATALOGUE["direct_work"], View(JANUARY.shift(at), Scope("U1")), "Unit 1", tally)
    for at, tally in enumerate(TALLIES)
]


def counted(run: list[Result]) -> dict:
    return {one.view.period: (one.view, one.tally) for one in run}


def first_kept(details: dict) -> Period:
    words = PublishedWords("", (), chart=details)
    return first_months_kept({("direct_work", "U1", JANUARY.shift(3)): words})[JANUARY.shift(3)]


def kept(reading: ChartReading) -> ChartReading:
    """Through the store's own column."""
    column, dialect = Details(), sqlite.dialect()
    written = column.process_bind_param(chart_details(reading), dialect)
    found = column.process_result_value(written, dialect)
    assert found is not None
    return chart_from(found)


@given(reading=readings())
def test_any_chart_comes_back_as_it_was(reading):
    assert kept(reading) == reading


def test_a_chart_of_days_comes_back_with_its_days():
    days = [date(2016, 1, 1) + timedelta(9 * at) for at in range(20)]
    reading = days_between(days, ChartRequest(Polarity.LOWER_IS_BETTER))
    assert kept(reading) == reading


@given(reading=readings())
def test_the_latest_month_and_the_chart_name_the_same_start(reading):
    assert reading.since == (reading.last.since if reading.last else None)


@given(reading=readings())
def test_a_chart_kept_before_months_told_their_run_is_read_with_one(reading):
    details = chart_details(reading)
    for point in details["points"]:
        del point["since"]
    found = chart_from(details)
    assert [one._replace(since=None) for one in found.points] == [
        one._replace(since=None) for one in reading.points
    ]
    months = [point.when for point in found.points]
    for at, point in enumerate(found.points):
        assert (point.since is None) == (point.rule is None)
        assert point.since is None or months.index(point.since) <= at


def test_the_run_up_comes_back_beside_the_chart():
    reading = trend_reading(RUN, date(2016, 12, 31))
    details = with_run_up(chart_details(reading), RUN)
    assert run_up_kept(details, Scope("U1")) == counted(RUN)
    assert first_kept(details) == JANUARY
    assert chart_from(details) == reading


def test_of_a_chart_without_its_run_up_the_months_that_it_shows_are_kept():
    details = chart_details(trend_reading(RUN, date(2016, 12, 31)))
    assert run_up_kept(details, Scope("U1")) == counted(RUN[1:])
    assert first_kept(details) == JANUARY.shift(1)


def test_what_a_month_will_probably_come_to_comes_back_beside_it():
    reading = replace(
        trend_reading(RUN, date(2016, 12, 31)),
        probable=(12.5, 20.0),
        same_age=((JANUARY.shift(1), 25.0), (JANUARY.shift(2), None)),
    )
    assert kept(reading) == reading


def test_a_chart_kept_before_charts_told_of_either_opens_without():
    reading = trend_reading(RUN, date(2016, 12, 31))
    details = chart_details(reading)
    del details["probable"], details["same_age"]
    assert chart_from(details) == reading


def test_a_chart_of_another_program_is_not_read_as_something_else():
    with pytest.raises((KeyError, TypeError)):
        chart_from({"points": [], "usual": None, "chart": "NO SUCH CHART"})
