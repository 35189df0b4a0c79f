"""Did needs fall?"""

from sqlalchemy import Select

from metrics.explore.offered import BY_AGE, BY_WORKER
from metrics.levels.levels import NAMES
from metrics.levels.moves import move_rows, moved, steps_down, taken_back
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
    "CLA_CP": "looked after to child protection plan",
    "CLA_CIN": "looked after to child in need plan",
    "CP_CIN": "child protection plan to child in need plan",
    "CP_open": "child protection plan to a case open without a plan",
}


def rows(months: Months, basis: Basis) -> Select:
    """One row per child settled at CP or CLA on the day before the month.

    Numerator 1 if the settled level was a lower one on any day of the month: a CIN plan, from care
    also a CP plan, from a CP plan also a case open without a plan. `move` says to the lowest.
    """
    moves = steps_down(months, basis)
    return move_rows(moves, moved(moves))


METRIC = Metric(
    key="step_down",
    number=12,
    name="Stepped down",
    question="Did needs fall?",
    words=Words(
        numerator="children who reached a lower level in the month",
        denominator="children looked after or on a child protection plan when the month began",
        one_row_is="a child looked after or on a child protection plan when the month began",
        counted="children looked after or on a CP plan when the month began",
        one_counted="child",
        counted_one="child looked after or on a CP plan when the month began",
    ),
    measure=Measure.PERCENT_ONE_DECIMAL,
    polarity=Polarity.NEITHER,
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
        "A change that is over in fewer than {settle_days} days is taken back and is none: a plan"
        " that begins again the next day has not been stepped down. It is told beside.",
        "Two plans of one kind at once are one level, and a data issue.",
        "A case that closes is not stepped down, nor is one closed fewer than {settle_days} days"
        " after its plan ended. One left open without a plan for longer is, from a CP plan only:"
        " who leaves care so was adopted, grew up or has a guardian, as returned home tells.",
        "Who was stepped up and fell below where the month began is in stepped up too.",
        "Stepping down early looks good until the child comes back: read it beside that.",
        "The unit is that of the lead allocation on the day before the month, whoever leads later.",
        "The month in which the data begin has no figure: nobody knows who was where before it.",
    ),
    split=Split("move", MOVES, divides_denominator=False, missing="no step down"),
    beside=Beside(companions=(taken_back(rows),)),
    cuts=(
        Cut("move", "Move", names=MOVES, missing="no step down", is_outcome=True),
        Cut("level", "When the month began", names=NAMES),
        BY_WORKER,
        BY_AGE,
    ),
    history_months=1,
    history_of=("plan",),
)
