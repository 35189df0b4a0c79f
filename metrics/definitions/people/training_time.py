"""How much of our time goes into learning?"""

from metrics.explore.offered import BY_WORKER
from metrics.model import Beside, Cut, Measure, Metric, Polarity, Words
from metrics.people.recorded_time import (
    BY_CATEGORY,
    DRILL_DOWN,
    NEEDS,
    POOLED,
    RECORDED_HOURS,
    WHOSE_AND_WHEN,
    hours_in,
)

TRAINING = "training"

METRIC = Metric(
    key="training_time",
    number=40,
    name="Training time",
    question="How much of our time goes into learning?",
    words=Words(
        numerator="hours of training",
        denominator="hours worked and recorded",
        one_row_is="a time record",
        counted="hours recorded",
        counted_one="hour recorded",
    ),
    measure=Measure.PERCENT,
    polarity=Polarity.NEITHER,
    adds_up_over_months=True,
    worth_saying=5,
    rows=hours_in(lambda _settings: (TRAINING,)),
    drill_down=DRILL_DOWN,
    needs=NEEDS,
    source="Family Insights evaluation (DfE, 2017), Appendix 8 item 1: time by task",
    edge_cases=(
        POOLED,
        "Training is the category training. Not worked time: {leave_categories}. All other time"
        " is worked.",
        *WHOSE_AND_WHEN,
        "Below {coverage_floor} coverage the figure is shown with its bounds: none of what is"
        " unrecorded was training, or all of it.",
        "Neither way is better: training takes time from families now, and no training costs more"
        " later.",
    ),
    beside=Beside(companions=(RECORDED_HOURS,)),
    split=BY_CATEGORY,
    cuts=(Cut("category", "Category", is_outcome=True), BY_WORKER),
    is_of_children=False,
)
