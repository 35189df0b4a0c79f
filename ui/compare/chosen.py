"""Which comparison the address names, which are told to the viewer, and what is told of one."""

from collections.abc import Sequence

from data_access.guard.adding_up import sees_all
from data_access.problems import NotAllowed
from meeting.comparing import Comparison, every_comparison, what_is_told
from metrics.compare.told import Told
from ui import acts
from ui.address import WrongAddress
from ui.forms import store_of
from ui.session import Page

NOT_EVERY_ROW = (
    "This comparison isn’t published yet: until it is, it is counted from the children of every"
    f" unit, and not all of them are open to you. {acts.ASK}"
)


def comparisons_told(page: Page) -> Sequence[Comparison]:
    """Those of which every unit’s figures are open to the viewer, the latest first."""
    if page.published.store is None:
        return []
    return [one for one in every_comparison(store_of(page)) if one.is_told_to(page.viewer)]


def chosen_comparison(page: Page) -> Comparison | None:
    """The one that the address names; None where it names none.

    One that is not told to the viewer is as one that there never was.
    """
    code = page.address.comparison
    if code is None:
        return None
    for one in comparisons_told(page):
        if one.code == code:
            return one
    raise WrongAddress(
        "There is no comparison of this address, or not all of its units’ figures are open to you.",
        {"All comparisons": page.address.link("compare", **page.address.unit)},
    )


def told_of(page: Page, one: Comparison) -> Told:
    """As it was published; else counted once a load, for who sees every unit’s children."""
    if one.told is not None:
        return one.told
    if not acts.sees_every_row(page.viewer):
        raise NotAllowed(NOT_EVERY_ROW)
    leave, load = sees_all(page.viewer), page.live.load
    return page.cached_as(what_is_told, lambda: what_is_told(page.engine, leave, load, one), one.id)
