"""What is looked at: the settings, Streamlit's options, and the world around this deployment."""

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from shutil import disk_usage

from sqlalchemy import Engine

from access.store.opening import ACCESS_STORE
from data_access.connection.addresses import OF_FILES, address_of
from data_access.database import connect
from data_access.london import now
from data_access.meeting_store.opening import MEETING_STORE
from data_access.settings import Settings, settings_path
from data_access.stores.kind import StoreKind
from data_access.stores.opening import engine_of_kind

PROJECT = Path(__file__).parents[2]


def _free_bytes(folder: Path) -> int:
    return disk_usage(folder).free


@dataclass(frozen=True)
class Deployment:
    """A deployment as this process sees it. `environment` is the process's own."""

    settings: Settings
    option: Callable[[str], object]
    environment: Mapping[str, str]
    now: Callable[[], datetime] = now
    free_bytes: Callable[[Path], int] = _free_bytes
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    @property
    def signs_in(self) -> bool:
        return self.settings.sign_in.method != "none"

    @cached_property
    def stores(self) -> Mapping[str, tuple[StoreKind, str]]:
        """Each store that this deployment has: its kind and its address, by the check's key."""
        meeting = {"meeting_store": (MEETING_STORE, self.settings.meeting_store_url)}
        access = {"access_store": (ACCESS_STORE, self.settings.access_store.url)}
        return meeting | (access if self.signs_in else {})

    def store(self, key: str) -> Engine:
        """An engine for a store as it is: nothing is made, and nothing brought up to date."""
        return engine_of_kind(*self.stores[key])

    def store_file(self, key: str) -> Path | None:
        """The file of a store; None where a server holds it."""
        url = self.store(key).url
        is_file = url.get_backend_name() in OF_FILES
        return Path(url.database or "") if is_file else None

    def case_database(self) -> Engine:
        return connect(self.settings.database_url)

    @property
    def case_file(self) -> Path | None:
        """The file of the case database; None where a server holds it."""
        address = address_of(self.settings.database_url)
        return Path(address.database or "") if address.get_backend_name() in OF_FILES else None

    @property
    def heads_file(self) -> Path | None:
        heads = self.settings.access_store.heads
        return None if heads is None else settings_path().parent / heads
