"""Are children safer when we close than when we began?"""

from collections.abc import Sequence

from sqlalchemy import Select, Subquery, and_, case, func, literal, or_, select

from data_access.dialect import add_days
from data_access.relations import ends_after, first_of_each, with_lead_where
from data_access.schema import allocation, calendar_day, referral, scale_score
from metrics.explore.offered import BY_AGE, BY_WORKER
from metrics.model import (
    Basis,
    Beside,
    Companion,
    Cut,
    Measure,
    Metric,
    Months,
    Need,
    Polarity,
    Split,
    Words,
)

BEST, WORST = 10, 0
OF_THE_FAMILY = ("parent", "child")


def rows(months: Months, basis: Basis) -> Select:
    """One row per referral closed in the month with a first and a last score: last − first.

    Scores of the configured scale and rater, dated within the referral (received … closed, both
    included), on two different dates. Of two on one date, the first is the one whose id sorts
    first and the last the one whose id sorts last. A scale whose best end is low is turned
    round. The unit is that of the child's last lead allocation open on the day of closure or
    the day before.
    """
    closed = _closed(months, basis)
    change = closed.c.final - closed.c.initial
    return select(
        closed.c.month,
        closed.c.lead_unit_id.label("unit_id"),
        closed.c.lead_worker_id.label("worker_id"),
        closed.c.child_id,
        change.label("numerator"),
        literal(1).label("denominator"),
        closed.c.closed_on,
        closed.c.initial,
        closed.c.final,
        case((change > 0, "improved"), (change < 0, "worse"), else_="same").label("change"),
    ).where(closed.c.scored_last_on > closed.c.scored_first_on)


def both_scores(months: Months, basis: Basis) -> Select:
    """One row per referral closed in the month: numerator 1 if it has both scores."""
    closed = _closed(months, basis)
    has_both = closed.c.scored_last_on > closed.c.scored_first_on
    return select(
        closed.c.month,
        closed.c.lead_unit_id.label("unit_id"),
        case((has_both, 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
    )


def family_scores(months: Months, basis: Basis) -> Select:
    """One row per referral closed in the month: numerator 1 if a parent or the child scored twice.

    The same of the two, on two dates, of the configured scale: whichever rater the figure is of.
    """
    led = _led(_closed_referrals(months, basis))
    usable = _usable_scores(basis, led, OF_THE_FAMILY)
    twice = (
        select(usable.c.referral_id)
        .group_by(usable.c.referral_id, usable.c.rater)
        .having(func.max(usable.c.scored_on) > func.min(usable.c.scored_on))
        .subquery()
    )
    scored = select(twice.c.referral_id).distinct().subquery()
    return select(
        led.c.month,
        led.c.lead_unit_id.label("unit_id"),
        case((scored.c.referral_id.is_not(None), 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
    ).select_from(led.outerjoin(scored, scored.c.referral_id == led.c.referral_id))


def _closed(months: Months, basis: Basis) -> Subquery:
    """Each referral closed in the months, with its unit and its first and last score, if any."""
    led = _led(_closed_referrals(months, basis))
    first, last = _score(basis, led, first=True), _score(basis, led, first=False)
    return (
        select(
            *led.c,
            first.c.value.label("initial"),
            first.c.scored_on.label("scored_first_on"),
            last.c.value.label("final"),
            last.c.scored_on.label("scored_last_on"),
        )
        .select_from(
            led.outerjoin(first, first.c.referral_id == led.c.referral_id).outerjoin(
                last, last.c.referral_id == led.c.referral_id
            )
        )
        .subquery()
    )


def _closed_referrals(months: Months, basis: Basis) -> Subquery:
    return (
        select(
            calendar_day.c.month,
            referral.c.referral_id,
            referral.c.child_id,
            referral.c.received_on,
            referral.c.closed_on,
        )
        .select_from(referral.join(calendar_day, calendar_day.c.day == referral.c.closed_on))
        .where(referral.c.closed_on >= months.first.start)
        .where(referral.c.closed_on < months.last.end)
        .where(referral.c.closed_on <= basis.as_at)
        .subquery()
    )


def _led(closed: Subquery) -> Subquery:
    """`closed` with lead_unit_id and lead_worker_id: of the last lead at the end."""
    at_the_end = and_(
        allocation.c.started_on <= closed.c.closed_on,
        ends_after(allocation.c.ended_on, add_days(closed.c.closed_on, literal(-1))),
    )
    return with_lead_where(closed, at_the_end, ("referral_id",))


def _score(basis: Basis, led: Subquery, *, first: bool) -> Subquery:
    """The first (or last) usable score of each referral: referral_id, scored_on, value."""
    usable = _usable_scores(basis, led, (basis.settings.rater,))
    order = (usable.c.scored_on, usable.c.scale_score_id)
    return first_of_each(
        select(usable.c.referral_id, usable.c.scored_on, usable.c.value),
        (usable.c.referral_id,),
        order if first else tuple(column.desc() for column in order),
    )


def _usable_scores(basis: Basis, led: Subquery, raters: Sequence[str]) -> Subquery:
    """Scores of the configured scale and these raters within each referral, turned: 10 is safe."""
    score = scale_score.c
    of_the_referral = and_(
        score.child_id == led.c.child_id,
        or_(score.referral_id.is_(None), score.referral_id == led.c.referral_id),
        score.scored_on >= led.c.received_on,
        score.scored_on <= led.c.closed_on,
    )
    value = case((score.best == "low", BEST - score.score), else_=score.score)
    return (
        select(
            led.c.referral_id,
            score.rater,
            score.scored_on,
            score.scale_score_id,
            value.label("value"),
        )
        .select_from(led.join(scale_score, of_the_referral))
        .where(score.scale == basis.settings.scale)
        .where(score.rater.in_(raters))
        .where(score.score.between(WORST, BEST))
        .subquery()
    )


METRIC = Metric(
    key="distance_travelled",
    number=4,
    name="Distance travelled",
    question="Are children safer when we close than when we began?",
    words=Words(
        numerator="final less initial score, added up",
        denominator="closures with both scores",
        one_row_is="a closed referral with both scores",
        counted="closures with both scores",
        counted_one="closure with both scores",
    ),
    measure=Measure.POINTS,
    polarity=Polarity.HIGHER_IS_BETTER,
    adds_up_over_months=True,
    worth_saying=0.5,
    rows=rows,
    drill_down={
        "closed_on": "Closed",
        "initial": "First score",
        "final": "Last score",
        "change": "Change",
    },
    needs=(Need("referral"), Need("scale_score")),
    source="Signs of Safety scaling; Family Insights evaluation (DfE, 2017), Appendix 8 item 2",
    edge_cases=(
        "Scores are those of one scale and one rater ({scale}, {rater}), dated within the referral,"
        " on two dates.",
        "Scores of a worker, a parent and a child are never put together: the settings say whose"
        " are counted. How many closures the family scored itself stands beside.",
        "A scale whose best end is low is turned round before subtracting.",
        "Of two scores of one date, the first score is the one whose id sorts first, the last score"
        " the one whose id sorts last. Two referrals of a child on one day are two, each with its"
        " own closure. Both are data issues.",
        "0 is a score; a score outside 0 to 10 is a data issue and does not count.",
        "The unit is that of the last lead allocation on the day of closure or the day before.",
    ),
    beside=Beside(
        companions=(
            Companion(
                "both_scores",
                "Closures with both scores",
                "{n} of {d} {d:closure|closures} {n:has|have} both scores",
                both_scores,
                is_coverage=True,
            ),
            Companion(
                "rated_by_family",
                "Closures that the family scored twice",
                "{n} of {d} {d:closure|closures} {n:was|were} scored first and last by a parent or"
                " the child",
                family_scores,
            ),
        ),
    ),
    split=Split(
        "change",
        {"improved": "improved", "same": "the same", "worse": "worse"},
    ),
    cuts=(Cut("change", "Change", is_outcome=True), BY_WORKER, BY_AGE),
)
