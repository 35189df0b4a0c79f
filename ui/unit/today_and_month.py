"""What is overdue is counted in two ways: in a unit's work today, and in a month's figure."""

from markupsafe import Markup

from charts.tables import link
from data_access.due.states import NO_RECORD_YET, OVERDUE
from metrics.definitions.visits_out_of_timescale import METRIC as DUE
from metrics.figures import Figures
from metrics.model import SERVICE, Tally
from metrics.result import Result
from metrics.sentence import count
from ui.address import Address

IN_BOTH = {OVERDUE: "overdue", NO_RECORD_YET: "not recorded yet"}
TODAY = "open plans of children held now, whenever the visit fell due"
NARROWED = "of the worker or plan that is chosen"
OF_THE_UNIT = " in the whole unit"
MONTH = (
    "visits due in {}, by who held the child on the due date, plans that have ended since included"
)


def beside_work_today(address: Address, figures: Figures) -> Markup:
    """Under the numbers of the work lists: what they count, and what the month's figure does."""
    return _beside_work(address, figures, TODAY, "")


def beside_narrowed_work(address: Address, figures: Figures) -> Markup:
    """The same under one worker's or one plan's numbers: the figure is the whole unit's."""
    return _beside_work(address, figures, f"{TODAY}, {NARROWED}", OF_THE_UNIT)


def _beside_work(address: Address, figures: Figures, here: str, of_whom: str) -> Markup:
    result = figures.result(DUE, address.view)
    counted = [f"{count(n)} {IN_BOTH[name]}" for name, n in _in_both(result).items()]
    month = MONTH.format(address.view.period)
    figure = link(address.link("metric", metric=DUE.key, **address.unit), DUE.name)
    also = Markup(" The figure {} counts {}{}: {}.").format(
        figure, " and ".join(counted), of_whom, month
    )
    return Markup('<p class="cs-note">Counted here: {}.{}</p>').format(
        here, also if counted else ""
    )


def beside_month(address: Address, result: Result) -> Markup:
    """Under a month's numbers of the same names: what they count, and what Unit does."""
    if not _in_both(result):
        return Markup("")
    month = MONTH.format(result.view.period)
    is_unit = result.view.scope.unit_id != SERVICE
    unit = link(address.link("unit", **address.unit), "Unit") if is_unit else "Unit"
    states = " and ".join(IN_BOTH[name] for name in _in_both(result))
    return Markup(" <li>As {}, this counts {}. {} counts today’s: {}.</li>").format(
        states, month, unit, TODAY
    )


def _in_both(result: Result) -> dict[str, float]:
    """What the month's figure counts of the states that work lists have too; 0 of no visit due."""
    if result.metric is not DUE or result.tally is None:
        return {}
    return {name: result.companions.get(name, Tally()).numerator for name in IN_BOTH}
