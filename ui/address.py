"""What an address says: month, unit, metric, a code. Never a person's name, id or place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import quote_plus, urlencode

from data_access.problems import Problem
from data_access.schema import PLAN_KINDS
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import SERVICE, Metric, Period, Scope, View
from ui.pages import HOME, PAGES, Keeps, href

NO_UNIT, NOW = "none", "now"
CODE, ASKED = re.compile("[a-z]+"), re.compile("cut|over|order|against|against-unit|(only|not)-.+")
MOST_CHARACTERS, MOST_PARTS, MOST_DIGITS, MOST_LETTERS, SHOWN = 200, 20, 6, 64, 20


class WrongAddress(Problem):
    """An address that leads nowhere: one sentence, and links to what exists (words: address)."""

    def __init__(self, sentence: str, choices: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.choices = dict(choices or {})


@dataclass(frozen=True)
class Address:
    """One place in ChildStat. Pages of rows are counted from 1; people and rows have codes."""

    view: View
    metric: Metric
    worklist: str | None = None
    child: str | None = None
    rows_page: int = 1
    names_unit: bool = False
    doubt: str | None = None
    plan: str | None = None
    worker: str | None = None
    known_on: date | None = None
    known_now: bool = False  # today's figures of a month, though it is published
    whole: bool = False  # every row of the lists, however long
    names_metric: bool = False
    asked: tuple[tuple[str, str], ...] = ()  # how Explore cuts the figure
    closer: bool = False  # the chart as plotly draws it, to be pointed at and zoomed
    board: str | None = None  # which of Month's boards, by its key; None for the first
    comparison: str | None = None
    cards: str | None = None  # the list of whose children Unit shows the stage cards

    def link(self, page: str, **address_parts: object) -> str:
        """The address of `page`, by its name, for the same month, with these parts beside it."""
        known = NOW if self.known_now else None
        kept = {"month": self.view.period.key, "known": known, "board": self.board}
        return f"{href(page)}?{_query(_as_texts({**kept, **address_parts}))}"

    def kept_by(self, page: str) -> dict[str, str]:
        """What of this address a link to `page` keeps, to be said there."""
        keeps = PAGES[page].keeps
        figure = {"metric": self.metric.key, **self.unit}
        question = figure | dict(self.asked)
        kept = {Keeps.UNIT: self.unit, Keeps.FIGURE: figure, Keeps.QUESTION: question}
        kept[Keeps.NAMED_FIGURE] = figure if self.names_metric else {}
        return kept.get(keeps, {})

    @property
    def unit(self) -> dict[str, str]:
        """This address's unit, to be said in another; nothing for the whole service."""
        return unit_address_parts(self.view.scope.unit_id)


def unit_address_parts(unit_id: str | None) -> dict[str, str]:
    """How an address names a unit."""
    return {} if unit_id == SERVICE else {"unit": NO_UNIT if unit_id is None else unit_id}


def _query(query: Mapping[str, str]) -> str:
    """As `urlencode`, which would quote the same few words anew for each of some hundred links."""
    return "&".join(f"{key}={_quoted(value)}" for key, value in query.items())


_quoted = lru_cache(maxsize=4096)(quote_plus)


def _as_texts(address_parts: Mapping[str, object]) -> dict[str, str]:
    return {key: str(value) for key, value in address_parts.items() if value is not None}


def read_address(query: Mapping[str, str], figures: Figures) -> Address:
    """The place that the query string names; a WrongAddress says what is wrong and what exists."""
    _refuse_what_is_long(query)
    _refuse_what_is_older(query)
    return Address(
        View(_month(query, figures), Scope(_unit(query, figures))),
        _metric(query),
        query.get("list"),
        code(query, "child"),
        position(query, "rows") or 1,
        "unit" in query,
        code(query, "doubt"),
        _plan(query),
        code(query, "worker"),
        _known_on(query),
        "known" in query,
        "whole" in query,
        "metric" in query,
        tuple((name, value) for name, value in query.items() if ASKED.fullmatch(name)),
        "closer" in query,
        board=query.get("board"),
        comparison=code(query, "comparison"),
        cards=query.get("cards"),
    )


def _month(query: Mapping[str, str], figures: Figures) -> Period:
    if "month" not in query:
        return figures.latest
    try:
        month = Period.parse(query["month"])
    except ValueError:
        says = "The address names a month that is not one: write it as 2016-09."
        raise WrongAddress(says, _links_to_month(query, figures.latest)) from None
    if month not in figures.months:
        nearest = min(figures.months, key=lambda known: abs((known.start - month.start).days))
        raise WrongAddress(
            f"There are no data for {month}. The nearest month with data is {nearest}.",
            _links_to_month(query, nearest),
        )
    return month


def _links_to_month(query: Mapping[str, str], month: Period) -> dict[str, str]:
    query_of_month = urlencode({**_without(query, "month"), "month": month.key})
    return {str(month): f"{href(HOME)}?{query_of_month}"}


def _without(query: Mapping[str, str], *names: str) -> dict[str, str]:
    names_left = {"metric", "unit", "month", "board"} - {*names}
    return {key: value for key, value in query.items() if key in names_left}


def unit_named(query: Mapping[str, str]) -> str | None:
    """The id that the address names, whether there is such a unit or not; the service's unless."""
    return None if query.get("unit") == NO_UNIT else query.get("unit", SERVICE)


def _unit(query: Mapping[str, str], figures: Figures) -> str | None:
    unit_id = unit_named(query)
    if unit_id in figures.units:
        return unit_id
    raise WrongAddress(
        "The address names a unit that is not in the data. These are:",
        {
            name: f"{href('unit')}?{urlencode(unit_address_parts(known))}"
            for known, name in figures.units.items()
            if known != SERVICE
        },
    )


def _metric(query: Mapping[str, str]) -> Metric:
    key = query.get("metric", next(iter(CATALOGUE)))
    if key in CATALOGUE:
        return CATALOGUE[key]
    kept, page = _without(query, "metric"), href("metric")
    raise WrongAddress(
        "The address names a metric that ChildStat does not have. These are:",
        {
            one.name: f"{page}?{urlencode({**kept, 'metric': one.key})}"
            for one in CATALOGUE.values()
        },
    )


def _plan(query: Mapping[str, str]) -> str | None:
    plan = query.get("plan")
    if plan in (None, *PLAN_KINDS):
        return plan
    raise WrongAddress(f"There is no plan of this kind; there are {', '.join(PLAN_KINDS)}.")


def _known_on(query: Mapping[str, str]) -> date | None:
    """The day on which a month is to be shown as it was known then; None for "now"."""
    if query.get("known", NOW) == NOW:
        return None
    try:
        return date.fromisoformat(query["known"])
    except ValueError:
        says = "The address’s “known” is “now” or a day: write it as 2016-10-03."
        raise WrongAddress(says) from None


def position(query: Mapping[str, str], name: str) -> int | None:
    """What the address says under `name`, counted from 1; None where it says nothing."""
    written = query.get(name)
    if written is None:
        return None
    if _is_number(written) and len(written) <= MOST_DIGITS and int(written) > 0:
        return int(written)
    raise WrongAddress(
        f"The address’s “{name}” is a place in a list: write it as 1, 2, 3 …, in {MOST_DIGITS}"
        " digits at most."
    )


def code(query: Mapping[str, str], name: str) -> str | None:
    """The code that the address has under `name`; None where it has none."""
    written = query.get(name)
    if written is None or (len(written) <= MOST_LETTERS and CODE.fullmatch(written)):
        return written
    raise WrongAddress(
        f"The address’s “{name}” is not a code that ChildStat made: open the list again.",
        _lists(query),
    )


def _is_number(written: str) -> bool:
    return written.isascii() and written.isdecimal()


def _refuse_what_is_long(query: Mapping[str, str]) -> None:
    """Nothing that ChildStat writes in an address is long, but what somebody sends may be."""
    if len(query) > MOST_PARTS:
        raise WrongAddress(f"The address has more than {MOST_PARTS} parts: start from Month.")
    for name, written in query.items():
        if max(len(name), len(written)) > MOST_CHARACTERS:
            raise WrongAddress(
                f"The address’s “{name[:SHOWN]}” is longer than {MOST_CHARACTERS} characters:"
                " start from Month."
            )


def _refuse_what_is_older(query: Mapping[str, str]) -> None:
    """Links once told a row by its place in a list, where somebody else may stand now."""
    if "row" in query or any(_is_number(query.get(name, "")) for name in ("worker", "case")):
        raise WrongAddress(
            "This link is of an older kind, which told a row by its place in a list, where somebody"
            " else may stand now: open the list again.",
            _lists(query),
        )


def _lists(query: Mapping[str, str]) -> dict[str, str]:
    """To the lists that an address may have been made from, by what of it can be kept."""
    kept = urlencode(_without(query))
    figure = {"The list": f"{href('metric')}?{kept}#rows"}
    return {"The unit": f"{href('unit')}?{kept}", **figure} if "unit" in query else figure
