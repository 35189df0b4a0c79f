"""How many children are on plans of a kind at a month's end, and who began and ended in it."""

from datetime import date

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Select,
    Subquery,
    and_,
    exists,
    func,
    literal,
    select,
)

from data_access.dialect import add_days
from data_access.relations import covers, ends_after, month_ends, with_last_lead, with_lead
from data_access.schema import calendar_day, plan
from metrics.explore.offered import BY_AGE, BY_WORKER
from metrics.model import (
    Basis,
    Beside,
    Companion,
    FigureKind,
    Measure,
    Metric,
    Months,
    Need,
    Polarity,
    Rows,
    Words,
)

SOURCE = (
    "Family Insights evaluation (DfE, 2017), page 5; DfE, Children in need and Children"
    " looked after in England: at 31 March"
)
EDGE_CASES = (
    "A child counts once, whatever other plans it has, and however many of this kind: two of this"
    " kind at once are a data issue.",
    "A plan that ends on the month's last day is not open at its end.",
    "The unit is that of the child's lead allocation on the month's last day.",
    "Began and ended are told beside: a plan that begins on the day on which another of the"
    " kind ends goes on; one that begins later begins.",
    "No rate per 10,000 children is told: that needs the population of the year.",
)


def children_on(kind: str) -> Rows:
    """One row per child with an open plan of the kind at the month's end."""

    def rows(months: Months, basis: Basis) -> Select:
        ends = month_ends(months.first.start, months.last.start, basis.as_at)
        began = func.min(plan.c.started_on, type_=Date)
        on_plan = (
            select(ends.c.month, ends.c.last_day, plan.c.child_id, began.label("started_on"))
            .select_from(ends.join(plan, covers(plan, ends.c.last_day)))
            .where(plan.c.kind == kind)
            .group_by(ends.c.month, ends.c.last_day, plan.c.child_id)
            .subquery()
        )
        held = with_lead(on_plan, "last_day", ("month", "child_id"))
        return _counted(held).add_columns(held.c.started_on)

    return rows


def _begun(kind: str) -> Rows:
    """The children who had no plan of the kind on the day before, and had one from a day on."""

    def rows(months: Months, basis: Basis) -> Select:
        before = plan.alias()
        went_on = and_(
            before.c.started_on < plan.c.started_on,
            ends_after(before.c.ended_on, add_days(plan.c.started_on, literal(-1))),
        )
        changed = _changed(kind, plan.c.started_on, before, went_on, months, basis)
        return _counted(with_lead(changed, "day", ("day", "child_id")))

    return rows


def _ended(kind: str) -> Rows:
    """The children who had a plan of the kind until a day, and none from then on."""

    def rows(months: Months, basis: Basis) -> Select:
        after = plan.alias()
        goes_on = covers(after, plan.c.ended_on)
        changed = _changed(kind, plan.c.ended_on, after, goes_on, months, basis)
        return _counted(with_last_lead(changed, "day", ("day", "child_id")))

    return rows


def _changed(
    kind: str,
    day: ColumnElement[date],
    beside: FromClause,
    joined: ColumnElement[bool],
    months: Months,
    basis: Basis,
) -> Subquery:
    """One row per child and `day` of a plan of the kind to which no other, `beside`, is joined."""
    is_long = ends_after(plan.c.ended_on, plan.c.started_on)
    other = and_(
        beside.c.child_id == plan.c.child_id,
        beside.c.kind == kind,
        ends_after(beside.c.ended_on, beside.c.started_on),
        joined,
    )
    return (
        select(calendar_day.c.month, plan.c.child_id, calendar_day.c.day)
        .distinct()
        .select_from(plan.join(calendar_day, calendar_day.c.day == day))
        .where(plan.c.kind == kind, is_long)
        .where(day >= months.first.start, day < months.last.end, day <= basis.as_at)
        .where(~exists(select(literal(1)).where(other).correlate(plan)))
        .subquery()
    )


def _counted(led: Subquery) -> Select:
    return select(
        led.c.month,
        led.c.lead_unit_id.label("unit_id"),
        led.c.lead_worker_id.label("worker_id"),
        led.c.child_id,
        literal(1).label("numerator"),
        literal(1).label("denominator"),
    )


def number_of_children(
    kind: str, key: str, number: int, name: str, question: str, short: str, on_it: str
) -> Metric:
    """The metric of the children on plans of a kind, as `on_it` says in words."""
    return Metric(
        key=key,
        number=number,
        name=name,
        question=question,
        words=_words(on_it),
        measure=Measure.COUNT,
        polarity=Polarity.NEITHER,
        adds_up_over_months=False,
        worth_saying=10,
        units_stay_inside=True,
        rows=children_on(kind),
        drill_down={"started_on": "Since"},
        needs=(Need("plan"), Need("plan", "kind", value=kind, only=True)),
        source=SOURCE,
        edge_cases=EDGE_CASES,
        short=short,
        beside=_beside(kind, on_it),
        cuts=(BY_WORKER, BY_AGE),
        kind=FigureKind.SNAPSHOT,
        worth_over_a_year=10,
    )


def _words(on_it: str) -> Words:
    return Words(
        numerator=f"children {on_it} at month end",
        denominator=f"children {on_it} at month end",
        one_row_is=f"a child {on_it} at month end",
        counted=f"children {on_it}",
        counted_one=f"child {on_it}",
    )


def _beside(kind: str, on_it: str) -> Beside:
    return Beside(
        companions=(
            Companion(
                "began",
                f"Began to be {on_it}",
                f"{{n}} {{n:child|children}} began to be {on_it} in the month",
                _begun(kind),
            ),
            Companion(
                "ended",
                f"Ceased to be {on_it}",
                f"{{n}} {{n:child|children}} ceased to be {on_it} in the month",
                _ended(kind),
            ),
        ),
    )
