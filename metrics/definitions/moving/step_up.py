"""Did needs rise?"""

from sqlalchemy import Select

from metrics.explore.offered import BY_AGE, BY_WORKER
from metrics.levels.levels import NAMES
from metrics.levels.moves import WITH_A_PLAN, move_rows, moved, steps_up, taken_back
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
    "CIN_CP": "child in need plan to child protection plan",
    "CIN_CLA": "child in need plan to looked after",
    "CP_CLA": "child protection plan to looked after",
}


def rows(months: Months, basis: Basis) -> Select:
    """One row per child settled at CIN or CP on the day before the month.

    Numerator 1 if the settled level was a higher one on any day of the month; `move` says from
    where to the highest that was reached. Newcomers of the month are in the next month's rows.
    """
    moves = steps_up(months, basis)
    return move_rows(moves, moved(moves))


METRIC = Metric(
    key="step_up",
    number=10,
    name="Stepped up",
    question="Did needs rise?",
    words=Words(
        numerator="children who reached a higher level in the month",
        denominator="children on a child in need or child protection plan when the month began",
        one_row_is="a child on a child in need or child protection plan when the month began",
        counted="children on such a plan when the month began",
        one_counted="child",
        counted_one="child on such a plan when the month began",
    ),
    measure=Measure.PERCENT_ONE_DECIMAL,
    polarity=Polarity.LOWER_IS_BETTER,
    adds_up_over_months=True,
    worth_saying=3,
    units_stay_inside=True,
    fewest=FEWEST,
    rows=rows,
    drill_down={"level": "When the month began", "move": "Move"},
    needs=(Need("plan"),),
    source="Family Insights evaluation (DfE, 2017), Appendix 8; the levels and the days within"
    " which a change settles are a local rule",
    edge_cases=(
        "The level of a day is the highest that applies: looked after, CP plan, CIN plan, else a"
        " case that is open. An assessment is no level.",
        "A change that is over in fewer than {settle_days} days is taken back and is none; so are"
        " so few days without a plan between two plans of an open case. It is told beside.",
        "Two plans of one kind at once are one level, and a data issue.",
        "Who reached two higher levels in the month counts once, with the highest.",
        "A child who comes in the month is not counted in it.",
        "The unit is that of the lead allocation on the day before the month, whoever leads later.",
        "The month in which the data begin has no figure: nobody knows who was where before it.",
    ),
    short="Stepped up",
    split=Split("move", MOVES, divides_denominator=False, missing="no step up"),
    beside=Beside(companions=(WITH_A_PLAN, taken_back(rows))),
    cuts=(
        Cut("move", "Move", names=MOVES, missing="no step up", is_outcome=True),
        Cut("level", "When the month began", names=NAMES),
        BY_WORKER,
        BY_AGE,
    ),
    history_months=1,
    history_of=("plan",),
)
