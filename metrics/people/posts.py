"""Posts of social workers, as the workforce census counts them, and those held at a month's end."""

from sqlalchemy import ColumnElement, FromClause, Select, case, literal, select

from data_access.relations import covers, month_ends
from data_access.schema import post
from metrics.model import Basis, Companion, Months, Rows


def of_social_work(held: FromClause, basis: Basis) -> ColumnElement[bool]:
    """Whether a post, or one that stands empty, is a social worker's by the settings."""
    return held.c.role.in_(basis.settings.social_work_roles)


def at_month_ends(held: FromClause, months: Months, basis: Basis) -> Select:
    """The month's end, with each social worker's post, or empty one, open then: month and unit.

    Whatever its FTE. More columns are to be added.
    """
    ends = month_ends(months.first.start, months.last.start, basis.as_at)
    return (
        select(ends.c.month, held.c.unit_id)
        .select_from(ends.join(held, covers(held, ends.c.last_day)))
        .where(of_social_work(held, basis))
    )


def with_fte(*of: ColumnElement[bool]) -> Rows:
    """One row per social worker's post at the month's end: numerator 1 if its FTE is above 0."""

    def rows(months: Months, basis: Basis) -> Select:
        has_fte = case((post.c.fte > 0, 1), else_=0).label("numerator")
        counted = at_month_ends(post, months, basis).where(*of)
        return counted.add_columns(has_fte, literal(1).label("denominator"))

    return rows


def fte_known(*of: ColumnElement[bool]) -> Companion:
    """How many of the posts have an FTE, and so are counted."""
    return Companion(
        "fte_known",
        "Posts with an FTE",
        "{n} of {d} social {d:worker's|workers'} {d:post|posts} {n:has|have} an FTE above 0",
        with_fte(*of),
        is_coverage=True,
    )


ROLES_COUNTED = "Social workers are those in a post as {social_work_roles}."
TWO_POSTS = (
    "A worker’s two posts at once both count, each with its own FTE; in one unit and role they are"
    " a data issue."
)
NO_FTE = "A post with FTE 0 is in neither number, and is told beside."
LAST_DAY = (
    "A post is held on a month's last day if that is a day in post: who leaves on the 29th is"
    " not there on the 30th, and a post ends on the day after the last one in it."
)
