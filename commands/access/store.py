"""The access store as commands open it, and who runs them."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from access.store.opening import ACCESS_STORE, open_access_store
from data_access.problems import Problem
from data_access.settings import Settings
from data_access.stores.opening import engine_of_kind


@contextmanager
def opened(settings: Settings) -> Iterator[Engine]:
    """The store, closed when the block ends; where nobody signs in none is made for a command."""
    _refuse_to_make(settings)
    store = open_access_store(settings.access_store)
    try:
        yield store
    finally:
        store.dispose()


def operator() -> str:
    """This machine's name of whoever runs the command, as the audit keeps it."""
    try:
        return f"{getpass.getuser()} on the command line"
    except (OSError, KeyError):
        return "somebody on the command line"


def _refuse_to_make(settings: Settings) -> None:
    file = engine_of_kind(ACCESS_STORE, settings.access_store.url).url
    is_file = file.get_backend_name() == "sqlite"
    if settings.sign_in.method == "none" and is_file and not Path(file.database or "").exists():
        raise Problem(
            'Nobody has signed in yet: [sign_in] in config.toml has the method "none"'
            " (docs/access.md)."
        )
