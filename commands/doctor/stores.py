"""The case database and the stores: reached, of this version, for their owner only, with room."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine, column, func, select, table

from commands.doctor.deployment import Deployment
from commands.doctor.findings import Finding, fine, look, mend
from data_access.database import read
from data_access.load_info import read_load
from data_access.problems import Problem
from data_access.schema import metadata
from data_access.stores.driver_faults import faults_as_problems
from data_access.stores.kind import StoreKind
from data_access.stores.migrating import is_of_this_version, refuse_unless_known

OTHERS = stat.S_IRWXG | stat.S_IRWXO
GIGABYTE = 1_000_000_000
# A load writes the new database beside the old one.
TIMES_THE_CASE_DATABASE = 2


def case_database(deployment: Deployment) -> Iterator[Finding]:
    """Whether there is one, with a load, which this user can read and can't change."""
    check = "case_database"
    try:
        engine = deployment.case_database()
        load = read_load(engine)
        of_the_server = [*_of_a_server(check, engine)]
        engine.dispose()
    except Problem as problem:
        yield mend(check, str(problem))
        return
    if not load.sources:
        yield mend(check, "Nothing was loaded into the case database yet: 'load' does it.")
    elif load.invented and deployment.signs_in:
        yield look(check, "The case database is the demonstration council's, invented throughout.")
    else:
        yield fine(check, f"The case database answers; its data end on {load.as_at}.")
    yield from of_the_server
    yield from _mode(check, deployment.case_file, "case database")


def _of_a_server(check: str, engine: Engine) -> Iterator[Finding]:
    """What is amiss with a case database on a server; of a file its mode says enough."""
    if engine.dialect.name != "postgresql":
        return
    if _may_change(engine):
        yield look(
            check,
            "The user of [database] url may make tables there: give the dashboard one that may only"
            " read, and keep the other for loads (docs/deploying.md).",
        )
    if _sorts_by_locale(engine):
        yield mend(
            check,
            "The case database was made by an earlier version, and its text sorts by the server’s"
            " locale, by which a figure may be another one: load it again.",
        )


def _may_change(engine: Engine) -> bool:
    """Whether this user may make tables there."""
    may = func.has_schema_privilege(func.current_user(), func.current_schema(), "CREATE")
    return bool(read(engine, select(may))[0][0])


def _sorts_by_locale(engine: Engine) -> bool:
    """Whether a table of ours has text that does not sort by its bytes."""
    names = ("table_schema", "table_name", "data_type", "collation_name")
    columns = table("columns", *map(column, names), schema="information_schema")
    otherwise = (
        select(columns.c.table_name)
        .where(columns.c.table_schema == func.current_schema())
        .where(columns.c.table_name.in_([*metadata.tables]))
        .where(columns.c.data_type.in_(["character varying", "text"]))
        .where(columns.c.collation_name.is_distinct_from("C"))
    )
    return bool(read(engine, otherwise.limit(1)))


def stores(deployment: Deployment) -> Iterator[Finding]:
    """Each store of ours, as it stands: nothing is made, and nothing brought up to date."""
    for key, (kind, _url) in deployment.stores.items():
        try:
            yield from _store(deployment, key, kind)
        except Problem as problem:
            yield mend(key, str(problem))


def _store(deployment: Deployment, key: str, kind: StoreKind) -> Iterator[Finding]:
    file = deployment.store_file(key)
    if file is not None and not file.exists():
        yield look(key, f"There is no {kind.name} yet: it is made when it is first needed.")
        return
    engine = deployment.store(key)
    with faults_as_problems(engine):
        refuse_unless_known(engine)
        is_current = is_of_this_version(engine)
    engine.dispose()
    if is_current:
        yield fine(key, f"The {kind.name} answers, and is of this version.")
    else:
        yield look(
            key,
            f"The {kind.name} is of an earlier version, and is brought up to date when it is next"
            " opened: copy it first.",
        )
    yield from _mode(key, file, kind.name)


def _mode(check: str, file: Path | None, name: str) -> Iterator[Finding]:
    """A file that other users of this machine can open. Windows keeps that elsewhere."""
    if file is None or os.name == "nt" or not file.exists():
        return
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & OTHERS:
        yield mend(
            check,
            f"Other users of this machine may open the {name} (mode {mode:o}): chmod 600 {file}.",
        )


def disk(deployment: Deployment) -> Iterator[Finding]:
    """Whether the next load, and the stores, have room."""
    files = [deployment.case_file, *map(deployment.store_file, deployment.stores)]
    needed = max(GIGABYTE, TIMES_THE_CASE_DATABASE * _size(deployment.case_file))
    for folder in sorted({file.resolve().parent for file in files if file is not None}):
        free = deployment.free_bytes(folder) if folder.is_dir() else None
        if free is not None and free < needed:
            yield mend(
                "disk",
                f"{folder} has {free / GIGABYTE:.1f} GB free, and the next load may need"
                f" {needed / GIGABYTE:.1f}: make room.",
            )
        elif free is not None:
            yield fine("disk", f"{folder} has {free / GIGABYTE:.1f} GB free.")


def _size(file: Path | None) -> int:
    return file.stat().st_size if file is not None and file.exists() else 0
