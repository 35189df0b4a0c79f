"""Cases: the frame that they are drawn from, its size, and the key on paper for the presenter."""

from collections.abc import Mapping, Sequence
from secrets import randbelow

import streamlit as st
from markupsafe import Markup
from sqlalchemy import Engine

from charts.tables import link, table
from data_access.meeting_store.free_text import LONGEST_NAME
from data_access.schema import PLAN_KINDS
from data_access.viewer import ids_within, names_of_children
from meeting.agenda import Agenda
from meeting.drawing import PURPOSES, Case, Draw, cases_of, choose_case, draw_cases
from metrics.figures import Figures
from metrics.lists.case_frames import children_in, frame_rules
from metrics.model import Period, Scope
from metrics.writing import count, several
from ui.child.journey import STATUS_WORDS
from ui.child.parts import child_name_shown, chosen_child
from ui.forms import form_name, store_of
from ui.lists import NAME_HIDDEN
from ui.meeting.case_words import draw_words
from ui.room.entering import codes_of
from ui.session import Page

SEEDS = 10**6
EVERY_PLAN = "every plan"
KEY_ON_PAPER = "Key on paper"


def cases_title(page: Page) -> Markup:
    return Markup(
        '<div class="cs-title"><h1>Cases for the meeting about {}</h1></div><p>{} · {}</p>'
    ).format(
        page.address.view.period,
        "The room sees codes; the key below is for the presenter’s paper.",
        link(page.address.link("room"), "the meeting →"),
    )


def chosen_words(page: Page) -> Markup:
    """Of whom the form is, who comes from a child's page."""
    return Markup("<p>About: <b>{}</b></p>").format(child_name_shown(page, chosen_child(page)))


def units(figures: Figures, month: Period) -> dict[str, str | None]:
    """The units open in the month that a frame may be of, by name, the service first."""
    *open_then, service = figures.units_open(month).items()
    return {name: unit_id for unit_id, name in (service, *open_then)}


def plans() -> dict[str, str | None]:
    return {EVERY_PLAN: None, **{STATUS_WORDS[kind]: kind for kind in PLAN_KINDS}}


def rule_words(figures: Figures) -> dict[str, str]:
    return {rule.words: key for key, rule in frame_rules(figures.settings).items()}


def frame(
    page: Page, unit_id: str | None, plan: str | None, rule: str | None
) -> tuple[dict[str, str | None], list[str]]:
    """The frame as the store keeps it, and the ids of its children, which nobody is shown."""
    columns = {"unit": unit_id, "plan": plan, "rule": rule}
    query = children_in(columns, Scope(unit_id), page.basis)
    return columns, ids_within(page.engine, query, page.viewer)


def size_words(children: Sequence[str]) -> Markup:
    many = several(len(children), "child", "children")
    return Markup("<p><b>{}</b> can be drawn today.</p>").format(many)


def seed_field() -> str:
    """A field that holds a number which nobody chose for its result, until somebody types one."""
    name = form_name("seed")
    st.session_state.setdefault(name, str(randbelow(SEEDS)))
    return st.text_input("Draw number", key=name, max_chars=LONGEST_NAME)


def draw_and_note(store: Engine, page: Page, agenda: Agenda, drawing: Draw) -> str:
    """Draws, and writes down what was drawn; what was done."""
    child_ids = draw_cases(store, agenda.meeting_id, drawing, page.viewer.name)
    drawn = f"{len(child_ids)} drawn from {count(len(drawing.children))}"
    return f"{drawn} by draw number {drawing.seed}, and noted."


def choose_and_note(store: Engine, page: Page, agenda: Agenda, purpose: str) -> str:
    """Takes the child of the row that the address points at; what was done."""
    choose_case(store, agenda.meeting_id, purpose, chosen_child(page), page.viewer.name)
    return "Chosen, and noted."


def key_on_paper(page: Page, agenda: Agenda) -> Markup:
    """Codes with names, as far as the viewer may see them: to be printed, never projected."""
    cases = cases_of(store_of(page), agenda.meeting_id)
    if not cases:
        return Markup("<p>No child has been drawn or chosen yet.</p>")
    code = codes_of(agenda, page.engine)
    ids = [case.child_id for cases_of_purpose in cases.values() for case in cases_of_purpose]
    names = names_of_children(page.engine, ids, page.viewer)
    lists = Markup("").join(
        Markup("<h2>{}</h2><p>{}</p>{}").format(
            words,
            draw_words(cases[purpose], page.figures),
            table(("Code", "Name"), [_line(case, code, names) for case in cases[purpose]]),
        )
        for purpose, words in PURPOSES.items()
        if purpose in cases
    )
    return Markup('<section class="cs-paper"><h2>{}: {}</h2><p>{}</p>{}</section>').format(
        KEY_ON_PAPER, agenda.month, FOR_THE_PRESENTER, lists
    )


FOR_THE_PRESENTER = (
    "For whoever presents a case, on paper. Not for the screen of the meeting; destroy it"
    " afterwards. The next meeting has other codes."
)


def _line(case: Case, code: Mapping[str, str], names: Mapping[str, str | None]) -> tuple[str, str]:
    return (
        f"Child {code.get(case.child_id, 'not in the data')}",
        names.get(case.child_id) or NAME_HIDDEN,
    )
