"""Where a child's next visit stands, in words: the same on the child's page and in a list."""

from datetime import date
from typing import Any

from data_access.due.states import NO_RECORD_YET, OVERDUE
from metrics.lists.held_children import NOTHING_DUE
from metrics.writing import several


def state_words(row: Any, today: date) -> str:
    """In working days, as the states count: "20 working days overdue"."""
    if row.state == NOTHING_DUE:
        return "no visit due: no plan is open"
    if row.state == OVERDUE:
        return f"{working_days(row.past_by)} overdue"
    if row.state == NO_RECORD_YET:
        since = f" {working_days(row.past_by)} ago" if row.past_by else ""
        return f"due{since}, not recorded yet"
    if row.past_by:
        return f"due in {working_days(-row.past_by)}"
    return "due today" if row.due_on == today else "due before the next working day"


def working_days(number: int) -> str:
    return several(number, "working day")
