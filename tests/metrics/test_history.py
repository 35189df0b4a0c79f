"""Months without the history that a metric needs: no figure, no row, and everywhere the reason."""

import json
from collections import namedtuple
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import cast

import pandas as pd
import pytest
from sqlalchemy import Row, select

from commands.no_figure import refuse_unless_counted, warn_of_what_is_missing
from data_access.database import read
from data_access.load_info import LoadInfo, combined_load, held_since
from data_access.problems import Problem
from data_access.schema import CANONICAL, figure
from loading.combining import Combined
from loading.sources.reading import Reading
from metrics.catalogue import CATALOGUE
from metrics.explore.figures_over import result_over
from metrics.explore.spans import Over, span_of
from metrics.figures import Figures, read_figures
from metrics.kept_rows import kept_rows_of
from metrics.model import SERVICE, Months, Period, Scope, Tally, View
from metrics.publication import PublishedWords
from metrics.sentence import reading_sentences, sentence, why_no_value
from metrics.stored.history import counted_from, first_month, in_these_data, not_yet, with_history
from tests.databases import emptied
from tests.meeting.conftest import fill
from tests.worlds import SETTINGS, World

METRIC = CATALOGUE["re_referral"]
NEEDS_HISTORY = [metric for metric in CATALOGUE.values() if metric.history_months]
APRIL, MARCH = Period(2016, 4), Period(2016, 3)
REASON = (
    "Not enough history: March 2016 needs 12 months of referrals before it. They are held from"
    " 1 April 2015: the first month with a figure is April 2016."
)


def held_from(*day: int) -> LoadInfo:
    return LoadInfo(covers_from={"referral": date(*day)})


def of_loads(*said: dict, until: Sequence[date] = ()) -> LoadInfo:
    """What the records of several loads come to, by what each of them says."""
    last_days = until or [date(2016, 10, 14)] * len(said)
    Record = namedtuple("Record", "load_id source taken_at data_to rows_json")
    records = [
        Record(str(n), "test", day, day, json.dumps(facts))
        for n, (facts, day) in enumerate(zip(said, last_days, strict=True))
    ]
    return combined_load(cast(list[Row], records))


def came_back() -> World:
    world = World()
    world.add("unit", unit_id="U1", name="East", kind="area")
    for day in (date(2015, 5, 1), date(2016, 3, 15), date(2016, 4, 20)):
        world.add("referral", child_id="Kit", received_on=day)
    return world


@pytest.fixture
def case(shared_engine):
    with shared_engine.begin() as connection:
        fill(emptied(connection), came_back(), covers_from={"referral": "2015-04-01"})
    return shared_engine


@pytest.fixture
def figures(case) -> Figures:
    return read_figures(case, SETTINGS)


def result(figures: Figures, month: Period):
    return figures.result(METRIC, View(month))


@pytest.mark.parametrize(
    ("held", "first"),
    [((2015, 4, 1), APRIL), ((2015, 4, 2), Period(2016, 5)), ((2015, 4, 30), Period(2016, 5))],
)
def test_all_of_the_history_lies_before_the_first_month(held, first):
    assert first_month(held_from(*held), METRIC) == first


def test_months_are_cut_where_history_begins_and_none_is_left_before_it():
    load = held_from(2015, 4, 1)
    assert with_history(Months(MARCH, APRIL), load, METRIC) == Months(APRIL, APRIL)
    assert with_history(Months(MARCH, MARCH), load, METRIC) is None
    assert with_history(Months(MARCH, MARCH), load, CATALOGUE["caseload"]) == Months(MARCH, MARCH)


def test_without_a_word_on_since_when_it_is_held_no_month_has_history():
    assert with_history(Months(MARCH, APRIL), LoadInfo(), METRIC) is None
    assert "--covers-from referral=2011-04-04" in (not_yet(LoadInfo(), METRIC, APRIL) or "")


def test_nothing_is_stored_or_kept_of_a_month_without_history(case):
    stored = read(case, select(figure.c.month).where(figure.c.metric.like("re_referral%")))
    assert min(row.month for row in stored) == APRIL.start
    kept = kept_rows_of(METRIC).table(SETTINGS)
    assert [row.month for row in read(case, select(kept.c.month))] == [APRIL.start]


def test_the_same_month_is_counted_in_a_metric_that_needs_none(figures):
    assert figures.months[0] == Period(2015, 5)
    assert result(figures, MARCH).tally is None
    assert result(figures, APRIL).tally == Tally(1, 1)


def test_every_sentence_says_why_there_is_no_figure(figures):
    told = result(figures, MARCH)
    assert reading_sentences(told) == [REASON]
    assert why_no_value(told) == "needs 12 months before it"
    assert sentence(told) == (
        "Re-referrals, Service: no figure for March 2016, which needs 12 months of referrals"
        " before it."
    )
    assert reading_sentences(result(figures, APRIL))[0].startswith("n = 1 referral;")


def test_the_command_line_says_why(figures, capsys):
    warn_of_what_is_missing(figures, [METRIC], figures.months)
    assert capsys.readouterr().err.strip() == f"re_referral: {REASON}"
    with pytest.raises(Problem, match="no figure for March 2016. Not enough history"):
        refuse_unless_counted(figures, "re_referral", SERVICE, MARCH)
    refuse_unless_counted(figures, "re_referral", SERVICE, APRIL)


def test_explore_says_why_and_counts_the_months_that_have_history(figures):
    def over(last: Period):
        return result_over(figures, METRIC, Scope(), span_of(Over.TWELVE, last, last))

    assert reading_sentences(over(MARCH)) == [REASON]
    assert over(APRIL).tally == result(figures, APRIL).tally


def test_definitions_say_from_which_month_there_are_figures(figures):
    assert in_these_data(figures.load, METRIC) == (
        "Each month needs 12 months of referrals before it. They are held from 1 April 2015: the"
        " first month with a figure is April 2016."
    )
    assert counted_from(figures.load, CATALOGUE["caseload"]) is None


def test_definitions_say_from_which_month_a_metric_is_whole_that_needs_no_history():
    plans, load = CATALOGUE["children_on_cp_plan"], LoadInfo(covers_from={"plan": date(2016, 6, 2)})
    assert in_these_data(load, plans) == "yes, from June 2016 on: plans are held from 2 June 2016."
    days = CATALOGUE["days_by_status"]
    assert in_these_data(load, days) == "yes, from July 2016 on: plans are held from 2 June 2016."
    assert in_these_data(LoadInfo(), plans) == "yes"
    absent = replace(load, not_in_source={plans.key: "Nothing has plans."})
    assert in_these_data(absent, plans) == "Nothing has plans."


def test_a_published_figure_stays_though_less_is_held_now():
    published = PublishedWords("Re-referrals: 12%.", ("n = 50 referrals.",))
    assert not_yet(held_from(2016, 1, 1), METRIC, MARCH, published) is None


def test_what_was_counted_lacks_nothing_also_where_a_later_load_holds_less():
    """Of a published month as outsiders are told it, which has no words of the publication."""
    metric = CATALOGUE["direct_work"]
    load = LoadInfo(data_from=date(2016, 5, 1), data_to=date(2016, 6, 1))
    figures = Figures(
        load, SETTINGS, {(metric.key, SERVICE, MARCH): Tally(3, 4)}, {SERVICE: "Service"}
    )
    assert figures.result(metric, View(MARCH)).not_yet is None
    assert "April 2016 is not held in full" in (figures.result(metric, View(APRIL)).not_yet or "")


def test_a_table_is_held_from_the_earlier_day_of_two_sources_and_from_none_where_one_is_silent():
    early, late = {"covers_from": {"referral": "2011-04-04"}}, {"data_from": "2015-04-01"}
    brought = {"tables": {"referral": {"written": 5}}}
    assert of_loads(early | brought, late | brought).covered_from(["referral"]) == date(2011, 4, 4)
    # The other's own first day says nothing of a table that only this one brought.
    assert of_loads(brought, late).covered_from(["referral"]) is None
    # A load that was replaced no longer speaks for its rows.
    replaced = early | brought | {"replaced": ["referral"]}
    assert of_loads(replaced, late | brought).covered_from(["referral"]) == date(2015, 4, 1)


OLD, NEW = (date(2011, 4, 1), date(2013, 12, 31)), (date(2016, 1, 1), date(2016, 10, 31))


@pytest.mark.parametrize(
    ("between", "since"),
    [
        ([], NEW[0]),
        ([(date(2014, 1, 1), date(2015, 12, 31))], OLD[0]),
        ([(date(2014, 1, 2), date(2015, 12, 31))], date(2014, 1, 2)),
        ([(date(2013, 1, 1), None)], OLD[0]),
        # It may hold all days before its last, as it would alone.
        ([(None, date(2015, 12, 31))], None),
        ([(None, date(2015, 12, 30))], NEW[0]),
    ],
)
def test_days_between_two_sources_that_neither_holds_are_not_held(between, since):
    spans = [OLD, *between, NEW]
    assert held_since(spans) == held_since(reversed(spans)) == since


def test_a_load_and_its_readings_count_from_after_the_gap():
    rows = {"referral": pd.DataFrame({"referral_id": ["R"]})}
    readings = [
        Reading("test", last, rows, covers_from={"referral": first}) for first, last in (OLD, NEW)
    ]
    assert Combined(readings).covers_from == {"referral": NEW[0]}
    said = [{"covers_from": {"referral": first.isoformat()}} for first, _ in (OLD, NEW)]
    days = [last for _, last in (OLD, NEW)]
    assert of_loads(*said, until=days).covered_from(["referral"]) == NEW[0]


@pytest.mark.parametrize("metric", NEEDS_HISTORY, ids=lambda one: one.key)
def test_history_is_asked_of_tables_that_sources_bring(metric):
    assert set(metric.needs_history_of) <= {table.name for table in CANONICAL}


@pytest.mark.parametrize("metric", CATALOGUE.values(), ids=lambda one: one.key)
def test_no_month_before_a_table_is_held_in_full_has_a_figure(metric):
    """Of any metric: what lies before the day is missing, and would be counted as none."""
    days = dict.fromkeys([*metric.tables, *metric.needs_history_of], date(2016, 6, 1))
    load, year = LoadInfo(covers_from=days), Months(Period(2014, 1), Period(2020, 12))
    told = with_history(year, load, metric)
    assert told is not None and told.first == Period(2016, 6).shift(metric.history_months)
    assert not_yet(load, metric, Period(2016, 6).shift(metric.history_months)) is None
    why = not_yet(load, metric, Period(2016, 5))
    assert why and "are held from 1 June 2016" in why and why.startswith("Not enough history")


def test_a_month_of_which_some_days_are_not_held_has_a_figure_of_its_end_alone():
    load, june = LoadInfo(covers_from={"plan": date(2016, 6, 2)}), Period(2016, 6)
    both = Months(june, june.shift(1))
    assert with_history(both, load, CATALOGUE["children_on_cp_plan"]) == both
    later = Months(june.shift(1), june.shift(1))
    assert with_history(both, load, CATALOGUE["days_by_status"]) == later


def test_where_nobody_said_since_when_no_month_is_left_out():
    plain = (one for one in CATALOGUE.values() if not one.history_months)
    year = Months(Period(2014, 1), Period(2016, 12))
    assert all(with_history(year, LoadInfo(), metric) == year for metric in plain)


def test_a_source_that_says_a_first_day_takes_no_months_from_one_that_says_none():
    """A year's return beside a council's extract: each table has its own first day, or none."""
    extract = {"tables": {"post": {"written": 5}, "plan": {"written": 9}}}
    a_return = {"data_from": "2015-04-01", "tables": {"plan": {"written": 3}}}
    load = of_loads(extract, a_return)
    assert load.data_from is None
    assert load.covered_from(["post"]) is None and load.covered_from(["plan"]) is None
    both = of_loads(extract | {"data_from": "2014-04-01"}, a_return)
    assert both.data_from == date(2014, 4, 1) == both.covered_from(["plan"])
