"""Month and Metric in Dash: `python -m bench.beside.dash_app FILE PORT`, served by waitress.

Its layouts are made once, when it starts, so that a visit only sends them.
"""

import json
import sys
from pathlib import Path
from typing import Any

import dash
from dash import dcc, html
from waitress import serve

from bench.beside.drawing import STILL, small_chart, trend_chart

Handed = dict[str, Any]


def month_page(handed: Handed) -> html.Div:
    head = html.Tr([html.Th("Unit"), *map(_heading, handed["metrics"])])
    rows = [
        html.Tr([html.Th(unit["name"]), *map(_cell, unit["cells"])]) for unit in handed["units"]
    ]
    table = html.Table([html.Thead(head), html.Tbody(rows)])
    return html.Div(
        [html.H1(handed["month"]), dcc.Link("Metric", href="/metric", id="turn"), table]
    )


def _heading(metric: Handed) -> html.Th:
    return html.Th([metric["name"], html.Br(), html.Small(metric["direction"])])


def _cell(cell: Handed) -> html.Td:
    words = [html.B(cell["written"]), html.Small(f" n {cell['n']}")]
    months = cell["months"]
    return html.Td(
        [*words, *([dcc.Graph(figure=small_chart(months), config=STILL)] * bool(months))]
    )


def metric_page(metric: Handed) -> html.Div:
    months = [[one["month"], one["written"], one["n"]] for one in metric["months"]]
    return html.Div(
        [
            html.H1(metric["name"]),
            dcc.Link("Month", href="/", id="turn"),
            html.P(metric["sentence"]),
            dcc.Graph(figure=trend_chart(metric["months"])),
            _table(["Month", "Value", "n"], months),
            _table(["Unit", "Value", "n"], metric["units"]),
            _table(metric["headings"], metric["rows"]),
        ]
    )


def _table(headings: list[str], rows: list[list[str]]) -> html.Table:
    head = html.Tr([html.Th(heading) for heading in headings])
    body = [html.Tr([html.Td(cell) for cell in row]) for row in rows]
    return html.Table([html.Thead(head), html.Tbody(body)])


def main(file: str, port: str) -> None:
    handed = json.loads(Path(file).read_text(encoding="utf-8"))
    app = dash.Dash(__name__, use_pages=True, pages_folder="", title="Dash")
    dash.register_page("month", path="/", layout=month_page(handed))
    dash.register_page("metric", path="/metric", layout=metric_page(handed["metric"]))
    app.layout = html.Div(dash.page_container)
    serve(app.server, host="127.0.0.1", port=int(port), threads=8)


if __name__ == "__main__":
    main(*sys.argv[1:])
