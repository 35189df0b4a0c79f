"""What has become of what was due: one rule for figures, work lists and the child's page."""

from datetime import date

from sqlalchemy import ColumnElement, FromClause, and_, case, not_, or_

OVERDUE, NO_RECORD_YET = "overdue", "no_record_yet"
Standard = ColumnElement[int] | int


def made_in_time(due: FromClause) -> ColumnElement[bool]:
    """Whether the visit due was made on or before its due date."""
    return and_(due.c.visited_on.is_not(None), due.c.visited_on <= due.c.due_on)


def held_in_time(due: FromClause) -> ColumnElement[bool]:
    """Whether the review due was held on or before its due date."""
    return and_(due.c.held_on.is_not(None), due.c.held_on <= due.c.due_on)


def had_fallen_due(
    due_on: ColumnElement[date], as_at: date, in_time: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Whether its due date has passed, or is the last day known and it was done by then.

    What is due on that day and not done yet may still be done on it.
    """
    return or_(due_on < as_at, and_(due_on == as_at, in_time))


def is_missed(due: FromClause, as_at: date) -> ColumnElement[bool]:
    """Whether its due date has passed and it was not made by then; it may have been made late."""
    return and_(due.c.due_on < as_at, not_(made_in_time(due)))


def unrecorded_state(since_due: ColumnElement[int], standard: Standard) -> ColumnElement[str]:
    """What a visit is that nobody recorded and whose due date has passed, so many working days ago.

    no_record_yet while it could have been made in time and still be recorded within the standard;
    then overdue. Local rule.
    """
    return case((since_due > standard, OVERDUE), else_=NO_RECORD_YET)


def turns_overdue(day: FromClause, due: FromClause, standard: Standard) -> ColumnElement[bool]:
    """Whether `day` is the first on which a visit due on `due` is overdue: rows of calendar_day.

    The working day after the last that `unrecorded_state` allows; said with =, so that it joins.
    """
    return and_(
        day.c.working,
        day.c.working_day_number == due.c.working_day_number + standard + 1,
    )
