"""Names beside frozen rows: the store keeps none, so they come from today's case database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from data_access.viewer import Viewer, names_of_children, names_of_workers
from metrics.model import Metric
from metrics.rows_behind import COUNTED


@dataclass(frozen=True)
class NamedRow:
    """A frozen row with the names that its viewer may see; None where there is none to show."""

    row: Any
    unit_name: str | None
    worker_name: str | None
    child_name: str | None

    def __getattr__(self, column: str) -> Any:
        return getattr(self.row, column)


def rows_with_names(
    case_engine: Engine, rows: Sequence[Any], units: Mapping[str | None, str], viewer: Viewer
) -> list[NamedRow]:
    """`rows` with names; a child who is restricted, or in the case database no more, has none."""
    children = names_of_children(case_engine, _ids(row.child_id for row in rows), viewer)
    workers = names_of_workers(case_engine, _ids(row.worker_id for row in rows), viewer)
    return [
        NamedRow(
            row,
            None if row.unit_id is None else units.get(row.unit_id),
            workers.get(row.worker_id),
            children.get(row.child_id),
        )
        for row in rows
    ]


def columns_of(metric: Metric) -> tuple[str, ...]:
    """The columns of a frozen row with its names, in the order of the rows behind a live figure."""
    return (*COUNTED, *metric.drill_down)


def _ids(person_ids: Iterable[str | None]) -> list[str]:
    return sorted({person_id for person_id in person_ids if person_id is not None})
