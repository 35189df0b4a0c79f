"""The Recording page's lists: what was entered late, by whom, and who was never seen."""

from collections.abc import Callable

from markupsafe import Markup

from charts.tables import link, table
from data_access.guard.asked import Asked
from data_access.viewer import read_sums
from metrics.lists.recording_lists import RECORDED, entered_by_worker
from metrics.model import Scope, Tally
from metrics.rows_behind import rows_behind
from ui.address import WrongAddress
from ui.codes import worker_words
from ui.listing.asked_for import Lists, nothing_found
from ui.lists import ROWS_SHOWN, child_link, no_rows, query_list, rows_left_out
from ui.not_in_source import why_not
from ui.recording.units import SEEN, no_visit_tally
from ui.session import Page

NAMES = {
    "entered_late": "Entered late",
    "late_by_loads": "Entered late, as loads tell",
    "by_worker": "Entered late, by worker",
    "no_visit": "No visit at all",
}
SAYS = {
    "entered_late": "Visits made in {period} and recorded after the standard; by unit, worker and"
    " day, in no order of merit.",
    "late_by_loads": "Visits made in {period}, without a recording date, that a load after the"
    " standard still lacked; the day of entry is known only to lie between that load and the next."
    " A visit that may have been entered in time is not among them.",
    "by_worker": "Workers who recorded a visit made in {period} after the standard; in order of"
    " unit and name, in no order of merit.",
    "no_visit": "Children on a plan open at the end of {period}, whose first visit had fallen due,"
    " with no visit of that plan recorded since it began.",
}
# The columns of each list of children, by what they are called; the child comes first.
WHERE = {"worker_name": "Worker", "unit_name": "Unit"}
SHOWN: dict[str, dict[str, str]] = {
    "entered_late": {
        "kind": "Plan",
        "visited_on": "Seen",
        "recorded_on": "Recorded",
        "working_days": "Working days taken",
        **WHERE,
    },
    "late_by_loads": {
        "kind": "Plan",
        "visited_on": "Seen",
        "entered_from": "Entered from",
        "first_seen_on": "Entered by",
        "working_days": "Working days taken, at least",
        **WHERE,
    },
    "no_visit": {
        "kind": "Plan",
        "started_on": "Plan began",
        "first_due_on": "First visit due",
        **WHERE,
    },
}
(_COVERAGE,) = RECORDED.beside.coverage
DATE_KNOWN = f"{RECORDED.key}.{_COVERAGE.key}"
NOT_TOLD = (
    "Loads tell of no such visit: it is not known whether visits without a recording date were"
    " entered in time. What is new in a load is noted from the second load of a source on."
)
BY_WORKER_HEADINGS = ("Worker", "Unit", "Entered late", "Of visits", "Longest, working days")


def list_named(page: Page) -> str:
    """The list that the address names, what was entered late unless said, as far as it is known."""
    name = page.address.worklist or ("late_by_loads" if _is_undated(page) else "entered_late")
    if name not in LISTS:
        raise WrongAddress(f"There is no list of this name here; there are {', '.join(LISTS)}.")
    return name


def _is_undated(page: Page) -> bool:
    """Whether no recording date is there to go by."""
    return RECORDED.key in page.live.load.not_in_source


def _do_loads_tell(page: Page) -> bool:
    """Whether some visit of the month lacks a recording date, so that only loads can tell of it."""
    place = (DATE_KNOWN, page.address.view.scope.unit_id, page.address.view.period)
    dated = page.live.tallies.get(place, Tally())
    return _is_undated(page) or dated.numerator < dated.denominator


def lists_of(page: Page) -> Lists:
    """That list, to be put in order by its headings; that of workers by name alone, no ranking."""
    name = list_named(page)
    columns = ("child_name", *SHOWN[name]) if name in SHOWN else ()
    return Lists(page, columns, {"list": name, **page.address.unit}, "#rows")


def can_be_searched(page: Page) -> bool:
    """Whether the list is one of children, some of whom may be open to the viewer."""
    return bool(page.viewer.units) and list_named(page) in SHOWN


def recording_section(page: Page, asked: Asked) -> Markup:
    """The list that the address names; ways to the others."""
    if not page.viewer.units:
        return Markup("")
    name = list_named(page)
    return Markup(
        '<section id="rows"><h2>{} {}</h2><p class="cs-note">{}</p>{}{}</section>'
    ).format(
        NAMES[name],
        _other_lists(page, name),
        SAYS[name].format(period=page.address.view.period),
        rows_left_out(page),
        _why_none(page, name) or LISTS[name](page, name, asked),
    )


def _why_none(page: Page, name: str) -> Markup:
    """Why the list can't be made of these data; nothing where it can, though it may be empty."""
    missing = page.live.load.not_in_source
    if name == "late_by_loads":
        return Markup("")
    if name != "no_visit":
        return why_not(missing.get(RECORDED.key))
    whole = no_visit_tally(name, page.address, page.live, Scope())
    return Markup("") if whole.denominator else why_not(missing.get(SEEN.key))


def _other_lists(page: Page, name: str) -> Markup:
    links = [
        link(page.address.link("recording", list=other, **page.address.unit) + "#rows", words)
        for other, words in NAMES.items()
        if other != name and (other != "late_by_loads" or _do_loads_tell(page))
    ]
    return Markup('<small class="cs-quiet">or: {}</small>').format(Markup(" · ").join(links))


def _children(page: Page, name: str, asked: Asked) -> Markup:
    """A list of which each row is about a child, who is one click away."""
    chosen = query_list(page, name)
    rows = chosen.rows(page, ROWS_SHOWN, asked=asked)
    if not rows:
        return nothing_found(asked) if asked.words else _none(page, name)
    shown = [
        (
            child_link(page, chosen.address_parts, row),
            *(getattr(row, column) for column in SHOWN[name]),
        )
        for row in rows
    ]
    lists, columns = lists_of(page), {"child_name": "Child", **SHOWN[name]}
    headings = [lists.heading(words, column, asked) for column, words in columns.items()]
    more = Markup("<p>The first {} are shown: choose a unit, or find some by words.</p>")
    return table(headings, shown) + (more.format(ROWS_SHOWN) if rows.has_more else Markup(""))


def _none(page: Page, name: str) -> Markup:
    if name == "late_by_loads" and page.shows_every_row:
        return Markup("<p>{}</p>").format(NOT_TOLD)
    return no_rows(page)


def _by_worker(page: Page, _name: str, _asked: Asked) -> Markup:
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
    return table(BY_WORKER_HEADINGS, shown) if shown else no_rows(page)


LISTS: dict[str, Callable[[Page, str, Asked], Markup]] = {
    "entered_late": _children,
    "late_by_loads": _children,
    "by_worker": _by_worker,
    "no_visit": _children,
}
