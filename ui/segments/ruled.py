"""Units that have a rule on a day and can take no family."""

from collections.abc import Mapping
from datetime import date

from data_access.database import read
from metrics.segments.ruled_units import not_there, units_known
from ui.session import Page


def not_there_on(page: Page, day: date) -> Mapping[str, str]:
    """By unit of the rules in force on the day why no family can go there."""
    in_force = page.live.settings.segments.on(day)
    return not_there(in_force, read(page.engine, units_known(in_force)), day)
