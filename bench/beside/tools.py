"""The tools that show the same figures: how each starts, and when its pages are full."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.beside.handed import METRIC, Handed
from bench.measure import PROJECT
from tests.servers import free_port, serving, started

NEEDED = PROJECT / "bench" / "beside" / "requirements.txt"
ENVIRONMENT = PROJECT / "build" / "bench" / "beside"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
MONTH, METRIC_PAGE, CLOSER = "Month", "Metric", "Metric looked at closer"
OURS, DASH, PANEL, STREAMLIT = "ChildStat", "Dash", "Panel", "Streamlit"
# Of those two that draw in a way of their own, and by plotly too.
BY_PLOTLY = ", by plotly"

# The script has ended, and nothing on the page still says that it waits.
STREAMLIT_IS_IDLE = """
  document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state')
    === 'notRunning'
  && !document.querySelector('[data-testid=stSkeleton], [data-testid=stPlotlyChart]:empty')"""
DRAWN_BY_PLOTLY = ".js-plotly-plot:has(.scatterlayer .js-line)"


@dataclass(frozen=True)
class Shown:
    """One page of a tool: where it is, what leads to the other, how many charts of which kind.

    `words` stand on it and on no other page, whose charts and numbers may not be there yet.
    """

    path: str
    charts: str
    count: int
    words: tuple[str, ...]
    turn: str = ""


@dataclass(frozen=True)
class Tool:
    """What is measured of a tool: its pages by name, and an expression that it waits for."""

    name: str
    pages: dict[str, Shown]
    is_idle: str


EMPTY, EMPTY_CHART = "empty page", "empty page with a chart"
EMPTY_PAGES = [
    Tool(EMPTY, {EMPTY: Shown("/", "[data-testid=stHtml]", 1, ("Empty",))}, STREAMLIT_IS_IDLE),
    Tool(EMPTY_CHART, {EMPTY_CHART: Shown("/", DRAWN_BY_PLOTLY, 1, ("Empty",))}, STREAMLIT_IS_IDLE),
]
# Those that are served by Streamlit, in our own environment; others have one of their own.
APPS = {
    EMPTY: "bench/empty_page.py",
    EMPTY_CHART: "bench/chart_page.py",
    OURS: "app.py",
    STREAMLIT: "bench/beside/streamlit_app.py",
}


def needs_its_own(tool: Tool) -> bool:
    """Whether it is served from the environment that the bench installs."""
    return _kind(tool) not in APPS


def _kind(tool: Tool) -> str:
    return tool.name.removesuffix(BY_PLOTLY)


def tools(handed: Handed, month: str) -> list[Tool]:
    """Ours and the others, with what a full page of each holds."""
    return [
        _ours(handed, month),
        _dash(handed),
        _panel(handed, PANEL, ".bk-Canvas"),
        _panel(handed, PANEL + BY_PLOTLY, DRAWN_BY_PLOTLY),
        _streamlit(handed, STREAMLIT, "[data-testid=stMetricChart]:has(svg, canvas)"),
        _streamlit(handed, STREAMLIT + BY_PLOTLY, DRAWN_BY_PLOTLY),
    ]


def _small_charts(handed: Handed) -> int:
    return sum(bool(cell["months"]) for unit in handed["units"] for cell in unit["cells"])


def _month_words(handed: Handed) -> tuple[str, ...]:
    service = handed["units"][-1]
    return (handed["month"], service["name"], *(cell["written"] for cell in service["cells"]))


def _metric_words(handed: Handed) -> tuple[str, ...]:
    """To the last of its rows."""
    return (handed["metric"]["name"], handed["metric"]["rows"][-1][0])


def _ours(handed: Handed, month: str) -> Tool:
    path, words = f"/metric?month={month}&metric={METRIC}", _metric_words(handed)
    to_metric = f".cs-month-table thead a[href*='metric={METRIC}']"
    to_month = "nav[aria-label=Pages] a:text-is('Month')"
    is_idle = f"{STREAMLIT_IS_IDLE} && [...document.images].every(image => image.complete)"
    return Tool(
        OURS,
        {
            MONTH: Shown(
                f"/?month={month}",
                ".cs-spark",
                _small_charts(handed),
                _month_words(handed),
                to_metric,
            ),
            METRIC_PAGE: Shown(path, ".cs-drawn-wide", 1, words, to_month),
            CLOSER: Shown(f"{path}&closer=1", DRAWN_BY_PLOTLY, 1, words),
        },
        is_idle,
    )


def _dash(handed: Handed) -> Tool:
    charts, month, metric = _small_charts(handed), _month_words(handed), _metric_words(handed)
    return Tool(
        DASH,
        {
            MONTH: Shown("/", DRAWN_BY_PLOTLY, charts, month, "#turn"),
            METRIC_PAGE: Shown("/metric", DRAWN_BY_PLOTLY, 1, metric, "#turn"),
        },
        "document.title !== 'Updating...'",
    )


def _panel(handed: Handed, name: str, drawn: str) -> Tool:
    charts, month, metric = _small_charts(handed), _month_words(handed), _metric_words(handed)
    return Tool(
        name,
        {
            MONTH: Shown("/month", drawn, charts, month, "button:text-is('Metric')"),
            METRIC_PAGE: Shown("/metric", drawn, 1, metric, "button:text-is('Month')"),
        },
        "window.Bokeh?.documents?.length > 0 && Bokeh.documents.every(one => one.is_idle)",
    )


def _streamlit(handed: Handed, name: str, small: str) -> Tool:
    """Its tables are drawn on canvases: their words can't be asked for, the canvases can."""
    charts, month, metric = _small_charts(handed), _month_words(handed), _metric_words(handed)
    tables = "[...document.querySelectorAll('[data-testid=stDataFrame]')]"
    are_drawn = f"{tables}.every(one => one.querySelector('canvas'))"
    return Tool(
        name,
        {
            MONTH: Shown("/", small, charts, month, "a:has-text('Metric')"),
            METRIC_PAGE: Shown(
                "/metric",
                DRAWN_BY_PLOTLY,
                1,
                metric[:1],
                "[data-testid=stMain] a:has-text('Month')",
            ),
        },
        f"{STREAMLIT_IS_IDLE} && {are_drawn}",
    )


@contextmanager
def running(tool: Tool, url: str, handed: Path) -> Iterator[str]:
    """The tool's server over the figures that were handed over: yields its address."""
    kind, by_plotly = _kind(tool), tool.name.endswith(BY_PLOTLY)
    if kind in APPS:
        with serving(
            PROJECT / APPS[kind],
            url,
            CHILDSTAT_BENCH_HANDED=str(handed),
            CHILDSTAT_BENCH_WAY="plotly" if by_plotly else "own",
            PYTHONPATH=str(PROJECT),
        ) as (base, _):
            yield base
    elif kind == PANEL:
        yield from _by_its_own_python("panel_app", handed, ["plotly" if by_plotly else "bokeh"])
    else:
        yield from _by_its_own_python("dash_app", handed, [])


def _by_its_own_python(app: str, handed: Path, way: list[str]) -> Iterator[str]:
    port = free_port()
    command = [str(PYTHON), "-m", f"bench.beside.{app}", str(handed), str(port), *way]
    with started(command, lambda: _listens(port), cwd=PROJECT) as wait:
        wait()
        yield f"http://127.0.0.1:{port}"


def _listens(port: int) -> bool:
    """Asked for no page: to make one may take Panel seconds."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def install() -> str | None:
    """The environment of Dash and Panel, made once for these pins; a line on why there is none."""
    written, stamp = NEEDED.read_text(encoding="utf-8"), ENVIRONMENT / "installed.txt"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == written:
        return None
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for command in ([sys.executable, "-m", "venv", str(ENVIRONMENT)], [*pip, "-r", str(NEEDED)]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            last = (done.stderr or done.stdout).strip().splitlines()[-1:]
            return f"Dash and Panel are left out, they could not be installed: {' '.join(last)}"
    stamp.write_text(written, encoding="utf-8")
    return None
