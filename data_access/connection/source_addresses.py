"""The address of a council's own database: its secrets are the environment's, and never said.

Any database is one that SQLAlchemy has a dialect and Python a driver for. Of an address a message
repeats the kind of database, the server and the database's name, and nothing else.
"""

import os
import re
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from data_access.connection.addresses import IN_MEMORY, OF_FILES
from data_access.problems import WrongSettings

SOURCE_VARIABLE = "CHILDSTAT_SOURCE"
_NAMED = re.compile(r"\$\{(\w*)\}")
_FORM = "mssql+pyodbc://USER:${PASSWORD}@SERVER/DATABASE?driver=ODBC+Driver+18+for+SQL+Server"
NONE_SAID = (
    f"No database was named: give its address, or set {SOURCE_VARIABLE}. It is written {_FORM},"
    " and what stands as ${NAME} is taken from the environment."
)
NO_ADDRESS = f"The source's address can't be understood: it is written {_FORM}."
MISPLACED = (
    "The source's address has an @ where its server or database is named, so that a part of the"
    " user or password may stand there: put a user, a password or a name with a /, a : or an @ into"
    f" the environment, each under a name of its own. It is written {_FORM}."
)
NO_DIALECT = (
    "Nothing here knows databases of the kind {kind}: write mssql+pyodbc, postgresql+psycopg,"
    " oracle+oracledb or mysql+pymysql, or install SQLAlchemy's dialect for it."
)
NO_DRIVER = (
    "{kind} needs the Python driver {driver}, which is not installed: pip install {package}."
)
# Drivers that are installed under another name than they are imported by.
PACKAGES = {"MySQLdb": "mysqlclient", "psycopg2": "psycopg2-binary"}


def source_address(url: str | None) -> URL:
    """The parts of the address, each ${NAME} replaced by what the environment has under NAME.

    Without `url` the address is what CHILDSTAT_SOURCE has. A value is put in as it is, whatever
    signs it has; only one that is the whole address is read as one. A fault never shows a value.
    """
    written = (url or os.environ.get(SOURCE_VARIABLE, "")).strip()
    if not written:
        raise WrongSettings(NONE_SAID)
    if _NAMED.fullmatch(written):
        written = _filled(written)
    parsed = _parsed(written)
    _need_places(parsed)
    address = _with_values(parsed)
    _need_driver(address)
    _need_file(address)
    return address


def shown(address: URL) -> str:
    """The address as messages have it: without its user, its password, and what follows a "?"."""
    place = f"{address.host or ''}/{address.database or ''}"
    return f"{address.drivername}://{place}"


def _parsed(written: str) -> URL:
    try:
        return make_url(written)
    except (ArgumentError, ValueError):
        # ValueError: a port that is no number. Neither is chained: both repeat the address.
        raise WrongSettings(NO_ADDRESS) from None


def _need_places(address: URL) -> None:
    """What would be said as the server or the database must hold no password."""
    is_file = address.get_backend_name() in OF_FILES
    if "@" in (address.host or "") or ("@" in (address.database or "") and not is_file):
        raise WrongSettings(MISPLACED)


def _with_values(address: URL) -> URL:
    query = {
        name: _filled(value) if isinstance(value, str) else tuple(map(_filled, value))
        for name, value in address.query.items()
    }
    return address.set(
        username=_or_none(address.username),
        password=_or_none(address.password),
        host=_or_none(address.host),
        database=_or_none(address.database),
        query=query,
    )


def _or_none(part: str | None) -> str | None:
    return None if part is None else _filled(part)


def _filled(text: str) -> str:
    return _NAMED.sub(_value, text)


def _value(named: re.Match[str]) -> str:
    name = named.group(1)
    if name not in os.environ:
        raise WrongSettings(
            f"The source's address asks for ${{{name}}}, and the environment has no {name}: set it."
        )
    return os.environ[name]


def _need_driver(address: URL) -> None:
    kind = address.drivername
    try:
        address.get_dialect().import_dbapi()
    except NoSuchModuleError:
        raise WrongSettings(NO_DIALECT.format(kind=kind)) from None
    except ImportError as missing:
        driver = (missing.name or kind.partition("+")[2] or kind).partition(".")[0]
        package = PACKAGES.get(driver, driver)
        raise WrongSettings(NO_DRIVER.format(kind=kind, driver=driver, package=package)) from None


def _need_file(address: URL) -> None:
    """A file that is not there would be made by the driver, and a source is never written."""
    if address.get_backend_name() not in OF_FILES:
        return
    if address.database in (None, "", IN_MEMORY) or not Path(address.database or "").is_file():
        raise WrongSettings(
            f"There is no database at {shown(address)}: give the file that holds the SSD."
        )
