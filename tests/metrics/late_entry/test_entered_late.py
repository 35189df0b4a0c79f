"""What late entry makes likely of a month: history, range, and when it is not said."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from data_access.database import read
from data_access.load_info import LoadInfo
from data_access.schema import visit_due
from metrics.catalogue import CATALOGUE
from metrics.definitions.visits_out_of_timescale import METRIC
from metrics.late_entry.entered_late import (
    PastMonth,
    days_since_month_end,
    latest_complete,
    usual_late_share,
)
from metrics.late_entry.outlook import outlook
from metrics.model import Period, Scope, Tally, View
from metrics.result import Result
from tests.draws import draws
from tests.metrics.plain import AS_AT, tallied
from tests.metrics.plain_clocks import reference
from tests.metrics.test_visits_out_of_timescale import held, seen
from tests.worlds import basis, loaded, months, visited

LATEST = Period(2016, 9)
THIRTY = Tally(30, 100)


@draws(40)
@given(world=visited())
def test_made_in_time_and_entered_after_the_month_agrees_with_plain_loops(companion_of, world):
    """The latest complete month ended 14 days before the data do: so many days after any month."""
    expected = []
    for row in reference(world):
        month_end = Period.of(row["month"]).last_day
        in_time = row["numerator"] == 0
        late = in_time and row["recorded_on"] and (row["recorded_on"] - month_end).days > 14
        expected.append(row | {"numerator": int(bool(late))})
    found = companion_of(METRIC, "entered_after", world)
    assert tallied(found, "month", "unit_id") == tallied(expected, "month", "unit_id")


@pytest.mark.parametrize(
    ("seen_on", "recorded_on", "counted"),
    [
        ("2016-08-29", "2016-09-14", 0),  # 14 days after August
        ("2016-08-29", "2016-09-15", 1),
        ("2016-08-30", "2016-09-15", 0),  # not made in time
        ("2016-08-29", None, 0),
    ],
)
def test_a_visit_due_on_29_august_is_entered_after_the_month(
    companion_of, seen_on, recorded_on, counted
):
    recorded = date.fromisoformat(recorded_on) if recorded_on else None
    world = seen(held("CP", "2016-08-01"), seen_on, recorded_on=recorded)
    found = companion_of(METRIC, "entered_after", world)
    assert tallied(found, "month")[(date(2016, 8, 1),)] == (counted, 1)


ENDS_WITH_SEPTEMBER = replace(basis(), as_at=date(2016, 9, 30))


@draws(20)
@given(world=visited())
def test_on_a_month_s_last_day_earlier_months_stood_as_rows_known_on_their_last_day_say(
    shared_engine, world
):
    """By plain loops over what is known now: due before the day, or made and known by it."""
    (stood,) = [one for one in METRIC.beside.companions if one.key == "stood"]
    with loaded(shared_engine, world, only_for=[visit_due]) as engine:
        told = read(engine, stood.rows(months(), ENDS_WITH_SEPTEMBER))
        now = read(engine, METRIC.rows(months(), ENDS_WITH_SEPTEMBER))
    expected: dict = {}
    for row in now:
        last = Period.of(row.month).last_day
        made = row.numerator == 0 and (row.recorded_on is None or row.recorded_on <= last)
        if row.due_on < last or made:
            out, due = expected.get((row.month, row.unit_id), (0, 0))
            expected[row.month, row.unit_id] = (out + (not made), due + 1)
    assert tallied([row._asdict() for row in told], "month", "unit_id") == expected


@pytest.mark.parametrize(
    ("recorded_on", "counted"),
    [("2016-08-29", (0, 1)), ("2016-08-31", (0, 1)), ("2016-09-01", None)],
)
def test_on_a_month_s_last_day_a_visit_due_on_it_counts_only_if_it_was_made_and_known(
    shared_engine, recorded_on, counted
):
    """As August is known on its last day, to which the plan's first visit has time."""
    (stood,) = [one for one in METRIC.beside.companions if one.key == "stood"]
    world = seen(
        held("CP", "2016-08-03"), "2016-08-29", recorded_on=date.fromisoformat(recorded_on)
    )
    with loaded(shared_engine, world) as engine:
        due = {row.due_on for row in read(engine, METRIC.rows(months(), ENDS_WITH_SEPTEMBER))}
        told = read(engine, stood.rows(months(), ENDS_WITH_SEPTEMBER))
    assert date(2016, 8, 31) in due
    found = tallied([row._asdict() for row in told], "month")
    assert found.get((date(2016, 8, 1),)) == counted


@pytest.mark.parametrize(
    ("as_at", "month", "days"),
    [
        ("2016-10-14", Period(2016, 9), 14),
        ("2016-09-30", Period(2016, 9), 0),
        ("2016-09-29", Period(2016, 8), 29),
        ("2016-03-01", Period(2016, 2), 1),
    ],
)
def test_the_latest_complete_month_and_its_age(as_at, month, days):
    day = date.fromisoformat(as_at)
    assert latest_complete(day) == month
    assert days_since_month_end(day) == days


def past(*shares: float | None, coverage: float | None = 1.0) -> list[PastMonth]:
    """The months before September 2016, the last share being August's."""
    months = LATEST.shift(-1).run_up(len(shares))
    return [PastMonth(month, one, coverage) for month, one in zip(months, shares, strict=True)]


def test_eight_months_in_ten_are_usual():
    """Ten months of 2 to 11 twice over: the second lowest pair and the second highest stay out."""
    shares = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11] * 2
    found = usual_late_share(past(*shares))
    assert (found.low, found.high, found.why_not) == (2, 10, None)


def test_a_year_of_months_is_enough_and_eleven_are_not():
    assert usual_late_share(past(*[5.0] * 12)).why_not is None
    assert usual_late_share(past(*[5.0] * 11)).why_not == (
        "only 11 earlier months have visits due, and 12 are needed"
    )


def test_months_without_visits_due_do_not_count():
    assert usual_late_share(past(*[5.0] * 11, None, None)).why_not == (
        "only 11 earlier months have visits due, and 12 are needed"
    )


def test_months_whose_recording_dates_are_missing_do_not_count():
    patchy = past(*[5.0] * 9) + past(*[5.0] * 5, coverage=0.89)
    assert usual_late_share(patchy).why_not == (
        "only 9 earlier months have recording dates for nine visits in ten, and 12 are needed"
    )
    assert usual_late_share(past(*[5.0] * 12, coverage=0.9)).why_not is None


def test_nothing_is_said_where_late_entry_has_changed():
    shares = [*[5.0, 6.0, 7.0] * 4, *[12.0] * 6]
    assert (
        usual_late_share(past(*shares)).why_not
        == "how much is entered late has changed since March 2016"
    )


def test_one_odd_month_is_no_change():
    shares = [*[5.0, 6.0, 7.0] * 4, 6.0, 6.0, 19.0, 6.0, 7.0, 6.0]
    assert usual_late_share(past(*shares)).why_not is None


def test_nothing_is_said_where_months_differ_too_much():
    assert usual_late_share(past(*[0.0, 25.0] * 9)).why_not == (
        "how much is entered late differs too much from month to month"
    )


def told(late: int, days_after: int = 14, now: Tally = THIRTY, known: int = 100) -> str:
    """The outlook of September, each month before having had `late` of 100 entered after it."""
    as_at = date(2016, 9, 30) if days_after == 0 else date(2016, 10, days_after)
    pair = CATALOGUE["recorded_in_time"]
    tallies: dict[tuple[str, str | None, Period], Tally] = {
        ("visits_out_of_timescale.entered_after", "U2", LATEST): Tally(0, 100)
    }
    for month in LATEST.shift(-1).run_up(24):
        tallies["visits_out_of_timescale.entered_after", "U2", month] = Tally(
            late + month.month % 3, 100
        )
        tallies["recorded_in_time.recording_known", "U2", month] = Tally(known, 100)
    view = View(LATEST, Scope("U2"))
    said = outlook(
        tallies,
        Result(METRIC, view, "Unit 2", now),
        Result(pair, view, "Unit 2", Tally(90, 100)),
        LoadInfo(data_to=as_at),
    )
    assert said.words
    return said.words


@pytest.mark.parametrize(
    ("late", "days", "now", "said"),
    [
        (
            6, 14, Tally(30, 100),
            "6–8% of a month's visits due are usually made in time and entered more than 14 days"
            " after its end: expect 22–24% out of timescale.",
        ),
        (
            6, 0, Tally(30, 100),
            "6–8% of a month's visits due are usually made in time and entered after its end:"
            " expect 22–24% out of timescale.",
        ),
        (
            0, 1, Tally(1, 100),
            "0–2% of a month's visits due are usually made in time and entered more than 1 day"
            " after its end: expect 0–1% out of timescale.",
        ),
    ],
)  # fmt: skip
def test_the_outlook_says(late, days, now, said):
    assert told(late, days, now) == said


def test_the_outlook_never_goes_below_0():
    assert told(6, 14, Tally(3, 100)).endswith("expect 0% out of timescale.")


def test_the_outlook_says_why_it_cannot_be_told():
    assert told(6, known=80) == (
        "How much is still to be entered cannot be told: only 0 earlier months have recording"
        " dates for nine visits in ten, and 12 are needed."
    )


def test_where_no_companion_is_told_only_the_way_it_will_move_is():
    """As on slides for people outside the service."""
    latest = Result(METRIC, View(LATEST, Scope("U2")), "Unit 2", THIRTY)
    assert outlook({}, latest, latest, LoadInfo(data_to=AS_AT)).words == METRIC.beside.while_new


def test_only_new_months_have_an_outlook():
    view = View(LATEST.shift(-1), Scope("U2"))
    old = Result(METRIC, view, "Unit 2", Tally(30, 100))
    assert outlook({}, old, old, LoadInfo(data_to=AS_AT)).words is None


def test_a_month_that_still_runs_says_only_which_way_it_will_move():
    view = View(LATEST.shift(1), Scope("U2"))
    running = Result(METRIC, view, "Unit 2", Tally(30, 100))
    assert outlook({}, running, running, LoadInfo(data_to=AS_AT)).words == METRIC.beside.while_new
