"""The Recording page's lists: what was entered late, by whom, and who was never seen."""

from collections.abc import Callable

from markupsafe import Markup
from sqlalchemy import Row

from charts.tables import link, table
from data_access.viewer import read_sums
from metrics.lists.recording_lists import RECORDED, entered_by_worker
from metrics.model import Scope
from metrics.rows_behind import rows_behind
from ui.address import WrongAddress
from ui.codes import worker_words
from ui.lists import ROWS_SHOWN, child_link, no_rows, recording_list, rows_left_out
from ui.not_in_source import why_not
from ui.recording.units import SEEN, no_visit_tally
from ui.session import Page

NAMES = {
    "entered_late": "Entered late",
    "by_worker": "Entered late, by worker",
    "no_visit": "No visit at all",
}
SAYS = {
    "entered_late": "Visits made in {period} and recorded after the standard; by unit, worker and"
    " day, in no order of merit.",
    "by_worker": "Workers who recorded a visit made in {period} after the standard; in order of"
    " unit and name, in no order of merit.",
    "no_visit": "Children on a plan open at the end of {period}, whose first visit had fallen due,"
    " with no visit of that plan recorded since it began.",
}
LATE = ("Child", "Plan", "Seen", "Recorded", "Working days taken", "Worker", "Unit")
NEVER = ("Child", "Plan", "Plan began", "First visit due", "Worker", "Unit")


def _late(row: Row) -> tuple:
    return (
        row.kind,
        row.visited_on,
        row.recorded_on,
        row.working_days,
        row.worker_name,
        row.unit_name,
    )


def _never(row: Row) -> tuple:
    return row.kind, row.started_on, row.first_due_on, row.worker_name, row.unit_name


SHOWN: dict[str, tuple[tuple[str, ...], Callable[[Row], tuple]]] = {
    "entered_late": (LATE, _late),
    "no_visit": (NEVER, _never),
}


def recording_section(page: Page) -> Markup:
    """The list that the address names, what was entered late unless said; ways to the others."""
    if not page.viewer.units:
        return Markup("")
    name = page.address.worklist or "entered_late"
    if name not in LISTS:
        raise WrongAddress(f"There is no list of this name here; there are {', '.join(LISTS)}.")
    return Markup(
        '<section id="rows"><h2>{} {}</h2><p class="cs-note">{}</p>{}{}</section>'
    ).format(
        NAMES[name],
        _other_lists(page, name),
        SAYS[name].format(period=page.address.view.period),
        rows_left_out(page),
        _why_none(page, name) or LISTS[name](page, name),
    )


def _why_none(page: Page, name: str) -> Markup:
    """Why the list can't be made of these data; nothing where it can, though it may be empty."""
    missing = page.live.load.not_in_source
    if name != "no_visit":
        return why_not(missing.get(RECORDED.key))
    whole = no_visit_tally(name, page.address, page.live, Scope())
    return Markup("") if whole.denominator else why_not(missing.get(SEEN.key))


def _other_lists(page: Page, name: str) -> Markup:
    links = [
        link(page.address.link("recording", list=other, **page.address.unit) + "#rows", words)
        for other, words in NAMES.items()
        if other != name
    ]
    return Markup('<small class="cs-quiet">or: {}</small>').format(Markup(" · ").join(links))


def _children(page: Page, name: str) -> Markup:
    """A list of which each row is about a child, who is one click away."""
    chosen = recording_list(page, name)
    rows = chosen.rows(page, ROWS_SHOWN + 1)
    if not rows:
        return no_rows(page)
    headings, shown_as = SHOWN[name]
    shown = [
        (child_link(page, chosen.address_parts, row), *shown_as(row)) for row in rows[:ROWS_SHOWN]
    ]
    more = Markup("<p>The first {} are shown: choose a unit.</p>").format(ROWS_SHOWN)
    return table(headings, shown) + (more if len(rows) > ROWS_SHOWN else Markup(""))


def _by_worker(page: Page, _name: str) -> Markup:
    """How many each worker entered late, of how many: in order of unit and name, no ranking."""
    rows = read_sums(
        page.engine,
        rows_behind(RECORDED, page.address.view, page.basis),
        page.viewer,
        entered_by_worker,
        ("unit_name", "worker_name", "worker_id"),
    )
    shown = [
        (
            worker_words(page, row),
            row.unit_name or "no unit",
            row.late,
            row.visits,
            row.longest,
        )
        for row in rows
        if row.late
    ]
    headings = ("Worker", "Unit", "Entered late", "Of visits", "Longest, working days")
    return table(headings, shown) if shown else no_rows(page)


LISTS: dict[str, Callable[[Page, str], Markup]] = {
    "entered_late": _children,
    "by_worker": _by_worker,
    "no_visit": _children,
}
