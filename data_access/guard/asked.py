"""How a list is asked for: in which order, and with which words. Only of what may be seen.

All of it is asked of rows as the guard gives them back, where a name that is hidden is NULL: so
nobody can find or order by what they are not shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    String,
    and_,
    case,
    false,
    func,
    null,
    or_,
    select,
)
from sqlalchemy.sql.base import ColumnCollection

from data_access.guard.folded import folded, folded_column, folded_of
from data_access.guard.open_rows import CLOSED
from data_access.kept_rows import POSITION

Columns = ColumnCollection[str, ColumnElement]
CHILD = "child_id"
NUMBERS = (CHILD, "worker_id")
PEOPLE = ("child_name", "worker_name")
# By what restricted rows stand among themselves.
SHOWN_OF_CLOSED = ("unit_name", "worker_name", "numerator")


@dataclass(frozen=True)
class Asked:
    """`by` a column, nothing known last; of rows that have all of `words` in columns `among`.

    A child's or worker's number is among them as a whole only; never a restricted child's, whose
    row would tell whom it is about.
    """

    by: str | None = None
    descending: bool = False
    words: str = ""
    among: tuple[str, ...] = ()


AS_LISTED = Asked()


def in_order(seen: Select, asked: Asked, order_by: Sequence[str], in_position: bool) -> Select:
    """The rows of `seen` that are asked for, in a stable order.

    First what is asked by; then `order_by` and every column, or the position that rows were given
    when they were kept, where that may tell of names. Closed rows come last, see `_closed_last`.
    Names are folded where rows are put in their order: to fold what only tells rows apart that are
    alike so far takes longer than to read a child's rows.
    """
    found = _with_words(seen, asked) if asked.words.split() else seen
    columns = found.selected_columns
    has_position = in_position and POSITION in columns
    listed = [POSITION] if has_position else [*order_by] or columns.keys()
    order = [key for name in listed if name in columns for key in as_sorted(columns[name])]
    order += [] if has_position else columns
    if asked.by is not None and asked.by in columns:
        by = as_sorted(columns[asked.by])[0]
        order.insert(0, (by.desc() if asked.descending else by.asc()).nulls_last())
    return found.order_by(*(_closed_last(columns, order) if CLOSED in columns else order))


def as_sorted(column: ColumnElement) -> list[ColumnElement]:
    """By what a column is sorted: a name without accents and capitals first, then as it is."""
    is_name = column.key in PEOPLE and isinstance(column.type, String)
    return [folded_column(column), column] if is_name else [column]


def _closed_last(columns: Columns, order: Sequence[ColumnElement]) -> list[ColumnElement]:
    """Closed rows after the others and by what they show alone: a place tells a number or a date.

    Those that show the same stand in an order that tells nothing, and is the same on each page.
    """
    closed, numbers = columns[CLOSED], [columns[name] for name in NUMBERS if name in columns]
    open_only = [
        case((closed, null()), else_=each) if any(each is one for one in numbers) else each
        for each in order
    ]
    shown = [columns[name] for name in SHOWN_OF_CLOSED if name in columns]
    mixed = [func.md5(columns[CHILD])] if CHILD in columns else []
    return [closed, *open_only, *shown, *mixed]


def _with_words(seen: Select, asked: Asked) -> Select:
    rows = seen.subquery()
    asked_of = [rows.c[name] for name in asked.among if name in rows.c]
    # Of a date or a number, and of a name that is hidden, nothing can be found by words.
    known = [one for one in asked_of if one.key in NUMBERS or isinstance(one.type, String)]
    is_told = ~rows.c[CLOSED] if CLOSED in rows.c else None
    conditions = [
        or_(false(), *(_has(column, _folded_in(rows, column), word, is_told) for column in known))
        for word in folded(asked.words).split()
    ]
    # A number may have a space in it.
    whole = " ".join(folded(asked.words).split())
    numbers = (column for column in known if column.key in NUMBERS)
    same = (_has(column, _folded_in(rows, column), whole, is_told) for column in numbers)
    # How it is to be read stands with the whole statement only.
    found = select(*rows.c).where(or_(and_(*conditions), *same))
    return found.execution_options(**seen.get_execution_options())


def _folded_in(rows: FromClause, column: ColumnElement) -> ColumnElement[str]:
    """The column's words folded: as they were kept beside it, else now."""
    kept = rows.c.get(folded_of(str(column.key)))
    return folded_column(column) if kept is None else kept


def _has(
    column: ColumnElement, written: ColumnElement, word: str, is_told: ColumnElement | None
) -> ColumnElement[bool]:
    """Whether the column, folded as `written`, has the folded word; a number as a whole."""
    if column.key not in NUMBERS:
        return written.contains(word, autoescape=True)
    same = written == word
    return same if is_told is None or column.key != CHILD else and_(is_told, same)
