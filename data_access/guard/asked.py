"""How a list is asked for: in which order, and with which words. Only of what may be seen.

All of it is asked of rows as the guard gives them back, where a name that is hidden is NULL: so
nobody can find or order by what they are not shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, String, and_, false, func, or_, select, type_coerce

from data_access.guard.open_rows import CLOSED
from data_access.kept_rows import POSITION

CHILD = "child_id"
NUMBERS = (CHILD, "worker_id")


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
    when they were kept, where that may tell of names.
    """
    found = _with_words(seen, asked) if asked.words.split() else seen
    columns = found.selected_columns
    listed = (POSITION,) if in_position and POSITION in columns else (*order_by, *columns.keys())
    order: list[ColumnElement] = [columns[name] for name in listed if name in columns]
    if asked.by is not None and asked.by in columns:
        by = columns[asked.by]
        order.insert(0, (by.desc() if asked.descending else by.asc()).nulls_last())
    return found.order_by(*order)


def _with_words(seen: Select, asked: Asked) -> Select:
    rows = seen.subquery()
    asked_of = [rows.c[name] for name in asked.among if name in rows.c]
    # Of a date or a number, and of a name that is hidden, nothing can be found by words.
    known = [one for one in asked_of if one.key in NUMBERS or isinstance(one.type, String)]
    is_told = ~rows.c[CLOSED] if CLOSED in rows.c else None
    conditions = [
        or_(false(), *(_has(column, word.lower(), is_told) for column in known))
        for word in asked.words.split()
    ]
    # How it is to be read stands with the whole statement only.
    return select(*rows.c).where(*conditions).execution_options(**seen.get_execution_options())


def _has(column: ColumnElement, word: str, is_told: ColumnElement | None) -> ColumnElement[bool]:
    """Whether the column has the word, in capitals or not; a number as a whole."""
    written = func.lower(type_coerce(column, String))
    if column.key not in NUMBERS:
        return written.contains(word, autoescape=True)
    same = written == word
    return same if is_told is None or column.key != CHILD else and_(is_told, same)
