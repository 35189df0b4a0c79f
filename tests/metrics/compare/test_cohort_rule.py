"""Who enters which cohort, and the time to each outcome: over worlds on both engines."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import Engine

from data_access.database import read
from data_access.schema import status_run
from metrics.compare.entries import Entry, as_first_placed, entries, led_referrals
from metrics.compare.outcomes import (
    OUTCOMES,
    Known,
    follow,
    followed,
    referrals_known,
    settled_runs,
)
from tests.worlds import AS_AT, World, loaded

OWN, OTHER = {"U1", "U3"}, {"U2"}
FROM = date(2015, 3, 1)


@contextmanager
def told(engine: Engine, world: World) -> Iterator[tuple[list[Entry], Known]]:
    """The entries to OWN and OTHER, and what is known."""
    with loaded(engine, world, only_for=[status_run]) as database:
        by_child: list[dict[str, list]] = [defaultdict(list), defaultdict(list)]
        for of, query in zip(by_child, (settled_runs(AS_AT), referrals_known(AS_AT)), strict=True):
            for row in read(database, query):
                of[row.child_id].append(row)
        yield (
            list(entries(read(database, led_referrals(AS_AT)), OWN, OTHER)),
            Known(AS_AT, *by_child),
        )


def world(**units_opened: date) -> World:
    made = World()
    for unit_id in ("U1", "U2", "U3", "U4"):
        opened = units_opened.get(unit_id)
        made.add("unit", unit_id=unit_id, name=unit_id, kind="segmented", opened_on=opened)
    # Whoever has a plan makes the tests' world derive its runs.
    return made.add("plan", child_id="nobody", kind="CIN", started_on=FROM)


def referred(made: World, child_id: str, closed: date | None = None, **row) -> World:
    made.add(
        "child",
        child_id=child_id,
        restricted=False,
        **{key: row.pop(key) for key in ("born_on", "family_id") if key in row},
    )
    received = {"referral_id": f"R-{child_id}", "received_on": FROM, "no_further_action": False}
    return made.add("referral", child_id=child_id, closed_on=closed, **(received | row))


def led(made: World, child_id: str, unit_id: str, start: date, end: date | None = None, **row):
    named = {"lead": True} | row
    return made.add(
        "allocation", child_id=child_id, unit_id=unit_id, started_on=start, ended_on=end, **named
    )


def test_the_first_lead_of_either_set_is_the_entry_and_once_a_referral(shared_engine):
    made = referred(world(), "Kit", family_id="F")
    led(made, "Kit", "U4", date(2015, 3, 1), date(2015, 3, 9))
    led(made, "Kit", "U2", date(2015, 3, 5), lead=False)
    led(made, "Kit", "U1", date(2015, 3, 9), date(2015, 5, 1))
    led(made, "Kit", "U3", date(2015, 5, 1), date(2015, 6, 1))
    led(made, "Kit", "U2", date(2015, 6, 1), date(2015, 7, 1))
    led(made, "Kit", "U1", date(2015, 7, 1))
    with told(shared_engine, made) as (found, _):
        (one,) = found
    assert (one.unit_id, one.entered_on, one.family_id) == ("U1", date(2015, 3, 9), "F")
    # U3 is of the same set; U2 is not, and what comes after is the set's no more.
    assert one.moved_on == date(2015, 6, 1)
    assert as_first_placed(found)[0].moved_on is None


def test_who_was_led_already_enters_with_the_referral(shared_engine):
    made = referred(world(), "Kit", closed=date(2015, 4, 1))
    led(made, "Kit", "U1", date(2014, 1, 1))
    with told(shared_engine, made) as (found, _):
        assert [one.entered_on for one in found] == [FROM]


def test_what_opened_no_case_or_had_no_lead_within_it_is_no_entry(shared_engine):
    made = referred(world(), "Kit", no_further_action=True)
    led(made, "Kit", "U1", FROM)
    led(referred(made, "Lou", closed=date(2015, 4, 1)), "Lou", "U1", date(2015, 4, 1))
    led(referred(made, "Mo"), "Mo", "U1", date(2015, 4, 1), date(2015, 4, 1))
    led(referred(made, "Nic"), "Nic", "U1", date(2016, 10, 15))
    led(referred(made, "Ola"), "Ola", "U1", FROM, referral_id="another")
    led(made, "Ola", "U4", FROM, referral_id="R-Ola")
    led(referred(made, "Pat"), "Pat", "U4", FROM)
    with told(shared_engine, made) as (found, _):
        assert found == []


def test_a_case_that_no_lead_names_yet_is_entered_by_the_lead_of_another(shared_engine):
    made = referred(world(), "Kit", referral_id="before", received_on=date(2015, 1, 5))
    made.add(
        "referral", child_id="Kit", referral_id="after", received_on=FROM, no_further_action=False
    )
    led(made, "Kit", "U1", date(2015, 1, 9), referral_id="before")
    led(made, "Kit", "U2", date(2015, 6, 1), referral_id="after")
    with told(shared_engine, made) as (found, _):
        entered = {one.referral_id: (one.unit_id, one.entered_on, one.moved_on) for one in found}
    # The lead that names the second is of that one alone.
    assert entered == {
        "before": ("U1", date(2015, 1, 9), None),
        "after": ("U1", FROM, date(2015, 6, 1)),
    }


def test_cases_older_than_their_unit_are_not_followed(shared_engine):
    made = referred(world(U1=date(2015, 3, 2), U2=FROM), "Kit")
    led(made, "Kit", "U1", date(2015, 3, 9))
    led(referred(made, "Lou"), "Lou", "U2", date(2015, 3, 9))
    with told(shared_engine, made) as (found, known):
        assert {one.child_id: one.is_legacy for one in found} == {"Kit": True, "Lou": False}
        cases = followed(OUTCOMES["closed"], found, known)
        assert [one.case.child_id for one in cases] == ["Lou"]


def seen(engine: Engine, made: World, outcome: str) -> dict:
    """Of each child that is followed, the day of the outcome or the last and why."""
    with told(engine, made) as (found, known):
        cases = followed(OUTCOMES[outcome], found, known)
    return {
        one.case.child_id: one.case.happened_on or (one.case.seen_to, one.last_seen)
        for one in cases
    }


def test_closing_counts_but_for_ends_that_are_no_outcome(shared_engine):
    made = world()
    for child_id, reason, born in (
        ("adopted", "RC1", None),
        ("died", "RC2", None),
        ("moved", "RC5", None),
        ("grown", "RC7", date(1998, 1, 1)),
        ("ended", "RC7", date(1997, 4, 2)),
        ("older", "RC7", date(1997, 2, 28)),
    ):
        closed = date(2016, 2, 1) if child_id == "grown" else date(2015, 4, 2)
        referred(made, child_id, closed, closure_reason=reason, born_on=born)
        led(made, child_id, "U1", FROM)
    led(referred(made, "open"), "open", "U1", FROM)
    led(led(referred(made, "other"), "other", "U1", FROM), "other", "U2", date(2015, 8, 1))
    assert seen(shared_engine, made, "closed") == {
        "adopted": date(2015, 4, 2),
        "died": (date(2015, 4, 2), "died"),
        "moved": (date(2015, 4, 2), "another authority"),
        "grown": (date(2016, 1, 1), "18"),
        "ended": date(2015, 4, 2),
        "open": (AS_AT, "end of data"),
        "other": (date(2015, 8, 1), "another unit"),
    }


def test_an_outcome_under_another_unit_is_none_of_this_set_s(shared_engine):
    made = world()
    for child_id, moved in (("before", date(2015, 7, 31)), ("on_the_day", date(2015, 8, 1))):
        referred(made, child_id, date(2015, 8, 1), closure_reason="RC7")
        led(led(made, child_id, "U1", FROM, moved), child_id, "U2", moved)
    # What leads from the day of closing on is no part of the case.
    assert seen(shared_engine, made, "closed") == {
        "before": (date(2015, 7, 31), "another unit"),
        "on_the_day": date(2015, 8, 1),
    }


def on_plan(made: World, child_id: str, kind: str, start: date, end: date | None = None) -> World:
    return made.add("plan", child_id=child_id, kind=kind, started_on=start, ended_on=end)


def levels() -> World:
    made, mid = world(), date(2015, 6, 1)
    for child_id in ("care", "down", "left", "held", "back", "up"):
        led(referred(made, child_id, date(2016, 1, 1), closure_reason="RC7"), child_id, "U1", FROM)
    on_plan(on_plan(made, "care", "CIN", FROM, mid), "care", "CLA", mid)
    on_plan(on_plan(made, "down", "CP", FROM, mid), "down", "CIN", mid)
    on_plan(made, "left", "CP", FROM, mid)
    on_plan(made, "held", "CLA", FROM, mid)
    # Taken back on the next day: it settles, and nothing moved.
    on_plan(on_plan(made, "back", "CP", FROM, mid), "back", "CP", date(2015, 6, 2))
    return on_plan(on_plan(made, "up", "CIN", FROM, mid), "up", "CP", mid)


def test_a_step_down_is_the_first_settled_move_to_a_lower_level(shared_engine):
    closed = (date(2016, 1, 1), "closed")
    assert seen(shared_engine, levels(), "stepped_down") == {
        "care": closed,
        "down": date(2015, 6, 1),
        "left": date(2015, 6, 1),
        "held": closed,
        "back": closed,
        "up": closed,
    }


def test_who_is_in_care_already_can_not_come_into_it(shared_engine):
    found = seen(shared_engine, levels(), "to_care")
    assert "held" not in found
    assert found.pop("care") == date(2015, 6, 1)
    assert set(found.values()) == {(date(2016, 1, 1), "closed")}


def test_coming_back_is_followed_from_closing_of_who_could(shared_engine):
    made, closed = world(), date(2015, 9, 1)
    for child_id, reason in (
        ("back", "RC7"), ("same", "RC7"), ("away", "RC7"), ("gone", "RC1"), ("both", "RC7"),
    ):  # fmt: skip
        led(referred(made, child_id, closed, closure_reason=reason), child_id, "U1", FROM, closed)
    led(referred(made, "open"), "open", "U1", FROM)
    for child_id, day in (
        ("back", date(2016, 3, 1)), ("same", closed), ("both", date(2015, 8, 31)),
    ):  # fmt: skip
        made.add("referral", child_id=child_id, received_on=day, no_further_action=False)
    assert seen(shared_engine, made, "re_referred") == {
        "back": date(2016, 3, 1),
        "same": closed,
        "away": (AS_AT, "end of data"),
    }
    with told(shared_engine, made) as (found, known):
        back = next(one for one in found if one.child_id == "back")
        case = follow(OUTCOMES["re_referred"], back, known)
    assert case is not None and case.case.lasted == 182


@pytest.mark.parametrize(
    ("born_on", "need", "expected"),
    [
        (date(2015, 6, 1), "N1", ("N1", "CP", "unborn to 0")),
        (date(2014, 3, 2), "N1", ("N1", "CP", "unborn to 0")),
        (date(2014, 3, 1), "N1", ("N1", "CP", "1 to 6")),
        (date(2008, 3, 1), "N4", ("N4", "CP", "7 to 11")),
        (date(2003, 3, 1), "N4", ("N4", "CP", "12 and over")),
        (None, "N4", None),
        (date(2003, 3, 1), "N0", None),
        (date(2003, 3, 1), None, None),
    ],
)
def test_a_cell_is_need_level_and_age_on_the_day_of_entry(shared_engine, born_on, need, expected):
    made = referred(world(), "Kit", born_on=born_on, primary_need=need)
    on_plan(led(made, "Kit", "U1", FROM), "Kit", "CP", FROM)
    with told(shared_engine, made) as (found, known):
        (case,) = followed(OUTCOMES["closed"], found, known)
    assert case.case.cell == expected
