"""How long do children stay on a child in need plan?"""

from metrics.levels.stays import time_at

METRIC = time_at(
    "CIN",
    key="time_in_cin",
    number=23,
    name="Time on a CIN plan",
    question="How long do children stay on a child in need plan?",
    short="Time in CIN",
    at_it="on a child in need plan",
)
