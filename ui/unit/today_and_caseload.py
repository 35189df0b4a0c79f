"""A unit's children are counted once today; its caseload at month end counts each lead worker."""

from collections.abc import Sequence

from markupsafe import Markup
from sqlalchemy import Row

from charts.tables import link
from data_access.words.agreeing import agreeing
from metrics.definitions.caseload import COUNTED_HOLDERS, METRIC, SECOND_LEADS
from metrics.figures import Figures
from metrics.model import Tally
from metrics.result import Result
from metrics.sentence import count
from ui.address import Address

ONCE = "each child once, with the lead worker whose allocation began last"


def beside_workload(address: Address, figures: Figures, held: Sequence[Row]) -> Markup:
    """How many children the workers hold here, and of which parts the caseload's number is made."""
    today = sum(row.children for row in held if row.worker_id is not None)
    result = figures.result(METRIC, address.view)
    figure = link(address.link("metric", metric=METRIC.key, **address.unit), METRIC.name)
    also = Markup("")
    if result.tally:
        counted = _counted(result, result.tally)
        also = Markup(" The figure {} counts {}").format(figure, counted)
    return Markup('<p class="cs-note">Counted here: {}, {} in all.{}</p>').format(
        ONCE, count(today), also
    )


def _counted(result: Result, tally: Tally) -> str:
    holders = result.companions.get(COUNTED_HOLDERS, Tally())
    second = result.companions.get(SECOND_LEADS, Tally()).numerator
    without = holders.denominator - holders.numerator
    children = count(tally.numerator)
    parts = [f"{children} in {result.view.period}, by the unit of the worker’s post."]
    if second:
        again = agreeing(second, "child", "children")
        parts.append(f"{count(second)} {again} it counts again with a second lead worker.")
    if without:
        parts.append(f"{count(without)} it leaves out: the lead worker has no post with FTE.")
    return " ".join(parts)
