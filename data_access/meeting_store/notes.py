"""What people say about figures: disputes, new starts of a trend, and words beside a month."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Engine, Select, insert, select, update

from data_access.meeting_store.tables import (
    DISPUTE_REASONS,
    OUTCOMES,
    annotation,
    dispute,
    rebase,
)
from data_access.meeting_store.transactions import changing, new_id, now
from data_access.problems import Problem

FigureMonth = Mapping[str, str | date | None]


def figure_month(metric: str, unit_id: str | None, month: date) -> FigureMonth:
    """Where something is said: a metric's key, a unit ('*' the service), a month's first day."""
    return {"metric": metric, "unit_id": unit_id, "month": month}


def raise_dispute(
    store: Engine,
    where: FigureMonth,
    row_key: Mapping,
    reason: str,
    by: str,
    note: str | None = None,
) -> str:
    """Writes that somebody doubts one row; its id.

    `row_key` holds the columns by which the row is known again in another load.
    """
    _refuse_unless_one_of("reason", reason, DISPUTE_REASONS)
    id = new_id()
    with changing(store, by, "disputed", _subject(where)) as connection:
        doubt = {"row_key": dict(row_key), "reason": reason, "note": note}
        raised = {"id": id, "raised_by": by, "raised_at": now()}
        connection.execute(insert(dispute), {**where, **doubt, **raised})
    return id


def settle_dispute(store: Engine, id: str, outcome: str, by: str) -> None:
    """Writes how a dispute ended, upheld or rejected; one that has ended stays as it ended."""
    _refuse_unless_one_of("outcome", outcome, OUTCOMES)
    with changing(store, by, f"{outcome} a dispute", id) as connection:
        settling = connection.execute(
            update(dispute)
            .where(dispute.c.id == id, dispute.c.outcome.is_(None))
            .values(outcome=outcome, settled_by=by, settled_at=now())
        )
        if not settling.rowcount:
            raise Problem("This dispute is settled already, or was never raised.")


def open_disputes(metric: str) -> Select:
    """A metric's disputes that nobody has settled, in the order raised; they hold child ids."""
    return (
        select(*dispute.c)
        .where(dispute.c.metric == metric, dispute.c.outcome.is_(None))
        .order_by(dispute.c.raised_at, dispute.c.id)
    )


def rebase_from(store: Engine, where: FigureMonth, reason: str, by: str) -> str:
    """Writes that a new phase of the trend starts with the month; the decision's id."""
    id = new_id()
    with changing(store, by, "rebased", _subject(where)) as connection:
        columns = {"id": id, "reason": reason, "by": by, "at": now()}
        connection.execute(insert(rebase), {**where, **columns})
    return id


def withdraw_rebase(store: Engine, id: str, by: str) -> None:
    """Writes that a rebase no longer holds; the decision and its withdrawal both stay."""
    with changing(store, by, "withdrew a rebase", id) as connection:
        withdrawal = connection.execute(
            update(rebase)
            .where(rebase.c.id == id, rebase.c.withdrawn_at.is_(None))
            .values(withdrawn_by=by, withdrawn_at=now())
        )
        if not withdrawal.rowcount:
            raise Problem("This rebase is withdrawn already, or was never made.")


def rebases() -> Select:
    """Every rebase that holds, by metric, unit and month."""
    in_order = (rebase.c.metric, rebase.c.unit_id, rebase.c.month, rebase.c.id)
    return select(*rebase.c).where(rebase.c.withdrawn_at.is_(None)).order_by(*in_order)


def annotate(store: Engine, where: FigureMonth, words: str, by: str) -> str:
    """Writes words beside a figure; their id."""
    id = new_id()
    with changing(store, by, "annotated", _subject(where)) as connection:
        connection.execute(
            insert(annotation), {**where, "id": id, "words": words, "by": by, "at": now()}
        )
    return id


def annotations() -> Select:
    """Every annotation, in the order written."""
    return select(*annotation.c).order_by(annotation.c.at, annotation.c.id)


def _subject(where: FigureMonth) -> str:
    return f"{where['metric']}, unit {where['unit_id']}, {where['month']:%Y-%m}"


def _refuse_unless_one_of(what: str, word: str, known: tuple[str, ...]) -> None:
    if word not in known:
        raise Problem(f"{word!r} is no {what}: use one of {', '.join(known)}.")
