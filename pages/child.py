"""Child: one child's journey, reached only from a row of a list."""

from markupsafe import Markup

from ui.child.journey import picture
from ui.child.parts import (
    chosen_child,
    facts,
    how_often,
    is_closed_to,
    listed_overdue,
    restricted,
    story,
    title,
    twins,
)
from ui.session import open_page

with open_page("child") as page:
    child = facts(page, chosen_child(page))
    if is_closed_to(page, child):
        page.draw(page.header(), restricted(page))
    else:
        told = story(page, child)
        page.draw(
            page.header(),
            title(page, child),
            picture(told, page.live.load.as_at),
            Markup(
                '<div class="cs-grid"><div class="cs-stack">{}{}</div><div>{}</div></div>'
            ).format(how_often(told), listed_overdue(told), twins(told)),
        )
