"""Whether a meeting store is what this program made of it: its tables, triggers, publications."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Engine, func, inspect, select

from data_access.london import day_of
from data_access.meeting_store.meeting_tables import action, meeting
from data_access.meeting_store.opening import MEETING_STORE
from data_access.meeting_store.publications import Publication
from data_access.meeting_store.seals.own_digests import first_other_than_its_digest
from data_access.meeting_store.seals.sealing import figures_digest, first_fault, seals
from data_access.meeting_store.seals.shape import expected_shape, shape_of
from data_access.meeting_store.tables import (
    BROUGHT_UP_TO_DATE,
    annotation,
    dispute,
    publication,
    publication_seal,
)
from data_access.meeting_store.transactions import read
from data_access.problems import Problem
from data_access.stores.driver_faults import faults_as_problems, store_address
from data_access.stores.migrating import version_of

FAULTS_TOLD = 3
CHANGED = (
    "{where} is not as ChildStat wrote it: {fault}. Put back a copy from before that with"
    " 'python childstat.py store restore --from FILE', and find out who could write to it."
)


@dataclass(frozen=True)
class Holdings:
    """What a store holds, to be said: numbers, the first and last day, the newest digest."""

    publications: int
    sealed_later: int
    notes: int
    disputes: int
    meetings: int
    actions: int
    first: date | None
    last: date | None
    digest: str | None


def refuse_unless_as_written(engine: Engine) -> None:
    """A Problem that names the first fault in a store's tables, triggers, or publications.

    A store of an earlier version, without seals, is held to the digest that each publication has
    of its own.
    """
    with faults_as_problems(engine), engine.connect() as connection:
        version = version_of(connection, MEETING_STORE)
        fault = _shape_fault(engine, connection, str(version)) or _fault(connection)
    if fault:
        raise Problem(CHANGED.format(where=store_address(engine), fault=fault))


def _fault(connection: Connection) -> str | None:
    if inspect(connection).has_table(publication_seal.name):
        return first_fault(connection)
    return first_other_than_its_digest(connection)


def _shape_fault(engine: Engine, connection: Connection, version: str) -> str | None:
    expected, found = expected_shape(engine, version), shape_of(connection)
    faults = list(_differences(expected, found))
    more = f" and {len(faults) - FAULTS_TOLD} more" if len(faults) > FAULTS_TOLD else ""
    return "; ".join(faults[:FAULTS_TOLD]) + more if faults else None


def _differences(expected: Mapping[str, str], found: Mapping[str, str]) -> Iterator[str]:
    for name in sorted({*expected, *found}):
        if name not in found:
            yield f"the {name} is missing"
        elif name not in expected:
            yield f"the {name} was added"
        elif expected[name] != found[name]:
            yield f"the {name} was changed"


def refuse_if_changed(store: Engine, published: Publication) -> None:
    """A Problem where a publication's figures or words are no longer those that were sealed.

    Its rows take longer to read: `refuse_unless_as_written` looks at those.
    """
    with faults_as_problems(store), store.connect() as connection:
        of_this = seals().where(publication_seal.c.publication_id == published.id)
        sealed = connection.execute(of_this).first()
        digest = figures_digest(connection, published.id)
    if sealed is None or sealed.figures != digest:
        name = f"{published.month:%Y-%m} (version {published.version})"
        fault = f"what was published of {name} was changed afterwards"
        raise Problem(CHANGED.format(where=store_address(store), fault=fault))


def refuse_unless_sealed(store: Engine, digest: str) -> None:
    """A Problem where no publication of the store's chain has the digest.

    Whoever can write the file can make a whole new chain, but none with a digest kept elsewhere.
    """
    known = read(store, seals().where(publication_seal.c.chained == digest.strip().lower()))
    if not known:
        raise Problem(
            f"No publication in {store_address(store)} has the digest {digest!r}: the store was put"
            " together anew, or is an older one. Put back the copy that told this digest."
        )


def holdings(store: Engine) -> Holdings:
    """What the store holds; nothing of what its version had no table for yet."""
    with faults_as_problems(store), store.connect() as connection:
        known = set(inspect(connection).get_table_names())
        numbers = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (publication, annotation, dispute, meeting, action)
            if table.name in known
        }
        moments = func.min(publication.c.published_at), func.max(publication.c.published_at)
        first, last = connection.execute(select(*moments)).one()
        in_order = seals().order_by(publication_seal.c.number)
        has_seals = publication_seal.name in known
        sealed = connection.execute(in_order).all() if has_seals else []
    return Holdings(
        publications=numbers["publication"],
        sealed_later=sum(row.how == BROUGHT_UP_TO_DATE for row in sealed),
        notes=numbers["annotation"],
        disputes=numbers["dispute"],
        meetings=numbers.get("meeting", 0),
        actions=numbers.get("action", 0),
        first=first and day_of(first),
        last=last and day_of(last),
        digest=sealed[-1].chained if sealed else None,
    )
