"""What came to a unit and what it holds, beside what it was planned for."""

from dataclasses import dataclass

from metrics.figures import Figures
from metrics.model import Tally, View
from metrics.units.openings import run_of

CAME, HELD = "door_to_unit", "legacy_cases"
MONTHS = 12


@dataclass(frozen=True)
class Demand:
    """Of one unit: numbers of children, and what was planned; None: not known, or no plan set.

    `came` are the cases that came to it in the `months_known` of the twelve months to the month's
    end, `held` those that it holds then, `legacy` those of them that are older than the unit.
    """

    came: int | None
    months_known: int
    held: int | None
    legacy: int | None
    referrals_a_year: int | None = None
    cases_a_year: int | None = None
    planned_by: str = ""


def demand(figures: Figures, view: View) -> Demand | None:
    """What came to the view's unit and what it holds; None for the service, and rows of no unit.

    Months before it opened are those of the unit that it continues, as on its charts; a month
    without a figure is not known, and is in no sum.
    """
    unit_id = view.scope.unit_id
    if view.scope.is_service or unit_id is None:
        return None
    planned = next((one for one in figures.settings.unit_plans if one.unit == unit_id), None)
    views = run_of(figures.openings, view.scope, view.period.run_up(MONTHS))
    came = [tally for one in views if (tally := _tally(figures, CAME, one)) is not None]
    held = _tally(figures, HELD, view)
    return Demand(
        came=_whole(sum(tally.denominator for tally in came)) if came else None,
        months_known=len(came),
        held=_whole(held.denominator) if held else None,
        legacy=_whole(held.numerator) if held else None,
        referrals_a_year=planned.referrals_a_year if planned else None,
        cases_a_year=planned.cases_a_year if planned else None,
        planned_by=planned.source if planned else "",
    )


def _tally(figures: Figures, key: str, view: View) -> Tally | None:
    return figures.tallies.get((key, view.scope.unit_id, view.period))


def _whole(number: float) -> int:
    return round(number)
