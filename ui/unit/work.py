"""The Unit page's parts: work lists as they stand today, who holds whom, the unit's figures."""

from collections.abc import Sequence

from markupsafe import Markup
from sqlalchemy import Row

from charts.marks import icon
from charts.spark import sparkline
from charts.tables import link, table
from data_access.viewer import read_sums
from metrics.catalogue import CATALOGUE, work_list_metric
from metrics.figures import Figures
from metrics.lists.work_lists import counted_by_state
from metrics.sentence import count, direction, pair_words, why_no_value, written_date
from metrics.spc.words import word_of
from ui.address import Address
from ui.codes import NO_WORKER, worker_words, workers_of
from ui.frame import choice, picker, unit_picker
from ui.lists import (
    FIRST_ROWS,
    WHOLE_UP_TO,
    WORKLISTS,
    Listing,
    child_link,
    clock_words,
    narrowing_parts,
    work_of,
    worker_named,
    worklist,
)
from ui.metric.disputes import LOOKS_WRONG, Doubted, doubt_link, doubted_on
from ui.not_in_source import why_no_work
from ui.session import Page
from ui.unit.today_and_month import beside_work_today
from ui.unit.which_unit import units_with_rows

HEADINGS = {
    "overdue": ("▼ Overdue", "due date and recording standard passed, nothing recorded"),
    "no_record_yet": ("○ No record yet", "due date passed, still within the recording standard"),
    "due_soon": ("Due in the next 10 working days", "from today on"),
}
DAYS = {"overdue": "Days over", "no_record_yet": "Days over", "due_soon": "Days left"}
# The columns of a list; the empty one is named for what the list counts.
LISTED = (
    "Child",
    "Plan",
    "Last seen",
    "Due (this child’s interval)",
    "",
    "To be seen (standard unless agreed)",
    "Tried",
    "Worker",
    LOOKS_WRONG,
)
NOBODY = Markup("<p>No child is held by the unit in these data.</p>")
PLANS = {"CIN": "Child in need plans", "CP": "Child protection plans", "CLA": "Looked after"}
STATUSES = {"cla": "Looked after", "cp": "CP plan", "cin": "CIN plan", "assessment": "Assessment"}


def unit_title(page: Page, held: Sequence[Row]) -> Markup:
    """Whose work this is, and the ways to other units, to one worker's work or one plan's."""
    address = page.address
    return Markup(
        '<div class="cs-title"><h1>{}: work as it stands on {}</h1>'
        '<nav aria-label="This page">{}{}{}</nav></div>'
    ).format(
        _whose(page, held),
        written_date(page.live.load.as_at),
        worker_picker(page, held),
        plan_picker(address),
        unit_picker("unit", address, units_with_rows(page)),
    )


def _whose(page: Page, held: Sequence[Row]) -> str:
    address = page.address
    parts = [page.figures.units[address.view.scope.unit_id]]
    if address.worker is not None:
        parts.append(worker_words(page, worker_named(page, held)))
    if address.plan is not None:
        parts.append(PLANS[address.plan].lower())
    return ", ".join(parts)


def worker_picker(page: Page, held: Sequence[Row]) -> Markup:
    """The unit's workers, each by a code: an address names nobody."""
    address = page.address
    listed = held[: _at_most(address, len(held))]
    codes = workers_of(page, (row.worker_id for row in listed))
    named = [(worker_words(page, row), codes.code_of(row.worker_id or NO_WORKER)) for row in listed]
    choices = [("Every worker", None), *named]
    address_parts = {**address.unit, "plan": address.plan}
    links = Markup("").join(
        choice(
            address.link("unit", **address_parts, worker=code), name, code == address.worker, name
        )
        for name, code in choices
    )
    return picker("Worker ▾", Markup("{}{}").format(links, _rest(page, _more(held, listed))))


def _at_most(address: Address, rows: int) -> int | None:
    return None if address.whole or rows <= WHOLE_UP_TO else FIRST_ROWS


def _more(held: Sequence[Row], listed: Sequence[object]) -> str:
    """Workers are read no further than a list shows, so how many more there are is not known."""
    return "more" if len(held) > len(listed) else ""


def _rest(page: Page, left_out: str, ways: str = "") -> Markup:
    """What a list leaves out, and the way to it; nothing where it is whole."""
    if not left_out:
        return Markup("")
    address = page.address
    address_parts = {**address.unit, **narrowing_parts(address), "whole": "yes"}
    show_all = link(address.link("unit", **address_parts), "show all")
    return Markup("<p>and {}: {}{}</p>").format(left_out, ways, show_all)


def plan_picker(address: Address) -> Markup:
    """The kinds of plan, and all of them."""
    address_parts = {**address.unit, "worker": address.worker}
    choices = [(None, "Every plan"), *PLANS.items()]
    return picker(
        "Plan ▾",
        Markup("").join(
            choice(
                address.link("unit", **address_parts, plan=kind), words, kind == address.plan, words
            )
            for kind, words in choices
        ),
    )


def work_lists(page: Page, held: Sequence[Row]) -> Markup:
    """How many stand in each work list, and the lists; or why nobody can tell."""
    reason = why_no_work(page)
    return Markup("<h2>Visits to be made</h2>{}").format(reason) if reason else _lists(page, held)


def _lists(page: Page, held: Sequence[Row]) -> Markup:
    """One row per child and plan."""
    work = work_of(page, held)
    rows = read_sums(page.engine, work, page.viewer, counted_by_state)
    numbers = {row.state: row.rows for row in rows}
    counts = Markup("").join(
        Markup("<span><b>{}</b>{}</span>").format(
            numbers.get(name, 0), link(f"#{name}", HEADINGS[name][0].lower())
        )
        for name in WORKLISTS
    )
    doubted = doubted_on(page, work_list_metric())
    shown = Markup("").join(
        _list_section(page, worklist(page, name, work), numbers.get(name, 0), doubted)
        for name in WORKLISTS
    )
    return Markup('<p class="cs-counts">{}</p>{}<div class="cs-stack">{}</div>').format(
        counts, page.cached(beside_work_today), shown
    )


def _list_section(page: Page, listing: Listing, number: int, doubted: Doubted) -> Markup:
    name = str(listing.address_parts["list"])
    heading, says = HEADINGS[name]
    headings = [words or DAYS[name] for words in LISTED]
    shown = [
        (
            child_link(page, listing.address_parts, row),
            *_clock_cells(row),
            doubt_link(page, work_list_metric(), doubted, listing.address_parts, row, place),
        )
        for place, row in enumerate(
            listing.rows(page, _at_most(page.address, number)) if number else (), start=1
        )
    ]
    left_out = f"{count(number - len(shown))} more" if number > len(shown) else ""
    more = _rest(page, left_out, "choose a worker or a plan, or ")
    body = Markup("{}{}").format(table(headings, shown), more) if shown else Markup("<p>None.</p>")
    return Markup(
        '<section id="{}"><h2>{} <small class="cs-quiet">{}</small></h2>{}</section>'
    ).format(name, heading, says, body)


def _clock_cells(row: Row) -> tuple[object, ...]:
    if row.is_closed:
        return (*[None] * 6, row.worker_name)
    return (
        row.kind,
        row.last_seen_on,
        row.due_on,
        row.days,
        clock_words(row),
        row.attempts or None,
        row.worker_name,
    )


def held_today(page: Page, held: Sequence[Row]) -> Markup:
    """Children held by each worker, in order of name: a mix of statuses, not a ranking."""
    rows = [
        (
            worker_words(page, row),
            row.fte,
            row.children,
            *(getattr(row, status) for status in STATUSES),
        )
        for row in held[: _at_most(page.address, len(held))]
    ]
    headings = ("Worker", "FTE", "Children", *STATUSES.values())
    by_worker = "By worker, in order of name; each child by its highest status"
    return Markup("<section><h2>Children held today</h2>{}{}</section>").format(
        table(headings, rows, by_worker) if rows else NOBODY, _rest(page, _more(held, rows))
    )


def figures_of_the_unit(address: Address, figures: Figures) -> Markup:
    """The unit's figures of the month, each a link to its rows, and those told as a pair."""
    rows = [_figure_row(address, figures, key) for key in CATALOGUE]
    results = [figures.result(metric, address.view) for metric in CATALOGUE.values()]
    pairs = dict.fromkeys(sentence for result in results if (sentence := pair_words(result)))
    return Markup('<section class="cs-of-the-month"><h2>{} in figures</h2>{}{}</section>').format(
        address.view.period,
        table(("Metric", "Value", "Reading", "Months", "Direction"), rows),
        Markup("").join(Markup('<p class="cs-note">{}</p>').format(sentence) for sentence in pairs),
    )


def _figure_row(address: Address, figures: Figures, key: str) -> tuple[object, ...]:
    metric = CATALOGUE[key]
    result = figures.charted_result(metric, address.view)
    where = address.link("metric", metric=key, **address.unit)
    if result.value is None or result.chart is None:
        return link(where, metric.name), f"– {why_no_value(result)}", None, None, direction(metric)
    reading = Markup("{} {}").format(icon(result.chart), word_of(result.chart))
    drawn = sparkline(result.chart)
    return link(where, metric.name), result.written, reading, drawn, direction(metric)
