"""The rows behind a figure, on the Metric page and as a file."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from charts.tables import link, table
from data_access.code_sets.spelled import spelled_code
from data_access.guard.asked import AS_LISTED, Asked
from data_access.viewer import Act
from exports.csv_text import csv_file
from metrics.late_entry.by_loads import RECORDED_ON, entered_words
from metrics.model import Metric
from ui.acts import refuse_unless
from ui.address import NOW
from ui.listing.asked_for import Lists, nothing_found, order_kept
from ui.lists import (
    ROWS_SHOWN,
    FrozenListing,
    Listing,
    child_link,
    figure_list,
    no_rows,
    rows_left_out,
)
from ui.metric.disputes import LOOKS_WRONG, doubt_link, doubted_on
from ui.session import Page

NO_ROWS = "The rows behind it are not open to you: you see figures only."
FIRST = {"row": "Row", "child_name": "Child"}
AS_PUBLISHED = (
    "These rows stand as they were published, in an order that can’t be changed, as no names are"
    " published to sort by"
)
# Of some metrics no row has one.
OF_SOME_ROWS = frozenset({"child_name", "worker_name", "doubt"})
LAST = {"numerator": "Counted", "denominator": "Out of", "doubt": LOOKS_WRONG}


def asked_of_rows(page: Page) -> Asked | None:
    """How the rows are to stand; None where none is open, or they stand as they were published."""
    asked = rows_as_lists(page).asked()
    return asked if page.viewer.units and page.shown is None else None


def rows_as_lists(page: Page) -> Lists:
    """The rows behind the figure as a list that can be put in order by each of its columns."""
    columns = ("child_name", *_columns(page.address.metric), "numerator", "denominator")
    parts = {"metric": page.address.metric.key, **page.address.unit}
    return Lists(page, columns if page.shown is None else (), parts, "#rows")


def rows_table(page: Page, asked: Asked = AS_LISTED) -> Markup:
    """The page of rows that the address asks for, behind the figure that it names."""
    if not page.viewer.units:
        return Markup("<p>{}</p>").format(NO_ROWS)
    chosen = figure_list(page)
    before = 0 if asked.words else (page.address.rows_page - 1) * ROWS_SHOWN
    rows = chosen.rows(page, ROWS_SHOWN, before, asked)
    if not rows and asked.words:
        return nothing_found(asked)
    if not rows and not before:
        return no_rows(page)
    return Markup("{}{}{}{}").format(
        rows_left_out(page),
        _as_published(page),
        _table_of(page, chosen, rows, before, asked),
        _rest(page, rows.has_more, asked),
    )


def _as_published(page: Page) -> Markup:
    """Where rows are in an order that can't be changed, the way to those that can."""
    if page.shown is None:
        return Markup("")
    words = AS_PUBLISHED
    if page.address.view.period not in page.live.months:
        return Markup('<p class="cs-note">{}.</p>').format(words)
    parts = {"metric": page.address.metric.key, **page.address.unit, "known": NOW}
    way = link(page.address.link("metric", **parts) + "#rows", "sort and search them as known now")
    return Markup('<p class="cs-note">{}: {}.</p>').format(words, way)


def _rest(page: Page, has_more: bool, asked: Asked) -> Markup:
    """The ways to more rows; of what was found, that there is more."""
    if not asked.words:
        return turning_links(page, has_more)
    more = Markup("<p>The first {} that were found are shown: say more words.</p>")
    return more.format(ROWS_SHOWN) if has_more else Markup("")


def _table_of(
    page: Page, chosen: Listing | FrozenListing, rows: Sequence[Any], before: int, asked: Asked
) -> Markup:
    """The rows, of which so many stand on the pages before."""
    metric = page.address.metric
    columns = {k: v for k, v in _columns(metric).items() if k not in metric.only_in_files}
    doubted = doubted_on(page, metric)
    shown = [
        (
            before + place,
            child_link(page, chosen.address_parts, row),
            *(_value_words(metric, name, row) for name in columns),
            row.numerator,
            row.denominator,
            doubt_link(page, metric, doubted, chosen.address_parts, row, before + place),
        )
        for place, row in enumerate(rows, start=1)
    ]
    headings = {**FIRST, **columns, **LAST}
    with_unit = page.address.view.scope.is_service
    needed, needed_rows = _needed_columns(headings, shown, with_unit)
    lists = rows_as_lists(page)
    return table([lists.heading(headings[by], by, asked) for by in needed], needed_rows)


def may_take_rows(page: Page) -> bool:
    return bool(page.viewer.units) and page.may(Act.EXPORT_ROWS)


def _columns(metric: Metric) -> dict[str, str]:
    return {"worker_name": "Worker", "unit_name": "Unit", **metric.drill_down}


def value_words(metric: Metric, name: str, value: Any) -> object:
    """The value, in the metric's own words where it has some for what it is split by.

    A code of a return has its meaning behind it.
    """
    if name == metric.split.by:
        return metric.split.name(value)
    return _spaced_words(spelled_code(name, value))


def _value_words(metric: Metric, name: str, row: Any) -> object:
    value = getattr(row, name)
    if row.is_closed:
        return value
    if name == RECORDED_ON and value is None:
        return entered_words(row)
    return value_words(metric, name, value)


def _spaced_words(value: object) -> object:
    return value.replace("_", " ") if isinstance(value, str) and value.islower() else value


def _needed_columns(
    headings: Mapping[str, str], rows: Sequence[tuple], with_unit: bool
) -> tuple[list[str], list[tuple]]:
    """Without the columns that nobody needs here: the unit of one unit, children where none is."""
    columns = list(headings)
    needless = {
        place
        for place, column in enumerate(columns)
        if (column == "unit_name" and not with_unit)
        or (column in OF_SOME_ROWS and all(row[place] is None for row in rows))
    }
    places = [place for place in range(len(columns)) if place not in needless]
    return [columns[place] for place in places], [
        tuple(row[place] for place in places) for row in rows
    ]


def turning_links(page: Page, has_more: bool) -> Markup:
    """Links to the rows before and after."""
    address, rows_page = page.address, page.address.rows_page
    address_parts = {"metric": address.metric.key, **address.unit, **order_kept()}
    links = []
    if rows_page > 1:
        links.append(
            link(
                address.link("metric", **address_parts, rows=rows_page - 1) + "#rows",
                "← rows before",
            )
        )
    if has_more:
        links.append(
            link(
                address.link("metric", **address_parts, rows=rows_page + 1) + "#rows", "more rows →"
            )
        )
    return (
        Markup('<p class="cs-turn">{}</p>').format(Markup(" · ").join(links)) if links else Markup()
    )


def rows_csv(page: Page) -> str:
    """Every row behind the figure, for a spreadsheet."""
    columns = {
        "child_name": "Child",
        **_columns(page.address.metric),
        "numerator": "Numerator",
        "denominator": "Denominator",
    }
    refuse_unless(page.viewer, Act.EXPORT_ROWS)
    rows = figure_list(page).rows(page, None)
    return csv_file(
        ["Month", *columns.values()],
        (
            [row.month, *(spelled_code(name, getattr(row, name)) for name in columns)]
            for row in rows
        ),
    )
