"""How long do children stay on a child protection plan?"""

from metrics.levels.stays import time_at

METRIC = time_at(
    "CP",
    key="time_in_cp",
    number=24,
    name="Time on a CP plan",
    question="How long do children stay on a child protection plan?",
    short="Time in CP",
    at_it="on a child protection plan",
)
