"""Targets from a date on, and trajectories to one."""

from dataclasses import replace
from datetime import date

import pytest

from data_access.load_info import LoadInfo
from data_access.settings import RelativeTarget, Target
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import SERVICE, Measure, Period, Scope, Spread, Tally, View
from metrics.targets import Aim, Spreads, aim_of, target_of
from tests.worlds import SETTINGS

STEP = [
    Target("direct_work", 40, date(2015, 5, 1), "plan"),
    Target("direct_work", 50, date(2016, 1, 31), "plan"),
]
LINE = [Target("direct_work", 20, date(2016, 3, 31), "plan", from_value=40, by=date(2016, 9, 30))]


@pytest.mark.parametrize(
    ("targets", "month", "expected"),
    [
        (STEP, Period(2015, 4), None),
        (STEP, Period(2015, 5), 40),
        (STEP, Period(2015, 12), 40),
        (STEP, Period(2016, 1), 50),
        (LINE, Period(2016, 2), None),
        (LINE, Period(2016, 3), 40),
        (LINE, Period(2016, 9), 20),
        (LINE, Period(2017, 9), 20),
        ([], Period(2016, 9), None),
    ],
)
def test_the_target_is_the_one_in_force_at_the_month_s_end(targets, month, expected):
    assert target_of(targets, "direct_work", month) == expected


def test_a_trajectory_is_a_straight_line_by_days():
    """30 June lies 91 of the 183 days from 31 March to 30 September."""
    assert target_of(LINE, "direct_work", Period(2016, 6)) == pytest.approx(40 - 20 * 91 / 183)


def test_another_metric_s_target_is_none_of_this_one():
    assert target_of(STEP, "sickness", Period(2016, 9)) is None


RELATIVE = RelativeTarget("sickness", -16, date(2016, 4, 1), "plan")
CHOSEN = replace(
    RELATIVE,
    baseline_from=date(2016, 1, 1),
    baseline_to=date(2016, 3, 31),
    chosen_by="A Director",
    chosen_on=date(2016, 4, 20),
)
MONTHS = [Period(2016, month) for month in (1, 2, 3)]
TALLIES = {
    ("sickness", SERVICE, month): Tally(lost, 100)
    for month, lost in zip(MONTHS, (10, 20, 0), strict=True)
}


LATER, AS_AT = Period(2016, 9), date(2016, 10, 14)
COUNTS = [one for one in CATALOGUE.values() if one.measure is Measure.COUNT]
by_key = pytest.mark.parametrize("metric", CATALOGUE.values(), ids=lambda one: one.key)
NONE: Spreads = {}


def aim(
    target: RelativeTarget | Target,
    key: str = "sickness",
    tallies=TALLIES,
    month=LATER,
    spreads=NONE,
    unit_id=SERVICE,
) -> Aim:
    absolute, relative = ((target,), ()) if isinstance(target, Target) else ((), (target,))
    council = replace(SETTINGS, targets=absolute, relative_targets=relative)
    known = Figures(LoadInfo(data_to=AS_AT), council, tallies, {}, spreads=spreads)
    return aim_of(known, CATALOGUE[key], View(month, Scope(unit_id)))


def test_a_relative_target_needs_a_baseline_and_says_so():
    found = aim(RELATIVE)
    assert found.value is None
    assert found.note == "Target: 16% less than a baseline. It needs a baseline: choose months."


def test_a_relative_target_is_of_the_months_that_somebody_chose_added_up():
    found = aim(CHOSEN)
    assert found.value == pytest.approx(10 * 0.84)
    assert found.note == (
        "The target is 16% less than the service’s 10% of January 2016 to March 2016,"
        " chosen by A Director on 20 April 2016."
    ).replace("10%", CATALOGUE["sickness"].measure.written(10))


def test_a_relative_target_is_there_from_its_first_day():
    assert aim(CHOSEN, month=Period(2016, 3)) == Aim()


def test_a_baseline_of_which_a_month_is_missing_gives_no_target():
    found = aim(CHOSEN, tallies={cell: TALLIES[cell] for cell in list(TALLIES)[1:]})
    assert found.value is None
    assert found.note and "of which these data hold no figure" in found.note


def test_the_baseline_of_a_snapshot_is_its_last_month():
    caseload = {("caseload", SERVICE, month): Tally(at * 10, 1) for at, month in enumerate(MONTHS)}
    assert aim(replace(CHOSEN, metric="caseload"), "caseload", caseload).value == pytest.approx(
        20 * 0.84
    )


def test_a_target_of_stays_is_of_how_long_half_stay_and_no_line_for_those_that_ended():
    """As many as ended in the baseline's months don't matter: long stays go on."""
    days = {"half_stay": 240, "half_stay_low": 233, "half_stay_high": 250}
    half = {key: Spread(value, 900) for key, value in days.items()}
    stays = replace(CHOSEN, metric="time_in_cin", change=-9)
    ended = {("time_in_cin", SERVICE, month): Tally(9000, 100) for month in MONTHS}
    found = aim(stays, "time_in_cin", ended, spreads={("time_in_cin", SERVICE, MONTHS[-1]): half})
    assert found.value is None
    assert found.note == (
        "The target is 9% less than how long half stayed in the 24 months to March 2016: 240 days"
        " (95% interval 233 to 250 days), chosen by A Director on 20 April 2016; so 218 days or"
        " less. How long half stay now is set beside it, and no month’s stays that ended."
    )


def test_a_target_of_stays_whose_baseline_is_not_known_says_so():
    found = aim(replace(CHOSEN, metric="time_in_cin"), "time_in_cin")
    assert found.value is None
    assert "half stayed in the 24 months to March 2016, which is not known" in (found.note or "")


def every_month_alike(key: str) -> dict:
    return {(key, SERVICE, month): Tally(400, 800) for month in MONTHS}


@by_key
def test_a_baseline_whose_months_are_all_alike_is_what_each_of_them_was(metric):
    """A year's sum is never set beside one month."""
    target = replace(CHOSEN, metric=metric.key, change=-10)
    if metric.beside.stays_at:
        return
    found = aim(target, metric.key, every_month_alike(metric.key))
    assert found.value == pytest.approx(0.9 * metric.figure(Tally(400, 800)))


def test_the_baseline_of_a_monthly_number_is_a_month_on_average():
    numbers = zip(MONTHS, (4, 5, 1), strict=True)
    of_months = {("complaints", SERVICE, month): Tally(n, 90) for month, n in numbers}
    found = aim(replace(CHOSEN, metric="complaints"), "complaints", of_months)
    assert found.value == pytest.approx(10 / 3 * 0.84)
    assert found.note and "the service’s 3.3 a month on average of January 2016 to" in found.note


@pytest.mark.parametrize("metric", COUNTS, ids=lambda one: one.key)
@pytest.mark.parametrize("unit_id", ["U1", None])
def test_a_number_s_target_is_the_service_s_and_set_beside_no_unit(metric, unit_id):
    relative = replace(CHOSEN, metric=metric.key)
    plain = Target(metric.key, 480, date(2016, 4, 1), "plan")
    alike = every_month_alike(metric.key)
    alike |= {(metric.key, unit_id, month): Tally(9, 9) for month in MONTHS}
    for target in (relative, plain):
        of_unit = aim(target, metric.key, alike, unit_id=unit_id)
        assert of_unit.value is None
        assert of_unit.note and of_unit.note.startswith("The target is the whole service’s")
        assert aim(target, metric.key, alike).value is not None
        assert aim(target, metric.key, alike, Period(2016, 3), unit_id=unit_id) == Aim()


def test_a_share_s_target_is_set_beside_each_unit_too():
    assert aim(CHOSEN, unit_id="U1") == aim(CHOSEN)


@pytest.mark.parametrize(
    ("key", "when"),
    [
        ("children_on_cp_plan", "400 at the end of March 2016"),
        ("agency_share", "50.0% at the end of March 2016"),
        ("closed", "50.0% in March 2016"),
        ("turnover", "50.0% in the 12 months to March 2016"),
        ("step_down_re_referred", "50.0% as at 31 March 2016"),
        ("survey_positive", "50% in the round of March 2016"),
    ],
)
def test_what_does_not_add_up_says_of_which_month_its_baseline_is(key, when):
    found = aim(replace(CHOSEN, metric=key), key, every_month_alike(key))
    last = "the last of the months that A Director chose on 20 April 2016."
    assert found.note == f"The target is 16% less than the service’s {when}, {last}"


def test_the_baseline_of_a_survey_is_its_last_round_in_the_months_chosen():
    rounds = {("survey_positive", SERVICE, month): Tally() for month in MONTHS}
    rounds[("survey_positive", SERVICE, MONTHS[0])] = Tally(60, 100)
    found = aim(replace(CHOSEN, metric="survey_positive"), "survey_positive", rounds)
    assert found.value == pytest.approx(60 * 0.84)
    assert found.note and "60% in the round of January 2016" in found.note
    none = aim(replace(CHOSEN, metric="survey_positive"), "survey_positive", {})
    assert none.note and none.note.endswith("in which these data hold no round.")


@by_key
def test_a_baseline_that_ends_after_the_data_has_no_value_and_says_so(metric):
    beyond = replace(CHOSEN, metric=metric.key, baseline_to=date(2016, 10, 31))
    found = aim(beyond, metric.key, every_month_alike(metric.key))
    assert found == Aim(
        None,
        "Target: 16% less than in January 2016 to October 2016: the data end before that does, on"
        " 14 October 2016.",
    )
