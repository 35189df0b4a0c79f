"""Are children in care reviewed when they should be?"""

from metrics.in_time.reviews import (
    CUTS,
    DRILL_DOWN,
    EDGE_CASES,
    HISTORY_MONTHS,
    STATES,
    held_on_a_plan,
    reviews_that_fell_due,
)
from metrics.model import FEWEST, Beside, Measure, Metric, Need, Polarity, Split, Words

METRIC = Metric(
    key="cla_reviews_in_time",
    number=33,
    name="Looked-after reviews in time",
    short="CLA reviews in time",
    question="Are children in care reviewed when they should be?",
    words=Words(
        numerator="reviews of looked-after children due in the month and held by their due date",
        denominator="reviews of looked-after children due in the month",
        one_row_is="a review of a looked-after child that fell due",
        counted="reviews due",
        counted_one="review due",
        one_counted="review",
    ),
    measure=Measure.PERCENT,
    polarity=Polarity.HIGHER_IS_BETTER,
    adds_up_over_months=True,
    worth_saying=5,
    fewest=FEWEST,
    rows=reviews_that_fell_due("CLA"),
    drill_down=DRILL_DOWN,
    needs=(
        Need("plan"),
        Need("plan", "kind", value="CLA", only=True),
        Need("review"),
        Need("review", "kind", value="CLA", only=True),
        Need("review", "held_on"),
    ),
    source="Care Planning, Placement and Case Review (England) Regulations 2010, regulation 33;"
    " the days are settings ([visits] and [[review_standard]]). No published figure counts so",
    edge_cases=(
        "The first review is due {cla_first_review} after the child becomes looked after, the"
        " second {cla_second_review} after the first was held, each later one {cla_later_review}"
        " after the one before; months are clipped to the month's last day.",
        *EDGE_CASES,
        "Plans of short breaks (legal status V3, V4) are not looked after: a load leaves them out.",
    ),
    beside=Beside(companions=(held_on_a_plan("CLA"),)),
    split=Split("state", STATES),
    identified_by=("child_id", "clock_started_on"),
    history_months=HISTORY_MONTHS,
    history_of=("review",),
    cuts=CUTS,
)
