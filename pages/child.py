"""Child: one child's journey, reached only from a row of a list."""

from markupsafe import Markup

from ui.child.card import stage_card
from ui.child.closer import (
    child_to_open,
    closer_form,
    opened_with_a_reason,
    told_as_of_its_unit,
)
from ui.child.first import as_listed, read_siblings
from ui.child.how_often import how_often
from ui.child.journey import journey_picture
from ui.child.others import told_by_others
from ui.child.parts import (
    child_title,
    journey_tables,
    listed_overdue,
    read_child,
    read_story,
    restricted_page,
)
from ui.child.prompts import dismiss_form
from ui.forms import done_line
from ui.session import open_page

with open_page("child") as opened:
    child_id = child_to_open(opened)
    page = told_as_of_its_unit(opened, child_id)
    child = read_child(page, child_id)
    if child.is_closed:
        page.draw(page.header(), restricted_page(page))
        closer_form(page, child.child_id)
    else:
        listing = as_listed(page, child)
        siblings = read_siblings(page, child, listing)
        story = {**read_story(page, child), "siblings": siblings}
        card, prompts = stage_card(page, child, story, listing)
        page.draw(
            page.header(),
            done_line(),
            child_title(page, child, story),
            opened_with_a_reason(page, child_id),
            card,
            journey_picture(story, page.live.load.as_at),
            told_by_others(page, child),
            Markup(
                '<div class="cs-grid"><div class="cs-stack">{}{}</div><div>{}</div></div>'
            ).format(how_often(page, story), listed_overdue(story), journey_tables(story)),
        )
        dismiss_form(page, prompts)
