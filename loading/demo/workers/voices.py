"""Complaints: what families said without being asked."""

import pandas as pd

from data_access import schema
from loading.demo.chance import Chance
from loading.demo.children.allocations import Allocation
from loading.demo.days import DATA_TO
from loading.demo.tables import table_frame
from loading.demo.units import SEGMENTED

_COMPLAINTS_PER_ALLOCATION = {True: 0.002, False: 0.006}


def complaint_frame(leads: list[Allocation]) -> pd.DataFrame:
    """Table `complaint`: few, and fewer in the units."""
    chance = Chance("complaints")
    rows = []
    for lead in leads:
        if chance.happens(_COMPLAINTS_PER_ALLOCATION[lead.unit_id in SEGMENTED]):
            last = min(lead.ended or DATA_TO, DATA_TO)
            received = chance.between(lead.started, last)
            upheld = chance.weighted({True: 30, False: 55, None: 15})
            stage = chance.weighted({1: 85, 2: 13, 3: 2})
            rows.append((received, lead.unit_id, lead.child_id, stage, upheld))
    rows.sort(key=lambda row: (row[0], row[2]))
    return table_frame(
        schema.complaint, [(f"CO{n:04}", *row) for n, row in enumerate(rows, start=1)]
    )
