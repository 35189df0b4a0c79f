"""What is shared by figures of what schools, colleges and the police tell of children.

They are told for the service alone: no row has a unit or a worker, so that none is listed below it.
"""

from collections.abc import Callable

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    String,
    Subquery,
    and_,
    case,
    literal,
    select,
)

from metrics.followed.supported import supported_of_age
from metrics.model import FEWEST, Basis, Companion, Months

SERVICE_ALONE = (
    "Told for the service alone: no row has a unit or a worker, so no list below the service names"
    " a child by it. It needs an agreement with whoever tells it, and a data protection impact"
    " assessment."
)
SUPPORTED = (
    "A child is supported on a day if a case is open then, or was closed in the twelve months"
    " before; a referral that ended with no further action is no case."
)
NOT_KNOWN = "What is not known of a child is in neither number: unknown is never none."
FEW = f"Of fewer than {FEWEST} only the two numbers are told."


def of_the_service(rows: FromClause, counts: ColumnElement[bool]) -> Select:
    """Each row of `rows`, which have month and child_id, as a one of which `counts` says the 1s."""
    return _told(rows, case((counts, 1), else_=0), literal(1))


def amounts_of_the_service(
    rows: FromClause, numerator: ColumnElement, denominator: ColumnElement
) -> Select:
    """The same, of amounts."""
    return _told(rows, numerator, denominator)


def _told(rows: FromClause, numerator: ColumnElement, denominator: ColumnElement) -> Select:
    return select(
        rows.c.month,
        literal(None, String).label("unit_id"),
        literal(None, String).label("worker_id"),
        rows.c.child_id,
        numerator.label("numerator"),
        denominator.label("denominator"),
    )


def with_answer(rows: Subquery, asked: Callable[[Subquery], ColumnElement[bool]]) -> Subquery:
    """The rows, one a child and last_day, each with whether what is `asked` `holds` of it.

    Asked as a condition and joined: PostgreSQL asks what stands among columns of each row anew,
    through a whole table.
    """
    found = select(rows.c.child_id, rows.c.last_day).where(asked(rows)).subquery()
    same = and_(found.c.child_id == rows.c.child_id, found.c.last_day == rows.c.last_day)
    holds = found.c.child_id.is_not(None).label("holds")
    return select(*rows.c, holds).select_from(rows.outerjoin(found, same)).subquery()


def matched(
    youngest: int, oldest: int, is_matched: Callable[[Subquery], ColumnElement[bool]]
) -> Companion:
    """How many of the children supported at the month's end, of such an age, are known of."""

    def rows(months: Months, basis: Basis) -> Select:
        told = with_answer(supported_of_age(youngest, oldest, months, basis), is_matched)
        return of_the_service(told, told.c.holds)

    return Companion(
        "matched",
        "Children matched",
        f"{{n}} of {{d}} {{d:child|children}} supported, aged {youngest} to {oldest},"
        " {n:was|were} matched",
        rows,
        is_coverage=True,
    )
