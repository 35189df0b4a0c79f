"""How long do children stay in our care?"""

from metrics.levels.stays import time_at

METRIC = time_at(
    "CLA",
    key="time_in_cla",
    number=25,
    name="Time in care",
    question="How long do children stay in our care?",
    short="Time in care",
    at_it="looked after",
)
