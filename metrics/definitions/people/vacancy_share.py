"""How many of our posts stand empty?"""

from sqlalchemy import ColumnElement, FromClause, Select, literal, select, union_all

from data_access.schema import post, vacancy
from metrics.explore.offered import BY_ROLE, ROLE_NAMES
from metrics.model import (
    FEWEST,
    Basis,
    Beside,
    Cut,
    FigureKind,
    Measure,
    Metric,
    Months,
    Need,
    Polarity,
    Split,
    Words,
)
from metrics.people.posts import (
    LAST_DAY,
    NO_FTE,
    ROLES_COUNTED,
    TWO_POSTS,
    at_month_ends,
    fte_known,
)

STATES = {"vacant": "vacant", "in_post": "in post, not agency"}
NOT_AGENCY = post.c.agency.is_(False)


def rows(months: Months, basis: Basis) -> Select:
    """One row per post vacant at the month's end and per post held then by one's own staff.

    The denominator is its FTE, and so is the numerator of one that is vacant; one with FTE 0 has
    no row. Agency staff hold no post here: what they cover is vacant. The unit is the post's.
    """
    vacant = _of(vacancy, literal(None), vacancy.c.fte, "vacant", months, basis)
    filled = _of(post, post.c.worker_id, literal(0.0), "in_post", months, basis).where(NOT_AGENCY)
    both = union_all(vacant, filled).subquery()
    return select(*both.c)


def _of(
    held: FromClause,
    worker_id: ColumnElement,
    vacant_fte: ColumnElement,
    state: str,
    months: Months,
    basis: Basis,
) -> Select:
    return (
        at_month_ends(held, months, basis)
        .add_columns(
            worker_id.label("worker_id"),
            literal(None).label("child_id"),
            vacant_fte.label("numerator"),
            held.c.fte.label("denominator"),
            literal(state).label("state"),
            held.c.role,
            held.c.started_on,
        )
        .where(held.c.fte > 0)
    )


METRIC = Metric(
    key="vacancy_share",
    number=43,
    name="Vacant posts",
    question="How many of our posts stand empty?",
    words=Words(
        numerator="FTE of social workers' posts that are vacant at month end",
        denominator="FTE vacant or held by the council's own social workers at month end",
        one_row_is="a social worker's post, vacant or held, at month end",
        counted="FTE of posts",
    ),
    measure=Measure.PERCENT_ONE_DECIMAL,
    polarity=Polarity.LOWER_IS_BETTER,
    adds_up_over_months=False,
    worth_saying=3,
    fewest=FEWEST,
    rows=rows,
    drill_down={"state": "State", "role": "Role", "started_on": "Since"},
    needs=(
        Need(
            "vacancy",
            says="Nothing that was loaded says which posts stand empty: add vacancy.csv, from"
            " human resources, with each post's role, FTE and days.",
        ),
        Need("post"),
    ),
    source="DfE, Children's social work workforce: vacancy rate (FTE), at 30 September",
    edge_cases=(
        ROLES_COUNTED,
        "A post that an agency worker covers is vacant, and the agency worker holds none.",
        NO_FTE,
        LAST_DAY,
        TWO_POSTS,
        "That a source has no vacant post is not told from its not saying any: without a row of"
        " them there is no figure, and never 0.",
    ),
    short="Vacant",
    split=Split("role", ROLE_NAMES),
    beside=Beside(companions=(fte_known(NOT_AGENCY),)),
    cuts=(Cut("state", "State", names=STATES, is_outcome=True), BY_ROLE),
    is_of_children=False,
    kind=FigureKind.SNAPSHOT,
)
