"""The Metric page's chart as it is looked at: drawn with the page, or closer; and taken along."""

import streamlit as st
from markupsafe import Markup

from charts.closer.chart import buttons, closer
from charts.trend.drawn import chart_file, drawn
from metrics.figures import Figures
from metrics.model import Scope
from metrics.publication import Note
from metrics.result import Result
from metrics.sentence import sentence
from ui.address import Address
from ui.forms import CSV, file_button
from ui.metric.chart import chosen_result, trend_csv
from ui.metric.message import file_name
from ui.session import Page

SVG = "image/svg+xml"
Told = tuple[Result, list[Note], list[Result]]


def draw_chart(page: Page) -> None:
    """The chart, and under it what leads closer and what can be kept; none of one value alone."""
    address, figures = page.address, page.figures
    reading = chosen_result(address, figures).chart
    if reading is None or not reading.is_drawn:
        return
    if not reading.has_values:
        page.draw(Markup('<div id="chart"></div>'))
    elif not address.closer:
        page.draw(page.cached(chart_drawn))
    else:
        page.draw(Markup('<div id="chart"></div>'))
        says = sentence(chosen_result(address, figures))
        config = buttons(file_name(address, "chart", ""))
        st.plotly_chart(page.cached(chart_closer), config=config, theme=None, alt=says)
    with st.container(horizontal=True, key="beside-chart"):
        page.draw(ways(address))
        months, picture = file_name(address, "months"), file_name(address, "chart", ".svg")
        file_button(page, "Months as CSV", lambda _: trend_csv(address, figures), months, CSV)
        file_button(
            page, "Chart as SVG", lambda _: chart_file(*_told(address, figures)), picture, SVG
        )


def chart_drawn(address: Address, figures: Figures) -> Markup:
    """Drawn on the server: it is there with the page."""
    return Markup('<div id="chart">{}</div>').format(drawn(*_told(address, figures)))


def chart_closer(address: Address, figures: Figures) -> object:
    """Drawn by plotly, whose script a browser loads for it alone."""
    return closer(*_told(address, figures))


def _told(address: Address, figures: Figures) -> Told:
    """The months with their usual range; over the service's while there is none."""
    metric, view = address.metric, address.view
    service = [] if view.scope.is_service else figures.trend(metric, Scope(), view.period)
    return chosen_result(address, figures), list(figures.notes_on(metric, view)), list(service)


def ways(address: Address) -> Markup:
    """Closer or back, and the address of this very chart, which a click copies."""
    here = {"metric": address.metric.key, **address.unit}
    there = {} if address.closer else {"closer": 1}
    words = "The chart as drawn" if address.closer else "Look closer"
    closer_too = {"closer": 1} if address.closer else {}
    return Markup(
        '<nav class="cs-ways" aria-label="This chart"><a class="cs-button" href="{}#chart">{}</a>'
        '<a class="cs-button" data-copy="Link copied" href="{}#chart">Copy the link</a></nav>'
    ).format(
        address.link("metric", **here, **there),
        words,
        address.link("metric", **here, **closer_too),
    )
