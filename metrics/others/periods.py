"""Which of a child's periods at school count, so that no session counts twice."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, FromClause, and_, literal, or_, select

from data_access.schema import education_period


def counts_once(holds: Callable[[FromClause], ColumnElement[bool]]) -> ColumnElement[bool]:
    """Whether a row of `education_period` counts beside the others that `holds`.

    Of a child's periods that overlap the one with the most sessions possible counts, of equally
    many the one whose id sorts last: no row says of which school it is, so that one delivered
    twice, one told anew at each term's end and two schools look alike. The checks tell each. An
    empty period overlaps none.
    """
    this, other = education_period.c, education_period.alias()
    says_more = or_(
        other.c.possible > this.possible,
        and_(
            other.c.possible == this.possible,
            other.c.education_period_id > this.education_period_id,
        ),
    )
    overlaps = (
        other.c.child_id == this.child_id,
        this.started_on < other.c.ended_on,
        other.c.started_on < this.ended_on,
        this.started_on < this.ended_on,
        other.c.started_on < other.c.ended_on,
    )
    rows = select(literal(1)).where(*overlaps, says_more, holds(other))
    return ~rows.correlate(education_period).exists()
