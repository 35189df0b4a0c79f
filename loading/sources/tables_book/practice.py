"""The sheets of supervision."""

from datetime import date

from data_access import schema
from loading.sources.tables_book.sheet_of_table import SheetOfTable

PRACTICE = (
    SheetOfTable(
        schema.supervision,
        "Supervision",
        "a worker at a session of supervision",
        "Of a group each worker who was there is a row. Kind is one_to_one or group.",
        (
            {
                "supervision_id": "S1",
                "worker_id": "W1",
                "held_on": date(2016, 9, 7),
                "kind": "group",
            },
        ),
    ),
    SheetOfTable(
        schema.supervision_child,
        "Supervision children",
        "a child who was talked about at one worker's supervision",
        "Name the row of the sheet Supervision by its id.",
        ({"supervision_child_id": "SC1", "supervision_id": "S1", "child_id": "C1"},),
    ),
)
