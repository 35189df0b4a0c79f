"""How an address asks Explore: each part of it read, and one sentence for what is wrong."""

from collections.abc import Mapping

import streamlit as st

from data_access.problems import NotAllowed
from metrics.explore.figures_over import first_began, tally_over
from metrics.explore.offered import BY_UNIT, cuts_of
from metrics.explore.spans import Over, Span, span_of
from metrics.model import SERVICE, Cut, Period, Scope
from ui.address import WrongAddress, unit_address_parts, unit_named
from ui.explore.narrowing import narrowed_by
from ui.explore.question import Against, Question
from ui.session import Page

BEFORE, YEAR_AGO, BEGAN, REST = "before", "year-ago", "began", "rest"
NO_WORKERS = (
    "A figure is cut by worker only for those who may see the workers’ names. Cut it by something"
    " else, or ask whoever runs ChildStat for access."
)


def question(page: Page) -> Question:
    """What the address asks; one sentence where it asks what can't be."""
    query = st.query_params.to_dict()
    span = _span(query, page)
    said = dict(page.address.asked)
    return Question(
        page,
        said,
        _cut(query, page),
        span,
        tuple(narrowed_by(said, page, span, lambda key, name: _cut_named(key, name, page))),
        _against(query, page, span),
        query.get("sort"),
        "rows" in query,
    )


def cuts_offered(page: Page) -> list[Cut]:
    """Those of the metric that the viewer may be shown; units are no parts of one unit."""
    return [
        cut
        for cut in cuts_of(page.address.metric)
        if not (cut.of_workers and not page.viewer.may_see_names)
        and not (cut is BY_UNIT and not page.address.view.scope.is_service)
    ]


def _cut(query: Mapping[str, str], page: Page) -> Cut:
    offered = cuts_offered(page)
    if "cut" not in query:
        return next((cut for cut in offered if not cut.of_workers), BY_UNIT)
    return _cut_named(query["cut"], "cut", page)


def _cut_named(key: str, name: str, page: Page) -> Cut:
    metric = page.address.metric
    declared = {cut.key: cut for cut in cuts_of(metric)}
    if key in declared and declared[key].of_workers and not page.viewer.may_see_names:
        raise NotAllowed(NO_WORKERS)
    if key in declared:
        return declared[key]
    raise WrongAddress(
        f"The address’s “{name}” is nothing that {metric.name} can be cut by. These are:",
        {cut.name: _link(page, cut=cut.key) for cut in cuts_offered(page)},
    )


def _link(page: Page, **parts: str) -> str:
    return page.address.link(
        "explore", metric=page.address.metric.key, **page.address.unit, **parts
    )


def _span(query: Mapping[str, str], page: Page) -> Span:
    by_key = {over.key: over for over in Over}
    over = by_key.get(query.get("over", Over.MONTH.key))
    if over is None:
        raise WrongAddress(
            "The address’s “over” is month, quarter, year or twelve. These are:",
            {one.words.capitalize(): _link(page, over=one.key) for one in Over},
        )
    return span_of(over, page.address.view.period, page.figures.latest)


def _against(query: Mapping[str, str], page: Page, span: Span) -> Against | None:
    when, unit = query.get("against"), query.get("against-unit")
    if when and unit:
        raise WrongAddress(
            "The address sets the figure beside other months and beside another unit at once:"
            " leave out “against” or “against-unit”."
        )
    if unit:
        return _against_unit(unit, page, span)
    return _against_months(when, page, span) if when else None


def _against_unit(written: str, page: Page, span: Span) -> Against:
    figures, scope = page.figures, page.address.view.scope
    if written == REST:
        if scope.is_service:
            raise WrongAddress("The service has no rest: name a unit in the address.")
        return Against("the rest of the service", Scope(SERVICE), span, is_rest=True)
    unit_id = unit_named({"unit": written})
    if unit_id not in figures.units:
        raise WrongAddress(
            "The address’s “against-unit” is a unit that is not in the data. These are:",
            {
                name: _link(page, **{"against-unit": unit_address_parts(known)["unit"]})
                for known, name in figures.units.items()
                if known not in (SERVICE, scope.unit_id)
            },
        )
    if unit_id == scope.unit_id:
        raise WrongAddress("The address sets a unit beside itself: name another.")
    return Against(figures.units[unit_id], Scope(unit_id), span)


def _against_months(written: str, page: Page, span: Span) -> Against:
    """Months that have no figure may be asked for: then there is none, and the page says so."""
    scope, spans = page.address.view.scope, _spans_known(page, span)
    if written in spans:
        return Against(str(spans[written]), scope, spans[written])
    if written == BEGAN:
        raise WrongAddress(
            f"No unit began in the data up to {span}, so there is no time before to set beside it.",
            {"Without it": _link(page)},
        )
    try:
        month = Period.parse(written)
    except ValueError:
        raise WrongAddress(
            "The address’s “against” is a month, as 2016-08, or one of"
            f" {BEFORE}, {YEAR_AGO}, {BEGAN}."
        ) from None
    if month not in page.figures.months:
        raise WrongAddress(f"There are no data for {month}, the address’s “against”.")
    other = span_of(span.over, month, page.figures.latest)
    return Against(str(other), scope, other)


def _spans_known(page: Page, span: Span) -> dict[str, Span]:
    """By name: before, a year before, and before the units began, where any did."""
    before = span.shift(-12 if span.over is Over.YEAR else -len(span.months))
    spans = {BEFORE: before, YEAR_AGO: span.shift(-12)}
    began = first_began(page.figures)
    if began and began <= span.last:
        spans[BEGAN] = span.shift(-span.last.months_after(began) - 1)
    return spans


def spans_against(page: Page, span: Span) -> dict[str, Span]:
    """The months that are offered to be set beside: those of which there is a figure, each once."""
    scope, metric = page.address.view.scope, page.address.metric
    told = {
        one: key
        for key, one in reversed(_spans_known(page, span).items())
        if tally_over(page.figures, metric, scope, one) is not None
    }
    return {key: one for one, key in reversed(told.items())}
