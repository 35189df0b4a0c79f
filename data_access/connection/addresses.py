"""Addresses of databases: the parts of one, or one sentence that never repeats its password."""

from collections.abc import Collection

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from data_access.problems import Problem

CASE_DATABASES = {
    "duckdb": "duckdb:///FILE",
    "postgresql": "postgresql+psycopg://USER:PASSWORD@HOST/NAME",
}
OF_FILES = ("duckdb", "sqlite")
IN_MEMORY = ":memory:"
SECONDS_TO_WAIT_FOR_AN_ANSWER = 5
# For libpq: what a firewall forgets, or a server that lost its power, would be waited for by the
# hour.
KEPT_ALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 6}


def address_of(url: str) -> URL:
    """The parts of a case database's address; a Problem where it can't be used."""
    return known_address(url, CASE_DATABASES, "The database address")


def known_address(url: str, forms: dict[str, str], name: str) -> URL:
    """The parts of an address on one of the engines of `forms`, whose driver is installed.

    One of a file names it: a database in memory would be gone with the command.
    """
    address = _address(url, forms)
    if address is None:
        raise Problem(
            f"{name} is not one that ChildStat can use: give {' or '.join(forms.values())}."
        )
    return address


def _address(url: str, engines: Collection[str]) -> URL | None:
    try:
        address = make_url(url)
        address.get_dialect().import_dbapi()
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError):
        # ValueError: a port that is no number.
        return None
    engine = address.get_backend_name()
    names_no_file = engine in OF_FILES and address.database in (None, "", IN_MEMORY)
    return None if engine not in engines or names_no_file else address
