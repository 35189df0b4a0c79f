"""Are our people well?"""

from sqlalchemy import Select, Subquery, and_, case, func, literal, select

from data_access.relations import NEVER, covers
from data_access.schema import absence, calendar_day, post
from metrics.explore.offered import BY_ROLE, BY_WORKER, ROLE_NAMES
from metrics.model import (
    Basis,
    Beside,
    Companion,
    Measure,
    Metric,
    Months,
    Need,
    Polarity,
    Split,
    Words,
)

HALF_A_DAY = 0.5


def rows(months: Months, basis: Basis) -> Select:
    """One row per post and month: FTE working days in post, and those of them lost to sickness.

    A day is lost if it is a working day in post on which the worker has an absence for reason
    SIC; overlapping absences are one; a half day counts half, unless a whole-day absence covers
    it. Agency posts are out. Open-ended absence runs to month end or the end of the post.
    """
    in_post = _days_in_post(months, basis).subquery()
    lost = _days_lost(months, basis).subquery()
    same_post = and_(lost.c.post_id == in_post.c.post_id, lost.c.month == in_post.c.month)
    days_lost = func.coalesce(lost.c.days_lost, 0)
    return select(
        in_post.c.month,
        in_post.c.unit_id,
        in_post.c.worker_id,
        literal(None).label("child_id"),
        (in_post.c.fte * days_lost).label("numerator"),
        (in_post.c.fte * in_post.c.days_in_post).label("denominator"),
        in_post.c.role,
        in_post.c.fte,
        days_lost.label("days_lost"),
        in_post.c.days_in_post,
    ).select_from(in_post.outerjoin(lost, same_post))


def _in(months: Months, basis: Basis) -> list:
    return [
        calendar_day.c.working,
        calendar_day.c.day >= months.first.start,
        calendar_day.c.day < months.last.end,
        calendar_day.c.day <= basis.as_at,
    ]


def _days_in_post(months: Months, basis: Basis) -> Select:
    of_post = (post.c.post_id, post.c.worker_id, post.c.unit_id, post.c.role, post.c.fte)
    return (
        select(calendar_day.c.month, *of_post, func.count().label("days_in_post"))
        .select_from(post.join(calendar_day, covers(post, calendar_day.c.day)))
        .where(*_in(months, basis))
        .where(post.c.agency.is_(False))
        .group_by(calendar_day.c.month, *of_post)
    )


def _days_lost(months: Months, basis: Basis) -> Select:
    sick = _sick_days(months, basis)
    on_that_day = and_(post.c.worker_id == sick.c.worker_id, covers(post, sick.c.day))
    return (
        select(sick.c.month, post.c.post_id, func.sum(sick.c.share).label("days_lost"))
        .select_from(sick.join(post, on_that_day))
        .where(post.c.agency.is_(False))
        .group_by(sick.c.month, post.c.post_id)
    )


def _sick_days(months: Months, basis: Basis) -> Subquery:
    """One row per worker and working day sick, however many absences cover it: share 0.5 or 1."""
    while_absent = and_(
        absence.c.first_day <= calendar_day.c.day,
        func.coalesce(absence.c.last_day, NEVER) >= calendar_day.c.day,
    )
    return (
        select(
            calendar_day.c.month,
            calendar_day.c.day,
            absence.c.worker_id,
            func.max(case((absence.c.half_day, HALF_A_DAY), else_=1.0)).label("share"),
        )
        .select_from(absence.join(calendar_day, while_absent))
        .where(absence.c.reason == "SIC")
        .where(*_in(months, basis))
        .group_by(calendar_day.c.month, calendar_day.c.day, absence.c.worker_id)
        .subquery()
    )


def counted_posts(months: Months, basis: Basis) -> Select:
    """One row per post and month with any working day in it: numerator 1 if it is not agency."""
    held = (
        select(calendar_day.c.month, post.c.post_id, post.c.unit_id, post.c.agency)
        .select_from(post.join(calendar_day, covers(post, calendar_day.c.day)))
        .where(*_in(months, basis))
        .group_by(calendar_day.c.month, post.c.post_id, post.c.unit_id, post.c.agency)
        .subquery()
    )
    return select(
        held.c.month,
        held.c.unit_id,
        case((held.c.agency, 0), else_=1).label("numerator"),
        literal(1).label("denominator"),
    )


METRIC = Metric(
    key="sickness",
    number=3,
    name="Sickness",
    question="Are our people well?",
    words=Words(
        numerator="FTE working days lost to sickness",
        denominator="FTE working days in post",
        one_row_is="a post in the month",
        counted="FTE working days in post",
        counted_one="FTE working day in post",
    ),
    measure=Measure.PERCENT_ONE_DECIMAL,
    polarity=Polarity.LOWER_IS_BETTER,
    adds_up_over_months=True,
    worth_saying=1,
    rows=rows,
    drill_down={
        "role": "Role",
        "fte": "FTE",
        "days_lost": "Working days lost",
        "days_in_post": "Working days in post",
    },
    needs=(Need("absence"), Need("post")),
    source="Family Insights evaluation (DfE, 2017), key findings; local monthly rate."
    " The DfE's published rate is annual and divides by year-end FTE × 253.",
    edge_cases=(
        "Only absence for sickness (SIC) counts; other leave does not reduce the days in post.",
        "A day is lost if it is Monday to Friday, no bank holiday in England and Wales, in post.",
        "Each day counts the post's FTE; a half day counts half; overlapping absences are one.",
        "Open-ended absence runs to the month's end or the end of the post.",
        "Agency posts are left out.",
        "Each post counts: a worker's two posts at once count twice, and are a data issue in one"
        " unit and role or above 1 FTE; posts alike in all but the id count once.",
    ),
    beside=Beside(
        companions=(
            Companion(
                "counted_posts",
                "Posts counted",
                "{n} of {d} {d:post|posts} counted: those of agency staff are not",
                counted_posts,
                is_coverage=True,
            ),
        ),
    ),
    split=Split(
        "role",
        ROLE_NAMES,
    ),
    cuts=(BY_ROLE, BY_WORKER),
    is_of_children=False,
)
