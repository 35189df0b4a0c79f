"""Finds columns that, taken as a whole, can hardly be what they are taken for.

One row a column or scale, whose key is that of an example; all are kept as they stand.
Every query runs as it stands on DuckDB and PostgreSQL.
"""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, case, func, literal, select

from data_access.code_sets.code_set import sets_of
from data_access.code_sets.of_columns import codes_of
from data_access.dialect import add_days
from data_access.schema import scale_score, visit
from loading.checks.breaches import Breach, Situation
from loading.checks.check import CASE_RECORD, PERFORMANCE, Check
from loading.sources.reading import WARNING

# Of fewer visits many may well have been recorded on one day.
ENOUGH_VISITS = 20
# What is entered late, on one day, for months before: more is a date of something else.
DAYS_TO_CATCH_UP = 92


def scores_of_another_kind(situation: Situation) -> Iterator[Breach]:
    """That scores are of a scale or rater that no code and no setting names.

    No value is shown: a rater may be named.
    """
    settings = situation.settings
    for column, counted in (
        (scale_score.c.scale, settings.scale),
        (scale_score.c.rater, settings.rater),
    ):
        codes = codes_of(column)
        assert codes, f"{column} has codes"
        known = [name for _, its in sets_of(codes) for name in its.names]
        query = select(
            func.min(scale_score.c.scale_score_id).label("row_key"),
            func.count().label("rows"),
            literal(", ".join(known)).label("choices"),
            literal(counted).label("counted"),
        ).where(column.not_in([*known, counted]))
        yield Breach(scale_score, query.having(func.count() > 0), column=column.name)


def best_both_ways(_: Situation) -> Iterator[Breach]:
    """Scales of which either end is the best, with an example of the end that stands less often."""
    high, low = _Scored("high"), _Scored("low")
    query = (
        select(
            case((high.rows < low.rows, high.example), else_=low.example).label("row_key"),
            case((high.rows < low.rows, high.rows), else_=low.rows).label("rows"),
            func.count().label("all"),
        )
        .group_by(scale_score.c.scale)
        .having(high.rows > 0, low.rows > 0)
    )
    yield Breach(scale_score, query, column="best")


class _Scored:
    """How many scores of a scale say that this end is the best, and the id of one of them."""

    def __init__(self, best: str) -> None:
        says_so = scale_score.c.best == best
        self.rows: ColumnElement[int] = func.count(case((says_so, 1)))
        self.example = func.min(case((says_so, scale_score.c.scale_score_id)))


def recorded_on_one_day(_: Situation) -> Iterator[Breach]:
    """Days on which many visits are said to be recorded that were made months before.

    So it is where an extract gives the day on which a record was moved, changed or exported.
    """
    of_the_day = visit.c.recorded_on
    late = visit.c.visited_on < add_days(of_the_day, literal(-DAYS_TO_CATCH_UP))
    everything = select(func.count(visit.c.recorded_on)).scalar_subquery()
    query = (
        select(
            func.min(visit.c.visit_id).label("row_key"),
            of_the_day.label("day"),
            func.count().label("rows"),
            literal(DAYS_TO_CATCH_UP).label("days"),
        )
        .where(late)
        .group_by(of_the_day)
        .having(func.count() >= ENOUGH_VISITS, 4 * func.count() >= everything)
    )
    yield Breach(visit, query, column=of_the_day.name)


CHECKS: tuple[Check, ...] = (
    Check(
        "scores_of_another_kind",
        WARNING,
        PERFORMANCE,
        "{rows} {rows:score, this one, has|scores, of which this is one, have} a {column}"
        " that is none of {choices}: distance"
        " travelled counts {counted} alone. If that is what {rows:it is|they are}, write it so",
        scores_of_another_kind,
    ),
    Check(
        "best_both_ways",
        WARNING,
        CASE_RECORD,
        "{rows} of {all} scores of one scale, {rows:this one, says|of which this is one, say}"
        " that its other end is the"
        " best: distance travelled turns them round. Correct best, or give the scales two names",
        best_both_ways,
    ),
    Check(
        "recorded_on_one_day",
        WARNING,
        PERFORMANCE,
        "{rows} visits, of which this is one, were made more than {days} days before {day}, and are"
        " all said to be recorded on it: that may be when records were moved, changed or exported,"
        " and then recorded in time is wrong. Give the day on which each was entered",
        recorded_on_one_day,
    ),
)
