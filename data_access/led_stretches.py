"""Who led a child on each day of a time, cut where that changes."""

from collections.abc import Sequence

from sqlalchemy import Date, FromClause, Subquery, and_, func, literal, select, union

from data_access.dialect import add_days
from data_access.relations import with_last_lead, with_lead
from data_access.schema import allocation


def led_stretches(pieces: FromClause, key: Sequence[str]) -> Subquery:
    """`pieces` cut into stretches of days of one lead allocation, or of none.

    `pieces` have child_id, first_on and until, which is the first day not in them; `key` tells them
    apart. Each row has its piece's columns, and began_on, next_on, lead_unit_id, lead_worker_id.
    Of several leads on a day, see `relations.last_lead`.
    """
    return with_lead(_cut(pieces, key, 0), "began_on", (*key, "began_on"))


def last_led_stretches(pieces: FromClause, key: Sequence[str]) -> Subquery:
    """The same of the last lead: open on the day, or on the day before.

    So what ends on the day on which an allocation ends is that unit's still.
    """
    return with_last_lead(_cut(pieces, key, 1), "began_on", (*key, "began_on"))


def _cut(pieces: FromClause, key: Sequence[str], days_after: int) -> Subquery:
    """`pieces` cut at each day on which a lead begins, and so many days after each ends."""
    named = [pieces.c[name] for name in (*key, "until")]
    ends_on = add_days(allocation.c.ended_on, literal(days_after))
    led = pieces.join(
        allocation, and_(allocation.c.child_id == pieces.c.child_id, allocation.c.lead.is_(True))
    )
    days = union(
        select(*named, pieces.c.first_on.label("began_on")),
        *(
            select(*named, day)
            .select_from(led)
            .where(day > pieces.c.first_on, day < pieces.c.until)
            for day in (allocation.c.started_on, ends_on)
        ),
    ).subquery()
    following = func.lead(days.c.began_on, type_=Date).over(
        partition_by=[days.c[name] for name in key], order_by=days.c.began_on
    )
    next_on = func.coalesce(following, days.c.until).label("next_on")
    return select(*days.c, next_on).subquery()
