"""How many children are on a child protection plan?"""

from metrics.levels.numbers import number_of_children

METRIC = number_of_children(
    "CP",
    key="children_on_cp_plan",
    number=21,
    name="Children on a CP plan",
    question="How many children are on a child protection plan?",
    short="CP plans",
    on_it="on a child protection plan",
)
