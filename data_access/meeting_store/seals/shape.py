"""What a meeting store is built of: tables, columns, keys, constraints, indexes and triggers."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import (
    Boolean,
    Connection,
    Engine,
    Inspector,
    Text,
    cast,
    column,
    create_engine,
    func,
    inspect,
    not_,
    select,
)
from sqlalchemy import table as named_table
from sqlalchemy.schema import CreateSchema

from data_access.meeting_store.learning.remarks import metadata
from data_access.meeting_store.opening import MEETING_STORE
from data_access.stores.migrating import upgrade_to

# Where a server builds what a store should be; it is gone before anybody could see it.
TRIED_IN = "childstat_expected_store"
OF_SQLITE = named_table("sqlite_master", *map(column, ("type", "name", "tbl_name", "sql")))
PG_TRIGGER = named_table(
    "pg_trigger",
    *map(column, ("oid", "tgname", "tgenabled", "tgrelid", "tgfoid")),
    column("tgisinternal", Boolean),
)
PG_CLASS = named_table("pg_class", column("oid"), column("relname"))
PG_PROC = named_table("pg_proc", column("oid"), column("prosrc"))


def expected_shape(engine: Engine, version: str) -> Mapping[str, str]:
    """What a store of `version` is built of on the engine's database: its migrations, run anew."""
    if engine.dialect.name == "sqlite":
        empty = create_engine("sqlite://")
        with empty.begin() as connection:
            upgrade_to(connection, MEETING_STORE, version)
            return shape_of(connection)
    with engine.connect() as connection, connection.begin() as trial:
        connection.execute(CreateSchema(TRIED_IN))
        connection.execute(select(func.set_config("search_path", TRIED_IN, True)))
        upgrade_to(connection, MEETING_STORE, version)
        shape = shape_of(connection)
        trial.rollback()
    return shape


def shape_of(connection: Connection) -> Mapping[str, str]:
    """Each part of the store that `connection` leads to, by its name, and what it is.

    On a server only what belongs to our tables: its database may hold the case database too.
    """
    known = inspect(connection)
    names = known.get_table_names()
    if connection.dialect.name == "sqlite":
        names += known.get_view_names()
        triggers = _triggers_of_sqlite(connection)
    else:
        names = [name for name in names if name in {*metadata.tables, MEETING_STORE.version_table}]
        triggers = _triggers_of_postgresql(connection, names)
    return {
        **{part: words for name in names for part, words in _parts_of_table(known, name)},
        **dict(triggers),
    }


def _parts_of_table(known: Inspector, table: str) -> Iterator[tuple[str, str]]:
    for one in known.get_columns(table):
        yield f"column {table}.{one['name']}", _words(one, "type", "nullable", "default")
    yield f"primary key of {table}", _words(known.get_pk_constraint(table), "constrained_columns")
    kinds: dict[str, tuple[Callable[[str], Any], tuple[str, ...]]] = {
        "foreign key": (
            known.get_foreign_keys,
            ("constrained_columns", "referred_table", "referred_columns"),
        ),
        "constraint": (known.get_check_constraints, ("name", "sqltext")),
        "unique constraint": (known.get_unique_constraints, ("column_names",)),
        "index": (known.get_indexes, ("name", "column_names", "unique")),
    }
    for kind, (read, keys) in kinds.items():
        for one in read(table):
            named = one.get("name") or one.get("constrained_columns") or one.get("column_names")
            yield f"{kind} {named} of {table}", _words(one, *keys)


def _words(described: Any, *keys: str) -> str:
    return repr([_in_one_line(str(described.get(key))) for key in keys])


def _in_one_line(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


def _triggers_of_sqlite(connection: Connection) -> Iterator[tuple[str, str]]:
    of_triggers = select(OF_SQLITE).where(OF_SQLITE.c.type == "trigger")
    for row in connection.execute(of_triggers):
        yield f"trigger {row.name}", _in_one_line(f"{row.tbl_name}: {row.sql}")


def _triggers_of_postgresql(connection: Connection, tables: list[str]) -> Iterator[tuple[str, str]]:
    """Whether each is on, its statement (without the schema, which the path has), its function."""
    whole = (
        select(
            PG_TRIGGER.c.tgname,
            cast(PG_TRIGGER.c.tgenabled, Text).label("enabled"),
            func.pg_get_triggerdef(PG_TRIGGER.c.oid, True).label("statement"),
            PG_PROC.c.prosrc,
        )
        .join(PG_CLASS, PG_CLASS.c.oid == PG_TRIGGER.c.tgrelid)
        .join(PG_PROC, PG_PROC.c.oid == PG_TRIGGER.c.tgfoid)
        .where(
            not_(PG_TRIGGER.c.tgisinternal),
            PG_CLASS.c.relname.in_(tables),
            func.pg_table_is_visible(PG_TRIGGER.c.tgrelid),
        )
    )
    for row in connection.execute(whole):
        yield f"trigger {row.tgname}", _in_one_line(f"{row.enabled} {row.statement} {row.prosrc}")
