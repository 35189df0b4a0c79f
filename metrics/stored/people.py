"""How many people stand behind a figure: one child may have many days, visits or assessments."""

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Insert,
    Select,
    case,
    distinct,
    func,
    literal,
    null,
    select,
)

from data_access.schema import figure
from metrics.kept_rows import kept_rows_of
from metrics.model import SERVICE, Metric

ADDED_UP = ("unit_id", "month", "numerator", "denominator")
COLUMNS = ("metric", *ADDED_UP)


def people_key(metric: str) -> str:
    """Under which key of `figure` the people behind a metric are counted."""
    return f"{metric}.people"


def count_people(metric: Metric) -> tuple[Insert, Insert]:
    """Fills `figure` with who stands behind the metric's rows, by unit and for the service.

    Numerator: the people of its numerator, each once; denominator: those of its denominator or, of
    a share, of the rest, as whoever is behind neither part is behind nothing. The service's are
    not the sum of the units', as a child may be with two. A row that names nobody is somebody.
    """
    counted = kept_rows_of(metric).some(*ADDED_UP, "worker_id", "child_id")
    return _people(metric, counted, by_unit=True), _people(metric, counted, by_unit=False)


def _people(metric: Metric, counted: FromClause, by_unit: bool) -> Insert:
    other: ColumnElement = counted.c.denominator
    if metric.measure.is_share:
        other = counted.c.denominator - counted.c.numerator
    by = (counted.c.unit_id, counted.c.month) if by_unit else (counted.c.month,)
    query: Select = select(
        literal(people_key(metric.key)),
        counted.c.unit_id if by_unit else literal(SERVICE),
        counted.c.month,
        _behind(metric, counted, counted.c.numerator),
        _behind(metric, counted, other),
    ).group_by(*by)
    return figure.insert().from_select(list(COLUMNS), query)


def _behind(
    metric: Metric, counted: FromClause, amount: ColumnElement[float]
) -> ColumnElement[int]:
    """How many people have some of the amount, and how many rows of it name nobody."""
    person = counted.c.child_id if metric.is_of_children else counted.c.worker_id
    named = func.count(distinct(case((amount != 0, person), else_=null())))
    nobody = func.count(case((amount != 0, case((person.is_(None), 1)))))
    return named + nobody
