"""Do families tell us something is wrong, and can they?"""

from sqlalchemy import (
    Boolean,
    Date,
    Integer,
    Select,
    String,
    Subquery,
    cast,
    func,
    literal,
    select,
    union_all,
)

from data_access.relations import ends_after, month_ends, with_lead
from data_access.schema import allocation, calendar_day, complaint
from metrics.model import Basis, Measure, Metric, Months, Need, Polarity, Words


def rows(months: Months, basis: Basis) -> Select:
    """One row per complaint received in the month, and one per child and unit that led it then.

    A complaint is the numerator, a child the denominator. A complaint's unit is its own, else that
    of the lead on its child that day; a child is with each unit that led it on a day of the month.
    """
    both = union_all(_complaints(months, basis), _children(months, basis)).subquery()
    return select(*both.c)


def _complaints(months: Months, basis: Basis) -> Select:
    led = _received(months, basis)
    return select(
        led.c.month,
        func.coalesce(led.c.unit_id, led.c.lead_unit_id).label("unit_id"),
        cast(None, String).label("worker_id"),
        led.c.child_id,
        literal(1).label("numerator"),
        literal(0).label("denominator"),
        led.c.received_on,
        led.c.stage,
        led.c.upheld,
    )


def _received(months: Months, basis: Basis) -> Subquery:
    received = (
        select(calendar_day.c.month, *complaint.c)
        .select_from(complaint.join(calendar_day, calendar_day.c.day == complaint.c.received_on))
        .where(complaint.c.received_on >= months.first.start)
        .where(complaint.c.received_on < months.last.end)
        .where(complaint.c.received_on <= basis.as_at)
        .subquery()
    )
    return with_lead(received, "received_on", ("complaint_id",))


def _children(months: Months, basis: Basis) -> Select:
    """One row per month, child and unit with a lead allocation on any day of the month."""
    ends = month_ends(months.first.start, months.last.start, basis.as_at)
    of_month = allocation.c.started_on <= ends.c.last_day
    return (
        select(
            ends.c.month,
            allocation.c.unit_id,
            cast(None, String).label("worker_id"),
            allocation.c.child_id,
            literal(0).label("numerator"),
            literal(1).label("denominator"),
            cast(None, Date).label("received_on"),
            cast(None, Integer).label("stage"),
            cast(None, Boolean).label("upheld"),
        )
        .distinct()
        .select_from(ends.join(allocation, of_month))
        .where(allocation.c.lead.is_(True))
        .where(ends_after(allocation.c.ended_on, ends.c.month))
        .where(ends_after(allocation.c.ended_on, allocation.c.started_on))
    )


METRIC = Metric(
    key="complaints",
    number=52,
    name="Complaints",
    question="Do families tell us something is wrong, and can they?",
    words=Words(
        numerator="complaints received in the month",
        denominator="children whose lead worker was in the unit on any day of the month",
        one_row_is="a complaint, or a child whose lead worker was in the unit in the month",
        counted="children with a lead worker",
        counted_one="child with a lead worker",
    ),
    measure=Measure.COUNT,
    polarity=Polarity.NEITHER,
    adds_up_over_months=True,
    worth_saying=2,
    rows=rows,
    drill_down={"received_on": "Received", "stage": "Stage", "upheld": "Upheld"},
    happened_on="received_on",
    needs=(Need("complaint"), Need("allocation")),
    source="Family Insights evaluation (DfE, 2017); the Children Act 1989 Representations Procedure"
    " (England) Regulations 2006",
    edge_cases=(
        "A complaint counts once, in the month in which it was received, whatever stage it reached;"
        " one that a source gives anew at each stage, with a new id, counts each time.",
        "Two of one stage about one child that were received on one day count as two, and are a"
        " data issue.",
        "Its unit is its own, else that of the child's lead allocation on the day, else none.",
        "A child whose lead moved between units in the month is with each; one without a lead with"
        " none.",
        "Few complaints may mean that all is well, or that families cannot complain: neither way is"
        " better.",
        "It is a number, and no share of the children: one complaint may be of a whole family, and"
        " of a family whose case is closed.",
    ),
)
