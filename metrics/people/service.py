"""How long people served: the council's own social workers' posts, joined where one follows on."""

from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    String,
    Subquery,
    and_,
    case,
    func,
    literal,
    select,
)

from data_access.dialect import add_days
from data_access.relations import NEVER, ends_after
from data_access.schema import post
from metrics.model import Basis
from metrics.people.posts import of_social_work

NAMES = ("post_id", "worker_id", "unit_id", "role", "fte", "leaving_reason", "started_on")


def service_posts(basis: Basis) -> Subquery:
    """Every non-agency social worker's post, with the service that it is a part of.

    A service goes on where another post begins no more than `internal_move_days` after the last
    day in those before. Added: ended_on (NEVER: still held), next_unit_id and next_started_on of
    the worker's next post, service_began_on, service_ended_on. A post of no day is none, and what
    begins after the last day known is not there yet.
    """
    numbered = _numbered(basis)
    whole: dict[str, Any] = {"partition_by": (numbered.c.worker_id, numbered.c.number)}
    began, ended = numbered.c.started_on, numbered.c.ended_on
    return select(
        *(column for column in numbered.c if column.name != "number"),
        func.min(began, type_=Date).over(**whole).label("service_began_on"),
        func.max(ended, type_=Date).over(**whole).label("service_ended_on"),
    ).subquery()


def _numbered(basis: Basis) -> Subquery:
    """The posts with the `number` of the worker's service that each is a part of."""
    marked = _marked(basis)
    number = func.sum(marked.c.begins).over(
        partition_by=marked.c.worker_id,
        order_by=(marked.c.started_on, marked.c.post_id),
        rows=(None, 0),
    )
    kept = (column for column in marked.c if column.name != "begins")
    return select(*kept, number.label("number")).subquery()


def _marked(basis: Basis) -> Subquery:
    """The posts, with `begins` 1 where a new service begins, and what the worker's next post is."""
    in_order: dict[str, Any] = {
        "partition_by": post.c.worker_id,
        "order_by": (post.c.started_on, post.c.post_id),
    }
    ended_before = func.max(_ended_on(), type_=Date).over(**in_order, rows=(None, -1))
    goes_on = ended_before >= _must_have_ended_by(post.c.started_on, basis)
    return (
        select(
            *(post.c[name] for name in NAMES),
            _ended_on().label("ended_on"),
            func.lead(post.c.unit_id, type_=String).over(**in_order).label("next_unit_id"),
            func.lead(post.c.started_on, type_=Date).over(**in_order).label("next_started_on"),
            case((goes_on, 0), else_=1).label("begins"),
        )
        .where(of_social_work(post, basis), post.c.agency.is_(False))
        .where(post.c.started_on <= basis.as_at)
        .where(ends_after(post.c.ended_on, post.c.started_on))
        .subquery()
    )


def _ended_on() -> ColumnElement[date]:
    return func.coalesce(post.c.ended_on, literal(NEVER, Date))


def _must_have_ended_by(started_on: ColumnElement[date], basis: Basis) -> ColumnElement[date]:
    """The earliest `ended_on` after which a post that starts then is a move.

    `ended_on` is the day after the last in post, from which the days are counted.
    """
    return add_days(started_on, literal(1 - basis.settings.internal_move_days))


def moved_on(served: Subquery, basis: Basis) -> ColumnElement[bool]:
    """Whether a post ended and the worker's next is in another unit, by a move."""
    return and_(
        served.c.service_ended_on > served.c.ended_on,
        served.c.next_unit_id != served.c.unit_id,
        served.c.ended_on >= _must_have_ended_by(served.c.next_started_on, basis),
    )
