"""How long children stayed at a level: stays that ended in a month, and those that go on."""

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Subquery,
    literal,
    select,
    type_coerce,
    union_all,
)

from data_access.relations import covers, month_ends, with_last_lead, with_lead
from data_access.schema import calendar_day, status_run
from metrics.explore.offered import BY_AGE, BY_WORKER
from metrics.levels.levels import LEVELS
from metrics.model import (
    FEWEST,
    Basis,
    Beside,
    Companion,
    Cut,
    Measure,
    Metric,
    Months,
    Need,
    Polarity,
    Rows,
    Words,
)

SOURCE = (
    "Family Insights evaluation (DfE, 2017), Appendix 8 item 4; Kaplan and Meier,"
    " Journal of the American Statistical Association 53 (1958) 457-481"
)
EDGE_CASES = (
    "Only stays that ended are in the figure: long ones that go on are not. How long half"
    " stay, with those that go on counted as far as they were seen, is told beside.",
    "A day counts at the highest level that applies: a month in care within a CP plan is"
    " care, and cuts the time on the plan in two.",
    "A change that is over in fewer than {settle_days} days is taken back: a plan that"
    " begins again the next day is one stay.",
    "Two plans of one kind at once are one stay, and a data issue.",
    "A stay begins when it began, also before the data do.",
    "The unit is that of the last lead allocation on the day on which the stay ended or the"
    " day before.",
    "How long half stay is of 24 months. A stay that began before them is looked at from"
    " its age at their start; a unit's, on the days on which it led. It is withheld if"
    " fewer than {fewest_ended} stays ended, or if on a day up to it on which one did fewer"
    " than {fewest_at_risk} could have.",
    "For one child short may be too soon: neither way is better in a month.",
)
CUTS = (
    Cut("days", "Days", bands=(0, 90, 180, 365, 730), is_outcome=True),
    BY_WORKER,
    BY_AGE,
)


def stays_that_ended(level: str) -> Rows:
    """The rows of settled runs at the level that ended in the month: numerator their days."""

    def rows(months: Months, basis: Basis) -> Select:
        ended = _ended(level, months, basis)
        led = with_last_lead(ended, "ended_on", ("child_id", "started_on"))
        days = type_coerce(led.c.ended_on - led.c.started_on, Integer)
        return select(
            led.c.month,
            led.c.lead_unit_id.label("unit_id"),
            led.c.lead_worker_id.label("worker_id"),
            led.c.child_id,
            days.label("numerator"),
            literal(1).label("denominator"),
            led.c.started_on,
            led.c.ended_on,
            days.label("days"),
        )

    return rows


def _ended(level: str, months: Months, basis: Basis) -> Subquery:
    return (
        select(calendar_day.c.month, *status_run.c)
        .select_from(status_run.join(calendar_day, calendar_day.c.day == status_run.c.ended_on))
        .where(status_run.c.level == level)
        .where(status_run.c.ended_on >= months.first.start)
        .where(status_run.c.ended_on < months.last.end)
        .where(status_run.c.ended_on <= basis.as_at)
        .subquery()
    )


def _going_on(level: str) -> Rows:
    """Stays that ended in the month, numerator 0, and those that go on at its end, numerator 1."""

    def rows(months: Months, basis: Basis) -> Select:
        ended = stays_that_ended(level)(months, basis).subquery()
        open_then = _open_at_month_ends(level, months, basis)
        led = with_lead(open_then, "last_day", ("month", "child_id"))
        both = union_all(
            _counted(ended, ended.c.unit_id, 0), _counted(led, led.c.lead_unit_id, 1)
        ).subquery()
        return select(*both.c)

    return rows


def _open_at_month_ends(level: str, months: Months, basis: Basis) -> Subquery:
    ends = month_ends(months.first.start, months.last.start, basis.as_at)
    return (
        select(ends.c.month, ends.c.last_day, status_run.c.child_id)
        .select_from(ends.join(status_run, covers(status_run, ends.c.last_day)))
        .where(status_run.c.level == level)
        .subquery()
    )


def _counted(rows: FromClause, unit_id: ColumnElement[str | None], number: int) -> Select:
    return select(
        rows.c.month,
        unit_id.label("unit_id"),
        literal(number).label("numerator"),
        literal(1).label("denominator"),
    )


def time_at(
    level: str, key: str, number: int, name: str, question: str, short: str, at_it: str
) -> Metric:
    """The metric of how long stays at the level lasted that ended in the month."""
    return Metric(
        key=key,
        number=number,
        name=name,
        question=question,
        words=_words(at_it),
        measure=Measure.DAYS,
        polarity=Polarity.NEITHER,
        adds_up_over_months=True,
        worth_saying=30,
        units_stay_inside=True,
        fewest=FEWEST,
        rows=stays_that_ended(level),
        drill_down={"started_on": "Began", "ended_on": "Ended", "days": "Days"},
        needs=_needs(level),
        source=SOURCE,
        edge_cases=EDGE_CASES,
        short=short,
        beside=_beside(level),
        cuts=CUTS,
    )


def _needs(level: str) -> tuple[Need, ...]:
    """Every plan, as a higher one ends a stay; of the highest level its own, and since when."""
    if level != max(LEVELS, key=LEVELS.__getitem__):
        return (Need("plan"), Need("plan", "kind", value=level))
    of_level = Need("plan", "kind", value=level, only=True)
    return (Need("plan"), of_level, Need("plan", "started_on"))


def _words(at_it: str) -> Words:
    return Words(
        numerator=f"days {at_it}, of stays that ended in the month",
        denominator="stays that ended in the month",
        one_row_is=f"a stay {at_it} that ended in the month",
        counted="stays that ended",
        counted_one="stay that ended",
    )


def _beside(level: str) -> Beside:
    return Beside(
        companions=(
            Companion(
                "going_on",
                "Stays that go on",
                "Only stays that ended are in it: {n} that {n:goes|go} on at the month’s end"
                " {n:is|are} not",
                _going_on(level),
            ),
        ),
        stays_at=level,
    )
