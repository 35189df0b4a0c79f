"""How a council is cut into blocks, so that no statement of derive needs much memory."""

from datetime import date
from itertools import pairwise

from sqlalchemy import Connection, Integer, func, select, union_all

from data_access.due.clocks import Children
from data_access.schema import CANONICAL, plan
from metrics.model import Months, Period

PLANS_OF_A_BLOCK = 20_000
ROWS_OF_A_BLOCK = 1_000_000


def blocks_of_children(connection: Connection) -> list[Children]:
    """Every child once, in blocks of so many plans that their clocks need little memory."""
    numbered = select(
        plan.c.child_id,
        (func.row_number(type_=Integer).over(order_by=plan.c.child_id) % PLANS_OF_A_BLOCK).label(
            "place"
        ),
    ).subquery()
    ends = (
        select(numbered.c.child_id)
        .where(numbered.c.place == 0)
        .distinct()
        .order_by(numbered.c.child_id)
    )
    bounds = [None, *connection.execute(ends).scalars(), None]
    return [Children(*ends_of_block) for ends_of_block in pairwise(bounds)]


def blocks_of_months(connection: Connection, first: date, last: date) -> list[Months]:
    """Every month from that of `first` to that of `last` once, in their order.

    Of so many months each that the largest table has no more rows in a block than need little
    memory, if its rows lie evenly over the months; of one month at least.
    """
    months = Period.of(last).run_up(Period.of(last).months_after(Period.of(first)) + 1)
    together = max(1, ROWS_OF_A_BLOCK * len(months) // max(1, _rows_of_the_largest(connection)))
    starts = range(0, len(months), together)
    runs = (months[start : start + together] for start in starts)
    return [Months(run[0], run[-1]) for run in runs]


def _rows_of_the_largest(connection: Connection) -> int:
    counts = (select(func.count().label("rows")).select_from(table) for table in CANONICAL)
    counted = union_all(*counts).subquery()
    return connection.execute(select(func.max(counted.c.rows))).scalar_one()
