"""Who has looked at the unit's children with a reason: its consultant sees each."""

from datetime import timedelta

from markupsafe import Markup
from sqlalchemy import select

from access.audit.second_looks import second_looks
from charts.tables import table
from data_access.london import LONDON, now
from data_access.viewer import ids_within
from metrics.lists.child_story import about
from ui.child.parts import child_name_shown
from ui.session import Page

DAYS = 28
HEADINGS = ("When", "Who", "Child", "Reason")


def looked_at_with_a_reason(page: Page) -> Markup:
    """The last weeks' second looks at children of this unit; nothing where there are none.

    Not for a worker who sees own children only.
    """
    signed_in = page.looking.signed_in
    if signed_in is None or not page.shows_every_row:
        return Markup("")
    looks = second_looks(signed_in.store, now() - timedelta(DAYS))
    rows = [
        (
            f"{look.at.astimezone(LONDON):%d/%m/%Y %H:%M}",
            look.name,
            child_name_shown(page, look.child_id),
            look.reason,
        )
        for look in looks
        if _is_of_the_unit(page, look.child_id)
    ]
    if not rows:
        return Markup("")
    return Markup("<section><h2>Looked at with a reason, in {} days</h2>{}</section>").format(
        DAYS, table(HEADINGS, rows)
    )


def _is_of_the_unit(page: Page, child_id: str) -> bool:
    children = about(child_id).subquery()
    of_the_unit = select(children).where(children.c.unit_id == page.address.view.scope.unit_id)
    return bool(ids_within(page.engine, of_the_unit, page.viewer))
