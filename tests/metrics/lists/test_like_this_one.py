"""Which closed cases are like one that goes on, by a plain count; whom chance draws of them."""

from datetime import date, timedelta
from hashlib import md5
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.schema import status_run
from data_access.viewer import Viewer
from metrics.lists.like_this_one import LikeThisOne, like_this_one
from metrics.model import Tally
from tests.draws import draws
from tests.metrics.coming_back.plain import is_case, last_known
from tests.metrics.coming_back.test_re_referred_after_closure import back_on, is_left_out
from tests.metrics.plain_runs import plain_runs
from tests.worlds import AS_AT, Row, World, basis, loaded, worked_out

ME = "Me"
BEGAN, A_YEAR_AGO, DAY = date(2016, 3, 1), date(2015, 10, 14), timedelta(1)
EVERY_UNIT = frozenset({"*"})
SEED = "45c3d61c"
OTHERS = [f"Kid{number}" for number in range(7)]
# Seven on the day on which a plan begins, a day before it, on 1 March though born on a leap day.
BIRTHS = [date(2009, 3, 1), date(2009, 2, 28), date(2008, 2, 29), date(2008, 3, 2), None]
CLOSINGS = [A_YEAR_AGO, A_YEAR_AGO, A_YEAR_AGO + DAY, A_YEAR_AGO - DAY, date(2015, 7, 1), None]
RECEIVED = [date(2014, 9, 1), date(2015, 1, 5), date(2015, 3, 1), date(2015, 10, 20)]
BEGUN = [date(2015, 2, 28), date(2015, 3, 1), date(2015, 3, 2), date(2015, 10, 21), BEGAN]


def viewer(units: frozenset[str] = EVERY_UNIT, **said: Any) -> Viewer:
    return Viewer("The room", units, **said)


def me(world: World, born_on: date | None = date(2008, 9, 1), need: str | None = "N1") -> World:
    """A child of seven who came to a child in need plan and is on it still."""
    world.add("child", child_id=ME, born_on=born_on, family_id="FAM", restricted=False)
    referral = {"child_id": ME, "received_on": date(2016, 2, 1), "primary_need": need}
    world.add("referral", **referral)
    world.add("plan", child_id=ME, kind="CIN", started_on=BEGAN)
    return led(world, ME, "U1", BEGAN)


def led(world: World, child_id: str, unit_id: str | None, since: date) -> World:
    held = {"unit_id": unit_id, "lead": True, "started_on": since}
    return world.add("allocation", child_id=child_id, worker_id="Ann", **held)


def alike(world: World, child_id: str, unit_id: str = "U1", **child: Any) -> World:
    """A closed case like mine, with a year after it."""
    known = {"born_on": date(2007, 9, 1), "family_id": None, "restricted": False} | child
    world.add("child", child_id=child_id, **known)
    world.add(
        "referral",
        child_id=child_id,
        received_on=date(2015, 1, 5),
        closed_on=date(2015, 9, 1),
        primary_need="N1",
    )
    spell = {"started_on": date(2015, 2, 2), "ended_on": date(2015, 8, 3)}
    world.add("plan", child_id=child_id, kind="CIN", **spell)
    led(world, child_id, unit_id, date(2015, 1, 5))
    world.rows["allocation"][-1]["ended_on"] = date(2015, 9, 1)
    return world


@st.composite
def councils(draw) -> World:
    """Mine, and children some of whom had a case like it; chance moves each by a day or a code."""
    world = me(World())
    for child_id in OTHERS:
        family = draw(st.sampled_from(["FAM", None, "OTHER", None, None]))
        restricted = draw(st.sampled_from([True, False, False, False]))
        born = draw(st.sampled_from(BIRTHS))
        known = {"born_on": born, "family_id": family, "restricted": restricted}
        world.add("child", child_id=child_id, **known)
        for number in range(draw(st.sampled_from([1, 1, 2]))):
            _case(draw, world, child_id, number)
        for _ in range(draw(st.sampled_from([0, 1, 1, 2]))):
            led(world, child_id, draw(st.sampled_from(["U1", "U2", None])), date(2015, 3, 1))
    return world


def _case(draw, world: World, child_id: str, number: int) -> None:
    received = draw(st.sampled_from(RECEIVED))
    closed = draw(st.sampled_from(CLOSINGS))
    closed = closed if closed is None or closed >= received else None
    world.add(
        "referral",
        child_id=child_id,
        received_on=received,
        closed_on=closed,
        primary_need=draw(st.sampled_from(["N1", "N1", "N1", "N2", "N0", None])),
        no_further_action=draw(st.sampled_from([False, None, None, True])),
        closure_reason=draw(st.sampled_from(["RC7", "RC1", None])),
    )
    for _ in range(draw(st.sampled_from([1, 1, 2]))):
        begun = draw(st.sampled_from(BEGUN))
        ended = draw(st.sampled_from([begun + timedelta(60), closed, None]))
        world.add(
            "plan",
            child_id=child_id,
            kind=draw(st.sampled_from(["CIN", "CIN", "CP"])),
            started_on=begun,
            ended_on=ended if ended is None or ended > begun else None,
        )


def age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def band(born: date | None, day: date) -> str | None:
    if born is None:
        return None
    years = age(born, day)
    return next(name for below, name in BANDS if years < below)


BANDS = ((1, "under 1"), (7, "1 to 6"), (12, "7 to 11"), (999, "older"))


def case_of(world: World, child_id: str, day: date) -> Row | None:
    """The case open on the day that was received last."""
    open_then = [
        row
        for row in world.of("referral")
        if row["child_id"] == child_id
        and is_case(row)
        and row["received_on"] <= day < (row["closed_on"] or date.max)
    ]
    return max(open_then, key=lambda row: (row["received_on"], row["referral_id"]), default=None)


def goes_on(world: World, case: Row) -> bool:
    return any(
        other["child_id"] == case["child_id"]
        and other["referral_id"] != case["referral_id"]
        and is_case(other)
        and other["received_on"] < case["closed_on"] < last_known(other)
        for other in world.of("referral")
    )


def expected(world: World) -> dict[str, Row]:
    """By child the closed case that is like mine, of those that the room may know of."""
    found: dict[str, Row] = {}
    for kid in world.of("child"):
        if kid["child_id"] == ME or kid["restricted"] or kid["family_id"] == "FAM":
            continue
        for level, start, _ in plain_runs(world, kid["child_id"])[0]:
            case = case_of(world, kid["child_id"], start)
            if level != "CIN" or case is None or case["primary_need"] != "N1":
                continue
            is_over = case["closed_on"] is not None and case["closed_on"] <= A_YEAR_AGO
            if not is_over or goes_on(world, case) or band(kid["born_on"], start) != "7 to 11":
                continue
            other = found.get(kid["child_id"])
            key = lambda row: (row["closed_on"], row["referral_id"])  # noqa: E731
            if other is None or key(case) > key(other):
                found[kid["child_id"]] = case
    return found


def of_unit(world: World, unit_id: str, found: dict[str, Row]) -> dict[str, Row]:
    own = {row["child_id"] for row in world.of("allocation") if row["unit_id"] == unit_id}
    return {child_id: case for child_id, case in found.items() if child_id in own}


def first_by_lot(ids, seed: str = SEED, number: int = 10) -> list[str]:
    return sorted(ids, key=lambda id: md5(f"{seed}{id}".encode()).hexdigest())[:number]


@pytest.fixture
def asked(shared_engine):
    """What is found over a world."""

    def like(world: World, of: Viewer | None = None, seed: str = SEED, fewest=1) -> LikeThisOne:
        with loaded(shared_engine, world, only_for=[status_run]) as engine:
            return like_this_one(engine, of or viewer(), ME, seed, basis(), fewest)

    return like


def ids(found: LikeThisOne) -> set[str]:
    return {one.child_id for one in found.courses}


@draws(20)
@given(world=councils())
def test_who_is_alike_is_whom_a_plain_count_finds(shared_engine, world):
    every = expected(world)
    with loaded(shared_engine, world, only_for=[status_run]) as engine:
        found_in = {
            units: like_this_one(engine, viewer(units), ME, SEED, basis(), 1)
            for units in (EVERY_UNIT, frozenset({"U1"}))
        }
    for units, found in found_in.items():
        cases = every if units == EVERY_UNIT else of_unit(world, "U1", every)
        could = [case for case in cases.values() if not is_left_out(world, case)]
        back = [case for case in could if back_on(world, case)]
        assert (ids(found), found.alike) == (set(cases), len(cases))
        assert found.back == Tally(len(back), len(could))


@draws(10)
@given(world=councils())
def test_each_course_is_the_child_s_levels_day_by_day_within_the_case(shared_engine, world):
    with loaded(shared_engine, world, only_for=[status_run]) as engine:
        found = like_this_one(engine, viewer(), ME, SEED, basis(), 1)
    cases = expected(world)
    for one in found.courses:
        case, runs = cases[one.child_id], plain_runs(world, one.child_id)[0]
        came_on = case["closed_on"] - timedelta(one.closed or 0)
        within = _days(case["received_on"], case["closed_on"])
        levels = {(day - came_on).days: _level(runs, day) for day in within}
        drawn = {day: part.level for part in one.levels for day in range(part.first, part.end)}
        assert drawn == {day: level for day, level in levels.items() if level != "none"}
        assert _level(runs, came_on) == "CIN" != _level(runs, came_on - DAY)
        back = back_on(world, case)
        assert one.back == ((back - came_on).days if back else None)


def _days(first: date, end: date) -> list[date]:
    return [first + timedelta(n) for n in range((end - first).days)]


def _level(runs, day: date) -> str:
    return next(level for level, start, end in runs if start <= day < (end or date.max))


def fourteen(restricted: int = 0) -> World:
    world = me(World())
    for number in range(14):
        alike(world, f"Kid{number:02}", restricted=number < restricted)
    return world


def test_the_same_seed_draws_the_same_ten_and_another_seed_others(asked):
    everybody = [f"Kid{number:02}" for number in range(14)]
    for seed in (SEED, "another"):
        found = asked(fourteen(), seed=seed)
        assert (ids(found), found.alike) == ({*first_by_lot(everybody, seed)}, 14)
    assert {*first_by_lot(everybody)} != {*first_by_lot(everybody, "another")}


def test_one_case_more_takes_the_place_of_one_at_most(asked):
    before = ids(asked(fourteen()))
    assert len(before - ids(asked(alike(fourteen(), "Newcomer")))) <= 1


def test_a_restricted_record_is_neither_drawn_nor_counted(asked):
    found = asked(fourteen(restricted=3))
    assert found.alike == 11
    assert found.back.denominator == 11
    assert not ids(found) & {"Kid00", "Kid01", "Kid02"}


def test_who_may_see_one_unit_is_shown_and_told_of_cases_of_that_unit_alone(asked):
    world = alike(alike(me(World()), "Kit"), "Lou", unit_id="U2")
    assert ids(asked(world)) == {"Kit", "Lou"}
    found = asked(world, viewer(frozenset({"U1"})))
    assert (ids(found), found.alike, found.back) == ({"Kit"}, 1, Tally(0, 1))


def test_of_fewer_than_may_be_told_none_is_read_and_none_counted(asked):
    shown: list[str] = []
    world = alike(alike(me(World()), "Kit"), "Lou")
    found = asked(world, viewer(witness=shown.extend), fewest=3)
    assert (found.alike, found.back, found.courses) == (0, Tally(0, 0), ())
    assert set(shown) == {ME}


def test_all_who_are_shown_are_written_down_first_and_nobody_else(asked):
    shown: list[str] = []
    found = asked(fourteen(), viewer(witness=shown.extend))
    assert set(shown) == {ME, *ids(found)}


def test_where_the_event_cannot_be_written_nobody_is_shown(asked):
    def broken(_children):
        raise OSError("the audit is full")

    with pytest.raises(OSError, match="full"):
        asked(fourteen(), viewer(witness=broken))


def test_brothers_and_sisters_are_not_set_beside_the_child(asked):
    world = alike(alike(me(World()), "Kit"), "Sister", family_id="FAM")
    assert ids(asked(world)) == {"Kit"}


def test_the_case_itself_goes_on_until_the_data_end(asked):
    own = asked(me(World())).own
    assert own is not None
    assert (own.closed, own.back) == (None, None)
    assert own.levels[-1] == ("CIN", 0, (AS_AT + DAY - BEGAN).days)


@pytest.mark.parametrize("need", ["N0", None])
def test_a_case_without_a_need_is_like_none(asked, need):
    found = asked(alike(me(World(), need=need), "Kit"))
    assert (found.cell, found.courses) == (None, ())
    assert found.own is not None


def test_a_case_without_a_date_of_birth_is_like_none(asked):
    assert asked(alike(me(World(), born_on=None), "Kit")).cell is None


def test_a_child_without_an_open_case_has_nothing_to_set_others_beside(asked):
    world = alike(me(World()), "Kit")
    world.rows["referral"][0]["closed_on"] = world.rows["plan"][0]["ended_on"] = AS_AT
    assert asked(world) == LikeThisOne()


def test_a_case_of_which_a_year_is_not_known_yet_is_not_drawn(asked):
    world = alike(alike(me(World()), "Kit"), "Lou")
    world.rows["referral"][1]["closed_on"] = A_YEAR_AGO
    world.rows["referral"][2]["closed_on"] = A_YEAR_AGO + DAY
    assert ids(asked(world)) == {"Kit"}


def test_nobody_is_shown_to_one_who_sees_own_children_only(shared_engine):
    own = viewer(frozenset({"U1"}), own_children="Ann")
    with worked_out(shared_engine, fourteen()) as engine:
        assert like_this_one(engine, own, ME, SEED, basis(), 1).courses == ()
