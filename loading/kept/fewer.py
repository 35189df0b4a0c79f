"""Tables of which a source brings far fewer rows than it did: told from load to load.

Until they are there again, or somebody accepts that they are not.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from data_access.load_doubts import FEWER_ROWS, shrunk_in
from loading.losses import FEW, Counts, counts_of, usual_rows, written_fewer
from loading.sources.reading import WARNING, Issue

# Less is how a service goes up and down from month to month.
PART_TO_TELL = 0.2
# By source and table how many rows there were before.
Usual = Mapping[tuple[str, str], int]


def still_fewer(load_rows: Iterable[Mapping[str, Any]]) -> Usual:
    """What was usual of tables that were told as fewer, by each source's latest record."""
    latest = {row["source"]: json.loads(row["rows_json"] or "{}") for row in load_rows}
    return {
        (source, table): rows
        for source, record in latest.items()
        for table, rows in record.get("shrunk", {}).items()
    }


def fewer_now(
    now: Counts, before: Counts, stood: Mapping[str, int], since: Usual, accepted: Collection[str]
) -> Usual:
    """What was usual of the tables that come out smaller by a good part, and not `accepted`.

    Compared with what the source gave before, and with what it gave when it was first told.
    """
    usual = {
        place: max(usual_rows(*place, before, stood), since.get(place, 0))
        for place in now
        if place[1] not in accepted
    }
    gone = {place: rows - now[place].kept for place, rows in usual.items()}
    return {
        place: rows
        for place, rows in usual.items()
        if gone[place] >= FEW and gone[place] >= rows * PART_TO_TELL
    }


def with_fewer(records: Iterable[dict], fewer: Usual) -> list[dict]:
    """The records of a load, each with what was usual of the tables that have shrunk in it."""
    return [
        {**row, "rows_json": json.dumps(json.loads(row["rows_json"]) | {"shrunk": shrunk})}
        for row in records
        for shrunk in [{t: rows for (source, t), rows in fewer.items() if source == row["source"]}]
    ]


def fewer_issues(records: Sequence[dict]) -> Iterator[Issue]:
    """An issue for each table that has shrunk, of all records that stand."""
    given = counts_of(records)
    for row in records:
        for table, usual in shrunk_in(json.loads(row["rows_json"] or "{}")).items():
            told = written_fewer(given[row["source"], table].kept, usual)
            message = (
                f"{table}: {told}. See that the source is whole; if it is right as it is, load it"
                f" with --accept-loss {table}."
            )
            yield Issue(FEWER_ROWS, table, None, WARNING, message)
