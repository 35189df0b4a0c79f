"""How much of our work rests on agency staff?"""

from sqlalchemy import Select, case, literal

from data_access.schema import post
from metrics.explore.offered import BY_ROLE, ROLE_NAMES
from metrics.model import (
    FEWEST,
    Basis,
    Beside,
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


def rows(months: Months, basis: Basis) -> Select:
    """One row per social worker's post at the month's end: its FTE, as numerator if agency.

    A post with FTE 0 has none. The unit is that of the post.
    """
    return (
        at_month_ends(post, months, basis)
        .add_columns(
            post.c.worker_id,
            literal(None).label("child_id"),
            case((post.c.agency, post.c.fte), else_=0).label("numerator"),
            post.c.fte.label("denominator"),
            post.c.role,
            post.c.agency,
            post.c.started_on,
        )
        .where(post.c.fte > 0)
    )


METRIC = Metric(
    key="agency_share",
    number=41,
    name="Agency staff",
    question="How much of our work rests on agency staff?",
    words=Words(
        numerator="FTE of agency social workers at month end",
        denominator="FTE of all social workers at month end",
        one_row_is="a social worker's post at month end",
        counted="FTE of social workers",
    ),
    measure=Measure.PERCENT_ONE_DECIMAL,
    polarity=Polarity.LOWER_IS_BETTER,
    adds_up_over_months=False,
    worth_saying=3,
    fewest=FEWEST,
    rows=rows,
    drill_down={"role": "Role", "agency": "Agency", "started_on": "In post since"},
    needs=(Need("post"),),
    source="DfE, Children's social work workforce: agency worker rate (FTE), at 30 September",
    edge_cases=(
        ROLES_COUNTED,
        NO_FTE,
        LAST_DAY,
        TWO_POSTS,
        "In a small unit one agency worker moves the figure by ten points and more.",
    ),
    short="Agency",
    split=Split("role", ROLE_NAMES),
    beside=Beside(companions=(fte_known(),)),
    cuts=(BY_ROLE,),
    is_of_children=False,
    kind=FigureKind.SNAPSHOT,
)
