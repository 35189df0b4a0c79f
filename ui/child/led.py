"""Whether an open unit leads on a child today: to have held the child is not enough."""

from access.in_cases import unit_of_child
from data_access.london import today
from ui.session import Page

LED_ELSEWHERE = (
    "The unit that leads on this child, or led last, is not open to you: linked adults are asked"
    " from a child of a unit that is."
)


def is_led_by_an_open_unit(page: Page, child_id: str) -> bool:
    """Whether the viewer may see the unit that leads on the child; of nobody's, that led last."""
    return page.viewer.may_see(unit_of_child(page.engine, child_id, today()))
