"""Complaints, and what staff, parents and carers said when they were asked."""

import pandas as pd

from data_access import schema
from loading.demo.chance import Chance
from loading.demo.children.allocations import Allocation
from loading.demo.days import DATA_FROM, DATA_TO, day_number
from loading.demo.tables import table_frame
from loading.demo.units import SEGMENTED, UNITS

_COMPLAINTS_PER_ALLOCATION = {True: 0.002, False: 0.006}
_STAFF = (
    "I have the time to do direct work with families",
    "My caseload is manageable",
    "I am well supported by my manager",
    "I would recommend working here",
)
_FAMILIES = ("We were listened to", "The support made a difference to our family")
_SURVEYED = (
    (day_number(2015, 10, 12), "staff", _STAFF),
    (day_number(2016, 9, 19), "staff", _STAFF),
)


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


def survey_frame() -> pd.DataFrame:
    """Table `survey_response`: two staff surveys, and families asked every quarter."""
    chance = Chance("surveys")
    rows = []
    for asked_on, survey, questions in (*_SURVEYED, *_quarterly()):
        for unit in UNITS:
            if unit.opened + 60 > asked_on:
                continue
            better = 0.4 if unit.unit_id in SEGMENTED else 0.0
            for _ in range(chance.between(3, 6) * (1 if better else 4)):
                answered = min(asked_on + chance.between(0, 20), DATA_TO)
                for question in questions:
                    answer = _answer(chance, better)
                    rows.append((survey, answered, unit.unit_id, question, answer))
    return table_frame(
        schema.survey_response, [(f"SR{n:05}", *row) for n, row in enumerate(rows, start=1)]
    )


def _quarterly() -> list[tuple[int, str, tuple[str, ...]]]:
    return [
        (asked_on, "parent_carer", _FAMILIES) for asked_on in range(DATA_FROM + 90, DATA_TO, 91)
    ]


def _answer(chance: Chance, better: float) -> int | None:
    if chance.happens(0.04):
        return None
    return min(5, max(1, round(1.6 + better + 3.4 * chance.share())))
