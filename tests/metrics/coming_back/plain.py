"""Who comes back, in plain Python, and worlds in which children do: days about a year apart."""

from datetime import date, timedelta

from hypothesis import strategies as st

from metrics.model import months_before
from tests.worlds import AS_AT, CHILDREN, UNITS, WORKERS, Row, World, many

NEVER = date(9999, 12, 31)
# Closings and referrals a year apart, a day more and less; about leap days; at ends of months.
LATER = [
    date(2016, month, day)
    for month, day in ((2, 28), (2, 29), (3, 1), (4, 30), (8, 31), (9, 1), (9, 30), (10, 14))
]
EARLIER = sorted(
    {months_before(day, 12) + timedelta(n) for day in LATER for n in (-1, 0, 1)}
    | {months_before(day, 24) for day in LATER}
)
days = st.sampled_from([*EARLIER, *LATER, *LATER, *LATER])
REASONS = ["RC1", "RC2", "RC5", "RC6", "RC7", "RC7", "RC8", "RC9", None, None]
# 18 on the last day of a follow-up, a day later, and long before.
BIRTHS = [date(1998, 8, 31), date(1998, 9, 1), date(1998, 9, 2), date(1998, 2, 28), None, None]


@st.composite
def children_who_come_back(draw) -> World:
    """Children referred, closed and referred again about a year later, with leads about then."""
    world = World()
    for unit_id in UNITS:
        world.add("unit", unit_id=unit_id, name=f"Team {unit_id}", kind="segmented")
    for child_id in CHILDREN:
        born = draw(st.sampled_from(BIRTHS))
        world.add("child", child_id=child_id, born_on=born, restricted=False)
    for row in draw(many("referral", 6, **_referral())):
        world.add("referral", **row, closed_on=_closed(draw, row))
    ends = [row["closed_on"] for row in world.rows["referral"] if row["closed_on"]]
    near = [day + timedelta(n) for day in ends for n in (-1, 0, 1)]
    starts = [row["received_on"] for row in world.rows["referral"]]
    late = [day + timedelta(n) for day in starts for n in (0, 1, 27, 28, 29)]
    begun = st.sampled_from([*EARLIER, *LATER, *late])
    ended = st.sampled_from([*LATER, *near, None, None, None])
    for row in draw(many("allocation", 5, **_allocation(begun, ended))):
        if row["ended_on"] is None or row["ended_on"] >= row["started_on"]:
            world.add("allocation", **row)
    return world


def _referral() -> dict[str, st.SearchStrategy]:
    return {
        "child_id": st.sampled_from(CHILDREN),
        "received_on": days,
        "no_further_action": st.sampled_from([False, False, None, True]),
        "closure_reason": st.sampled_from(REASONS),
    }


def _closed(draw, row: Row) -> date | None:
    after = [day for day in (*EARLIER, *LATER) if day >= row["received_on"]]
    # Some close after the data's last day: that is not known yet.
    return draw(st.sampled_from([*after, *after, row["received_on"], date(2016, 10, 20), None]))


def _allocation(begun: st.SearchStrategy, ended: st.SearchStrategy) -> dict:
    return {
        "child_id": st.sampled_from(CHILDREN),
        "worker_id": st.sampled_from([*WORKERS, None]),
        "unit_id": st.sampled_from([*UNITS, *UNITS, None]),
        "lead": st.sampled_from([True, True, True, False]),
        "started_on": begun,
        "ended_on": ended,
    }


def year_before(day: date) -> date:
    """The same day of the year before; 28 February of 29 February."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(day.year - 1, day.month, 28 if is_leap_day else day.day)


def is_case(referral: Row) -> bool:
    return referral["no_further_action"] is not True


def last_known(referral: Row) -> date:
    """The day of its closing; a day that is still to come is none."""
    closed = referral["closed_on"]
    return closed if closed and closed <= AS_AT else NEVER


def leads_then(world: World, child: str, day: date, or_ended_then: bool = False) -> list[Row]:
    """The child's lead allocations on the day, the one that counts last."""
    found = [
        row
        for row in world.of("allocation")
        if row["child_id"] == child
        and row["lead"]
        and row["started_on"] <= day
        and (row["ended_on"] or NEVER) > (day - timedelta(1) if or_ended_then else day)
    ]
    return sorted(found, key=lambda row: (row["started_on"], row["allocation_id"]))
