"""Unit: what one unit has to do now, whom each worker holds, and how the unit stands."""

import streamlit as st
from markupsafe import Markup

from ui.listing.asked_for import find_box
from ui.lists import rows_left_out, workers
from ui.session import open_page
from ui.unit.asked_of_unit import asked_of_this_unit
from ui.unit.cards import refuse_a_wrong_list, stage_cards
from ui.unit.children import COLUMNS as OF_CHILDREN
from ui.unit.children import children_of_worker
from ui.unit.open_actions import open_actions
from ui.unit.reviews import COLUMNS as OF_REVIEWS
from ui.unit.reviews import reviews_to_be_held
from ui.unit.second_looks import looked_at_with_a_reason
from ui.unit.visits import lists_of, work_lists
from ui.unit.which_unit import chooser, is_to_be_chosen, remember
from ui.unit.work import figures_of_the_unit, unit_title
from ui.unit.workload import workload

COLUMNS = (
    '{}<div class="cs-grid"><div class="cs-stack">{}<div>{}</div>{}</div>'
    '<div class="cs-stack">{}{}{}{}</div></div>'
)

with open_page("unit") as page:
    if is_to_be_chosen(page):
        page.draw(page.header(), chooser(page))
        st.stop()
    refuse_a_wrong_list(page)
    remember(page)
    asked = lists_of(page, *OF_CHILDREN, *OF_REVIEWS).asked()
    held = workers(page)
    page.draw(page.header(), unit_title(page, held), rows_left_out(page))
    asked_of_this_unit(page)
    asked = find_box(page, asked)
    with page.witnessed_together():
        columns = Markup(COLUMNS).format(
            stage_cards(page, held, asked),
            children_of_worker(page, held, asked),
            work_lists(page, held, asked),
            reviews_to_be_held(page, held, asked),
            open_actions(page),
            workload(page, held),
            looked_at_with_a_reason(page),
            page.cached(figures_of_the_unit),
        )
    page.draw(columns)
