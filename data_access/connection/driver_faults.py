"""What a database driver says, in one sentence for the person who can mend it."""

import re
from pathlib import Path
from shutil import disk_usage

from sqlalchemy import URL, Engine, false, select
from sqlalchemy.exc import DBAPIError

from data_access.connection.addresses import OF_FILES
from data_access.schema import source_load

# Words in what the drivers say, and what they mean. The first that fits counts.
NOT_WHOLE = (
    "not a valid DuckDB database file",
    "Serialization",
    "checksum",
    "Corrupt",
    "enough bytes",
)
FULL_DISK = ("No space left", "Could not write", "File too large", "could not extend file")
LOCKED = ("set lock", "being used by another process", "already open")
OTHER_VERSION = ("kept_",)
# A column of ours that the standing table lacks, as DuckDB and PostgreSQL say it.
OLDER_TABLES = ("does not have a column named", "Referenced column", "column unit.")
NO_TABLES = ("does not exist",)
NO_ANSWER = ("connect", "timeout", "server closed")
# A file that is built or changed beside the one that serves is named by that.
BESIDE = re.compile(r"\.building-\d+")
EARLIER = (
    "{where} was loaded by an earlier version of ChildStat, and its tables lack what this one"
    " reads: load again."
)

SENTENCES = (
    (
        NOT_WHOLE,
        "{where} is not a whole DuckDB file: a copy or a load may have been cut short."
        " Put back a copy, or load again.",
    ),
    (
        FULL_DISK,
        "There is no room left on the disk for {where}{room}: free some, then load again. The last"
        " good database is still there.",
    ),
    (
        LOCKED,
        "{where} is being written by another program: wait until it ends, then try again.",
    ),
    (
        OTHER_VERSION,
        "{where} was derived by another version of ChildStat: run"
        " 'python childstat.py derive --database {where}', or load again.",
    ),
    (OLDER_TABLES, EARLIER),
    (
        NO_TABLES,
        "{where} has no ChildStat tables: make them with"
        " 'python childstat.py create --database {where}', or load.",
    ),
)
BYTES_OF_A_GB = 10**9
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|\([^()]*\)")
DOES_NOT_ANSWER = (
    "{where} does not answer: check that the server runs and that the address,"
    " user and password are right."
)


def fault_sentence(engine: Engine, fault: Exception) -> str:
    """What is wrong with the database and what to do; never a row's values or a password."""
    where = BESIDE.sub("", engine.url.render_as_string(hide_password=True))
    driver_words = str(getattr(fault, "orig", fault)).strip()
    if engine.dialect.name == "postgresql" and _holds(driver_words.lower(), NO_ANSWER):
        return DOES_NOT_ANSWER.format(where=where)
    lacks_tables = _holds(driver_words, NO_TABLES) and not _holds(driver_words, OTHER_VERSION)
    if lacks_tables and _was_loaded(engine):
        return EARLIER.format(where=where)
    for words, sentence in SENTENCES:
        if _holds(driver_words, words):
            return sentence.format(where=where, room=_room(engine.url))
    return f"{where} could not be used: {without_values(driver_words)}."


def _room(address: URL) -> str:
    """How much is free where a file is built, while what was built of it is still there."""
    folder = Path(address.database or "").parent
    if address.get_backend_name() not in OF_FILES or not folder.is_dir():
        return ""
    free_gb = disk_usage(folder).free / BYTES_OF_A_GB
    return (
        f" ({free_gb:,.1f} GB are free in {folder} beside what was built so far, and a load needs"
        " room for a second database)"
    )


def without_values(driver_words: str) -> str:
    """The first line of what a driver says, and "…" for all that it quotes: it may be a row's."""
    return QUOTED.sub("…", driver_words.splitlines()[0]).rstrip(".")


def _was_loaded(engine: Engine) -> bool:
    """Whether it has the table that every version of ChildStat makes, whatever else it lacks."""
    try:
        with engine.connect() as connection:
            connection.execute(select(source_load.c.load_id).where(false()))
    except DBAPIError:
        return False
    return True


def _holds(driver_words: str, words: tuple[str, ...]) -> bool:
    return any(word in driver_words for word in words)
