"""Who has looked at the unit's children with a reason: its consultant sees each."""

from datetime import timedelta

from markupsafe import Markup
from sqlalchemy import select

from access.audit.second_looks import second_looks
from charts.tables import link, table
from data_access.london import LONDON, now
from data_access.viewer import Act, ids_within
from metrics.lists.child_story import about
from ui.child.parts import child_name_shown
from ui.session import Page

DAYS = 28
HEADINGS = ("When", "Who", "Child", "Reason")


def looked_at_with_a_reason(page: Page) -> Markup:
    """The last weeks' second looks at children of this unit; and the way to one.

    Not for a worker who sees own children only. What was agreed is for the unit's managers, as
    nobody else learns that it was asked.
    """
    signed_in = page.looking.signed_in
    if signed_in is None or not page.shows_every_row:
        return Markup("")
    manages = page.address.view.scope.unit_id in page.viewer.staff
    looks = second_looks(signed_in.store, now() - timedelta(DAYS), agreed=manages)
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
    heading = f"Looked at with a reason, in {DAYS} days"
    listed = table(HEADINGS, rows) if rows else Markup('<p class="cs-quiet">Nobody has.</p>')
    return Markup(
        '<section tabindex="0" aria-label="Looks with a reason"><h2>{}</h2>{}{}</section>'
    ).format(heading, listed, _way(page))


def _way(page: Page) -> Markup:
    """To a child of another unit, for who may look closer."""
    if not page.may(Act.LOOK_CLOSER):
        return Markup("")
    where = link(page.address.link("child", **page.address.unit), "look closer, with a reason →")
    return Markup("<p>A child of another unit: {}</p>").format(where)


def _is_of_the_unit(page: Page, child_id: str) -> bool:
    children = about(child_id, page.basis).subquery()
    of_the_unit = select(children).where(children.c.unit_id == page.address.view.scope.unit_id)
    return bool(ids_within(page.engine, of_the_unit, page.viewer))
