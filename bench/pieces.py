"""One piece of work, many times over: `python -m bench.pieces PIECE DATABASE` prints seconds.

Each piece runs in a process of its own, so that its peak memory is its own.
"""

import json
import sys
from collections.abc import Callable
from time import perf_counter

import numpy as np
from sqlalchemy import Engine

from bench.usual import USUAL, chart_json
from data_access.database import connect
from data_access.viewer import local_viewer, read_records
from metrics.catalogue import CATALOGUE
from metrics.council.checked import checked_settings
from metrics.figures import read_figures
from metrics.model import SERVICE, Basis, Measure, Period, Polarity, Scope, Tally, View
from metrics.rows_behind import rows_behind
from metrics.spc.chart_choice import Kind, ValueTraits, chart_of
from metrics.spc.charting import ChartRequest
from metrics.spc.words import chart_words

ROWS_ON_A_PAGE = 200
METRICS, UNITS, MONTHS_OF_A_CHART = 15, 20, 36


def figures(engine: Engine) -> Callable[[], object]:
    """Every stored figure: what a page without a cache would read."""
    settings = checked_settings()
    return lambda: read_figures(engine, settings)


def rows(engine: Engine, key: str) -> Callable[[], object]:
    """The rows behind one unit's figure in the latest month, as a page lists them."""
    settings = checked_settings()
    stored = read_figures(engine, settings)
    unit_id = next(name for name in stored.units if name not in (None, SERVICE))
    view = View(stored.latest, Scope(unit_id))
    query = rows_behind(CATALOGUE[key], view, Basis(settings, stored.load.as_at))
    viewer = local_viewer(settings)
    return lambda: read_records(engine, query, viewer, limit=ROWS_ON_A_PAGE)


def usual(engine: Engine, key: str) -> Callable[[], object]:
    """The same metric as most dashboards do it: rows into pandas, grouped, drawn."""
    settings = checked_settings()
    return lambda: chart_json(USUAL[key](engine, settings))


def charts() -> Callable[[], object]:
    """What the charts of 15 metrics and 20 units say, 36 months each; a third of small numbers."""
    chance = np.random.default_rng(METRICS)
    months = Period(2016, 9).run_up(MONTHS_OF_A_CHART)
    drawn = [
        [Tally(float(chance.binomial(n, 0.2)), n) for n in chance.poisson(size, len(months))]
        for size in (12, 60, 400) * (METRICS * UNITS // 3)
    ]
    traits = ValueTraits(Kind.SHARE, Polarity.LOWER_IS_BETTER, 100, 0, 100)
    request = ChartRequest(traits.better, target=10)
    write = Measure.PERCENT.written
    return lambda: [
        chart_words(chart_of(months, tallies, traits, request), write) for tallies in drawn
    ]


def agreement(engine: Engine) -> dict[str, list[list[float]]]:
    """The service's tally in the latest month, ours and the usual way's, by metric."""
    settings = checked_settings()
    stored = read_figures(engine, settings)
    both = {}
    for key in USUAL:
        tally = stored.result(CATALOGUE[key], View(stored.latest)).tally
        frame = USUAL[key](engine, settings)
        month = frame[frame["month"] == stored.latest.start]
        theirs = [float(month["numerator"].sum()), float(month["denominator"].sum())]
        both[key] = [[tally.numerator, tally.denominator] if tally else [], theirs]
    return both


def timed(work: Callable[[], object], times: int) -> list[float]:
    """Seconds of each of so many runs, after one that is not counted."""
    if times > 1:
        work()
    measured = []
    for _ in range(times):
        started = perf_counter()
        work()
        measured.append(perf_counter() - started)
    return measured


def main(piece: str, url: str, times: int) -> None:
    name, _, key = piece.partition(":")
    if name == "charts":
        print(json.dumps(timed(charts(), times)))
        return
    engine = connect(url)
    if name == "agreement":
        print(json.dumps(agreement(engine)))
        return
    pieces: dict[str, Callable[..., Callable[[], object]]] = {"rows": rows, "usual": usual}
    work = pieces[name](engine, key) if key else figures(engine)
    print(json.dumps(timed(work, times)))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
