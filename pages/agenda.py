"""Agenda: the month's items, made by rule and changed by the analyst; costs for the chair."""

from ui.acts import Act
from ui.forms import done_line, needs_store
from ui.meeting.agenda import agenda_title, for_the_chair, items, planned_agenda
from ui.meeting.agenda_forms import follow_up_button, forms, make
from ui.meeting.order import items_to_move
from ui.month.items import the_rest
from ui.session import open_page

with open_page("agenda") as page:
    needs_store(page)
    plan = planned_agenda(page)
    page.draw(page.header(), done_line(), agenda_title(page, plan))
    if plan.agenda and not plan.not_told and page.may(Act.CHAIR):
        items_to_move(page, plan.agenda)
    else:
        page.draw(items(page, plan))
    page.draw(page.cached(the_rest))
    if plan.agenda is None:
        make(page)
    else:
        page.draw(for_the_chair(page, plan.agenda))
        follow_up_button(page, plan.agenda)
        forms(page, plan.agenda)
