"""Finds the same fact under two ids, by what makes the fact in each table.

Rows that are equal in everything but their id count once: which one makes no difference. All others
are kept, as only the record's owner can know which is true, and it is said what that does.
Every query runs as it stands on DuckDB and PostgreSQL.
"""

from collections.abc import Callable, Iterator

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Select,
    Subquery,
    and_,
    func,
    literal,
    or_,
    select,
)

from data_access.relations import NEVER, closings_are_known, covers, ends_after, first_of_each
from data_access.schema import post, referral, worker
from data_access.settings import Settings
from loading.checks.breaches import LEAVE_OUT, Breach, Situation, key_of
from loading.checks.check import CASE_RECORD, HUMAN_RESOURCES, PERFORMANCE, Check, Fact
from loading.checks.facts import FACTS, HOURS
from loading.fitting import key_columns
from loading.sources.reading import SAME_ROW, WARNING

# Shares of a post are rounded: three thirds may come to a little more than one.
MOST_FTE = 1.005


def equal_rows(situation: Situation) -> Iterator[Breach]:
    """Rows of one fact that are equal in all but the id, without the one whose id sorts first."""
    for fact in FACTS:
        if fact.once and _holds_once(fact, situation.settings):
            yield Breach(fact.table, _equal(fact), LEAVE_OUT, asks=_any_twice(fact))


def _holds_once(fact: Fact, settings: Settings) -> bool:
    """Two like entries of one day may both be true in a diary; two like weeks can't."""
    return fact is not HOURS or settings.time_record_covers == "week"


def _equal(fact: Fact) -> Select:
    """Only rows of a fact that stands twice are compared in full: that spares sorting all."""
    facts = _facts(fact)
    table, twice = fact.table, _twice(facts)
    said = [column for column in table.c if column.name not in key_columns(table)]
    first = func.first_value(key_of(table)).over(partition_by=said, order_by=key_of(table))
    twins = (
        select(key_of(table).label("row_key"), first.label("other"))
        .select_from(
            table.join(facts, facts.c.row_key == key_of(table)).join(twice, _same(facts, twice))
        )
        .subquery()
    )
    return select(twins.c.row_key, twins.c.other).where(twins.c.row_key != twins.c.other)


def again(fact: Fact) -> Callable[[Situation], Iterator[Breach]]:
    """A finder of rows whose fact stands under another id already, or a spell goes on already."""

    def finds(_: Situation) -> Iterator[Breach]:
        if fact.end is not None:
            yield Breach(fact.table, _at_a_time(fact), column=fact.column)
        else:
            yield Breach(fact.table, _of_a_key(fact), column=fact.column, asks=_any_twice(fact))

    return finds


def _of_a_key(fact: Fact) -> Select:
    """`other` is the one whose id sorts first."""
    facts = _facts(fact)
    twice = _twice(facts)
    return (
        select(facts.c.row_key, facts.c.day, twice.c.other)
        .select_from(facts.join(twice, _same(facts, twice)))
        .where(facts.c.row_key != twice.c.other)
    )


def _at_a_time(fact: Fact) -> Select:
    """Spells that begin while an earlier one of the same has not ended; empty ones are none."""
    later, earlier = (_facts(fact, with_day=False) for _ in range(2))
    other = func.min(earlier.c.row_key).label("other")
    began_before = or_(
        earlier.c.day < later.c.day,
        and_(earlier.c.day == later.c.day, earlier.c.row_key < later.c.row_key),
    )
    return (
        select(later.c.row_key.label("row_key"), later.c.day, other)
        .select_from(later.join(earlier, and_(_same(later, earlier), began_before)))
        .where(earlier.c.until > later.c.day, later.c.until > later.c.day)
        .group_by(later.c.row_key, later.c.day)
    )


def _facts(fact: Fact, *, with_day: bool = True) -> Subquery:
    """One row per row of the table: row_key, day, until, and in k0, k1 … what makes the fact.

    `with_day`: the day is a part of that. Named here, as PostgreSQL groups by no expression that
    holds a value.
    """
    key = (*fact.key, fact.day) if with_day else fact.key
    until = literal(NEVER, Date) if fact.end is None else func.coalesce(fact.end, NEVER)
    rows = select(
        key_of(fact.table).label("row_key"),
        fact.day.label("day"),
        until.label("until"),
        *(part.label(f"k{place}") for place, part in enumerate(key)),
    )
    return (rows if fact.among is None else rows.where(fact.among)).subquery()


def _parts(facts: FromClause) -> list[ColumnElement]:
    return [column for column in facts.c if column.name.startswith("k")]


def _twice(facts: Subquery) -> Subquery:
    parts = _parts(facts)
    return (
        select(*parts, func.min(facts.c.row_key).label("other"))
        .group_by(*parts)
        .having(func.count() > 1)
        .subquery()
    )


def _any_twice(fact: Fact) -> Select:
    return select(_twice(_facts(fact)).c.other)


def _same(facts: FromClause, others: FromClause) -> ColumnElement[bool]:
    return and_(*(part == others.c[part.name] for part in _parts(facts)))


def hours_again(_: Situation) -> Iterator[Breach]:
    """Workers with several records of one day or week, category and method: one row a worker.

    So few, as a diary in which each entry is a record has them every day.
    """
    twice = _twice(_facts(HOURS))
    who, day = twice.c.k0, twice.c[f"k{len(HOURS.key)}"]
    query = select(
        who.label("row_key"), func.min(day).label("day"), func.count().label("times")
    ).group_by(who)
    yield Breach(worker, query)


def more_than_one_fte(_: Situation) -> Iterator[Breach]:
    """Workers whose posts come to more than one FTE: the first day on which they do."""
    begins, held = post.alias(), post.alias()
    fte = func.sum(held.c.fte)
    at_each_start = (
        select(
            begins.c.worker_id.label("row_key"),
            begins.c.started_on.label("day"),
            begins.c.post_id,
            (func.round(fte * 100) / 100.0).label("fte"),
            func.count().label("posts"),
        )
        .select_from(
            begins.join(
                held,
                and_(held.c.worker_id == begins.c.worker_id, covers(held, begins.c.started_on)),
            )
        )
        .where(ends_after(begins.c.ended_on, begins.c.started_on))
        .group_by(begins.c.worker_id, begins.c.post_id, begins.c.started_on)
        .having(fte > MOST_FTE)
    )
    first = first_of_each(at_each_start, (begins.c.worker_id,), (begins.c.started_on, fte.desc()))
    yield Breach(worker, select(*first.c))


def while_a_case_is_open(_: Situation) -> Iterator[Breach]:
    """Referrals of a child of whom a case goes on: it came before, and was closed later or not yet.

    None where no case has a day of closing. DfE, children in need census: new information on an
    open case is no referral of its own.
    """
    held = referral.alias()
    query = (
        select(
            referral.c.referral_id.label("row_key"),
            referral.c.received_on.label("day"),
            func.min(held.c.referral_id).label("other"),
        )
        .select_from(referral.join(held, held.c.child_id == referral.c.child_id))
        .where(held.c.no_further_action.is_not(True))
        .where(held.c.received_on < referral.c.received_on)
        .where(ends_after(held.c.closed_on, referral.c.received_on))
        .where(closings_are_known())
        .group_by(referral.c.referral_id, referral.c.received_on)
    )
    yield Breach(referral, query, column="received_on")


CHECKS: tuple[Check, ...] = (
    Check(
        SAME_ROW,
        WARNING,
        PERFORMANCE,
        "it says what {table} {other} says, and nothing else: if both are true, put what they say"
        " in one row; else take one out",
        equal_rows,
    ),
    *(
        Check(fact.rule, WARNING, fact.mended_by, fact.says, again(fact))
        for fact in FACTS
        if fact is not HOURS
    ),
    Check(HOURS.rule, WARNING, HOURS.mended_by, HOURS.says, hours_again),
    Check(
        "referral_while_open",
        WARNING,
        CASE_RECORD,
        "it was received on {day}, while the case of referral {other} was open: it counts as a"
        " re-referral. If it is news of that case, put it there; if that was closed, enter the day",
        while_a_case_is_open,
    ),
    Check(
        "more_than_one_fte",
        WARNING,
        HUMAN_RESOURCES,
        "the worker has {fte} FTE in {posts} posts from {day}: days in post and contracted hours"
        " count them all. End the post that is over, or correct the FTE",
        more_than_one_fte,
    ),
)
