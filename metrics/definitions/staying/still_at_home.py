"""Of the children we closed two years ago, how many have stayed out of care?"""

from datetime import timedelta

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    or_,
    select,
)

from data_access.dialect import add_months
from data_access.relations import covers, ends_after, first_of_each, with_last_lead
from data_access.schema import calendar_day, child, plan, referral
from metrics.explore.offered import BY_AGE, BY_WORKER
from metrics.model import (
    FEWEST,
    Basis,
    Beside,
    Companion,
    FigureKind,
    Followed,
    Measure,
    Metric,
    Months,
    Need,
    Polarity,
    Words,
    months_before,
)

FOLLOWED_FOR = 24
GROWN_UP = 18 * 12
# Where nobody here would know whether the child came into care: DfE closure codes.
OUT_OF_SIGHT = ("RC1", "RC2", "RC5", "RC6")
ONE_DAY = timedelta(days=1)


def rows(months: Months, basis: Basis) -> Select:
    """One row per child closed 24 months ago and followed since: 1 if not looked after in them.

    A row stands in the month of the closing day and 24 months, once these are over. The unit is
    that of the child's last lead allocation open on the closing day or the day before.
    """
    closed = _closed(months, basis)
    return select(
        closed.c.month,
        closed.c.lead_unit_id.label("unit_id"),
        closed.c.lead_worker_id.label("worker_id"),
        closed.c.child_id,
        case((closed.c.in_care_again == 0, 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
        closed.c.closed_on,
        closed.c.closure_reason,
        closed.c.followed_to,
    ).where(closed.c.left_out == 0)


def not_followed(months: Months, basis: Basis) -> Select:
    """One row per child closed 24 months ago: numerator 1 if left out."""
    closed = _closed(months, basis)
    return select(
        closed.c.month,
        closed.c.lead_unit_id.label("unit_id"),
        closed.c.left_out.label("numerator"),
        literal(1).label("denominator"),
    )


def _closed(months: Months, basis: Basis) -> Subquery:
    """Children whose 24 months since closing were over in the months: left_out, in_care_again.

    Referrals with no further action opened no case. Of a child's referrals closed on one day, the
    one whose id sorts last.
    """
    ended = _followed(months, basis)
    care, others = _care(ended), _still_a_case(ended)
    left_out = or_(
        _is_out_of_sight(ended), care.c.in_care_then == 1, others.c.referral_id.is_not(None)
    )
    flagged = (
        select(
            calendar_day.c.month,
            *ended.c,
            case((left_out, 1), else_=0).label("left_out"),
            func.coalesce(care.c.in_care_again, 0).label("in_care_again"),
        )
        .select_from(
            ended.join(calendar_day, calendar_day.c.day == ended.c.followed_to)
            .outerjoin(child, child.c.child_id == ended.c.child_id)
            .outerjoin(care, care.c.referral_id == ended.c.referral_id)
            .outerjoin(others, others.c.referral_id == ended.c.referral_id)
        )
        .subquery()
    )
    return with_last_lead(flagged, "closed_on", ("referral_id",))


def _followed(months: Months, basis: Basis) -> Subquery:
    case_closed = referral.c
    followed_to = add_months(case_closed.closed_on, literal(FOLLOWED_FOR))
    over = months_before(basis.as_at + ONE_DAY, FOLLOWED_FOR)
    closures = (
        select(
            case_closed.referral_id,
            case_closed.child_id,
            case_closed.closed_on,
            case_closed.closure_reason,
            followed_to.label("followed_to"),
        )
        .where(case_closed.no_further_action.is_not(True))
        .where(case_closed.closed_on >= case_closed.received_on)
        .where(case_closed.closed_on < over)
        .where(case_closed.closed_on >= months_before(months.first.start, FOLLOWED_FOR))
        .where(case_closed.closed_on < months_before(months.last.end, FOLLOWED_FOR))
    )
    of_a_day = (case_closed.child_id, case_closed.closed_on)
    return first_of_each(closures, of_a_day, (case_closed.referral_id.desc(),))


def _is_out_of_sight(closed: FromClause) -> ColumnElement[bool]:
    """Whether nobody here would know, or the child was 18 by the last day of the 24 months."""
    eighteenth = add_months(child.c.born_on, literal(GROWN_UP))
    return or_(closed.c.closure_reason.in_(OUT_OF_SIGHT), eighteenth <= closed.c.followed_to)


def _care(closed: FromClause) -> Subquery:
    """Of each closing whose child was ever in care: whether on that day, and within 24 months."""
    then = covers(plan, closed.c.closed_on)
    again = and_(
        plan.c.started_on >= closed.c.closed_on,
        closed.c.closed_on >= add_months(plan.c.started_on, literal(-FOLLOWED_FOR)),
    )
    of_the_child = and_(plan.c.child_id == closed.c.child_id, plan.c.kind == "CLA")
    return (
        select(
            closed.c.referral_id,
            func.max(case((then, 1), else_=0)).label("in_care_then"),
            func.max(case((again, 1), else_=0)).label("in_care_again"),
        )
        .select_from(closed.join(plan, of_the_child))
        .group_by(closed.c.referral_id)
        .subquery()
    )


def _still_a_case(closed: FromClause) -> Subquery:
    """The closings whose child was open under another referral on that day: referral_id."""
    another = referral.alias()
    open_then = and_(
        another.c.child_id == closed.c.child_id,
        another.c.no_further_action.is_not(True),
        another.c.received_on < closed.c.closed_on,
        ends_after(another.c.closed_on, closed.c.closed_on),
    )
    return (
        select(closed.c.referral_id)
        .select_from(closed.join(another, open_then))
        .distinct()
        .subquery()
    )


METRIC = Metric(
    key="still_at_home",
    number=27,
    name="Closed cases not in care since",
    short="Closed, not in care",
    question="Of the children we closed two years ago, how many have stayed out of care?",
    words=Words(
        numerator="of them, children not looked after in the 24 months since",
        denominator="children closed 24 months ago, whose follow-up ended in the month",
        one_row_is="a child closed 24 months ago",
        counted="children followed",
        counted_one="child followed",
        one_counted="child",
    ),
    measure=Measure.PERCENT,
    polarity=Polarity.HIGHER_IS_BETTER,
    adds_up_over_months=True,
    kind=FigureKind.FOLLOWED,
    followed=Followed(FOLLOWED_FOR, "closed in {then}, followed to {now}"),
    history_months=FOLLOWED_FOR,
    history_of=("referral", "plan"),
    worth_saying=5,
    units_stay_inside=True,
    fewest=FEWEST,
    rows=rows,
    drill_down={
        "closed_on": "Closed",
        "closure_reason": "Why (DfE code)",
        "followed_to": "Followed to",
    },
    needs=(
        Need("referral"),
        Need("referral", "closed_on", unless="no_further_action"),
        Need("plan"),
        Need("plan", "kind", value="CLA", only=True),
    ),
    source="Family Insights evaluation (DfE, 2017), Appendix 8, item 11a: children still at home 24"
    " months after closure; what is left out is our convention",
    edge_cases=(
        "It is of all closed cases, most of which were never in care, not of children who left"
        " care: how many of those came back stands beside “Returned home”.",
        "A child stands in the month of the closing day and 24 calendar months, once these are"
        " over: the figure of September 2016 is of children closed in September 2014.",
        "Not looked after here is all that is known: where a child lives is not. One who comes into"
        " care on the last day of the 24 months was looked after within them.",
        "Left out of both, and told beside: adopted, died, gone to another authority or to adult"
        " services (RC1, RC2, RC5, RC6); 18 by the last day of the 24 months; looked after, or"
        " still open under another referral, on the closing day.",
        "A child whose date of birth is not known stays in.",
        "A referral with no further action opened no case and is none; of two closed on one day one"
        " counts. Two that were received on one day are a data issue.",
        "The unit and worker are those of the child's last lead allocation open on the closing day"
        " or the day before, whoever has worked there since.",
    ),
    beside=Beside(
        companions=(
            Companion(
                "not_followed",
                "Not followed",
                "{n} of {d} {d:closure|closures} {n:is|are} left out: out of sight, 18 by now, in"
                " care or still open when closed",
                not_followed,
                is_coverage=True,
                counts_left_out=True,
                covered_name="Closures followed",
            ),
        ),
    ),
    identified_by=("child_id", "closed_on"),
    cuts=(BY_WORKER, BY_AGE),
)
