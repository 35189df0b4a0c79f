"""Did children come into care who had been on a plan?"""

from sqlalchemy import Select

from metrics.explore.offered import BY_AGE, BY_WORKER
from metrics.levels.levels import LEVELS, NAMES
from metrics.levels.moves import WITH_A_PLAN, move_rows, steps_up, taken_back
from metrics.model import (
    FEWEST,
    Basis,
    Beside,
    Cut,
    Measure,
    Metric,
    Months,
    Need,
    Polarity,
    Split,
    Words,
)

MOVES = {
    "CIN_CLA": "from a child in need plan",
    "CP_CLA": "from a child protection plan",
}


def rows(months: Months, basis: Basis) -> Select:
    """One row per child settled at CIN or CP on the day before the month.

    Numerator 1 if the child was looked after, and that settled, on any day of the month.
    """
    moves = steps_up(months, basis)
    return move_rows(moves, moves.c.reached == LEVELS["CLA"])


METRIC = Metric(
    key="step_up_to_care",
    number=11,
    name="Stepped up to care",
    question="Did children come into care who had been on a plan?",
    words=Words(
        numerator="children who came into care in the month",
        denominator="children on a child in need or child protection plan when the month began",
        one_row_is="a child on a child in need or child protection plan when the month began",
        counted="children on such a plan when the month began",
        one_counted="child",
        counted_one="child on such a plan when the month began",
    ),
    measure=Measure.PERCENT_ONE_DECIMAL,
    polarity=Polarity.LOWER_IS_BETTER,
    adds_up_over_months=True,
    worth_saying=1,
    units_stay_inside=True,
    fewest=FEWEST,
    part_of="step_up",
    rows=rows,
    drill_down={"level": "When the month began", "move": "Move"},
    needs=(Need("plan"), Need("plan", "kind", value="CLA")),
    source="Family Insights evaluation (DfE, 2017), Appendix 8: a fall of 16%, for which it gives"
    " no figure to begin from",
    edge_cases=(
        "The children are those of stepped up: on a CIN or CP plan on the day before the month.",
        "A time in care that is over in fewer than {settle_days} days is taken back and is told"
        " beside: such nights are real, but are no change of what the child needs.",
        "Two plans of one kind at once are one level, and a data issue.",
        "Who comes into care without having been on a plan is not in it: nothing was stepped up.",
        "The unit is that of the lead allocation on the day before the month, whoever leads later.",
        "The month in which the data begin has no figure: nobody knows who was where before it.",
    ),
    short="Step-ups to care",
    split=Split("move", MOVES, divides_denominator=False, missing="not into care"),
    beside=Beside(companions=(WITH_A_PLAN, taken_back(rows))),
    cuts=(
        Cut("move", "Move", names=MOVES, missing="not into care", is_outcome=True),
        Cut("level", "When the month began", names=NAMES),
        BY_WORKER,
        BY_AGE,
    ),
    history_months=1,
    history_of=("plan",),
)
