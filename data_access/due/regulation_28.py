"""Under which limb of the law on visits each looked-after child's clock runs.

Care Planning, Placement and Case Review (England) Regulations 2010, regulation 28: paragraph (2) in
general, (4) and (5) for children with their parents or with a connected person.
"""

from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Subquery,
    and_,
    case,
    func,
    literal,
    select,
    true,
)

from data_access.dialect import add_days
from data_access.schema import placement, plan
from data_access.settings import GENERAL, Limb


def placed(limbs: Sequence[Limb]) -> Subquery:
    """One row per child and day on which placements started: long_term, and in_limb_0, in_limb_1 …

    Each is 1 if any of the day's placements is meant to last, or is of the limb's kinds, else 0.
    """
    return (
        select(
            placement.c.child_id,
            placement.c.started_on,
            _any(placement.c.long_term).label("long_term"),
            *(
                _any(placement.c.kind.in_(limb.placement_kinds)).label(f"in_limb_{number}")
                for number, limb in enumerate(limbs)
            ),
        )
        .group_by(placement.c.child_id, placement.c.started_on)
        .subquery()
    )


def _any(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.max(case((condition, 1), else_=0))


def limb_of(limbs: Sequence[Limb], placements: Subquery, run: FromClause) -> ColumnElement[str]:
    """The first limb that fits the placement in force when a clock of `run` starts, by name.

    Of several placements that started on one day, the one whose limb is listed first. Before any
    placement, for other plans, and where none fits: "general".
    """
    fits = [
        (
            and_(placements.c[f"in_limb_{number}"] == 1, _of_status(limb), _still(limb, run)),
            literal(limb.limb),
        )
        for number, limb in enumerate(limbs)
    ]
    return case(*fits, else_=literal(GENERAL)) if fits else literal(GENERAL)


def _of_status(limb: Limb) -> ColumnElement[bool]:
    return plan.c.legal_status.in_(limb.legal_statuses) if limb.legal_statuses else true()


def _still(limb: Limb, run: FromClause) -> ColumnElement[bool]:
    if limb.weeks is None:
        return true()
    return run.c.day < add_days(run.c.placed_on, literal(limb.weeks * 7))


def before_first_review(
    working_days: int, started: FromClause, on_day: FromClause
) -> ColumnElement[bool]:
    """Whether a day lies before the one on which the first review was due.

    "within 20 working days of the date on which C becomes looked after" (regulation 33(1)): the
    start of the plan is day 0. NULL, so not true, of a plan older than the calendar.
    """
    return on_day.c.working_day_number - started.c.working_day_number < working_days
