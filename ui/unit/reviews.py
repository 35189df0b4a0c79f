"""Reviews to be held: which of the unit's plans are overdue for one, and which soon due."""

from collections.abc import Sequence

from markupsafe import Markup
from sqlalchemy import Row

from charts.tables import table
from data_access.due.standards import first_review_in_care
from data_access.guard.asked import Asked
from data_access.viewer import read_sums
from metrics.lists.running_reviews import FIGURE_OF, why_not_told
from metrics.lists.work_lists import counted_by_state
from ui.listing.asked_for import nothing_found
from ui.lists import REVIEW_LISTS, child_link, review_list, reviews_of
from ui.not_in_source import why_not
from ui.session import Page
from ui.unit.length import at_most, rest, way_to_cards
from ui.unit.visits import left_out, lists_of

HEADINGS = {
    "overdue": ("Reviews overdue", "due date passed, none held"),
    "due_soon": ("Reviews due in the next 10 working days", "from today on"),
}
DAYS = {"overdue": "Working days over", "due_soon": "Working days left"}
LISTED = {
    "Child": "child_name",
    "": "days",
    "Due": "due_on",
    "Since (last review, or the plan’s start)": "clock_started_on",
    "Worker": "worker_name",
    "Plan": "kind",
}
COLUMNS = tuple(filter(None, LISTED.values()))


def reviews_to_be_held(page: Page, held: Sequence[Row], asked: Asked) -> Markup:
    """Both lists with how many stand in them, by what law; or why nobody can tell."""
    reasons = why_not_told(page.live.load)
    said = why_not(*reasons.values())
    if len(reasons) == len(FIGURE_OF):
        return Markup('<section id="reviews"><h2>Reviews to be held</h2>{}</section>').format(said)
    counted = read_sums(page.engine, reviews_of(page, held), page.viewer, counted_by_state)
    numbers = {row.state: row.rows for row in counted}
    shown = Markup("").join(
        _section(page, held, name, state, numbers.get(state, 0), asked)
        for name, state in REVIEW_LISTS.items()
    )
    return Markup('{}<div class="cs-stack">{}</div><p class="cs-note">{}</p>').format(
        said, shown, _by_what_law(page, [kind for kind in FIGURE_OF if kind not in reasons])
    )


def _section(
    page: Page, held: Sequence[Row], name: str, state: str, number: int, asked: Asked
) -> Markup:
    heading, says = HEADINGS[state]
    listing = review_list(page, name, held)
    most = at_most(page.address, number)
    rows = listing.rows(page, most, asked=asked) if number else ()
    if not rows:
        body = nothing_found(asked) if number and asked.words else Markup("<p>None.</p>")
    else:
        cells = [(child_link(page, listing.address_parts, row), *_cells(row)) for row in rows]
        lists = lists_of(page, *COLUMNS)
        headings = [lists.heading(words or DAYS[state], by, asked) for words, by in LISTED.items()]
        body = table(headings, cells) + rest(page, left_out(number, len(cells), most, asked))
    return Markup(
        '<section id="{}"><h2>{} <small class="cs-quiet">{}: {}{}</small></h2>{}</section>'
    ).format(name, heading, number, says, way_to_cards(page, name) if rows else "", body)


def _cells(row: Row) -> tuple[object, ...]:
    if row.is_closed:
        return None, None, None, row.worker_name, None
    return row.days, row.due_on, row.clock_started_on, row.worker_name, row.kind


def _by_what_law(page: Page, kinds: Sequence[str]) -> str:
    """How the due dates of these kinds are found: from the records held, and by what law."""
    settings = page.figures.settings
    rules = [*settings.review_standards, first_review_in_care(settings)]
    laws = dict.fromkeys(rule.source.rstrip(".") for rule in rules if rule.kind in kinds)
    return f"Due dates are worked out from the plans and reviews on record. {'; '.join(laws)}."
