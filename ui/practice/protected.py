"""Who is newly qualified: children held against what the council protects them with."""

from collections.abc import Mapping

from markupsafe import Markup

from charts.tables import table
from metrics.catalogue import CATALOGUE
from metrics.model import Measure, Scope, View
from metrics.practice.protection import protected_at
from metrics.practice.staff import Staff
from metrics.writing import count, number_words
from ui.codes import worker_words
from ui.practice.opening import OfStaff, Practice

CASELOAD = CATALOGUE["caseload"]
NOT_SET = (
    "No protection is set. Whoever runs ChildStat sets one, as protected_share in its settings."
)
WITHIN, MORE = "within", "more than is protected"
NO_CASELOAD = "can’t be told: the worker’s FTE or the unit’s caseload is not known"


def newly_qualified(on: Practice, some: OfStaff) -> Markup:
    """A line for each who is newly qualified; nothing where nobody is."""
    found = [one for one in some.workers.values() if one.newly_qualified]
    if not found:
        return Markup("")
    share = on.page.basis.settings.practice.protected_share
    caseloads = {} if share is None else _caseloads(on, found)
    rows = [_line(on, some, one, caseloads, share) for one in found]
    headings = ("Worker", "Held", "FTE", "Protected at", "Reading")
    return Markup(
        '<section id="newly"><h2>Newly qualified</h2>{}<p class="cs-note">{}</p></section>'
    ).format(table(headings, rows), _says(on, share))


def _line(
    on: Practice,
    some: OfStaff,
    one: Staff,
    caseloads: Mapping[str | None, float],
    share: float | None,
) -> tuple[object, ...]:
    carries = some.carry.get(one.worker_id)
    held = carries.held if carries else 0
    ftes = [place.fte for place in one.places if place.fte is not None]
    fte = number_words(sum(ftes)) if ftes else None
    limit = None if share is None else protected_at(one.places, caseloads, share)
    told = worker_words(on.page, one), count(held), fte
    if limit is None:
        return *told, None, None if share is None else NO_CASELOAD
    return *told, number_words(round(limit, 1)), MORE if held > limit else WITHIN


def _caseloads(on: Practice, found: list[Staff]) -> dict[str | None, float]:
    """By unit, of those whose figures are open, the caseload of the latest complete month."""
    figures = on.page.figures
    units = {place.unit_id for one in found for place in one.places} & figures.units.keys()
    values = {
        unit_id: figures.result(CASELOAD, View(figures.latest, Scope(unit_id))).value
        for unit_id in units
    }
    return {unit_id: value for unit_id, value in values.items() if value is not None}


def _says(on: Practice, share: float | None) -> str:
    if share is None:
        return NOT_SET
    percent = Measure.PERCENT.written(100 * share)
    return (
        f"Protected at {percent} of the unit’s caseload in {on.page.figures.latest}, which counts"
        " everybody who holds a child, for each FTE of the worker’s. A number of children says"
        " nothing of how hard they are to help."
    )
