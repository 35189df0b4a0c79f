"""Where the meeting store is, and what kind of store it is: `stores` opens it."""

from pathlib import Path

from sqlalchemy import Engine

from data_access.stores.kind import StoreKind
from data_access.stores.opening import engine_of_kind, open_store_of

MEETING_STORE = StoreKind(
    name="meeting store",
    article_name="a meeting store",
    migrations=Path(__file__).parent / "migrations",
    version_table="childstat_meeting_version",
    lock=20_160_930,
    whole_again="put back a copy with 'python childstat.py store restore --from FILE'",
    refusals=(
        (
            ("never changed", "never added to"),
            "A published month is never changed: publish it again, with a reason.",
        ),
    ),
)


def open_store(url: str) -> Engine:
    """The meeting store at `url`: see `open_store_of`."""
    return open_store_of(MEETING_STORE, url)


def engine_of(url: str) -> Engine:
    """An engine for the meeting store at `url`, as it is: nothing is made or changed yet."""
    return engine_of_kind(MEETING_STORE, url)
