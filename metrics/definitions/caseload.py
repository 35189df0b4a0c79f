"""Do workers have room to work?"""

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, literal, select

from data_access.relations import (
    covers,
    first_of_each,
    last_lead,
)
from data_access.schema import allocation, post, status_spell
from metrics.explore.offered import CUTS_OF_CHILDREN_HELD
from metrics.lists.open_children import co_worked, unallocated
from metrics.model import (
    Basis,
    Beside,
    Companion,
    Measure,
    Metric,
    Months,
    Need,
    Polarity,
    Split,
    Words,
)
from metrics.people.held import held_by_workers, leads_at_month_ends

COUNTED_HOLDERS, SECOND_LEADS = "counted_holders", "second_leads"


def rows(months: Months, basis: Basis) -> Select:
    """One row per child and lead worker at month end: numerator 1.

    The worker's FTE stands as denominator in the first of the worker's rows, 0 in the others.
    Two lead allocations of one child to one worker are one row. A worker's unit and FTE are
    those of the post open then: the one that matches the allocation's unit, else the largest
    FTE, else the last to start. Holders without a post, or with FTE 0, are left out.
    DfE, children's social work workforce: cases held ÷ FTE of those who hold any.
    """
    placed = _placed(held_by_workers(months, basis))
    row_of_post = func.row_number().over(
        partition_by=(placed.c.month, placed.c.post_id), order_by=placed.c.child_id
    )
    counted = select(*placed.c, row_of_post.label("row_of_post")).subquery()
    status_then = and_(
        status_spell.c.child_id == counted.c.child_id, covers(status_spell, counted.c.last_day)
    )
    return select(
        counted.c.month,
        counted.c.unit_id,
        counted.c.worker_id,
        counted.c.child_id,
        literal(1).label("numerator"),
        case((counted.c.row_of_post == 1, counted.c.fte), else_=0).label("denominator"),
        status_spell.c.status,
        counted.c.allocated_on,
        counted.c.role,
        counted.c.fte,
    ).select_from(counted.outerjoin(status_spell, status_then))


def _placed(held: Subquery) -> Subquery:
    """`held` with the post that the worker holds the child in; nobody who has none with FTE."""
    posts = select(*held.c, post.c.post_id, post.c.unit_id, post.c.fte, post.c.role).select_from(
        held.join(post, _in_post(held))
    )
    likeliest_first = (
        case((post.c.unit_id == held.c.allocated_unit_id, 0), else_=1),
        post.c.fte.desc(),
        post.c.started_on.desc(),
        post.c.post_id.desc(),
    )
    return first_of_each(posts, (held.c.month, held.c.child_id, held.c.worker_id), likeliest_first)


def _in_post(held: Subquery) -> ColumnElement[bool]:
    return and_(post.c.worker_id == held.c.worker_id, post.c.fte > 0, covers(post, held.c.last_day))


def counted_holders(months: Months, basis: Basis) -> Select:
    """One row per child and lead worker: numerator 1 if the worker has a post with FTE."""
    held = held_by_workers(months, basis)
    has_post = select(literal(1)).select_from(post).where(_in_post(held)).correlate(held).exists()
    return select(
        held.c.month,
        held.c.allocated_unit_id.label("unit_id"),
        case((has_post, 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
    )


def second_leads(months: Months, basis: Basis) -> Select:
    """One row per child and lead worker beyond the one whose allocation began last: numerator 1.

    Lists of work name each child once, with that last lead. So what a unit's list holds with
    these, without the holders who are left out, is what the caseload counts.
    """
    held, leads = held_by_workers(months, basis), leads_at_month_ends(months, basis)
    last = last_lead(leads, (leads.selected_columns.month, allocation.c.child_id))
    same_child = and_(last.c.month == held.c.month, last.c.child_id == held.c.child_id)
    return (
        select(
            held.c.month,
            held.c.allocated_unit_id.label("unit_id"),
            held.c.child_id,
            literal(1).label("numerator"),
            literal(1).label("denominator"),
        )
        .select_from(held.join(last, same_child))
        .where(last.c.worker_id.is_distinct_from(held.c.worker_id))
    )


METRIC = Metric(
    key="caseload",
    number=1,
    name="Caseload",
    question="Do workers have room to work?",
    words=Words(
        numerator="children held at month end by a lead worker",
        denominator="FTE of workers holding at least one",
        one_row_is="a child held at month end, with the lead worker",
        counted="FTE of workers who hold children",
    ),
    measure=Measure.PER_FTE,
    polarity=Polarity.LOWER_IS_BETTER,
    adds_up_over_months=False,
    worth_saying=1,
    rows=rows,
    drill_down={
        "status": "Status",
        "allocated_on": "Allocated",
        "role": "Role",
        "fte": "Worker's FTE",
    },
    needs=(
        Need("allocation"),
        Need("post"),
        Need(
            "allocation",
            "worker_id",
            also_in="post",
            says="No worker who holds a child has a post in what was loaded: give worker.csv with"
            " name and registration_no, so that names and registration numbers can be matched.",
        ),
    ),
    source="DfE, Children's social work workforce: average caseload, as defined since 2017",
    edge_cases=(
        "A child with two lead allocations to one worker counts once; under two ids, twice, and is"
        " a data issue. So are a worker's posts that overlap in one unit and role, of which the one"
        " with the largest FTE counts, and more than 1 FTE.",
        "A child with two lead workers counts with each, and is told beside; lists of work name it"
        " once, with the one whose allocation began last.",
        "Co-worked children count with the lead worker and are shown beside, never as halves.",
        "Agency workers and managers who hold a child count; a worker who holds none does not.",
        "A worker's children and FTE belong to the unit of the worker's post at month end; of"
        " several posts, the one in the allocation's unit, else the one with the largest FTE.",
        "A holder with no post or with FTE 0 is in neither number and is a data issue.",
        "Children with no lead worker are outside the average and counted as unallocated: those"
        " with an open plan, or an open referral that did not end with no further action.",
    ),
    beside=Beside(
        companions=(
            Companion(
                COUNTED_HOLDERS,
                "Children whose lead worker has a post",
                "{n} of {d} {d:child|children} held {n:has|have} a lead worker whose post and"
                " FTE are known",
                counted_holders,
                is_coverage=True,
                stands_alone=True,
                needs=(allocation.name, post.name),
            ),
            Companion(
                SECOND_LEADS,
                "Counted with a second lead worker",
                "{n} of the children held {n:is|are} counted with a second lead worker as well",
                second_leads,
                stands_alone=True,
                needs=(allocation.name,),
            ),
            Companion(
                "unallocated",
                "Unallocated",
                "{n} of {d} {d:child|children} with an open plan or referral {n:has|have} no lead"
                " worker",
                unallocated,
                stands_alone=True,
                needs=(allocation.name,),
            ),
            Companion(
                "co_worked",
                "Co-worked",
                "{n} of the children held also {n:has|have} a co-worker",
                co_worked,
                stands_alone=True,
                needs=(allocation.name,),
            ),
        ),
    ),
    split=Split(
        "status",
        {
            "CLA": "looked after",
            "CP": "child protection plan",
            "CIN": "child in need plan",
            "assessment": "in assessment",
        },
        divides_denominator=False,
        missing="nothing open",
    ),
    identified_by=("child_id", "worker_id"),
    cuts=CUTS_OF_CHILDREN_HELD,
)
