"""Loads a large Standard Safeguarding Dataset, and reads its bare rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, create_engine, text

from bench.measure import ProgramRun, run_program
from bench.ssd.source import CHILDREN, EVERY_VISIT, SHAPE, TIMES, make_source
from tests.databases import written
from tests.servers import postgresql_cluster

# Of the demonstration council: 60,000 children, a million visits, two million records of time.
COPIES = 6


@dataclass(frozen=True)
class SsdLoad:
    """One load: how many rows its tables have, and how long their bare rows take to come."""

    rows: Mapping[str, int]
    load: ProgramRun
    seconds_to_copy: float

    @property
    def children(self) -> int:
        return self.rows[CHILDREN]

    @property
    def visits(self) -> int:
        return self.rows[EVERY_VISIT]

    @property
    def times(self) -> int:
        return self.rows[TIMES]


def measured_load(copies: int, folder: Path) -> SsdLoad:
    """The council so many times over, in a PostgreSQL of its own: filled first, and then loaded."""
    into = folder / "from-ssd.duckdb"
    into.unlink(missing_ok=True)
    with postgresql_cluster() as address:
        engine = create_engine(address)
        try:
            rows = make_source(engine, copies)
            seconds = _seconds_to_copy(engine, rows)
        finally:
            engine.dispose()
        schema = ["--schema", SHAPE.schema] if SHAPE.schema else []
        whole = ["load", "ssd", written(address), *schema, "--into", f"duckdb:///{into}"]
        return SsdLoad(rows, run_program(["childstat.py", *whole]), seconds)


def _seconds_to_copy(engine: Engine, tables: Mapping[str, int]) -> float:
    """Until every row of the tables has come as COPY's text, of which nothing is made."""
    begun = perf_counter()
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor:
            for name in tables:
                place = f"{SHAPE.schema}.{name}" if SHAPE.schema else name
                with cursor.copy(f"COPY {place} TO STDOUT") as copy:
                    for _ in copy:
                        pass
    return perf_counter() - begun
