"""Opens the access store: only where people sign in is it made at all."""

from functools import lru_cache
from pathlib import Path

from sqlalchemy import Engine

from data_access.access_settings import AccessStore
from data_access.settings import settings_path
from data_access.stores.kind import StoreKind
from data_access.stores.opening import open_store_of

# An execution option: the file that gets the head of the audit's chain once a day.
HEADS = "childstat_heads"
ACCESS_STORE = StoreKind(
    name="access store",
    article_name="an access store",
    migrations=Path(__file__).parent / "migrations",
    version_table="childstat_access_version",
    lock=20_180_525,
    whole_again="put back a copy of that file",
    refusals=(
        (
            ("never changed", "never added to"),
            "What is in the audit is never changed: {where} refused it.",
        ),
        (("not the next",), "The audit in {where} takes events only at its end: it refused this."),
    ),
    # A page waits for its event: longer than this is a page that hangs.
    seconds_to_wait=5,
)


def open_access_store(settings: AccessStore) -> Engine:
    """The access store of these settings, made where there is none: see `open_store_of`."""
    store = open_store_of(ACCESS_STORE, settings.url)
    return store.execution_options(**{HEADS: heads_file(settings)})


@lru_cache(maxsize=2)
def shared_access_store(settings: AccessStore) -> Engine:
    """The store for a process that serves: opened once, and left open."""
    return open_access_store(settings)


def heads_file(settings: AccessStore) -> Path | None:
    """The file of heads, if there is to be one; a relative path starts at the settings' folder."""
    return None if settings.heads is None else settings_path().parent / settings.heads
