"""On Patterns: a figure cut by what its children are, and cases in and out with their days."""

from collections.abc import Sequence

from markupsafe import Markup
from sqlalchemy import Row

from charts.tables import table
from data_access.database import read
from metrics.catalogue import CATALOGUE
from metrics.model import Metric, Period
from metrics.patterns.by_child import (
    Cells,
    OfChild,
    by_children,
    cells,
    first_months,
    is_cut,
    months_cut,
    sums_by_part,
    too_young,
)
from metrics.patterns.counting import Unit
from metrics.patterns.in_and_out import CLOSED, MEDIAN, NINE_IN_TEN, InAndOut, closed_in, in_and_out
from metrics.writing import several
from ui import kept
from ui.address import WrongAddress, unit_address_parts
from ui.explore.words import framed
from ui.frame import choice, picker
from ui.patterns.guarded import Hidden, hidden_cells, hidden_in_and_out
from ui.patterns.opening import Patterns
from ui.patterns.tables import HIDDEN, share_cell
from ui.session import Page

FIRST_CUT = "age"
MONTHS_OF_CLOSINGS = 12
NOT_CUT = "{} is no share of children in these data, so that it can’t be cut by them. These can:"
NO_SUCH_CUT = "The address asks for a cut that Patterns does not have. These are:"
CUT_NOTE = (
    "Restricted records are in none of it. “hidden”: 1 to 5 rows or children, or beside such a"
    " number, which could be worked out from it{}. Age, sex, ethnicity: as recorded; need: of the"
    " latest referral; segment: what the rules proposed for the family on the last day asked by"
    " then. The children behind a part are on no list."
)
YOUNG = "; and a unit of less than the twelve months"
TOO_EARLY = (
    "It is of twelve months, and told from the twelfth month of these data on: choose a later one."
)
IN_AND_OUT = (
    "Cases closed after assessment, without a plan (reasons RC8 and RC9 of the children in need"
    " census), out of those closed with a known reason; days from referral to closing. Restricted"
    " records are in none of it, and a unit of less than the twelve months is “hidden”. What were"
    " they open for, and who could have met the family before?"
)


def cut_figure(on: Patterns) -> Markup:
    """One share of children cut by one thing: the service and the units beside each other."""
    page, metric = on.page, cut_metric(on)
    if metric is None:
        return Markup("")
    key, by = _asked(on)
    if not _are_held(on, months_cut(metric, page.address.view.period)):
        return Markup("<h2>{}, by {}</h2><p>{}</p>").format(metric.name, by.name, TOO_EARLY)
    counted = _cells(on, metric, by)
    hidden = hidden_cells(counted)
    rows = [
        (part, *(_cell(counted, hidden, unit_id, part) for unit_id in on.columns))
        for part in counted.parts
    ]
    headings = (by.name.capitalize(), *on.columns.values())
    months = months_cut(metric, page.address.view.period)
    title = f"{metric.name}, by {by.name}: {_when(months)}"
    body = framed(table(headings, rows), title) if rows else Markup("<p>Nothing to count.</p>")
    ways = Markup("{} {}").format(_metrics(on, metric, key), _cuts(on, metric, key))
    return Markup(
        '<div class="cs-title"><h2>{}</h2><nav aria-label="Cut">{}</nav></div>{}'
        '<p class="cs-note cs-quiet">{}</p>'
    ).format(title, ways, body, CUT_NOTE.format(YOUNG if len(months) > 1 else ""))


def _when(months: Sequence[Period]) -> str:
    return f"the twelve months to {months[-1]}" if len(months) > 1 else str(months[-1])


def _are_held(on: Patterns, months: Sequence[Period]) -> bool:
    """Whether these data have every month: of fewer, two tables would tell one month's number."""
    return set(months) <= set(on.page.live.months)


def refuse_a_wrong_cut(page: Page) -> None:
    """Says that a figure or a cut that the address names is none of these, before it is drawn."""
    metric, cuts = page.address.metric, by_children({})
    figures = _cut_metrics(page)
    if page.address.names_metric and metric not in figures:
        ways = {one.name: page.address.link("patterns", metric=one.key) for one in figures}
        raise WrongAddress(NOT_CUT.format(metric.name), ways)
    if dict(page.address.asked).get("cut", FIRST_CUT) not in cuts:
        ways = {by.name: page.address.link("patterns", cut=key) for key, by in cuts.items()}
        raise WrongAddress(NO_SUCH_CUT, ways)


def cut_metric(on: Patterns) -> Metric | None:
    """The address's where it names one that can be cut so, else the first."""
    found = _cut_metrics(on.page)
    return on.page.address.metric if on.page.address.names_metric else next(iter(found), None)


def _cut_metrics(page: Page) -> list[Metric]:
    live = page.live
    return [
        metric
        for key, metric in CATALOGUE.items()
        if key not in live.load.not_in_source and is_cut(metric, live.settings)
    ]


def _asked(on: Patterns) -> tuple[str, OfChild]:
    known = by_children(on.page.live.units)
    key = dict(on.page.address.asked).get("cut", FIRST_CUT)
    return key, known[key]


def _cells(on: Patterns, metric: Metric, by: OfChild) -> Cells:
    page = on.page
    months = months_cut(metric, page.address.view.period)

    def made() -> Cells:
        sums = sums_by_part(metric, by, months, page.live.settings)
        return cells(read(page.engine, sums), by, _young(page, metric, months))

    return kept.made_once(f"cut {metric.key} {by.name} {months[-1].key}", page.loaded, made)


def _young(page: Page, metric: Metric, months: Sequence[Period]) -> frozenset[Unit]:
    def made() -> Sequence[Row]:
        return read(page.engine, first_months(metric, page.live.settings))

    first = kept.made_once(f"first months {metric.key}", page.loaded, made)
    return too_young(first, months)


def _cell(counted: Cells, hidden: Hidden, unit_id: Unit, part: str) -> Markup:
    if (unit_id, part) in hidden:
        return HIDDEN
    tally = counted.tallies.get((unit_id, part))
    return share_cell(tally) if tally else Markup("–")


def _metrics(on: Patterns, here: Metric, cut: str) -> Markup:
    choices = (
        choice(_where(on, metric, cut), metric.name, metric is here, metric.name)
        for metric in _cut_metrics(on.page)
    )
    return picker(f"{here.short_name} ▾", Markup("").join(choices))


def _cuts(on: Patterns, metric: Metric, here: str) -> Markup:
    known = by_children({})
    choices = (
        choice(_where(on, metric, key), by.name, key == here, by.name) for key, by in known.items()
    )
    return picker(f"By {known[here].name} ▾", Markup("").join(choices))


def _where(on: Patterns, metric: Metric, cut: str) -> str:
    unit = unit_address_parts(on.unit_id)
    return on.page.address.link("patterns", metric=metric.key, cut=cut, **unit)


def in_and_out_table(on: Patterns) -> Markup:
    """By unit: how many closed cases were in and out in twelve months, and after how many days."""
    months = on.page.address.view.period.run_up(MONTHS_OF_CLOSINGS)
    found = _in_and_out(on, months) if _are_held(on, months) else {}
    if not found:
        return Markup("")
    hidden = hidden_in_and_out(found, _young(on.page, CLOSED, months))
    rows = [
        (name, *_days(found[unit_id], unit_id in hidden))
        for unit_id, name in on.columns.items()
        if unit_id in found
    ]
    headings = (
        "",
        "In and out, of those closed",
        "Half within",
        "Nine in ten within",
        "Reason not known",
    )
    title = f"In and out: the twelve months to {on.page.address.view.period}"
    return Markup('<h2>{}</h2>{}<p class="cs-note cs-quiet">{}</p>').format(
        title, framed(table(headings, rows), title), IN_AND_OUT
    )


def _in_and_out(on: Patterns, months: Sequence[Period]) -> dict[Unit, InAndOut]:
    page = on.page

    def made() -> dict[Unit, InAndOut]:
        return dict(in_and_out(read(page.engine, closed_in(months, page.live.settings))))

    return kept.made_once(f"in and out {months[-1].key}", page.loaded, made)


def _days(told: InAndOut, is_hidden: bool) -> tuple[object, ...]:
    if is_hidden:
        return HIDDEN, HIDDEN, HIDDEN, HIDDEN
    known = (
        [several(told.within(share), "day") for share in (MEDIAN, NINE_IN_TEN)]
        if told.days
        else ["–", "–"]
    )
    return share_cell(told.tally), *known, told.not_known
