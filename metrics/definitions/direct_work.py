"""How much of our time reaches families?"""

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

METRIC = Metric(
    key="direct_work",
    number=2,
    name="Direct work",
    question="How much of our time reaches families?",
    words=Words(
        numerator="hours in direct-work categories",
        denominator="hours worked and recorded",
        one_row_is="a time record",
        counted="hours recorded",
        counted_one="hour recorded",
    ),
    measure=Measure.PERCENT,
    polarity=Polarity.HIGHER_IS_BETTER,
    adds_up_over_months=True,
    worth_saying=3,
    rows=hours_in(lambda settings: settings.direct_categories),
    drill_down=DRILL_DOWN,
    needs=NEEDS,
    source="Family Insights evaluation (DfE, 2017), Appendix 8 item 1",
    edge_cases=(
        POOLED,
        "Direct-work categories: {direct_categories}. Not worked time: {leave_categories}. All"
        " other time is worked.",
        *WHOSE_AND_WHEN,
        "Below {coverage_floor} coverage the figure is shown with its bounds: all that is"
        " unrecorded indirect, or all of it direct.",
    ),
    beside=Beside(companions=(RECORDED_HOURS,)),
    split=BY_CATEGORY,
    cuts=(Cut("category", "Category", is_outcome=True), BY_WORKER),
    is_of_children=False,
)
