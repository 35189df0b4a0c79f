"""What metrics of transfers share: the derived transfers with the units' names, and what they say
of themselves.
"""

from sqlalchemy import ColumnElement, Select, Subquery, case, func, literal, select

from data_access.schema import allocation, calendar_day, transfer, unit
from metrics.explore.offered import BY_AGE, BY_WORKER
from metrics.model import (
    Basis,
    Beside,
    Companion,
    Cut,
    Measure,
    Metric,
    Months,
    Need,
    Polarity,
    Rows,
    Words,
)

FRONT_DOOR = "front_door"
# Without these nobody can see one allocation follow another.
HISTORY_NEEDS = (
    Need("allocation"),
    Need("allocation", "started_on"),
    Need(
        "allocation",
        "ended_on",
        says="No allocation has ended in what was loaded, so nobody can see one follow another:"
        " add allocation.csv with those that have an ended_on.",
    ),
)
NEEDS = (*HISTORY_NEEDS, Need("allocation", "unit_id"))
# Without it what passes through the front door looks passed on between units.
DOOR_IS_KNOWN = Need(
    "unit",
    "kind",
    value=FRONT_DOOR,
    says="No unit is said to be the front door: add the kind of each unit to unit.csv, and"
    " front_door to one.",
)
SOURCE = (
    "Local measure; Family Insights evaluation (DfE, 2017): cases passed between units at the"
    " weekly transfer meeting"
)
EDGE_CASES = (
    "A transfer is a change of the unit that leads on a child, within one case and with at most"
    " {most_days_between} days between without a unit that is known.",
    "Of several leads on a day, which are a data issue, the one that began last counts; of several"
    " changes on a day, from the first unit to the last, and none where the two are the same.",
    "A new worker of the same unit is no transfer, nor is a unit that takes over the work of"
    " another, nor a team that becomes another unit’s by the team map.",
    "A case that is closed and one that is opened elsewhere are two: no child was passed on.",
    "Brothers and sisters who are passed on together count each.",
)

OF_ONE_WAY = (
    "From the front door to a unit is the way of every case, and is not in it; back to the front"
    " door is.",
    "The unit and worker are those of the lead on the day of the transfer, or on the last day"
    " before it.",
)


def with_names(months: Months) -> Subquery:
    """The months' transfers with both units' names (came_from, went_to) and the first's kind."""
    before, after = unit.alias("before"), unit.alias("after")
    named = (
        transfer.outerjoin(before, before.c.unit_id == transfer.c.from_unit)
        .outerjoin(after, after.c.unit_id == transfer.c.to_unit)
        .join(calendar_day, calendar_day.c.day == transfer.c.moved_on)
    )
    return (
        select(
            calendar_day.c.month,
            *transfer.c,
            before.c.kind.label("from_kind"),
            func.coalesce(before.c.name, transfer.c.from_unit).label("came_from"),
            func.coalesce(after.c.name, transfer.c.to_unit).label("went_to"),
        )
        .select_from(named)
        .where(transfer.c.moved_on >= months.first.start)
        .where(transfer.c.moved_on < months.last.end)
        .subquery()
    )


def is_from_the_door(moved: Subquery) -> ColumnElement[bool]:
    """Whether the child came from the front door; a unit in no row is none."""
    return func.coalesce(moved.c.from_kind, "") == FRONT_DOOR


def passed_on(unit_id: str, worker_id: str, other: str) -> Rows:
    """One row per transfer in the month but for those from the front door: numerator 1.

    `unit_id` and `worker_id` are columns of the transfer, `other` that of the other unit's name.
    """

    def rows(months: Months, _basis: Basis) -> Select:
        moved = with_names(months)
        return select(
            moved.c.month,
            moved.c[unit_id].label("unit_id"),
            moved.c[worker_id].label("worker_id"),
            moved.c.child_id,
            literal(1).label("numerator"),
            literal(1).label("denominator"),
            moved.c.moved_on,
            moved.c[other],
            moved.c.days_between,
        ).where(~is_from_the_door(moved))

    return rows


def with_unit(months: Months, basis: Basis) -> Select:
    """One row per lead allocation that began in the month: numerator 1 if its unit is known."""
    return (
        select(
            calendar_day.c.month,
            allocation.c.unit_id,
            case((allocation.c.unit_id.is_not(None), 1), else_=0).label("numerator"),
            literal(1).label("denominator"),
        )
        .join(calendar_day, calendar_day.c.day == allocation.c.started_on)
        .where(allocation.c.lead.is_(True))
        .where(allocation.c.started_on >= months.first.start)
        .where(allocation.c.started_on < months.last.end)
        .where(allocation.c.started_on <= basis.as_at)
    )


UNIT_KNOWN = Companion(
    "with_unit",
    "Leads whose unit is known",
    "{n} of {d} {d:allocation|allocations} to a lead worker that began in the month {n:has|have} a"
    " unit; a change to or from the others is not seen",
    with_unit,
    is_coverage=True,
)


def number_of_transfers(
    rows: Rows,
    key: str,
    number: int,
    name: str,
    question: str,
    passed: str,
    other: tuple[str, str],
    *beside: Companion,
) -> Metric:
    """The metric of the children `passed` in or out; `other` is the other unit's column and its
    heading.
    """
    return Metric(
        key=key,
        number=number,
        name=name,
        question=question,
        words=_words(passed),
        measure=Measure.COUNT,
        polarity=Polarity.NEITHER,
        adds_up_over_months=True,
        worth_saying=5,
        units_stay_inside=True,
        rows=rows,
        drill_down={"moved_on": "On", other[0]: other[1], "days_between": "Days between"},
        needs=(*NEEDS, Need("unit"), DOOR_IS_KNOWN),
        source=SOURCE,
        edge_cases=(*EDGE_CASES, *OF_ONE_WAY),
        beside=Beside(companions=(*beside, UNIT_KNOWN)),
        identified_by=("child_id", "moved_on"),
        cuts=(Cut(other[0], other[1]), BY_WORKER, BY_AGE),
    )


def _words(passed: str) -> Words:
    return Words(
        numerator=f"children passed {passed} in the month",
        denominator=f"children passed {passed} in the month",
        one_row_is=f"a child passed {passed}",
        counted=f"children passed {passed}",
        counted_one=f"child passed {passed}",
    )
