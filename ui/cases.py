"""Cases: the frame that they are drawn from, its size, and the key on paper for the presenter."""

from collections.abc import Callable, Mapping, Sequence
from secrets import randbelow

from markupsafe import Markup

from charts.tables import link, table
from data_access.problems import Problem
from data_access.schema import PLAN_KINDS
from data_access.viewer import names_of_children, read_records
from meeting.agenda import Agenda, open_agenda
from meeting.drawing import PURPOSES, Case, cases_of, choose_case, draw_cases
from metrics.evaluate import Figures
from metrics.frames import children_in, rules
from metrics.model import Scope
from ui.case_words import found_words
from ui.child import chosen_child
from ui.journey import STATUS_WORDS
from ui.lists import NAME_HIDDEN
from ui.meeting_room import codes_of
from ui.session import Page

SEEDS = 10**6
EVERY_PLAN = "every plan"
KEY_ON_PAPER = "Key on paper"


def agenda_of(page: Page) -> Agenda:
    """The agenda of the page's month, made by rule if nobody has opened it yet."""
    store = page.published.store
    if store is None:
        raise Problem(page.published.trouble or "There is no meeting store to note cases in.")
    return open_agenda(store, page.figures, page.address.view.period, page.viewer.name)


def title(page: Page) -> Markup:
    return Markup(
        '<div class="cs-title"><h1>Cases for the meeting about {}</h1></div><p>{} · {}</p>'
    ).format(
        page.address.view.period,
        "The room sees codes; the key below is for the presenter’s paper.",
        link(page.address.link("meeting"), "the meeting →"),
    )


def units(figures: Figures) -> dict[str, str | None]:
    """The units that a frame may be of, by name, the service first."""
    return {name: unit_id for unit_id, name in reversed(figures.units.items())}


def plans() -> dict[str, str | None]:
    return {EVERY_PLAN: None, **{STATUS_WORDS[kind]: kind for kind in PLAN_KINDS}}


def rule_words(figures: Figures) -> dict[str, str]:
    return {rule.words: key for key, rule in rules(figures.settings).items()}


def frame(
    page: Page, unit_id: str | None, plan: str | None, rule: str
) -> tuple[dict[str, str | None], list[str]]:
    """The frame as the store keeps it, and the ids of its children, which nobody is shown."""
    said = {"unit": unit_id, "plan": plan, "rule": rule}
    query = children_in(said, Scope(unit_id), page.basis)
    return said, [row.child_id for row in read_records(page.engine, query, page.viewer)]


def size_words(children: Sequence[str]) -> Markup:
    many = "1 child is" if len(children) == 1 else f"{len(children)} children are"
    return Markup("<p><b>{}</b> in this frame today.</p>").format(many)


def any_seed() -> str:
    """A number that nobody chose for its result."""
    return str(randbelow(SEEDS))


def draw(
    page: Page,
    agenda: Agenda,
    purpose: str,
    said: dict[str, str | None],
    children: Sequence[str],
    seed: str,
    number: int,
    by: str,
) -> Markup:
    """Draws, and writes down what was drawn; what was done, or why it could not be."""

    def work() -> str:
        store, meeting = page.published.store, agenda.meeting_id
        found = draw_cases(store, meeting, purpose, said, children, seed, number, by)
        return f"{len(found)} drawn from {len(children)} by seed {seed}, and noted."

    return _done(work)


def choose(page: Page, agenda: Agenda, purpose: str, by: str) -> Markup:
    """Takes the child of the row that the address points at."""

    def work() -> str:
        store, child = page.published.store, chosen_child(page)
        choose_case(store, agenda.meeting_id, purpose, child, by)
        return "Chosen, and noted."

    return _done(work)


def key_on_paper(page: Page, agenda: Agenda) -> Markup:
    """Codes with names, as far as the viewer may see them: to be printed, never projected."""
    cases = cases_of(page.published.store, agenda.meeting_id)
    if not cases:
        return Markup("<p>No child has been drawn or chosen yet.</p>")
    code = codes_of(agenda, page.engine)
    ids = [case.child_id for found in cases.values() for case in found]
    names = names_of_children(page.engine, ids, page.viewer)
    lists = Markup("").join(
        Markup("<h2>{}</h2><p>{}</p>{}").format(
            words,
            found_words(cases[purpose], page.figures),
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


def _done(work: Callable[[], str]) -> Markup:
    try:
        said = work()
    except Problem as problem:
        return Markup('<p class="cs-trouble" role="alert">{}</p>').format(problem)
    return Markup('<p role="status"><b>{}</b></p>').format(said)
