"""Which version of its tables a meeting store has, and how it gets the ones it lacks."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, func, inspect, select

from data_access.meeting_store.driver_faults import store_address
from data_access.problems import Problem

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "childstat_meeting_version"
# Any number that no other program's lock is likely to have.
LOCK = 20_160_930


def bring_up_to_date(engine: Engine, writer: Engine) -> None:
    """Runs the migrations that the store lacks: all of them, or none, and one process at a time."""
    with engine.connect() as connection:
        if version_of(connection) == newest_version():
            return
    with writer.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
        _refuse_what_is_no_store(connection)
        upgrade_to(connection, "head")


def upgrade_to(connection: Connection, version: str) -> None:
    """Runs the migrations that lead to `version`, in the connection's own transaction."""
    command.upgrade(_config(connection), version)


def newest_version() -> str:
    """The version that this program writes."""
    version = _scripts().get_current_head()
    assert version, "the migrations end in one version"
    return version


def known_versions() -> list[str]:
    """Every version that this program can bring up to date, the first first."""
    return [script.revision for script in _scripts().walk_revisions()][::-1]


def refuse_unless_known(engine: Engine) -> None:
    """A Problem unless `engine` holds a meeting store that this program can use."""
    with engine.connect() as connection:
        if version_of(connection) is None:
            raise Problem(_no_store_sentence(engine))
        _refuse_what_is_no_store(connection)


def _refuse_what_is_no_store(connection: Connection) -> None:
    version = version_of(connection)
    if version is None:
        # A server's database may well hold the case database too; a file is the store's alone.
        if connection.dialect.name == "sqlite" and inspect(connection).get_table_names():
            raise Problem(_no_store_sentence(connection.engine))
        return
    if version not in known_versions():
        raise Problem(
            f"The meeting store {store_address(connection.engine)} was written by a newer ChildStat"
            f" (version {version} of its tables): use that one, or put back an older copy."
        )


def _no_store_sentence(engine: Engine) -> str:
    return (
        f"{store_address(engine)} is not a meeting store: give the address of one, or of a file"
        " that does not exist yet."
    )


def version_of(connection: Connection) -> str | None:
    """The version of the tables that a store has; None where it is no store of ours."""
    return MigrationContext.configure(
        connection, opts={"version_table": VERSION_TABLE}
    ).get_current_revision()


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["version_table"] = VERSION_TABLE
    return config
