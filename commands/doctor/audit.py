"""Whether the audit's end is told elsewhere, and is still what was told."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, Row, select

from access.audit.heads import Head, read_heads
from access.store.reading import read
from access.store.tables import anchor, event
from commands.doctor.deployment import Deployment
from commands.doctor.findings import Finding, fine, look, mend
from data_access.problems import Problem

CHECK = "audit"
# A head is told with the first event of the next day; nobody may have looked over a weekend.
LONGEST_UNTOLD = timedelta(days=4)


def audit(deployment: Deployment) -> Iterator[Finding]:
    """What stands at the end of the chain, beside what was told of it elsewhere."""
    store_file = deployment.store_file("access_store") if deployment.signs_in else None
    if not deployment.signs_in or (store_file is not None and not store_file.exists()):
        return
    if deployment.heads_file is None:
        yield look(
            CHECK,
            "[access_store] heads names no file: whoever can write the access store could cut off"
            " the audit's end, and nobody would miss it.",
        )
        return
    store = deployment.store("access_store")
    try:
        yield from _told(deployment, store, deployment.heads_file)
    except (Problem, OSError) as fault:
        yield mend(CHECK, f"The audit's heads can't be compared: {fault}")
    finally:
        store.dispose()


def _told(deployment: Deployment, store: Engine, file: Path) -> Iterator[Finding]:
    last = _at(store, None)
    heads = read_heads(file) if file.exists() else []
    if last is None and not heads:
        return
    if last is None or (heads and not _stands(store, heads[-1])):
        yield mend(
            CHECK,
            f"The audit no longer has event {heads[-1].number} as {file} was told it: somebody has"
            " changed or cut it. Keep the store as it is, and run 'access verify'.",
        )
        return
    told_at = heads[-1].at if heads else None
    if told_at is None or deployment.now() - told_at > LONGEST_UNTOLD:
        yield look(CHECK, _untold(file, heads))
    else:
        yield fine(CHECK, f"The audit's end was told to {file} and stands as it was told.")


def _untold(file: Path, heads: list[Head]) -> str:
    when = "never" if not heads else f"last on {heads[-1].at:%d %B %Y}"
    return (
        f"The audit's end was {when} told to {file}: see that the service can write there, and that"
        " people sign in."
    )


def _at(store: Engine, number: int | None) -> Row | None:
    """The event, or the anchor of a purge, of a number; the last one without it."""
    for table in (event, anchor):
        query = select(table.c.number, table.c.digest).order_by(table.c.number.desc()).limit(1)
        rows = read(store, query if number is None else query.where(table.c.number == number))
        if rows:
            return rows[0]
    return None


def _stands(store: Engine, head: Head) -> bool:
    """Whether a head is still the event of its number, or was purged since."""
    found, oldest = _at(store, head.number), read(store, select(anchor.c.number))
    if found is not None:
        return found.digest == head.digest
    return any(row.number > head.number for row in oldest)
