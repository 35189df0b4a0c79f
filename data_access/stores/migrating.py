"""Which version of its tables a store has, and how it gets the ones it lacks."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, func, inspect, select

from data_access.problems import Problem
from data_access.stores.driver_faults import store_address
from data_access.stores.kind import StoreKind, kind_of


def bring_up_to_date(engine: Engine, writer: Engine) -> None:
    """Runs the migrations that the store lacks: all of them, or none, and one process at a time."""
    kind = kind_of(engine)
    with engine.connect() as connection:
        if version_of(connection, kind) == newest_version(kind):
            return
    with writer.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(kind.lock)))
        _refuse_what_is_no_store(connection, kind)
        upgrade_to(connection, kind, "head")


def upgrade_to(connection: Connection, kind: StoreKind, version: str) -> None:
    """Runs the migrations that lead to `version`, in the connection's own transaction."""
    command.upgrade(config_of(connection, kind), version)


def newest_version(kind: StoreKind) -> str:
    """The version that this program writes."""
    version = _scripts(kind.migrations).get_current_head()
    assert version, "the migrations end in one version"
    return version


def known_versions(kind: StoreKind) -> list[str]:
    """Every version that this program can bring up to date, the first first."""
    return [script.revision for script in _scripts(kind.migrations).walk_revisions()][::-1]


def refuse_unless_known(engine: Engine) -> None:
    """A Problem unless `engine` holds a store of its kind that this program can use."""
    kind = kind_of(engine)
    with engine.connect() as connection:
        if version_of(connection, kind) is None:
            raise Problem(_no_store_sentence(connection, kind))
        _refuse_what_is_no_store(connection, kind)


def is_of_this_version(engine: Engine) -> bool:
    """Whether the store of `engine` has all that this program writes, and lacks no migration."""
    kind = kind_of(engine)
    with engine.connect() as connection:
        return version_of(connection, kind) == newest_version(kind)


def config_of(connection: Connection, kind: StoreKind) -> Config:
    """What Alembic needs to bring the store of `connection` to another version."""
    config = Config()
    config.set_main_option("script_location", str(kind.migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["version_table"] = kind.version_table
    return config


def _refuse_what_is_no_store(connection: Connection, kind: StoreKind) -> None:
    version = version_of(connection, kind)
    if version is None:
        # A server's database may well hold other tables of ours; a file is the store's alone.
        if connection.dialect.name == "sqlite" and inspect(connection).get_table_names():
            raise Problem(_no_store_sentence(connection, kind))
        return
    if version not in known_versions(kind):
        raise Problem(
            f"The {kind.name} {store_address(connection.engine)} was written by a newer ChildStat"
            f" (version {version} of its tables): use that one, or put back an older copy."
        )


def _no_store_sentence(connection: Connection, kind: StoreKind) -> str:
    return (
        f"{store_address(connection.engine)} is not {kind.article_name}: give the address of one,"
        " or of a file that does not exist yet."
    )


def version_of(connection: Connection, kind: StoreKind) -> str | None:
    """The version of the tables that a store has; None where it is no store of its kind."""
    return MigrationContext.configure(
        connection, opts={"version_table": kind.version_table}
    ).get_current_revision()


@cache
def _scripts(migrations: Path) -> ScriptDirectory:
    return ScriptDirectory(str(migrations))
