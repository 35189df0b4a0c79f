"""Who led a child on each day of a time, cut where that changes, and within which cases."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Date, FromClause, Select, Subquery, and_, case, func, literal, select, union

from data_access.dialect import add_days
from data_access.relations import NEVER, ends_after, with_last_lead, with_lead
from data_access.schema import allocation, referral


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


def leads_within_cases(as_at: date) -> Select:
    """One row per case and lead allocation of a day or more within it.

    Columns allocation_id, referral_id, led_from: the later of the allocation's start and the
    referral. A lead is within the case that it names; one that names none, within every case of the
    child that it overlaps. Until a lead that names it has begun, a case is led by whoever leads on
    the child: a referral that comes to a child with a unit is that unit's. A referral of which
    nothing further came is no case, and nothing after `as_at` is known.
    """
    led_from = case(
        (allocation.c.started_on < referral.c.received_on, referral.c.received_on),
        else_=allocation.c.started_on,
    )
    named = _named_from()
    not_named_yet = func.coalesce(named.c.named_from, literal(NEVER, Date)) > led_from
    of_the_case = case(
        (not_named_yet, referral.c.referral_id),
        else_=func.coalesce(allocation.c.referral_id, referral.c.referral_id),
    )
    return (
        select(allocation.c.allocation_id, referral.c.referral_id, led_from.label("led_from"))
        .select_from(
            referral.join(allocation, allocation.c.child_id == referral.c.child_id).outerjoin(
                named, named.c.referral_id == referral.c.referral_id
            )
        )
        .where(of_the_case == referral.c.referral_id)
        .where(allocation.c.lead.is_(True))
        .where(referral.c.no_further_action.is_not(True))
        .where(led_from <= as_at)
        .where(ends_after(allocation.c.ended_on, led_from))
        .where(ends_after(referral.c.closed_on, led_from))
    )


def _named_from() -> Subquery:
    """When the first lead of a day or more that names each case began."""
    return (
        select(
            allocation.c.referral_id,
            func.min(allocation.c.started_on, type_=Date).label("named_from"),
        )
        .where(allocation.c.lead.is_(True), allocation.c.referral_id.is_not(None))
        .where(ends_after(allocation.c.ended_on, allocation.c.started_on))
        .group_by(allocation.c.referral_id)
        .subquery()
    )
