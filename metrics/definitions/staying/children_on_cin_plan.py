"""How many children are on a child in need plan?"""

from metrics.levels.numbers import number_of_children

METRIC = number_of_children(
    "CIN",
    key="children_on_cin_plan",
    number=22,
    name="Children on a CIN plan",
    question="How many children are on a child in need plan?",
    short="CIN plans",
    on_it="on a child in need plan",
)
