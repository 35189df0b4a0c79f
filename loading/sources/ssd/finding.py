"""Which of the SSD's tables and columns a database really has, and under which names."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy import ColumnClause, Select, TableClause, column, func, select, table
from sqlalchemy.engine.reflection import Inspector

from data_access.connection.source_snapshots import Snapshot
from data_access.problems import Problem
from loading.sources.ssd.declared import PERSON, TABLES
from loading.sources.ssd.fields import Field, SsdTable

# Kinds of database whose schemas are databases: there is none where the address names none.
NO_USUAL_SCHEMA = ("mysql", "mariadb")


@dataclass(frozen=True)
class FoundTable:
    """A table as it is there: its own name, and by field the columns that are it, best first."""

    declared: SsdTable
    name: str
    schema: str | None
    columns: Mapping[str, tuple[str, ...]]

    def has(self, key: str) -> bool:
        """Whether any column is the field that frames call `key`."""
        return key in self.columns

    @property
    def fields(self) -> Iterator[Field]:
        """The fields that are there."""
        return (one for one in self.declared if one.key in self.columns)

    def query(self) -> Select:
        """Every row, with each column that is read: those of a field side by side."""
        there = self._table
        return select(*(there.c[name] for one in self.fields for name in self.columns[one.key]))

    def counting(self) -> Select:
        """How many rows there are."""
        return select(func.count()).select_from(self._table)

    @property
    def _table(self) -> TableClause:
        names = dict.fromkeys(name for names in self.columns.values() for name in names)
        columns: list[ColumnClause] = [column(name) for name in names]
        return table(self.name, *columns, schema=self.schema)


@dataclass(frozen=True)
class Deployment:
    """What is deployed: by the specification's name each table that is there, and its schema."""

    tables: Mapping[str, FoundTable]
    schema: str | None = None
    where: str = ""
    rows: Mapping[str, int] = field(default_factory=dict)

    def lacks(self, wanted: SsdTable, keys: Iterable[str] = ()) -> str:
        """What of a table is not there, in words: the table, or the first of its fields."""
        found = self.tables.get(wanted.name)
        if found is None:
            return f"no table {wanted.name}"
        missing = (one for one in wanted if one.key in keys and not found.has(one.key))
        return next((f"no column {one.name} in {wanted.name}" for one in missing), "")


def deployment_in(snapshot: Snapshot, schema: str | None) -> Deployment:
    """The SSD's tables and views in `schema`; else in the usual one, else in the only one of all.

    A Problem where there is none, or where several schemas have them and nobody says which counts.
    """
    inspector = snapshot.inspector()
    if schema is not None:
        return _of_schema(inspector, _as_spelt(inspector, schema, snapshot.where), snapshot.where)
    if snapshot.address.database or snapshot.address.get_backend_name() not in NO_USUAL_SCHEMA:
        usual = _of_schema(inspector, None, snapshot.where, must=False)
        if PERSON.name in usual.tables:
            return usual
    others = [name for name in inspector.get_schema_names() if _named(inspector, name)]
    with_people = [name for name in others if PERSON.name in _named(inspector, name)]
    if len(with_people) > 1:
        raise Problem(
            f"{snapshot.where} has an SSD in several schemas ({', '.join(with_people)}): say which"
            " by --schema."
        )
    return _of_schema(inspector, with_people[0] if with_people else None, snapshot.where)


def _as_spelt(inspector: Inspector, schema: str, where: str) -> str:
    names = inspector.get_schema_names()
    found = [name for name in names if name.lower() == schema.lower()]
    if not found:
        raise Problem(f"{where} has no schema {schema}: there are {', '.join(names)}.")
    return schema if schema in found else found[0]


def _of_schema(
    inspector: Inspector, schema: str | None, where: str, *, must: bool = True
) -> Deployment:
    there = _named(inspector, schema)
    tables = {
        declared.name: _found(inspector, declared, there[name], schema)
        for declared in TABLES
        for name in [_first(there, (declared.name, *declared.also))]
        if name
    }
    if must and PERSON.name not in tables:
        place = f"schema {schema} of {where}" if schema else where
        raise Problem(
            f"There is no table {PERSON.name} in {place}: give the database and, by --schema, the"
            " schema in which the Standard Safeguarding Dataset is deployed."
        )
    return Deployment(tables, schema, where)


def _named(inspector: Inspector, schema: str | None) -> dict[str, str]:
    """The names of tables and views in small letters, each with its own spelling."""
    names = [*inspector.get_table_names(schema=schema), *inspector.get_view_names(schema=schema)]
    # Dialects that know no materialised views say so by this error.
    with suppress(NotImplementedError):
        names += inspector.get_materialized_view_names(schema=schema)
    return {name.lower(): name for name in names if name.lower().startswith("ssd_")}


def _found(inspector: Inspector, declared: SsdTable, name: str, schema: str | None) -> FoundTable:
    there = {one["name"].lower(): one["name"] for one in inspector.get_columns(name, schema=schema)}
    columns = {
        one.key: names
        for one in declared
        if (names := tuple(there[known] for known in one.names if known in there))
    }
    return FoundTable(declared, name, schema, columns)


def _first(there: Mapping[str, str], names: Iterable[str]) -> str | None:
    return next((name for name in names if name in there), None)
