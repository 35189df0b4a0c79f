"""The Unit page's parts: work lists as they stand today, who holds whom, the unit's figures."""

from markupsafe import Markup

from charts.svg import sparkline
from charts.tables import link, table
from data_access.viewer import read_records
from metrics.catalogue import CATALOGUE
from metrics.evaluate import Figures
from metrics.model import SERVICE
from metrics.sentence import direction, why_no_value, written_date
from metrics.worklists import counted_by_state, held_by_worker
from ui.address import Address, WrongAddress, unit_said
from ui.frame import unit_picker
from ui.lists import ROWS_SHOWN, WORKLISTS, child_link, interval_words, worklist
from ui.metric import trend_of
from ui.session import Page

HEADINGS = {
    "overdue": ("Overdue", "due date and recording standard passed, nothing recorded"),
    "no_record_yet": ("No record yet", "due date passed, still within the recording standard"),
    "due_soon": ("Due in the next 10 working days", "from today on"),
}
DAYS = {"overdue": "Days over", "no_record_yet": "Days over", "due_soon": "Days left"}
STATUSES = {"cla": "Looked after", "cp": "CP plan", "cin": "CIN plan", "assessment": "Assessment"}


def one_unit(page: Page) -> None:
    """Refuses an address without a unit, and offers the units."""
    if page.address.view.scope.unit_id == SERVICE:
        raise WrongAddress(
            "Choose a unit: work lists are those of one unit.",
            {
                name: page.address.link("unit", **unit_said(unit_id))
                for unit_id, name in page.figures.units.items()
                if unit_id != SERVICE
            },
        )


def title(page: Page) -> Markup:
    figures, scope = page.figures, page.address.view.scope
    return Markup(
        '<div class="cs-title"><h1>{}: work as it stands on {}</h1>'
        '<nav aria-label="This page">{}</nav></div>'
    ).format(
        figures.units[scope.unit_id],
        written_date(page.live.load.as_at),
        unit_picker("unit", page.address, figures),
    )


def work(page: Page) -> Markup:
    """How many stand in each work list, and the lists: one row per child and plan."""
    found = read_records(
        page.engine, counted_by_state(page.basis, page.address.view.scope), page.viewer
    )
    numbers = {row.state: row.rows for row in found}
    counts = Markup("").join(
        Markup("<span><b>{}</b>{}</span>").format(
            numbers.get(name, 0), link(f"#{name}", HEADINGS[name][0].lower())
        )
        for name in WORKLISTS
    )
    shown = Markup("").join(_list(page, name, numbers.get(name, 0)) for name in WORKLISTS)
    return Markup('<p class="cs-counts">{}</p><div class="cs-stack">{}</div>').format(counts, shown)


def _list(page: Page, name: str, number: int) -> Markup:
    heading, says = HEADINGS[name]
    chosen = worklist(page, name, WORKLISTS[name])
    headings = ("Child", "Plan", "Last seen", "Due", DAYS[name], "To be seen", "Tried", "Worker")
    shown = [
        (
            child_link(page.address, chosen.said, row, at),
            row.kind,
            row.last_seen_on,
            row.due_on,
            row.days,
            interval_words(row),
            row.attempts or None,
            row.worker_name,
        )
        for at, row in enumerate(chosen.rows(page, ROWS_SHOWN) if number else (), start=1)
    ]
    left_out = number - len(shown)
    more = Markup("<p>and {} more</p>").format(left_out) if left_out else ""
    body = Markup("{}{}").format(table(headings, shown), more) if shown else Markup("<p>None.</p>")
    return Markup(
        '<section id="{}"><h2>{} <small class="cs-quiet">{}</small></h2>{}</section>'
    ).format(name, heading, says, body)


def held(page: Page) -> Markup:
    """Children held by each worker, in order of name: a mix of statuses, not a ranking."""
    found = read_records(
        page.engine,
        held_by_worker(page.basis, page.address.view.scope),
        page.viewer,
        ("worker_name", "worker_id"),
    )
    rows = [
        (
            row.worker_name or ("no worker" if row.worker_id is None else row.worker_id),
            row.fte,
            row.children,
            *(getattr(row, status) for status in STATUSES),
        )
        for row in found
    ]
    headings = ("Worker", "FTE", "Children", *STATUSES.values())
    return Markup("<section><h2>Children held today</h2>{}</section>").format(
        table(headings, rows, "By worker, in order of name; each child by its highest status")
    )


def figures_of_the_unit(address: Address, figures: Figures) -> Markup:
    """The unit's five figures of the month, each a link to its rows."""
    rows = [_figure(address, figures, key) for key in CATALOGUE]
    return Markup("<section><h2>{} in figures</h2>{}</section>").format(
        address.view.period, table(("Metric", "Value", "24 months", "Direction"), rows)
    )


def _figure(address: Address, figures: Figures, key: str) -> tuple[object, ...]:
    metric = CATALOGUE[key]
    line = [figures.result(metric, one.view) for one in trend_of(address, figures)]
    result = line[-1]
    values = [one.value for one in line]
    known = [value for value in values if value is not None]
    value = result.written if result.value is not None else f"– {why_no_value(result)}"
    drawn = sparkline(values, min(known), max(known), "") if known else None
    where = address.link("metric", metric=key, **address.unit)
    return link(where, metric.name), value, drawn, direction(metric)
