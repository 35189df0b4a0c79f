"""Practice's parts: the worker's own card, and a line for each worker of the units managed."""

from markupsafe import Markup

from charts.held import held_bar
from charts.tables import link, stacked
from metrics.model import SERVICE
from metrics.practice.exposure import Carried
from metrics.practice.staff import Staff
from metrics.practice.supervised import WEEKS
from metrics.sentence import written_date
from metrics.writing import count, several
from ui.codes import worker_words, workers_of
from ui.frame import unit_picker
from ui.practice.opening import OfStaff, Practice, named
from ui.practice.words import (
    holiday_words,
    share_words,
    since_words,
    supervision_words,
    talked_about_words,
)
from ui.session import Page
from ui.unit.which_unit import way_to_unit

QUESTION = "Who needs a different kind of family next, and who has not had supervision?"
PROMPTS = (
    "In order of name, and prompts to talk about: a child may be of several kinds, so they are"
    " never added up, and no worker is set against another. A kind is what the latest authorised"
    " assessment found; restricted records are held, and of no kind here. Sessions are of as many"
    " weeks as who was talked about; a day of holiday is a full-time worker’s."
)
FOR_WHOM = (
    "For the worker and the managers of the unit alone. It is on no slide, in no file and not in"
    " the meeting: take it no further."
)
NOBODY = "Nobody has a post here, or holds a child."
EVERY = "Every unit that you manage"
NOTHING_OWN = "You hold no child, and have no post, in these data."
PART = "Of whoever works for other units too, what is held for those is not in this."
NEWLY_QUALIFIED = "newly qualified"


def practice_title(on: Practice) -> Markup:
    """Whose practice this is, of which day, and the ways to one unit's and to Unit."""
    whose = ", ".join(on.unit_names.values()) or "your own"
    ways = Markup("{}{}").format(_units(on.page), way_to_unit(on.page))
    return title(on.page, f"Practice, {whose}", ways)


def _units(page: Page) -> Markup:
    """The units that the viewer manages, to be seen one by one; nothing of a single one."""
    managed = named(page, page.viewer.staff)
    if len(managed) < 2:
        return Markup("")
    return unit_picker("practice", page.address, {**managed, SERVICE: EVERY})


def title(page: Page, words: str, ways: Markup) -> Markup:
    return Markup(
        '<div class="cs-title"><h1>{}: as it stands on {}</h1>'
        '<nav aria-label="This page">{}</nav></div>'
    ).format(words, written_date(page.basis.as_at), ways)


def own_card(on: Practice) -> Markup:
    """What the worker who looks carries; nothing for a viewer who is nobody in the case system."""
    if on.page.viewer.worker is None:
        return Markup("")
    body = lines(on, on.own, "You") if on.own.workers else Markup("<p>{}</p>").format(NOTHING_OWN)
    return Markup('<section id="own"><h2>What you carry</h2>{}</section>').format(body)


def of_the_units(on: Practice) -> Markup:
    """One line a worker of the units asked for; nothing for who manages none."""
    if not on.units:
        return Markup("")
    some = lines(on, on.managed) if on.managed.workers else Markup("<p>{}</p>").format(NOBODY)
    return Markup('<section id="workers"><h2>{}</h2>{}<p class="cs-note">{}</p></section>').format(
        QUESTION, some, PART
    )


def what_it_is() -> Markup:
    """What the numbers are, and for whom."""
    return Markup('<p class="cs-note">{} {}</p>').format(PROMPTS, FOR_WHOM)


def lines(on: Practice, some: OfStaff, called: str = "") -> Markup:
    """A line for each worker: what is held by kind, supervision, holiday."""
    settings, weeks = on.page.basis.settings.practice, several(WEEKS, "week")
    most = max((one.held for one in some.carry.values()), default=0)
    headings = (
        "Worker",
        "Held",
        *(one.name for one in settings.groups),
        "CP plan",
        "Looked after",
        "Supervision, one to one" if on.recorded.sessions else "Supervision",
        f"Talked about, {weeks}",
        f"Holiday, {weeks}",
    )
    cells = [
        (
            _name(on, one, called),
            *_held(on, some.carry.get(one.worker_id), most),
            _two_lines(*supervision_words(on, one)),
            _two_lines(*talked_about_words(on, one)),
            holiday_words(on, one),
        )
        for one in some.workers.values()
    ]
    return stacked(headings, cells)


def _name(on: Practice, one: Staff, called: str) -> Markup:
    """The worker as a link to the sheet for supervision, with the units."""
    code = workers_of(on.page, [one.worker_id]).code_of(one.worker_id)
    where = on.page.address.link("practice", **on.page.address.unit, worker=code)
    said = [place.name for place in one.places] + [NEWLY_QUALIFIED] * one.newly_qualified
    return _two_lines(link(where, called or worker_words(on.page, one)), ", ".join(said))


def _two_lines(first: object, second: str) -> Markup:
    if not second:
        return Markup("{}").format(first)
    return Markup('{}<small class="cs-quiet">{}</small>').format(first, second)


def _held(on: Practice, of: Carried | None, most: int) -> tuple[object, ...]:
    groups = on.page.basis.settings.practice.groups
    if of is None:
        return ("0", *(None for _ in groups), None, None)
    held = _two_lines(count(of.held), f"{count(of.assessed)}\u00a0assessed")
    return (held, *(_of_group(on, of, one.group, most) for one in groups), of.cp, of.cla)


def _of_group(on: Practice, of: Carried, group: str, most: int) -> Markup:
    drawn = held_bar(of.of_group[group], of.held, most)
    said = _two_lines(share_words(on, of, group), since_words(on, of, group))
    return Markup('<span class="cs-held">{}{}</span>').format(drawn, said)
