"""Practitioners' recorded time: each record once, shares of it, and how much of it is recorded."""

from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, literal, select, union_all

from data_access.dialect import add_days
from data_access.relations import covers, ends_after, first_of_each
from data_access.schema import calendar_day, post, time_record
from data_access.settings import Settings
from metrics.model import Basis, Companion, Months, Need, Rows, Split

WORKING_DAYS_A_WEEK = 5
DAYS_OF_A_RECORD = {"day": 1, "week": 7}


def hours_in(categories: Callable[[Settings], Sequence[str]]) -> Rows:
    """One row per time record of worked time: its hours, and as numerator those in `categories`.

    Only the configured method, and workers who held a practitioner's post on the day, or on any
    day of the week that the record is of. Leave is not worked time; training is. A week's record
    belongs to the month of its first day. The unit is the record's own, else that of the post:
    the one held on the first day goes before one that began in the week.
    """

    def rows(months: Months, basis: Basis) -> Select:
        settings = basis.settings
        record = _records(months, basis)
        counts = record.c.category.in_(categories(settings))
        return select(
            record.c.month,
            record.c.unit_id,
            record.c.worker_id,
            literal(None).label("child_id"),
            case((counts, record.c.hours), else_=0).label("numerator"),
            record.c.hours.label("denominator"),
            record.c.category,
            record.c.worked_on,
            record.c.hours,
        ).where(record.c.category.not_in(settings.leave_categories))

    return rows


def _records(months: Months, basis: Basis) -> Subquery:
    """Practitioners' time records, each once: month, unit, worker, category, worked_on, hours."""
    began_within = post.c.started_on > time_record.c.worked_on
    of_posts = (
        select(
            calendar_day.c.month,
            func.coalesce(time_record.c.unit_id, post.c.unit_id).label("unit_id"),
            time_record.c.worker_id,
            time_record.c.category,
            time_record.c.worked_on,
            time_record.c.hours,
        )
        .select_from(
            time_record.join(calendar_day, calendar_day.c.day == time_record.c.worked_on).join(
                post, _in_post(basis)
            )
        )
        .where(time_record.c.method == basis.settings.time_method)
        .where(time_record.c.worked_on >= months.first.start)
        .where(time_record.c.worked_on < months.last.end)
        .where(time_record.c.worked_on <= basis.as_at)
    )
    likeliest_first = (
        case((began_within, 1), else_=0),
        post.c.fte.desc(),
        post.c.started_on.desc(),
        post.c.post_id.desc(),
    )
    return first_of_each(of_posts, (time_record.c.time_record_id,), likeliest_first)


def _in_post(basis: Basis) -> ColumnElement[bool]:
    """The worker held a practitioner's post on any day of those that the record is of."""
    days = DAYS_OF_A_RECORD[basis.settings.time_record_covers]
    last_day = add_days(time_record.c.worked_on, literal(days - 1))
    return and_(
        post.c.worker_id == time_record.c.worker_id,
        post.c.started_on <= last_day,
        ends_after(post.c.ended_on, time_record.c.worked_on),
        post.c.role.in_(basis.settings.practitioner_roles),
    )


def recorded_hours(months: Months, basis: Basis) -> Select:
    """Worked hours recorded (numerator) and hours contracted less leave (denominator), as rows.

    Contracted hours are FTE × a full-time week ÷ 5 for each working day in a practitioner's
    post; leave is what the time records themselves give as leave.
    """
    record = _records(months, basis)
    is_leave = record.c.category.in_(basis.settings.leave_categories)
    recorded = select(
        record.c.month,
        record.c.unit_id,
        case((is_leave, 0), else_=record.c.hours).label("numerator"),
        case((is_leave, -record.c.hours), else_=0).label("denominator"),
    )
    hours_rows = union_all(recorded, _contracted_hours(months, basis)).subquery()
    return select(*hours_rows.c)


def _contracted_hours(months: Months, basis: Basis) -> Select:
    """One row per working day in a practitioner's post, in the month that a record of it is in."""
    settings = basis.settings
    of_record = calendar_day.alias()
    first_recorded = {"day": calendar_day.c.day, "week": calendar_day.c.week_started_on}
    hours_a_day = literal(settings.hours_a_week / WORKING_DAYS_A_WEEK)
    return (
        select(
            of_record.c.month,
            post.c.unit_id,
            literal(0).label("numerator"),
            (post.c.fte * hours_a_day).label("denominator"),
        )
        .select_from(
            post.join(calendar_day, covers(post, calendar_day.c.day)).join(
                of_record, of_record.c.day == first_recorded[settings.time_record_covers]
            )
        )
        .where(calendar_day.c.working)
        .where(post.c.role.in_(settings.practitioner_roles))
        .where(of_record.c.day >= months.first.start)
        .where(of_record.c.day < months.last.end)
        .where(calendar_day.c.day <= basis.as_at)
    )


NEEDS = (Need("time_record"), Need("post"))
DRILL_DOWN = {"category": "Category", "worked_on": "Day or week from", "hours": "Hours"}
BY_CATEGORY = Split(
    "category",
    {
        "direct_work": "direct work",
        "travel": "travel",
        "recording": "recording",
        "meetings": "meetings",
        "supervision": "supervision",
        "training": "training",
        "court": "court",
        "other": "other",
    },
)
RECORDED_HOURS = Companion(
    "recorded_hours",
    "Hours recorded",
    "{percent} of contracted hours less leave are recorded",
    recorded_hours,
    is_coverage=True,
    gives_bounds=True,
)
POOLED = "Hours are pooled over practitioners; a worker without hours is not a zero."
WHOSE_AND_WHEN = (
    "Practitioners are those in a post as {practitioner_roles}; a full-time week has"
    " {hours_a_week} contracted hours.",
    "One record covers a {time_record_covers}. A week's record belongs to the month of its"
    " first day, and counts if the worker held a practitioner's post on any day of it.",
    "Several records of one worker, time, category and method are added up, and are a data"
    " issue; where a record covers a week, those alike in all but the id count once.",
    "Only one method of recording counts, here the {time_method}: a diary and a survey are not"
    " one trend.",
)
