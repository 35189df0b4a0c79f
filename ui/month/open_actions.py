"""How many open actions each figure of Month has, each a link to them."""

from collections.abc import Mapping

from markupsafe import Markup

from meeting.actions import open_on_figures
from metrics.result import Result
from metrics.writing import several
from ui.address import Address, unit_address_parts
from ui.meeting.told import opens_the_meeting
from ui.session import Page

OpenActions = Mapping[tuple[str, str | None], int]


def open_actions_of(page: Page) -> OpenActions:
    """By metric and unit; nothing where the store isn't read.

    Whoever may not open the meeting is told of a child's actions where they stand in words, which
    asks whether the child is open: a count would tell that there is such a child.
    """
    if page.published.store is None:
        return {}
    return open_on_figures(page.published.store, opens_the_meeting(page))


def open_actions_link(address: Address, result: Result, counts: OpenActions) -> Markup:
    """Their number, which leads to the actions about this figure; nothing where there is none.

    Where there is room beside a line it is "2 open"; the page's footer says what the number is.
    """
    unit_id = result.view.scope.unit_id
    number = counts.get((result.metric.key, unit_id), 0)
    if not number:
        return Markup("")
    where = address.link("actions", metric=result.metric.key, **unit_address_parts(unit_id))
    says = f"{several(number, 'open action')} about {result.metric.name}, {result.unit_name}"
    return Markup(
        '<a class="cs-open" href="{}" target="_self" title="{}" aria-label="{}">'
        "{}<span> open</span></a>"
    ).format(where, says, says, number)
