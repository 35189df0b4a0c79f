"""What is counted in units that were not open: the service holds it, and no unit's row does."""

from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import Period, Tally
from metrics.units.openings import NEVER

NOTHING = Tally()


def while_closed(figures: Figures, period: Period) -> str:
    """One sentence that names the units; nothing where there are none.

    A unit is none of them for what it counted while it was open: a figure of a year has that too.
    """
    of_the_month = [key for key, metric in CATALOGUE.items() if metric.kind.is_of_the_month]
    names = ", ".join(
        f"{name} (of no row of units)" if figures.openings.get(unit_id) is NEVER else name
        for unit_id, name in figures.units.items()
        if not figures.is_open(unit_id, period)
        and any(
            figures.tallies.get((key, unit_id, period), NOTHING) != NOTHING for key in of_the_month
        )
    )
    if not names:
        return ""
    return f"The service holds what is recorded in units that were not open: {names}."
