"""The figures that Month and Metric state, as one file that pages of other tools are made from.

What is compared is how a tool shows figures: none of them has to read a database or to count.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from data_access.viewer import local_viewer, read_records
from metrics.agenda_rules import has_any_figure
from metrics.catalogue import CATALOGUE
from metrics.council.boards import boards_of
from metrics.figures import Figures
from metrics.kept_rows import COUNTED_FIRST
from metrics.model import Basis, Metric, Scope, View
from metrics.result import Result
from metrics.rows_behind import rows_listed
from metrics.sentence import count, direction, sentence
from ui.lists import ROWS_SHOWN

METRIC = "direct_work"
Handed = dict[str, Any]


def hand_over(engine: Engine, figures: Figures, file: Path) -> Handed:
    """Writes the file, and gives back what stands in it."""
    handed = month_handed(figures) | {"metric": metric_handed(engine, figures, CATALOGUE[METRIC])}
    file.write_text(json.dumps(handed), encoding="utf-8")
    return handed


def month_handed(figures: Figures) -> Handed:
    """The first board of the latest month: its metrics, and of each unit what Month says."""
    month = figures.latest
    metrics = [CATALOGUE[key] for key in boards_of(figures.settings)[0].metrics]
    shown = [unit_id for unit_id in figures.units if has_any_figure(figures, unit_id, month)]
    return {
        "month": str(month),
        "metrics": [{"name": one.short_name, "direction": direction(one)} for one in metrics],
        "units": [
            {"name": figures.units[unit_id], "cells": _cells(figures, metrics, View(month, scope))}
            for unit_id in shown
            for scope in [Scope(unit_id)]
        ],
    }


def _cells(figures: Figures, metrics: Iterable[Metric], view: View) -> list[Handed]:
    return [_cell(figures.charted_result(metric, view)) for metric in metrics]


def _cell(result: Result) -> Handed:
    is_told = result.value is not None and result.chart is not None
    return {
        "written": result.written if is_told else "–",
        "n": count(result.tally.denominator if result.tally else 0),
        "months": _months(result) if is_told else [],
    }


def metric_handed(engine: Engine, figures: Figures, metric: Metric) -> Handed:
    """The service's figure in the latest month: its months, its units, and the rows listed."""
    view = View(figures.latest)
    result = figures.charted_result(metric, view)
    headings, rows = _rows(engine, figures, metric, view)
    return {
        "name": f"{metric.name}, {result.unit_name}: {result.written}",
        "sentence": sentence(result),
        "months": _months(result),
        "units": [
            [one.unit_name, one.written, count(one.tally.denominator if one.tally else 0)]
            for unit_id in figures.units_open(view.period)
            for one in [figures.result(metric, view=View(view.period, Scope(unit_id)))]
        ],
        "headings": headings,
        "rows": rows,
    }


def _months(result: Result) -> list[Handed]:
    chart = result.chart
    assert chart is not None
    return [
        {
            "month": str(point.when),
            "value": point.value,
            "written": result.metric.measure.written(point.value),
            "mean": point.mean,
            "lower": chart.drawn(point.lower),
            "upper": chart.drawn(point.upper),
            "n": count(point.denominator or 0),
        }
        for point in chart.points
    ]


def _rows(
    engine: Engine, figures: Figures, metric: Metric, view: View
) -> tuple[list[str], list[list[str]]]:
    """As many rows as Metric lists on its first page."""
    query = rows_listed(metric, view, Basis(figures.settings, figures.as_at(view.period)))
    viewer = local_viewer(figures.settings)
    read = read_records(engine, query, viewer, COUNTED_FIRST, ROWS_SHOWN)
    columns = {
        "worker_name": "Worker",
        "unit_name": "Unit",
        **metric.drill_down,
        "numerator": "Counted",
        "denominator": "Out of",
    }
    return [*columns.values()], [[str(getattr(row, name)) for name in columns] for row in read]
