"""What a source says again of rows that sources share: its words are newer than what stood."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import pandas as pd

from loading.fitting import place_of_first
from loading.sources.reading import WARNING, Issue, Reading
from metrics.writing import several

STAYS = (
    "{at}: of {children} who stood as restricted, the source now says that they are not. They stay"
    " restricted, as nobody is opened by adding, nor by one source while another may have said so:"
    " load all sources anew where it is right."
)


def newest_first(
    rows: pd.DataFrame, readings: Sequence[Reading], newer: Collection[str], of: str
) -> pd.DataFrame:
    """The rows, those of sources in `newer` before what stood; `of` has the reading's number."""
    later = rows[of].map(lambda number: readings[number].source not in newer)
    return rows.loc[later.sort_values(kind="stable").index].reset_index(drop=True)


def brought_by_others(
    table: str, readings: Iterable[Reading], before: Mapping[str, Collection[str]]
) -> tuple[str, ...]:
    """Sources `before`, each with the tables it gave, of whose words on the table any may stand."""
    here = {reading.source for reading in readings}
    return tuple(one for one, tables in before.items() if table in tables and one not in here)


def still_restricted(rows: pd.DataFrame, stood: pd.Series) -> Iterator[Issue]:
    """That a source says of children who stood as restricted that they are not."""
    hidden = rows.loc[stood & rows["restricted"].eq(True), "child_id"]
    opened = rows[~stood & rows["restricted"].eq(False) & rows["child_id"].isin(hidden)]
    if len(opened):
        at = place_of_first(opened, "child")
        words = STAYS.format(at=at, children=several(len(opened), "child", "children"))
        yield Issue("sources_disagree", "child", None, WARNING, words)
