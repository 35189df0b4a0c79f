"""How many children are in our care?"""

from metrics.levels.numbers import number_of_children

METRIC = number_of_children(
    "CLA",
    key="children_looked_after",
    number=20,
    name="Children looked after",
    question="How many children are in our care?",
    short="Looked after",
    on_it="looked after",
)
