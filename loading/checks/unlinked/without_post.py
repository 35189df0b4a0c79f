"""Finds workers whose absence or hours lie on no day of a post: no figure counts these.

Every query runs as it stands on DuckDB and PostgreSQL.
"""

from collections.abc import Iterator

from sqlalchemy import Column, ColumnElement, Select, and_, func, literal, select

from data_access.dialect import add_days
from data_access.relations import ends_after
from data_access.schema import absence, post, time_record, worker
from loading.checks.breaches import Breach, Situation
from loading.checks.check import HUMAN_RESOURCES, Check
from loading.sources.reading import WARNING
from metrics.people.recorded_time import DAYS_OF_A_RECORD

SICK = "SIC"


def absent_without_post(situation: Situation) -> Iterator[Breach]:
    """Workers with sickness up to the last day covered on no day of a post, where posts are known.

    An absence that begins or ends outside a post counts for its days in it, and is none.
    """
    last_day = func.coalesce(absence.c.last_day, literal(situation.as_at))
    query = _without_post(absence.c.worker_id, absence.c.first_day, last_day)
    sick = query.where(absence.c.reason == SICK, _until(absence.c.first_day, situation))
    yield Breach(worker, sick, column="worker_id")


def time_without_post(situation: Situation) -> Iterator[Breach]:
    """Workers with hours on no day of a post, or in no week of one as records are of weeks."""
    day, days = time_record.c.worked_on, DAYS_OF_A_RECORD[situation.settings.time_record_covers]
    query = _without_post(time_record.c.worker_id, day, add_days(day, literal(days - 1)))
    yield Breach(worker, query.where(_until(day, situation)), column="worker_id")


def _until(day: Column, situation: Situation) -> ColumnElement[bool]:
    return day <= situation.as_at


def _without_post(worker_id: Column, first: Column, last: ColumnElement) -> Select:
    in_post = and_(
        post.c.worker_id == worker_id, post.c.started_on <= last, ends_after(post.c.ended_on, first)
    )
    return (
        select(
            worker_id.label("row_key"),
            func.count().label("rows"),
            func.min(first).label("first"),
            func.max(first).label("latest"),
        )
        .where(select(post.c.post_id).exists())
        .where(~select(literal(1)).select_from(post).where(in_post).exists())
        .group_by(worker_id)
    )


_MEND = "no figure counts {rows:it|them}. Add the post, or correct the days or the worker"
CHECKS = (
    Check(
        "absence_in_no_post",
        WARNING,
        HUMAN_RESOURCES,
        "{rows} {rows:absence|absences} for sickness, the first from {first}, {rows:is|are} on no"
        f" day of a post of the worker, and {_MEND}",
        absent_without_post,
    ),
    Check(
        "time_in_no_post",
        WARNING,
        HUMAN_RESOURCES,
        "{rows} {rows:record|records} of hours, from {first} to {latest}, {rows:is|are} on no day"
        f" of a post of the worker, and {_MEND}",
        time_without_post,
    ),
)
