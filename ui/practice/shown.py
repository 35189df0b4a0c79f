"""Practice's parts: the worker's own card, and a line for each worker of the units managed."""

from collections.abc import Mapping

from markupsafe import Markup

from charts.held import held_bar
from charts.tables import table
from metrics.practice.exposure import Carried
from metrics.practice.staff import WEEKS, Staff
from metrics.sentence import written_date
from metrics.writing import count
from ui.codes import worker_words
from ui.practice.opening import Practice
from ui.practice.words import NOT_IN_SOURCE, holiday_words, share_words, since_words, weeks_ago
from ui.session import Page

QUESTION = "Who needs a different kind of family next, and who has not had supervision?"
PROMPTS = (
    "In order of name, and prompts to talk about: a child may be of several kinds, so they are"
    " never added up, and no worker is set against another. A kind is what the latest authorised"
    " assessment found; restricted records are held, and of no kind here."
)
FOR_WHOM = (
    "For the worker and the managers of the unit alone. It is on no slide, in no file and not in"
    " the meeting: take it no further."
)
NOBODY = "Nobody works in, or holds a child for, a unit that you manage."
NOTHING_OWN = "You hold no child, and have no post, in these data."
PART = "Of whoever works for other units too, what is held for those is not in this."


def practice_title(on: Practice) -> Markup:
    """Whose practice this is, of which day, and the way to Unit."""
    units = dict.fromkeys(unit for one in on.managed.values() for unit in one.units)
    whose = ", ".join(units) or "your own"
    return Markup(
        '<div class="cs-title"><h1>Practice, {}: as it stands on {}</h1>'
        '<nav aria-label="This page">{}</nav></div>'
    ).format(whose, written_date(on.page.basis.as_at), _way_to_unit(on.page))


def _way_to_unit(page: Page) -> Markup:
    where = page.address.link("unit", **page.address.unit)
    return Markup('<a class="cs-button" href="{}">Unit</a>').format(where)


def own_card(on: Practice) -> Markup:
    """What the worker who looks carries; nothing for a viewer who is nobody in the case system."""
    if on.page.viewer.worker is None:
        return Markup("")
    body = Markup("<p>{}</p>").format(NOTHING_OWN)
    if on.own is not None:
        body = _table(on, {on.own.worker_id: on.own}, _by_worker(on.own_carries), "You")
    return Markup('<section id="own"><h2>What you carry</h2>{}</section>').format(body)


def _by_worker(one: Carried | None) -> Mapping[str, Carried]:
    return {} if one is None else {one.worker_id: one}


def of_the_units(on: Practice) -> Markup:
    """One line a worker of the units that the viewer manages; nothing for who manages none."""
    if not on.page.viewer.staff:
        return Markup("")
    lines = _table(on, on.managed, on.managed_carry)
    body = lines if on.managed else Markup("<p>{}</p>").format(NOBODY)
    return Markup('<section id="workers"><h2>{}</h2>{}<p class="cs-note">{}</p></section>').format(
        QUESTION, body, PART
    )


def what_it_is() -> Markup:
    """What the numbers are, and for whom."""
    return Markup('<p class="cs-note">{} {}</p>').format(PROMPTS, FOR_WHOM)


def _table(
    on: Practice, workers: Mapping[str, Staff], carry: Mapping[str, Carried], called: str = ""
) -> Markup:
    groups = on.page.basis.settings.practice.groups
    most = max((one.held for one in carry.values()), default=0)
    headings = (
        "Worker",
        "Held",
        *(one.name for one in groups),
        "CP plan",
        "Looked after",
        "Supervision",
        f"Holiday, {WEEKS} weeks",
    )
    lines = [
        (
            _name(on, one, called),
            *_held(on, carry.get(one.worker_id), most),
            supervision_words(on, one),
            holiday_words(on, one.holiday_hours),
        )
        for one in workers.values()
    ]
    return table(headings, lines)


def _name(on: Practice, one: Staff, called: str) -> Markup:
    units = ", ".join(one.units)
    return Markup('{}<br><span class="cs-quiet">{}</span>').format(
        called or worker_words(on.page, one), units
    )


def _held(on: Practice, of: Carried | None, most: int) -> tuple[object, ...]:
    groups = on.page.basis.settings.practice.groups
    if of is None:
        return ("0", *(None for _ in groups), None, None)
    held = Markup('{}<br><span class="cs-quiet">{}</span>').format(
        count(of.held), f"{count(of.assessed)} assessed"
    )
    return (held, *(_of_group(on, of, one.group, most) for one in groups), of.cp, of.cla)


def _of_group(on: Practice, of: Carried, group: str, most: int) -> Markup:
    return Markup('<span class="cs-held">{}{}<small>{}</small></span>').format(
        held_bar(of.of_group[group], of.held, most),
        share_words(on, of, group),
        since_words(on, of, group),
    )


def supervision_words(on: Practice, one: Staff) -> str:
    """How long ago the time records have an hour of supervision; or that they have none at all."""
    if not on.recorded.supervision_hours:
        return NOT_IN_SOURCE
    return f"an hour recorded {weeks_ago(on, one.supervised_hour_on)}"
