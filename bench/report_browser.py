"""The part of the bench's page that a browser measured: ours, and other tools beside it."""

from collections.abc import Mapping, Sequence
from statistics import median

from bench.beside.tools import CLOSER, DASH, EMPTY, EMPTY_CHART, METRIC_PAGE, MONTH, OURS
from bench.browser import TO_METRIC, TO_MONTH
from bench.tables import ratio, table

Seconds = Mapping[str, Sequence[float]]
# By tool and page.
Browsed = Mapping[str, Seconds]

MOST_OF_EMPTY = {MONTH: 1.4, METRIC_PAGE: 1.5}
LEAST_TIMES_OURS = {MONTH: 3.0, METRIC_PAGE: 1.9}
LOADS_IN_A_CLICK = 3.0
CLICKS = {TO_METRIC: METRIC_PAGE, TO_MONTH: MONTH}


def browser_parts(browsed: Browsed) -> list[str]:
    """Two sections; none where no browser was asked."""
    return [_ours(browsed), _beside(browsed)] if browsed else []


def _ours(browsed: Browsed) -> str:
    ours, empty = browsed[OURS], median(browsed[EMPTY][EMPTY])
    measured = {
        EMPTY: browsed[EMPTY][EMPTY],
        EMPTY_CHART: browsed[EMPTY_CHART][EMPTY_CHART],
        **{name: ours[name] for name in (MONTH, METRIC_PAGE, CLOSER, *CLICKS)},
    }
    rows = [
        [name, f"{median(those):.2f}", f"{max(those):.2f}", _beside_empty(name, those, empty)]
        for name, those in measured.items()
    ]
    return (
        "## Full in the browser\n\nSeconds from the request until the page is complete, in"
        " Chromium at 1920×1080 with its scripts at hand; of a click, from it to the full page,"
        " within one session.\n\n"
        + table(["page", "median", "slowest", "times an empty page"], rows)
    )


def _beside_empty(name: str, seconds: Sequence[float], empty: float) -> str:
    times, most = median(seconds) / empty, MOST_OF_EMPTY.get(name)
    return f"{times:.1f}{_target(times <= most, f'at most {most}') if most else ''}"


def _beside(browsed: Browsed) -> str:
    """Other tools' pages of the same figures: what each takes, and how many times ours."""
    names = [OURS, *(name for name in browsed if name not in (OURS, EMPTY, EMPTY_CHART))]
    rows = [[name, *_loads(browsed, name), *_clicks(browsed, name)] for name in names]
    head = ["median seconds", MONTH, METRIC_PAGE, TO_METRIC, TO_MONTH]
    return (
        "## Beside other tools\n\nThe same figures as a page of each (`bench/beside`), all in turn"
        " in one run: the six metrics of each unit with its months as a small chart; one metric's"
        " months as a chart, and its rows. The others are handed the figures as a file; ours reads"
        " its database, and its pages hold more. Full: every chart is drawn and the numbers are"
        " there. In brackets: how many times ours a full load takes; beside our clicks, how many of"
        " them a full load takes. A click has to be no slower than Dash's. Panel and Streamlit have"
        " charts of their own, and are measured by plotly too.\n\n" + table(head, rows)
    )


def _loads(browsed: Browsed, name: str) -> list[str]:
    cells = []
    for page, least in LEAST_TIMES_OURS.items():
        own, ours = median(browsed[name][page]), median(browsed[OURS][page])
        times = f" ({ratio(own, ours)}{_target(own >= least * ours, f'at least {least:g}')})"
        cells.append(f"{own:.2f}{times * (name != OURS)}")
    return cells


def _clicks(browsed: Browsed, name: str) -> list[str]:
    return [
        f"{median(browsed[name][click]):.2f}"
        + (_of_our_click(browsed, click, page) if name == OURS else "")
        for click, page in CLICKS.items()
    ]


def _of_our_click(browsed: Browsed, click: str, page: str) -> str:
    loads, clicks = median(browsed[OURS][page]), median(browsed[OURS][click])
    enough = _target(loads >= LOADS_IN_A_CLICK * clicks, f"at least {LOADS_IN_A_CLICK:g}")
    if DASH in browsed and clicks > median(browsed[DASH][click]):
        enough += ", slower than Dash's"
    return f" ({ratio(loads, clicks)}{enough})"


def _target(reached: bool, wanted: str) -> str:
    return f", {wanted}{'' if reached else ': **not reached**'}"
