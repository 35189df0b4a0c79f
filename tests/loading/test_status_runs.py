"""Settled runs, against a look at each day and runs that settle as they are read aloud."""

from datetime import date, timedelta
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from data_access.database import read
from data_access.schema import change_taken_back, status_run
from tests.draws import draws
from tests.metrics.plain_runs import plain_runs
from tests.worlds import CHILDREN, World, loaded

PLANS = ("CIN", "CP", "CLA")
FIRST = date(2016, 4, 1)
# Lengths about the seven days within which a change is taken back.
LENGTHS = st.sampled_from([0, 1, 2, 5, 6, 7, 8, 30])


@st.composite
def moving(draw) -> World:
    """Children whose plans follow each other by days, over referrals that begin and end near."""
    world = World()
    for child_id in CHILDREN:
        world.add("child", child_id=child_id, name=child_id, restricted=False)
        day = FIRST
        for _ in range(draw(st.integers(1, 7))):
            started_on = day + timedelta(draw(st.sampled_from([0, 0, 0, 1, 3, 7])))
            day = started_on + timedelta(draw(LENGTHS))
            ended_on = None if draw(st.integers(0, 9)) == 0 else day
            kind = draw(st.sampled_from(PLANS))
            world.add(
                "plan", child_id=child_id, kind=kind, started_on=started_on, ended_on=ended_on
            )
        for _ in range(draw(st.integers(0, 2))):
            received_on = FIRST + timedelta(draw(st.sampled_from([-30, -3, 0, 6, 20, 45])))
            closed_on = draw(
                st.sampled_from([None, None, FIRST + timedelta(50), date(2016, 12, 1)])
            )
            world.add(
                "referral", child_id=child_id, received_on=received_on, closed_on=closed_on,
                no_further_action=draw(st.sampled_from([False, None, True])),
            )  # fmt: skip
    return world


def found_in(engine, world: World, table=status_run) -> dict[str, list[tuple]]:
    in_order = select(table).order_by(table.c.child_id, table.c.started_on)
    with loaded(engine, world) as loaded_engine:
        rows = read(loaded_engine, in_order)
    return {
        child_id: [(row.level, row.started_on, row.ended_on) for row in of_child]
        for child_id, of_child in groupby(rows, key=lambda row: row.child_id)
    }


@draws(30)
@given(world=moving())
def test_settled_runs_agree_with_a_look_at_each_day(shared_engine, world):
    found, back = (found_in(shared_engine, world, t) for t in (status_run, change_taken_back))
    for child_id in CHILDREN:
        kept, taken_back = plain_runs(world, child_id)
        assert found.get(child_id, []) == [one for one in kept if one[0] != "none"]
        assert sorted(back.get(child_id, [])) == sorted(taken_back)


def planned(
    *spells: tuple[str, int, int | None], referred: int | None = None, closed: int | None = None
) -> World:
    """A child with plans from so many days after 1 April until so many; a case as well."""
    world = World()
    world.add("child", child_id="Kit", name="Kit", restricted=False)
    for kind, start, end in spells:
        ended_on = None if end is None else FIRST + timedelta(end)
        started_on = FIRST + timedelta(start)
        world.add("plan", child_id="Kit", kind=kind, started_on=started_on, ended_on=ended_on)
    if referred is not None:
        world.add(
            "referral", child_id="Kit", received_on=FIRST + timedelta(referred),
            closed_on=None if closed is None else FIRST + timedelta(closed),
            no_further_action=False,
        )  # fmt: skip
    return world


def levels(engine, world: World) -> list[tuple[str, int, int | None]]:
    """The settled runs in days after 1 April."""
    return [
        (level, (start - FIRST).days, end and (end - FIRST).days)
        for level, start, end in found_in(engine, world).get("Kit", [])
    ]


@pytest.mark.parametrize(
    ("world", "expected"),
    [
        (planned(("CP", 0, 40), ("CP", 41, None)), [("CP", 0, None)]),
        (
            planned(("CP", 0, 40), ("CIN", 44, None), referred=0),
            [("CP", 0, 44), ("CIN", 44, None)],
        ),
        # Between two plans of which nobody opened a case: those days are of no level.
        (planned(("CP", 0, 40), ("CIN", 44, None)), [("CP", 0, 40), ("CIN", 44, None)]),
        (planned(("CP", 0, 40), ("CIN", 40, 46), ("CP", 46, None)), [("CP", 0, None)]),
        (
            planned(("CP", 0, 40), ("CIN", 40, 47), ("CP", 47, None)),
            [("CP", 0, 40), ("CIN", 40, 47), ("CP", 47, None)],
        ),
        # Six nights in care and back.
        (planned(("CIN", 0, None), ("CLA", 40, 46)), [("CIN", 0, None)]),
        # The last run stands however short: nobody knows yet how long it will be.
        (planned(("CIN", 0, 40), ("CP", 194, None)), [("CIN", 0, 40), ("CP", 194, None)]),
        (
            planned(("CIN", 0, 40), ("CP", 44, 47), referred=0),
            [("CIN", 0, 44), ("CP", 44, 47), ("open", 47, None)],
        ),
        # The case was closed with the plan, and that written up six days late; seven are a level.
        (planned(("CP", 0, 40), referred=0, closed=46), [("CP", 0, 40)]),
        (planned(("CP", 0, 40), referred=0, closed=47), [("CP", 0, 40), ("open", 40, 47)]),
        # And when the plan begins again the day after, nothing had ended.
        (
            planned(("CP", 0, 40), ("CP", 45, None), referred=0, closed=44),
            [("CP", 0, None)],
        ),
    ],
    ids=["restarts next day", "written up late", "no case between", "six days", "seven days",
         "six nights in care", "began two days ago",
         "ended in three days", "closed late", "closed after seven", "closed and back"],
)  # fmt: skip
def test_a_change_that_is_taken_back_within_seven_days_is_none(shared_engine, world, expected):
    assert levels(shared_engine, world) == expected


def test_a_case_that_was_closed_late_is_no_change_that_was_taken_back(shared_engine):
    world = planned(("CP", 0, 40), referred=0, closed=46)
    assert found_in(shared_engine, world, change_taken_back) == {}
