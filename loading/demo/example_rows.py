"""Example rows of what the demonstration council has not: results, from colleges, the police."""

import pandas as pd
from sqlalchemy import Table

from data_access import schema
from loading.demo.days import DATA_TO, day_number, months_after
from loading.demo.tables import table_frame

_END_OF_TERM, _ONE_NIGHT = day_number(2016, 7, 20), 1


def held_by_others(children: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """A row or two of each table for the eldest and the youngest of some children.

    The eldest was looked for in the police's records, and found with one charge.
    """
    by_age = children.sort_values(["born_on", "child_id"])["child_id"]
    eldest, youngest = by_age.iloc[0], by_age.iloc[-1]
    matched_to, charged = months_after(DATA_TO, -1), months_after(DATA_TO, -5)
    rows: dict[Table, list[tuple]] = {
        schema.missing_episode: [("ME1", eldest, "M", charged, charged + _ONE_NIGHT)],
        schema.attainment: [("AT1", youngest, "EYFSP", _END_OF_TERM, True)],
        schema.activity: [("AC1", eldest, matched_to, True)],
        schema.offence_match: [
            ("OM1", eldest, matched_to, True),
            ("OM2", youngest, matched_to, False),
        ],
        schema.offence: [("OF1", eldest, charged)],
        schema.survey_question: [
            (
                *("SQ1", "worker_on_time", "parent_carer", None, None, False),
                "My worker comes when we have agreed it",
            )
        ],
    }
    return {table.name: table_frame(table, of_table) for table, of_table in rows.items()}
