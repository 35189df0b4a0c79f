"""A figure's months judged: from when on, beside what, and what new limits change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from metrics.catalogue import CATALOGUE
from metrics.model import Period, Scope, Tally, View
from metrics.publication import PublishedWords
from metrics.result import Result
from metrics.spc.chart_reading import Assurance, Footing, Latest, Mark
from metrics.spc.month_charts import trend_reading
from metrics.spc.new_months import line_name
from metrics.spc.words import sentence_of

VISITS, RECORDED = CATALOGUE["visits_out_of_timescale"], CATALOGUE["recorded_in_time"]
FIRST = Period(2015, 1)
# Long after: nothing is entered any more.
LATER = date(2018, 12, 31)
STEADY = [Tally(20 + at % 3, 100) for at in range(15)]
DATES_KNOWN = Tally(95, 100)


def run(tallies: Sequence[Tally | None], metric=VISITS, **more) -> list[Result]:
    return [
        Result(metric, View(FIRST.shift(at), Scope("U2")), "Unit 2", tally, **more)
        for at, tally in enumerate(tallies)
    ]


def new(trend: list[Result]) -> date:
    """A day on which the last month of `trend` is the latest complete one: three days after it."""
    end = trend[-1].view.period.last_day
    return date.fromordinal(end.toordinal() + 3)


def with_late(trend: list[Result], later: int, dates: Tally = DATES_KNOWN) -> list[Result]:
    """So many visits of each month were made in time and entered after it was so old."""
    (coverage,) = [one.key for one in RECORDED.beside.companions if one.is_coverage]
    pair = Result(RECORDED, trend[-1].view, "Unit 2", Tally(80, 100), {coverage: dates})
    return [replace(one, companions=_at_its_age(one, later), pair=pair) for one in trend]


def _at_its_age(result: Result, later: int) -> dict[str, Tally]:
    stood = {"stood": result.tally + Tally(later, 0)} if result.tally else {}
    return {"entered_after": Tally(later, 100), **stood}


def test_a_chart_begins_with_the_first_month_that_has_a_value():
    reading = trend_reading(run([None, None, *STEADY]), LATER)
    assert reading.points[0].when == FIRST.shift(2)
    assert reading.phase_points == 15


def test_months_without_any_value_leave_one_point_without_a_value():
    reading = trend_reading(run([None, None]), LATER)
    assert [point.value for point in reading.points] == [None]
    assert reading.latest is Latest.MISSING


def test_a_month_that_is_not_over_is_shown_and_not_judged():
    trend = run([*STEADY, Tally(90, 100)])
    trend[-1] = replace(trend[-1], provisional=True)
    reading = trend_reading(trend, LATER)
    assert (reading.latest, reading.mark) == (Latest.PROVISIONAL, None)
    assert reading.points[-1].value == 90


def test_the_target_is_judged_by_the_last_month_s_own():
    assert trend_reading(run(STEADY, target=10.0), LATER).assurance is Assurance.FAIL
    assert trend_reading(run(STEADY, target=40.0), LATER).assurance is Assurance.PASS


def test_new_limits_begin_with_the_month_that_somebody_said():
    tallies = [*STEADY, *(Tally(60 + at % 3, 100) for at in range(14))]
    assert trend_reading(run(tallies), LATER).mark is Mark.CONCERN
    again = trend_reading(run(tallies), LATER, [FIRST.shift(15)])
    assert (again.mark, again.is_rebased) == (Mark.COMMON_CAUSE, True)
    assert [len(phase) for phase in again.phases] == [15, 14]


def test_new_limits_need_as_many_months_as_the_first():
    tallies = [*STEADY, *(Tally(60 + at % 3, 100) for at in range(5))]
    reading = trend_reading(run(tallies), LATER, [FIRST.shift(15)])
    assert (reading.footing, reading.mark) == (Footing.TOO_FEW, None)


def test_a_new_month_is_not_marked_for_being_new():
    """30 of 100 stand out against 20 to 22 as known now, and not against 29 to 31 as they were."""
    trend = run([*STEADY, Tally(30, 100)])
    assert trend_reading(trend, LATER).mark is Mark.CONCERN
    reading = trend_reading(with_late(trend, 9), new(trend))
    assert (reading.mark, reading.latest) == (Mark.COMMON_CAUSE, Latest.STILL_ENTERED)
    assert reading.judged.mark is Mark.COMMON_CAUSE


def test_months_before_a_new_one_are_as_known_now_and_at_its_age_on_a_line_of_their_own():
    trend = run([*STEADY, Tally(30, 100)])
    reading = trend_reading(with_late(trend, 9), new(trend))
    values = [point.value for point in reading.points]
    assert values == [result.value for result in trend]
    earlier = trend[:-1]
    assert reading.same_age == tuple(
        (result.view.period, (result.value or 0) + 9) for result in earlier
    )
    assert line_name(reading) == "Earlier months as known 3 days after their end"
    assert "the dotted line is the earlier months as known 3 days after their end" in reading.why


def test_the_range_that_is_drawn_is_that_of_months_as_known_now_without_the_new_one():
    trend = run([*STEADY, Tally(50, 100)])
    reading = trend_reading(with_late(trend, 9), new(trend))
    before = trend_reading(run(STEADY), LATER)
    assert reading.usual == before.usual
    assert reading.phase_points == len(STEADY)
    assert reading.at_age is not None
    assert reading.at_age.usual != before.usual


def test_the_sentence_names_the_range_at_its_age_and_says_so():
    trend = run([*STEADY, Tally(30, 100)])
    reading = trend_reading(with_late(trend, 9), new(trend))
    assert reading.at_age is not None
    low, high = (VISITS.measure.written(limit) for limit in reading.at_age.usual or ())
    assert sentence_of(reading, VISITS.measure.written) == (
        f"30% so far in {FIRST.shift(15)}. Usual range {low.removesuffix('%')}–{high}, nothing"
        " unusual for a month 3 days after its end."
    )


def test_of_months_that_are_published_how_they_stood_is_told_by_what_is_known_now():
    """They were published at 30% and are known at 20% now, which was 29% at the new one's age."""
    known = with_late(run([*STEADY, Tally(30, 100)]), 9)
    published = [replace(one, tally=Tally(35, 100), companions={}) for one in known[:-1]]
    by_month = {one.view: one for one in known}
    reading = trend_reading([*published, known[-1]], new(known), (), by_month.__getitem__)
    assert {point.value for point in reading.points[:-1]} == {35.0}
    assert {value for _, value in reading.same_age} == {29.0, 30.0, 31.0}


def test_a_new_month_that_is_published_is_not_judged_at_an_age_that_is_not_its_own():
    trend = with_late(run([*STEADY, Tally(30, 100)]), 9)
    trend[-1] = replace(trend[-1], published_words=PublishedWords("30%", ()))
    reading = trend_reading(trend, new(trend))
    assert (reading.latest, reading.mark, reading.same_age) == (Latest.STILL_ENTERED, None, ())


def test_the_sentence_under_the_chart_says_how_many_months_are_published_and_otherwise_known():
    live = run(STEADY)
    as_known = {one.view: one for one in live}.__getitem__
    trend = [*live]
    for place, tally in ((3, Tally(1, 100)), (4, live[4].tally)):
        words = PublishedWords("20%", ())
        trend[place] = replace(trend[place], tally=tally, published_words=words)
    said = f" As published, and otherwise known now: 1 of the months before {FIRST.shift(14)}."
    assert trend_reading(trend, LATER, known_now=as_known).why.endswith(said)
    assert "As published" not in trend_reading(live, LATER, known_now=as_known).why


def test_beside_a_month_that_is_not_over_the_one_before_is_not_judged_for_being_new():
    trend = run([*STEADY, Tally(60, 100), Tally(90, 100)])
    trend[-1] = replace(trend[-1], provisional=True)
    reading = trend_reading(trend, new(trend[:-1]))
    assert [point.mark for point in reading.points[-2:]] == [None, None]
    assert reading.phase_points == len(STEADY)


def test_a_new_month_that_is_worse_than_others_were_at_its_age_is_marked():
    trend = run([*STEADY, Tally(50, 100)])
    assert trend_reading(with_late(trend, 9), new(trend)).mark is Mark.CONCERN


def test_a_month_is_judged_as_known_now_once_a_newer_one_is_complete():
    trend = run(STEADY)
    reading = trend_reading(with_late(trend, 9), LATER)
    assert reading.points[0].value == 20.0
    assert (reading.at_age, reading.same_age) == (None, ())
    assert "dotted" not in reading.why


@pytest.mark.parametrize(
    "trend",
    [
        run(STEADY),
        with_late(run(STEADY), 9, dates=Tally(80, 100)),
        with_late(run(STEADY), 9, dates=Tally(0, 0)),
        run(STEADY, RECORDED),
    ],
    ids=["nobody counted", "few dates", "no dates", "a metric that cannot tell"],
)
def test_where_ages_cannot_be_told_a_new_month_is_not_judged(trend):
    reading = trend_reading(trend, new(trend))
    assert (reading.latest, reading.mark) == (Latest.STILL_ENTERED, None)


def test_a_metric_that_nobody_enters_late_is_judged_at_once():
    caseload = run([Tally(1700 + 10 * (at % 3), 100) for at in range(15)], CATALOGUE["caseload"])
    assert trend_reading(caseload, new(caseload)).latest is Latest.COMPLETE
