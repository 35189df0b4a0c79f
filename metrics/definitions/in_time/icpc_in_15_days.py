"""Does a conference follow quickly?"""

from sqlalchemy import (
    Date,
    FromClause,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    select,
)

from data_access.dialect import add_days
from data_access.relations import covers, first_of_each, month_ends, with_last_lead, with_lead
from data_access.schema import calendar_day, conference, enquiry
from metrics.explore.offered import BY_AGE, BY_WORKER
from metrics.in_time.working_days import WITHIN, with_working_days
from metrics.model import (
    FEWEST,
    Basis,
    Beside,
    Companion,
    Measure,
    Metric,
    Months,
    Need,
    Polarity,
    Words,
)

LIMIT = 15
DAYS_BACK = 90
# As far back as an enquiry is looked for. Of conferences in the first months only those are known
# that followed quickly, as the enquiries of the others lie before.
HISTORY_MONTHS = 3


def rows(months: Months, basis: Basis) -> Select:
    """One row per initial conference held in the month: numerator 1 if within 15 working days.

    They count from the strategy discussion that began the enquiry: the one that the conference is
    linked to, else the child's latest that began within 90 days before. A conference without any
    is left out, and so is one of a child who moved in on a plan. The unit is that of the child's
    last lead allocation open on the day or the day before.
    """
    held = with_working_days(_with_enquiry(_held(months, basis)), "started_on", "held_on")
    return select(
        held.c.month,
        held.c.lead_unit_id.label("unit_id"),
        held.c.lead_worker_id.label("worker_id"),
        held.c.child_id,
        case((held.c.working_days <= LIMIT, 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
        held.c.started_on,
        held.c.held_on,
        held.c.working_days,
    ).where(held.c.started_on.is_not(None))


def with_enquiry(months: Months, basis: Basis) -> Select:
    """One row per initial conference held in the month: numerator 1 if its enquiry is known."""
    held = _with_enquiry(_held(months, basis))
    return select(
        calendar_day.c.month,
        held.c.lead_unit_id.label("unit_id"),
        case((held.c.started_on.is_not(None), 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
    ).select_from(held.join(calendar_day, calendar_day.c.day == held.c.held_on))


def waiting(months: Months, basis: Basis) -> Select:
    """One row per enquiry that waits for a conference at the month's end: 1 if for over 15 days.

    Working days. It waits from its start until the child's next initial conference; not where
    none is needed. Where it is not known whether one is, only until the enquiry ends.
    """
    ends, pending = month_ends(months.first.start, months.last.start, basis.as_at), _pending(basis)
    then = (
        select(ends.c.last_day, pending.c.enquiry_id, pending.c.child_id, pending.c.started_on)
        .select_from(ends.join(pending, covers(pending, ends.c.last_day)))
        .subquery()
    )
    led = with_lead(then, "last_day", ("last_day", "enquiry_id"))
    aged = with_working_days(led, "started_on", "last_day")
    return select(
        aged.c.month,
        aged.c.lead_unit_id.label("unit_id"),
        case((aged.c.working_days > LIMIT, 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
    )


def _initial(basis: Basis) -> Subquery:
    """Initial conferences held by the last day known, but for children who moved in on a plan."""
    met = conference.c
    return (
        select(met.conference_id, met.child_id, met.enquiry_id, met.held_on)
        .where(met.kind == "initial", met.transfer_in.is_(False))
        .where(met.held_on <= basis.as_at)
        .subquery()
    )


def _held(months: Months, basis: Basis) -> Subquery:
    met = _initial(basis)
    in_months = (
        select(*met.c)
        .where(met.c.held_on >= months.first.start, met.c.held_on < months.last.end)
        .subquery()
    )
    return with_last_lead(in_months, "held_on", ("conference_id",))


def _with_enquiry(held: Subquery) -> Subquery:
    """`held` with started_on of the enquiry that each followed; NULL where none is known."""
    linked, latest = enquiry.alias(), _latest(held)
    of_the_link = and_(
        linked.c.enquiry_id == held.c.enquiry_id, linked.c.started_on <= held.c.held_on
    )
    started_on = func.coalesce(linked.c.started_on, latest.c.started_on, type_=Date)
    return (
        select(*held.c, started_on.label("started_on"))
        .select_from(
            held.outerjoin(linked, of_the_link).outerjoin(
                latest, latest.c.conference_id == held.c.conference_id
            )
        )
        .subquery()
    )


def _latest(held: FromClause) -> Subquery:
    """The child's latest enquiry within 90 days before each conference: of a day's, the last id."""
    shortly_before = and_(
        enquiry.c.child_id == held.c.child_id,
        enquiry.c.started_on <= held.c.held_on,
        enquiry.c.started_on >= add_days(held.c.held_on, literal(-DAYS_BACK)),
    )
    return first_of_each(
        select(held.c.conference_id, enquiry.c.started_on).select_from(
            held.join(enquiry, shortly_before)
        ),
        (held.c.conference_id,),
        (enquiry.c.started_on.desc(), enquiry.c.enquiry_id.desc()),
    )


def _pending(basis: Basis) -> Subquery:
    """Enquiries that may need a conference, as spells: until one is held, or none is awaited."""
    met, asked = _initial(basis), enquiry.c
    since = and_(met.c.child_id == asked.child_id, met.c.held_on >= asked.started_on)
    given_up_on = case((asked.conference_not_needed.is_(None), asked.ended_on))
    return (
        select(
            asked.enquiry_id,
            asked.child_id,
            asked.started_on,
            func.least(func.min(met.c.held_on), func.min(given_up_on), type_=Date).label(
                "ended_on"
            ),
        )
        .select_from(enquiry.outerjoin(met, since))
        .where(asked.conference_not_needed.is_not(True))
        .group_by(asked.enquiry_id, asked.child_id, asked.started_on)
        .subquery()
    )


METRIC = Metric(
    key="icpc_in_15_days",
    number=31,
    name="Initial conferences in 15 days",
    short="Conferences in 15 days",
    question="Does a conference follow quickly?",
    words=Words(
        numerator="initial conferences held in the month, within 15 working days of the strategy"
        " discussion",
        denominator="initial conferences held in the month whose enquiry is known",
        one_row_is="an initial child protection conference that was held",
        counted="initial conferences",
        counted_one="initial conference",
        one_counted="conference",
    ),
    measure=Measure.PERCENT,
    polarity=Polarity.HIGHER_IS_BETTER,
    adds_up_over_months=True,
    worth_saying=5,
    fewest=FEWEST,
    rows=rows,
    drill_down={
        "started_on": "Strategy discussion",
        "held_on": "Held",
        "working_days": "Working days taken",
    },
    needs=(Need("conference"), Need("conference", "held_on"), Need("enquiry")),
    source="Working Together to Safeguard Children: within 15 working days of the strategy"
    " discussion at which section 47 enquiries were initiated; counted as in the DfE's children in"
    " need census",
    edge_cases=(
        "The day of the strategy discussion is day 0; the 15th working day is in time.",
        "The enquiry is the one that the conference is linked to. Without a link, or where that"
        " enquiry is not known or began after the conference, it is the child's latest that began"
        " within 90 days before; of a day's, the one whose id sorts last.",
        "A conference without an enquiry is in neither number; the coverage says how many. So each"
        " month needs three months of enquiries before it: of the first months only what followed"
        " quickly would count.",
        "A conference for a child who moved in on a plan from elsewhere has another clock, and is"
        " left out.",
        "A conference that was never held is in no month. Beside stand the enquiries that wait for"
        " one: until the child's next initial conference, unless none is needed; where that is not"
        " known, until the enquiry ends.",
        "Brothers and sisters in one conference are one each. A child's two initial conferences of"
        " one day count as two, and are a data issue.",
        "The unit and worker are those of the child's last lead allocation open on the day of the"
        " conference or the day before.",
    ),
    beside=Beside(
        companions=(
            Companion(
                "with_enquiry",
                "Enquiry known",
                "enquiry known for {n} of {d} {d:conference|conferences}",
                with_enquiry,
                is_coverage=True,
            ),
            Companion(
                "waiting",
                "Waiting for a conference",
                "{n} of {d} {d:enquiry|enquiries} without a conference {n:has|have} waited for more"
                " than 15 working days",
                waiting,
            ),
        ),
        quantiles=WITHIN,
    ),
    identified_by=("child_id", "held_on"),
    history_months=HISTORY_MONTHS,
    history_of=("enquiry",),
    cuts=(BY_WORKER, BY_AGE),
)
