"""Do our people stay?"""

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    literal,
    select,
    union_all,
)

from data_access.dialect import add_days, add_months
from data_access.relations import month_ends
from data_access.schema import post
from metrics.explore.offered import BY_ROLE, ROLE_NAMES
from metrics.model import (
    FEWEST,
    Basis,
    Beside,
    Companion,
    Cut,
    FigureKind,
    Measure,
    Metric,
    Months,
    Need,
    Polarity,
    Split,
    Words,
)
from metrics.people.posts import ROLES_COUNTED, TWO_POSTS, at_month_ends, fte_known
from metrics.people.service import moved_on, service_posts

WINDOW_MONTHS = 12
NOT_AGENCY = post.c.agency.is_(False)
STATES = {"left": "left", "in_post": "in post"}


def rows(months: Months, basis: Basis) -> Select:
    """One row per post left in the twelve months to the month's end, and per post held then.

    A post left has its FTE as numerator, one held as denominator; one with FTE 0 has no row. Left
    is the post in which a service ended that had begun before the twelve months: see
    `service_posts`. The unit is the post's; who leaves two posts at once leaves in both units.
    """
    both = union_all(_leavers(months, basis), _in_post(months, basis)).subquery()
    return select(*both.c)


def _leavers(months: Months, basis: Basis) -> Select:
    left = _ended(months, basis)
    return select(
        left.c.month,
        left.c.unit_id,
        left.c.worker_id,
        literal(None).label("child_id"),
        left.c.fte.label("numerator"),
        literal(0.0).label("denominator"),
        literal("left").label("state"),
        left.c.role,
        left.c.started_on,
        left.c.ended_on,
        left.c.leaving_reason,
    ).where(_is_last(left), _came_before(left), left.c.fte > 0)


def _in_post(months: Months, basis: Basis) -> Select:
    return (
        at_month_ends(post, months, basis)
        .add_columns(
            post.c.worker_id,
            literal(None).label("child_id"),
            literal(0.0).label("numerator"),
            post.c.fte.label("denominator"),
            literal("in_post").label("state"),
            post.c.role,
            post.c.started_on,
            cast(None, Date).label("ended_on"),
            cast(None, String).label("leaving_reason"),
        )
        .where(NOT_AGENCY, post.c.fte > 0)
    )


def _ended(months: Months, basis: Basis) -> Subquery:
    """Own social workers' posts whose last day lies in the twelve months to each month's end.

    Added: month, first_day (of the twelve months), `moved` 1 if the worker went on in another unit.
    The twelve months are those to the day after the month's last, so that none has thirteen.
    """
    ends, served = (
        month_ends(months.first.start, months.last.start, basis.as_at),
        service_posts(basis),
    )
    next_day = add_days(ends.c.last_day, literal(1))
    first_day = add_months(next_day, literal(-WINDOW_MONTHS))
    within = and_(served.c.ended_on > first_day, served.c.ended_on <= next_day)
    return (
        select(
            ends.c.month,
            first_day.label("first_day"),
            *served.c,
            case((moved_on(served, basis), 1), else_=0).label("moved"),
        )
        .select_from(ends.join(served, within))
        .subquery()
    )


def _is_last(ended: Subquery) -> ColumnElement[bool]:
    return ended.c.ended_on == ended.c.service_ended_on


def _came_before(ended: Subquery) -> ColumnElement[bool]:
    return ended.c.service_began_on < ended.c.first_day


def leavers_counted(months: Months, basis: Basis) -> Select:
    """One row per post left in the twelve months: numerator 1 if counted, having been held before.

    And if its FTE is known.
    """
    left = _ended(months, basis)
    counts = and_(_came_before(left), left.c.fte > 0)
    return _told(left, case((counts, 1), else_=0)).where(_is_last(left))


def leavers(months: Months, basis: Basis) -> Select:
    """One row per post left in the month itself, whenever its holder came: numerator 1."""
    left = _ended(months, basis)
    in_month = left.c.ended_on > left.c.month
    return _told(left, literal(1)).where(_is_last(left), in_month)


def moved_units(months: Months, basis: Basis) -> Select:
    """One row per post that ended in the twelve months: numerator 1 if by a move of unit."""
    ended = _ended(months, basis)
    return _told(ended, ended.c.moved)


def _told(ended: Subquery, numerator: ColumnElement[int]) -> Select:
    return select(
        ended.c.month,
        ended.c.unit_id,
        numerator.label("numerator"),
        literal(1).label("denominator"),
    )


METRIC = Metric(
    key="turnover",
    number=42,
    name="Turnover",
    question="Do our people stay?",
    words=Words(
        numerator="FTE of social workers who left in the twelve months to the month's end",
        denominator="FTE of social workers in post at month end",
        one_row_is="a social worker's post, left in the twelve months or held at month end",
        counted="FTE in post",
    ),
    measure=Measure.PERCENT_ONE_DECIMAL,
    polarity=Polarity.LOWER_IS_BETTER,
    adds_up_over_months=False,
    worth_saying=3,
    fewest=FEWEST,
    rows=rows,
    drill_down={
        "state": "State",
        "role": "Role",
        "started_on": "In post since",
        "ended_on": "Until",
        "leaving_reason": "Reason",
    },
    needs=(Need("post"),),
    source="DfE, Children's social work workforce: turnover rate (FTE), year to 30 September",
    edge_cases=(
        ROLES_COUNTED,
        "Agency staff are in neither number; who goes over to an agency has left.",
        "Whoever is in another such post within a month has moved and not left, in whichever unit:"
        " the last day in the one and the first in the other lie no further apart than"
        " {internal_move_days} calendar days. Moves to another unit are told beside.",
        "Who came and left within the twelve months is not counted, and is told beside; who moved"
        " within them and then left is counted, as the service began before.",
        "Who left in the last {internal_move_days} calendar days counts as having left until"
        " another post is loaded: the latest month may fall.",
        TWO_POSTS,
        "A post with FTE 0 is in neither number; to stay in one is no leaving.",
        "One value for twelve months: neighbouring months share eleven of them, so no control"
        " limits can be drawn. The posts left in the month itself are told beside.",
        "Where the data begin in the twelve months the month has no figure.",
    ),
    split=Split("role", ROLE_NAMES),
    beside=Beside(
        companions=(
            fte_known(NOT_AGENCY),
            Companion(
                "leavers_counted",
                "Leavers counted",
                "{n} of {d} {d:post|posts} left in the twelve months {n:is|are} counted: the others"
                " began within them, or have no FTE",
                leavers_counted,
            ),
            Companion(
                "leavers",
                "Left in the month",
                "{n} {n:post|posts} left in the month itself",
                leavers,
            ),
            Companion(
                "moved_units",
                "Moved units",
                "{n} of {d} {d:post|posts} that ended in the twelve months ended by a move to"
                " another unit",
                moved_units,
            ),
        ),
    ),
    cuts=(Cut("state", "State", names=STATES, is_outcome=True), BY_ROLE),
    is_of_children=False,
    kind=FigureKind.ROLLING,
    # With the month itself twelve.
    history_months=WINDOW_MONTHS - 1,
    history_of=("post",),
)
