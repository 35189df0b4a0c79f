"""Why a metric is not to be counted, in words: by the tables and columns that are missing."""

from collections.abc import Mapping, Sequence

from data_access.sources.holding import Held
from metrics.model import Need
from metrics.sources.held_in_part import place_of

NO_ROWS = "Nothing that was loaded has rows of {tables}: add {files}."
NOT_WHOLE = "Nothing that was loaded has every row of {table}: add {table}.csv."
NOTHING_IN_COLUMN = "No row of {table} has a {column}: add the column to {table}.csv."
NO_SUCH_VALUE = "No row of {table} has the {column} {value}: add such rows to {table}.csv."
NOT_IN_BOTH = "No {column} of {table} stands in {also_in} too: give both tables the same ids."


def tables_missing(missing: Sequence[Need], held: Held, lacks: Mapping[str, str]) -> str:
    """Why tables are missing, each in the words of a source that can't bring it, if it has any."""
    worded = {need.table: lacks.get(need.table) or need.says for need in missing}
    for need in missing:
        if need.table in held.partial and not worded[need.table]:
            worded[need.table] = NOT_WHOLE.format(table=need.table)
    unworded = [table for table, sentence in worded.items() if not sentence]
    files = " and ".join(f"{table}.csv" for table in unworded)
    no_rows = [NO_ROWS.format(tables=" or ".join(unworded), files=files)] if unworded else []
    return " ".join(dict.fromkeys([*filter(None, worded.values()), *no_rows]))


def column_missing(need: Need, lacks: Mapping[str, str], is_empty: bool) -> str:
    """Why: first that its values were there and unusable, which no other words would tell.

    A column in which nothing stands has no value that could stand elsewhere too.
    """
    emptied = lacks.get(place_of(need))
    if emptied:
        return emptied
    if need.also_in and is_empty:
        return NOTHING_IN_COLUMN.format(table=need.table, column=need.column)
    words = NOT_IN_BOTH if need.also_in else NOTHING_IN_COLUMN
    words = NO_SUCH_VALUE if need.value and not is_empty else words
    return need.says or words.format(**vars(need))
