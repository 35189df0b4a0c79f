"""When a unit is open, whose months its chart shows, and where its limits begin anew."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from metrics.model import Period, Scope, View
from metrics.publication import Note, NoteKind
from metrics.units.openings import Opening, Openings, changes_of, in_charge, limits_begin, run_of

AS_AT = date(2016, 9, 30)
JULY, AUGUST, SEPTEMBER = Period(2016, 7), Period(2016, 8), Period(2016, 9)
# U3 was followed by U7 in August, and U1 by U3 in March.
CHAIN: Openings = {
    "U1": Opening(None, date(2016, 3, 1)),
    "U3": Opening(date(2016, 3, 1), date(2016, 8, 15), "U1"),
    "U7": Opening(date(2016, 8, 15), None, "U3"),
}


@pytest.mark.parametrize(
    ("opened", "closed", "is_open"),
    [
        (None, None, True),
        (date(2016, 8, 1), None, True),
        (date(2016, 8, 31), None, True),
        (date(2016, 9, 1), None, False),
        (None, date(2016, 8, 2), True),  # open on the first
        (None, date(2016, 8, 1), False),  # the first day on which it is no more
        (None, date(2016, 9, 1), True),
        (date(2016, 8, 10), date(2016, 8, 20), True),
    ],
)
def test_a_unit_is_open_in_a_month_of_which_it_was_open_on_any_day(opened, closed, is_open):
    assert Opening(opened, closed).is_open(AUGUST, AS_AT) is is_open


def test_in_a_month_that_is_not_over_only_the_days_covered_count():
    opening = Opening(date(2016, 9, 20))
    assert not opening.is_open(SEPTEMBER, date(2016, 9, 19))
    assert opening.is_open(SEPTEMBER, date(2016, 9, 20))


def test_a_chart_shows_each_month_of_the_unit_that_was_in_charge():
    months = Period(2016, 9).run_up(9)
    shown = [one.scope.unit_id for one in run_of(CHAIN, Scope("U7"), months)]
    assert shown == ["U1"] * 2 + ["U3"] * 5 + ["U7"] * 2
    assert [one.period for one in run_of(CHAIN, Scope("U7"), months)] == months


def test_a_unit_that_continues_none_stands_alone():
    assert {in_charge(CHAIN, "U1", month) for month in (Period(2015, 1), SEPTEMBER)} == {"U1"}
    assert {in_charge(CHAIN, one, JULY) for one in (None, "*", "X")} == {None, "*", "X"}


def test_where_only_the_older_unit_s_end_is_known_the_new_one_begins_with_its_month():
    openings: Openings = {"A": Opening(None, date(2016, 8, 15)), "B": Opening(continues="A")}
    assert changes_of(openings, "B") == [("B", AUGUST)]


def test_where_no_day_is_known_or_no_unit_nothing_is_joined():
    openings: Openings = {
        "A": Opening(),
        "B": Opening(continues="A"),
        "C": Opening(AS_AT, None, "gone"),
    }
    assert (changes_of(openings, "B"), changes_of(openings, "C")) == ([], [])


@pytest.mark.parametrize("ids", ["A", "AB", "ABC"])
def test_a_circle_that_no_load_checked_comes_to_an_end(ids):
    openings: Openings = {
        one: Opening(date(2016, 8 - at, 1), None, ids[(at + 1) % len(ids)])
        for at, one in enumerate(ids)
    }
    months = [month for _, month in changes_of(openings, "A")]
    assert all(older < newer for newer, older in pairwise(months))
    assert in_charge(openings, "A", Period(2010, 1)) in ids


def begins(**decided: Period) -> set[Period]:
    def notes_on(view):
        month = decided.get(str(view.scope.unit_id))
        at = datetime(2016, 10, 1, tzinfo=UTC)
        return (
            [Note("1", NoteKind.NEW_LIMITS, month.start, "Said", "Ann", at)] if month else []
        ) + [Note("2", NoteKind.WORDS, JULY.start, "Words", "Ann", at)]

    return set(limits_begin(CHAIN, View(SEPTEMBER, Scope("U7")), notes_on))


def test_limits_begin_anew_with_each_change():
    assert begins() == {AUGUST, Period(2016, 3)}


def test_what_was_decided_of_an_older_unit_holds_while_it_was_in_charge():
    assert begins(U3=Period(2016, 5)) == {AUGUST, Period(2016, 3), Period(2016, 5)}
    assert begins(U3=SEPTEMBER) == {AUGUST, Period(2016, 3)}


def test_limits_run_on_where_somebody_has_them_begin_with_an_earlier_month():
    assert begins(U7=Period(2016, 5)) == {Period(2016, 5), Period(2016, 3)}
    assert begins(U7=Period(2016, 1)) == {Period(2016, 1)}


def test_new_limits_after_the_change_are_added_to_it():
    assert begins(U7=SEPTEMBER) == {SEPTEMBER, AUGUST, Period(2016, 3)}
