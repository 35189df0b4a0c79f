"""Unit: what one unit has to do now, and how it stands."""

from markupsafe import Markup

from ui.lists import rows_left_out, workers
from ui.session import open_page
from ui.unit.open_actions import open_actions
from ui.unit.second_looks import looked_at_with_a_reason
from ui.unit.which_unit import refuse_no_unit
from ui.unit.work import figures_of_the_unit, held_today, unit_title, work_lists

COLUMNS = '<div class="cs-grid"><div>{}</div><div class="cs-stack">{}{}{}{}</div></div>'

with open_page("unit") as page:
    refuse_no_unit(page)
    with page.witnessed_together():
        held = workers(page)
        columns = Markup(COLUMNS).format(
            work_lists(page, held),
            open_actions(page),
            looked_at_with_a_reason(page),
            held_today(page, held),
            page.cached(figures_of_the_unit),
        )
    page.draw(page.header(), unit_title(page, held), rows_left_out(page), columns)
