"""What came to the unit and what it holds, beside what it was planned for."""

from markupsafe import Markup

from charts.tables import link, table
from charts.words import number_words
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.handing_on.demand import CAME, HELD, MONTHS, Demand, demand
from metrics.writing import several
from ui.address import Address

NO_PLAN = "no plan set"
NOT_KNOWN = "not known"
A_YEAR = "{} a year"
READ_SO = (
    "Referrals that ended before a unit led on the child are in no unit. Cases of a year are more"
    " than are held on one day: where each lasts half a year, twice as many."
)
KNOWN_OF = " (of {} with a figure)"


def demand_against_plan(address: Address, figures: Figures) -> Markup:
    """The unit's referrals of twelve months and cases held, against its plan; else nothing."""
    found = demand(figures, address.view)
    if found is None:
        return Markup("")
    return Markup(
        '<section class="cs-demand"><h2>Demand against plan</h2>{}'
        '<p class="cs-note">{}{}</p></section>'
    ).format(
        table(("Children", "Counted", "Planned"), _rows(address, figures, found)),
        READ_SO,
        f" Planned by: {found.planned_by}." if found.planned_by else "",
    )


def _rows(address: Address, figures: Figures, found: Demand) -> list[tuple[object, ...]]:
    month = address.view.period
    some = found.months_known not in (0, MONTHS)
    known = KNOWN_OF.format(several(found.months_known, "month")) if some else ""
    came = f"Came to it in the {MONTHS} months to {month}{known}"
    held = f"Held at the end of {month}"
    return [
        (
            _to(address, CAME, came),
            _number(figures, CAME, found.came),
            _plan(found.referrals_a_year),
        ),
        (_to(address, HELD, held), _number(figures, HELD, found.held), _plan(found.cases_a_year)),
        ("of these, older than the unit (legacy)", _number(figures, HELD, found.legacy), None),
    ]


def _to(address: Address, key: str, words: str) -> Markup:
    return link(address.link("metric", metric=key, **address.unit), words, CATALOGUE[key].name)


def _number(figures: Figures, key: str, number: int | None) -> str:
    if number is not None:
        return number_words(number)
    return "not in this source" if key in figures.load.not_in_source else NOT_KNOWN


def _plan(planned: int | None) -> str:
    return NO_PLAN if planned is None else A_YEAR.format(number_words(planned))
