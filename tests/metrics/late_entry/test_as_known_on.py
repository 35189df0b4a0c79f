"""What a month was known as on a day: the counts against plain loops, the words in every case."""

from datetime import date

import pytest
from hypothesis import given

from data_access.database import read
from data_access.problems import Problem
from data_access.schema import visit_due
from metrics.catalogue import CATALOGUE
from metrics.definitions.visits_out_of_timescale import METRIC
from metrics.late_entry.as_known_on import (
    Change,
    change_of,
    change_words,
    known_tallies,
    refuse_day,
    then_and_now,
)
from metrics.model import Period, Tally
from tests.draws import draws
from tests.metrics.plain import tallied
from tests.metrics.plain_clocks import reference
from tests.metrics.test_visits_out_of_timescale import held, seen
from tests.worlds import AS_AT, basis, loaded, visited

AUGUST, SEPTEMBER = Period(2016, 8), Period(2016, 9)


def key(row: dict) -> tuple:
    return row["child_id"], row["kind"], row["clock_started_on"], row["due_on"]


@draws(24)
@given(world=visited())
def test_then_and_now_add_up_to_the_clocks_run_on_both_days(shared_engine, world):
    for period, day in ((AUGUST, date(2016, 9, 2)), (SEPTEMBER, date(2016, 9, 20))):
        then, now = (
            [row for row in reference(world, known) if row["month"] == period.start]
            for known in (day, None)
        )
        with loaded(shared_engine, world, only_for=[visit_due]) as engine:
            found = read(engine, then_and_now(METRIC, period, basis(), day))
            known = read(engine, known_tallies(METRIC, period, basis(), day))
        changes = {row.unit_id: change_of(row._mapping) for row in found}
        by_unit = {row.unit_id: (float(row.numerator), float(row.denominator)) for row in known}
        assert by_unit == {unit: pair for (unit,), pair in tallied(then, "unit_id").items()}
        for name, rows in (("then", then), ("now", now)):
            told = {
                (unit,): (tally.numerator, tally.denominator)
                for unit, change in changes.items()
                if (tally := getattr(change, name)).denominator
            }
            assert told == tallied(rows, "unit_id")
        _the_parts_explain_the_difference(then, now, day, sum(changes.values(), Change()))


def _the_parts_explain_the_difference(then, now, day, whole) -> None:
    missed_then = [key(row) for row in then if row["numerator"]]
    made_now = [key(row) for row in now if not row["numerator"]]
    assert whole.others == 0
    if len(set(map(key, then))) == len(then) and len(set(map(key, now))) == len(now):
        assert whole.entered == len(set(missed_then) & set(made_now))
        new = set(map(key, now)) - set(map(key, then))
        assert whole.not_due_yet == sum(due_on >= day for *_, due_on in new)
        assert whole.fell_due == sum(due_on < day for *_, due_on in new)


def late_world():
    """Due on 29 August, seen that day, entered on 12 September."""
    return seen(held("CP", "2016-08-01"), "2016-08-29", recorded_on=date(2016, 9, 12))


@pytest.mark.parametrize(
    ("day", "then", "entered"), [("2016-09-11", 1, 1), ("2016-09-12", 0, 0), ("2016-08-29", 0, 0)]
)
def test_a_visit_entered_late_is_known_from_the_day_of_its_record(
    shared_engine, day, then, entered
):
    with loaded(shared_engine, late_world()) as engine:
        query = then_and_now(METRIC, AUGUST, basis(), date.fromisoformat(day))
        (row,) = read(engine, query)
    change = change_of(row._mapping)
    assert (change.then.numerator, change.now.numerator, change.entered) == (then, 0, entered)


THEN, NOW = Tally(18, 58), Tally(11, 58)


@pytest.mark.parametrize(
    ("change", "day", "words"),
    [
        (
            Change(THEN, NOW, entered=7),
            "2016-10-03",
            "As known on 3 October 2016: 18 of 58 out of timescale (31%); as known now: 11 of 58"
            " out of timescale (19%). 7 had been made in time and were entered after that day.",
        ),
        (
            Change(Tally(1, 1), Tally(0, 1), entered=1),
            "2016-10-03",
            "As known on 3 October 2016: 1 of 1 out of timescale (100%); as known now: 0 of 1"
            " out of timescale (0%). 1 had been made in time and was entered after that day.",
        ),
        (  # it goes up: a visit entered since started a clock that ran out
            Change(Tally(3, 10), Tally(4, 11), fell_due=1),
            "2016-10-03",
            "As known on 3 October 2016: 3 of 10 out of timescale (30%); as known now: 4 of 11 out"
            " of timescale (36%). 1 more counts as due because of visits entered since.",
        ),
        (
            Change(Tally(), Tally(2, 5), not_due_yet=5),
            "2016-09-02",
            "As known on 2 September 2016, before the month was over: no visits due; as known now:"
            " 2 of 5 out of timescale (40%). 5 had not fallen due by then.",
        ),
        (
            Change(THEN, THEN),
            "2016-10-03",
            "As known on 3 October 2016: 18 of 58 out of timescale (31%); as known now: 18 of 58"
            " out of timescale (31%). Nothing has changed since.",
        ),
        (
            Change(),
            "2016-10-03",
            "As known on 3 October 2016: no visits due; as known now: no visits due. Nothing has"
            " changed since.",
        ),
        (
            Change(Tally(2, 9), Tally(2, 8), others=1),
            "2016-10-03",
            "As known on 3 October 2016: 2 of 9 out of timescale (22%); as known now: 2 of 8 out of"
            " timescale (25%). 1 has changed otherwise.",
        ),
    ],
)
def test_the_change_is_said(change, day, words):
    assert change_words(METRIC, SEPTEMBER, date.fromisoformat(day), change) == words


@pytest.mark.parametrize(
    ("metric", "day", "said"),
    [
        ("visits_out_of_timescale", "2016-10-15", "The data end on 14 October 2016"),
        ("visits_out_of_timescale", "2016-08-31", "September 2016 had not begun"),
        ("caseload", "2016-10-03", "Caseload cannot be told as known on a day"),
    ],
)
def test_a_day_on_which_nothing_can_be_told_is_refused(metric, day, said):
    with pytest.raises(Problem, match=said):
        refuse_day(CATALOGUE[metric], SEPTEMBER, date.fromisoformat(day), AS_AT)
