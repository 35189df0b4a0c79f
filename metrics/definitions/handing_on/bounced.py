"""Do children who are passed on stay where they went?"""

from datetime import timedelta

from sqlalchemy import Select, Subquery, case, func, literal, select

from data_access.dialect import add_days
from data_access.schema import calendar_day, transfer, unit
from metrics.explore.offered import BY_AGE, BY_WORKER
from metrics.handing_on.transfers import EDGE_CASES, NEEDS, UNIT_KNOWN
from metrics.model import (
    FEWEST,
    Basis,
    Beside,
    Cut,
    FigureKind,
    Measure,
    Metric,
    Months,
    Polarity,
    Words,
)


def rows(months: Months, basis: Basis) -> Select:
    """One row per transfer whose days to come back ended in the month: numerator 1 if it did.

    Also of those from the front door, where a unit sends a referral back. The unit and worker are
    those that were given the child.
    """
    moved = _followed(months, basis)
    is_back = moved.c.back_on <= moved.c.followed_to
    return select(
        moved.c.month,
        moved.c.to_unit.label("unit_id"),
        moved.c.to_worker_id.label("worker_id"),
        moved.c.child_id,
        case((is_back, 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
        moved.c.moved_on,
        moved.c.came_from,
        case((is_back, moved.c.back_on)).label("back_on"),
    )


def _followed(months: Months, basis: Basis) -> Subquery:
    """Transfers with the last day on which the child could be back, where that is in the months."""
    days = basis.settings.back_within_days
    followed_to = add_days(transfer.c.moved_on, literal(days))
    last_known = min(months.last.end - timedelta(1), basis.as_at)
    name = func.coalesce(unit.c.name, transfer.c.from_unit)
    moved = transfer.join(calendar_day, calendar_day.c.day == followed_to)
    return (
        select(
            calendar_day.c.month,
            *transfer.c,
            followed_to.label("followed_to"),
            name.label("came_from"),
        )
        .select_from(moved.outerjoin(unit, unit.c.unit_id == transfer.c.from_unit))
        .where(transfer.c.moved_on >= months.first.start - timedelta(days))
        .where(transfer.c.moved_on <= last_known - timedelta(days))
        .subquery()
    )


METRIC = Metric(
    key="bounced",
    number=72,
    name="Passed back within weeks",
    short="Passed back",
    question="Do children who are passed on stay where they went?",
    words=Words(
        numerator="of them, children back at the former unit by then",
        denominator="children passed on, and followed for weeks to a day in the month",
        one_row_is="a child who was passed on",
        counted="children passed on",
        counted_one="child passed on",
        one_counted="child",
    ),
    measure=Measure.PERCENT,
    polarity=Polarity.LOWER_IS_BETTER,
    adds_up_over_months=True,
    worth_saying=5,
    units_stay_inside=True,
    fewest=FEWEST,
    rows=rows,
    drill_down={"moved_on": "Passed on", "came_from": "From", "back_on": "Back"},
    needs=NEEDS,
    source="Local measure; Family Insights evaluation (DfE, 2017): referrals that a unit rejected",
    edge_cases=(
        *EDGE_CASES,
        "Children who came from the front door count too: to go back there is how a unit rejects a"
        " referral.",
        "A child stands in the month in which the {back_within_days} days after the transfer ended:"
        " so each has had the same time. The last of these days is within them.",
        "Back is at the unit from which the child came, or at one that took over its work; also by"
        " way of a third unit.",
        "A case that is closed meanwhile did not come back.",
        "The unit and worker are those that were given the child on the day of the transfer.",
    ),
    beside=Beside(companions=(UNIT_KNOWN,)),
    kind=FigureKind.FOLLOWED,
    identified_by=("child_id", "moved_on"),
    cuts=(Cut("came_from", "From"), BY_WORKER, BY_AGE),
)
