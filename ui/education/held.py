"""Which tables of schools, early help and services the data have: asked once for a load."""

from sqlalchemy import Engine, inspect

from data_access.database import read
from metrics.others.held import OF_OTHERS, any_rows
from ui import kept
from ui.session import Page


def held_in(page: Page) -> frozenset[str]:
    """The tables that have a row; none in a database of an earlier version, which lacks them."""
    return kept.made_once("tables of others", page.loaded, lambda: held_tables(page.engine))


def held_tables(engine: Engine) -> frozenset[str]:
    """The same of a database, by its own word."""
    known = inspect(engine)
    for one in OF_OTHERS:
        has_it = known.has_table(one.name)
        if not has_it or not _columns(engine, one.name) >= set(one.c.keys()):
            return frozenset()
    (row,) = read(engine, any_rows())
    return frozenset(name for name, has_rows in row._mapping.items() if has_rows)


def _columns(engine: Engine, table: str) -> set[str]:
    return {column["name"] for column in inspect(engine).get_columns(table)}
