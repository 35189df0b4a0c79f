"""Lessons: what meetings learnt, found again by metric, unit and word; and the ways to them."""

from collections.abc import Iterable, Sequence

import streamlit as st
from markupsafe import Markup

from charts.tables import link, stacked
from meeting.learning.lessons import Lesson, every_lesson, lessons_on_figures, metrics_of
from metrics.catalogue import CATALOGUE
from metrics.model import SERVICE
from metrics.writing import several
from ui.address import unit_address_parts
from ui.forms import store_of
from ui.frame import choice, picker
from ui.meeting.told import opens_the_meeting, those_told
from ui.session import Page

HEADINGS = ("What was tried", "What happened", "Who takes it up", "About", "Meeting about", "By")
ANY_METRIC, ANY_UNIT = "Any metric", "Any unit"
FIND = "Find in the lessons: any words of them"
MOST_LETTERS = 60
NONE_KEPT = (
    "None is kept yet. One is kept where an action is closed, on Actions, and of an item on Agenda"
    " or in the meeting."
)
HOW = (
    "Every word must be in a lesson. A lesson stays as it was written: what came later is another."
)


def lessons_told(page: Page) -> list[Lesson]:
    """Every lesson that is told to the viewer: as the actions and the figures that it is of."""
    return those_told(page, every_lesson(store_of(page)))


def found(page: Page, lessons: Iterable[Lesson], words: str) -> list[Lesson]:
    """Those of the metric and the unit that the address names, with all of the words."""
    metric, unit_id = _asked(page)
    return [one for one in lessons if one.is_of(metric, unit_id) and one.has(words)]


def _asked(page: Page) -> tuple[str | None, str | None]:
    address = page.address
    return address.metric.key if address.names_metric else None, address.view.scope.unit_id


def words_typed(page: Page) -> str:
    """What is looked for: typed, so that it stands in no address."""
    return st.text_input(FIND, max_chars=MOST_LETTERS, key=f"find {_asked(page)}").strip()


def lessons_title(page: Page, lessons: Sequence[Lesson]) -> Markup:
    """What the lessons below are of, and links to those of another metric or unit."""
    metric, unit_id = _asked(page)
    metrics = metrics_of(lessons) | ({metric: CATALOGUE[metric].name} if metric else {})
    units = {one.unit_id for one in lessons} | {unit_id}
    named = {id: name for id, name in page.figures.units.items() if id in units - {SERVICE}}
    ways = _of_metrics(page, metrics) + _of_units(page, named)
    return Markup(
        '<div class="cs-title"><h1>{}</h1><nav aria-label="This page">{}</nav></div><p>{}</p>'
    ).format(_message(page), ways, HOW)


def _message(page: Page) -> str:
    metric, unit_id = _asked(page)
    name = CATALOGUE[metric].name if metric else None
    of_unit = None if unit_id == SERVICE else page.figures.units[unit_id]
    about = ", ".join(filter(None, (name, of_unit)))
    return f"Lessons of meetings about {about}" if about else "Lessons of meetings"


def _of_metrics(page: Page, metrics: dict[str, str]) -> Markup:
    here, unit_id = _asked(page)
    unit = unit_address_parts(unit_id)
    choices = [
        choice(page.address.link("lessons", metric=key, **unit), name, key == here, name)
        for key, name in ({None: ANY_METRIC} | metrics).items()
    ]
    return picker(f"{CATALOGUE[here].short_name if here else ANY_METRIC} ▾", _all(choices))


def _of_units(page: Page, units: dict[str | None, str]) -> Markup:
    metric, here = _asked(page)
    known = {SERVICE: ANY_UNIT} | units
    choices = [
        choice(_where(page, metric, id), name, id == here, name) for id, name in known.items()
    ]
    return picker(f"{known[here]} ▾", _all(choices))


def _all(choices: Sequence[Markup]) -> Markup:
    return Markup("").join(choices)


def _where(page: Page, metric: str | None, unit_id: str | None) -> str:
    return page.address.link("lessons", metric=metric, **unit_address_parts(unit_id))


def lessons_list(page: Page, lessons: Sequence[Lesson], any_kept: bool) -> Markup:
    """The lessons, the latest first; else what there is instead."""
    if not lessons:
        words = "No lesson that is open to you has all of this." if any_kept else NONE_KEPT
        return Markup("<p>{}</p>").format(words)
    rows = [_row(page, lesson) for lesson in lessons]
    return Markup("<h2>{}</h2>{}").format(several(len(rows), "lesson"), stacked(HEADINGS, rows))


def _row(page: Page, lesson: Lesson) -> tuple[object, ...]:
    said = (lesson.tried, lesson.happened, lesson.taken_up_by)
    return *said, _about(page, lesson), str(lesson.discussed), lesson.by


def _about(page: Page, lesson: Lesson) -> object:
    """The figure that it is of, as a link; of none a dash."""
    if lesson.metric not in CATALOGUE:
        return None
    unit = page.figures.units.get(lesson.unit_id, str(lesson.unit_id))
    where = page.address.link("metric", metric=lesson.metric, **unit_address_parts(lesson.unit_id))
    return link(where, f"{CATALOGUE[lesson.metric].name}, {unit}")


def lessons_of_figure(page: Page) -> Markup:
    """On Metric: how many lessons there are of the figure, as a link; nothing where there is none.

    Of a child's only who may open the meeting is told here, anybody else on Lessons: as of actions.
    """
    metric, view = page.address.metric.key, page.address.view
    number = _counts(page).get((metric, view.scope.unit_id), 0)
    where = _where(page, metric, view.scope.unit_id)
    words = several(number, "lesson of a meeting about this figure", "lessons about this figure")
    return Markup('<p class="cs-lessons">{}</p>').format(link(where, f"{words} →")) * bool(number)


def lessons_of_unit(page: Page) -> Markup:
    """On Unit: the same of all figures of the unit, to stand beside another link."""
    unit_id = page.address.view.scope.unit_id
    number = sum(many for (_, of), many in _counts(page).items() if of == unit_id)
    where = _where(page, None, unit_id)
    return Markup(" · {}").format(link(where, f"{several(number, 'lesson')} →")) * bool(number)


def _counts(page: Page) -> dict[tuple[str, str | None], int]:
    if page.published.store is None:
        return {}
    return lessons_on_figures(page.published.store, opens_the_meeting(page))
