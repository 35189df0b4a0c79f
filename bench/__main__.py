"""`make bench`: measures ChildStat at several sizes and writes docs/performance.md."""

import argparse
import json
import os
import platform
import sys
from datetime import date
from pathlib import Path
from statistics import median

from bench import browser, server
from bench.measure import PROJECT, ProgramRun, percentile, run_program
from bench.report import BESIDE_IT, BUILT, ON_POSTGRESQL, Scale, Timing, page_text
from bench.usual import USUAL
from data_access.database import connect
from data_access.meeting_store.address_key import key_of_addresses
from data_access.meeting_store.opening import open_store
from data_access.viewer import ids_of_children
from meeting.address_codes import CHILD, codes_of
from metrics.catalogue import CATALOGUE
from metrics.council.checked import checked_settings
from metrics.figures import Figures, read_figures
from metrics.model import SERVICE
from tests.databases import written
from tests.servers import Unavailable, postgresql_cluster, serving

BUILD = PROJECT / "build" / "bench"
REPORT = PROJECT / "docs" / "performance.md"
PAGES_OPENED = 40
MONTHS_VISITED = 10


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--scales", default="1,10", help="sizes of the demonstration council")
    parser.add_argument("--no-browser", action="store_true", help="leave the browser out")
    parser.add_argument(
        "--keep", action="store_true", help="use the councils that are built already"
    )
    parser.add_argument("--out", type=Path, default=REPORT)
    options = parser.parse_args()
    BUILD.mkdir(parents=True, exist_ok=True)
    scales = [measured(int(size), options.keep) for size in options.scales.split(",")]
    _on_postgresql(scales[0])
    full = {} if options.no_browser else _in_the_browser(_url(scales[0].size))
    report = page_text(scales, full, _machine())
    options.out.write_text(report, encoding="utf-8")
    print(report)


def measured(size: int, keep: bool) -> Scale:
    """Everything at one size of the demonstration council."""
    scale = Scale(size)
    url = _url(size)
    if not (keep and _built_before(scale)):
        _build(scale, url)
    file = Path(url.removeprefix("duckdb:///"))
    scale.database_mb = file.stat().st_size / 1e6
    figures = _figures(url)
    _piece(scale, "figures", "figures", url, 20)
    _piece(scale, "charts: 15 metrics × 20 units × 36 months", "charts", url, 20)
    for key in CATALOGUE:
        _piece(scale, f"rows: {key}", f"rows:{key}", url, 10)
    for key in USUAL:
        _piece(scale, f"usual: {key}", f"usual:{key}", url, 3 if size < 10 else 1)
    _pages(scale, url, figures)
    target = BUILD / f"month-{size}.xlsx"
    month = ["--month", figures.latest.key, "--out", str(target)]
    _note(scale, "export", ["childstat.py", "export", "--database", url, *month])
    agreed = run_program(["-m", "bench.pieces", "agreement", url, "1"])
    scale.agreement = {} if agreed.failed else json.loads(agreed.printed)
    return scale


def _build(scale: Scale, url: str) -> None:
    _load_and_derive(scale, url)
    timings = {
        name: (timing.seconds, timing.peak_mb, timing.failed, timing.processor_seconds)
        for name, timing in scale.timings.items()
    }
    _notes_of(scale.size).write_text(json.dumps(timings), encoding="utf-8")


def _load_and_derive(scale: Scale, url: str, where: str = "") -> None:
    size = str(scale.size)
    _note(scale, BUILT + where, ["childstat.py", "demo", "--into", url, "--scale", size])
    _note(scale, f"derive again{where}", ["childstat.py", "derive", "--database", url])


def _on_postgresql(scale: Scale) -> None:
    """The same on a PostgreSQL server of its own, and in DuckDB at once after it, to compare.

    Left out where no PostgreSQL is installed.
    """
    try:
        with postgresql_cluster() as address:
            _load_and_derive(scale, written(address), ON_POSTGRESQL)
        _load_and_derive(scale, f"duckdb:///{BUILD / 'beside.duckdb'}", BESIDE_IT)
    except Unavailable as reason:
        print(reason, file=sys.stderr)


def _built_before(scale: Scale) -> bool:
    """Takes over how long it took to build the council; False where none was built."""
    notes = _notes_of(scale.size)
    if not notes.exists():
        return False
    for name, timing in json.loads(notes.read_text(encoding="utf-8")).items():
        scale.add(name, Timing(*timing))
    return True


def _notes_of(size: int) -> Path:
    return BUILD / f"built-{size}.json"


def _url(size: int) -> str:
    return f"duckdb:///{BUILD / f'council-{size}.duckdb'}"


def _figures(url: str) -> Figures:
    engine = connect(url)
    try:
        return read_figures(engine, checked_settings())
    finally:
        engine.dispose()


def _note(scale: Scale, name: str, arguments: list[str]) -> ProgramRun:
    done = run_program(arguments)
    _say(scale.size, name, done.seconds)
    scale.add(name, Timing([done.seconds], done.peak_mb, done.failed, done.processor_seconds))
    return done


def _piece(scale: Scale, name: str, piece: str, url: str, times: int) -> None:
    done = run_program(["-m", "bench.pieces", piece, url, str(times)])
    seconds = [] if done.failed else json.loads(done.printed)
    _say(scale.size, name, median(seconds) if seconds else float("nan"))
    scale.add(name, Timing(seconds, done.peak_mb, done.failed))


def _pages(scale: Scale, url: str, figures: Figures) -> None:
    """Every page's server time: opened as a link, and moved to within a session."""
    with serving(PROJECT / "app.py", url) as (base, process):
        for page, addresses in _addresses(figures, url).items():
            server.answers_when_opened(base, addresses[:2])
            for way, ask in (
                ("opened", server.answers_when_opened),
                ("moved to", server.answers_when_moved_to),
            ):
                answers = ask(base, addresses)
                seconds = [answer.seconds for answer in answers]
                _say(scale.size, f"page {page}, {way}, 95th", percentile(seconds, 0.95))
                scale.add(f"page {way}: {page}", Timing(seconds, server.peak_mb(process.pid)))
    with serving(PROJECT / "bench" / "empty_page.py", url) as (base, _):
        server.answers_when_opened(base, ["?"] * 3)
        for way, ask in (
            ("opened", server.answers_when_opened),
            ("moved to", server.answers_when_moved_to),
        ):
            answers = ask(base, ["?"] * PAGES_OPENED)
            scale.add(f"page {way}: (empty)", Timing([answer.seconds for answer in answers]))


def _addresses(figures: Figures, url: str) -> dict[str, list[str]]:
    """For each page the addresses to ask: other months and units each time, as people do."""
    months = [month.key for month in figures.latest.run_up(MONTHS_VISITED)]
    units = [unit for unit in figures.units if unit not in (None, SERVICE)]
    turns = range(PAGES_OPENED)
    children = _codes_of_children(figures, url)

    def page_addresses(page: str, rest: str = "") -> list[str]:
        return [
            f"{page}?month={months[turn % len(months)]}"
            + rest.format(
                unit=units[turn % len(units)],
                metric=list(CATALOGUE)[turn % len(CATALOGUE)],
                child=children[turn % len(children)],
            )
            for turn in turns
        ]

    return {
        "Month": page_addresses(""),
        "Metric": page_addresses("metric", "&metric={metric}&unit={unit}"),
        "Unit": page_addresses("unit", "&unit={unit}"),
        "Child": page_addresses("child", "&metric=caseload&child={child}"),
        "Definitions": page_addresses("definitions"),
        "Export": page_addresses("export"),
    }


def _codes_of_children(figures: Figures, url: str) -> list[str]:
    """What addresses call some of the council's children."""
    store = open_store(figures.settings.meeting_store_url)
    codes = codes_of(key_of_addresses(store), CHILD, ids_of_children(connect(url)))
    store.dispose()
    return [codes.code_of(id) for id in list(codes.ids.values())[: PAGES_OPENED // 2]]


# A figure of Month, and the way back from its page.
TO_METRIC = ("a[href*='metric=direct_work']", "nav[aria-label=Pages] a:text-is('Month')")


def _in_the_browser(url: str) -> dict[str, list[float]]:
    """Seconds until each page is full, beside an empty page and an empty chart."""
    month = _figures(url).latest.key
    pages = {"Month": f"/?month={month}", "Metric": f"/metric?month={month}&metric=direct_work"}
    seconds: dict[str, list[float]] = {}
    with browser.browser() as started:
        for name, app in (("empty page", "empty_page"), ("empty page with a chart", "chart_page")):
            with serving(PROJECT / "bench" / f"{app}.py", url) as (base, _):
                seconds[name] = browser.seconds_until_full(started, base)
        with serving(PROJECT / "app.py", url) as (base, _):
            for name, path in pages.items():
                seconds[name] = browser.seconds_until_full(started, base + path)
            clicked = browser.seconds_until_turned(started, base + pages["Month"], TO_METRIC)
            seconds["Month to Metric, by a click"] = clicked
    return seconds


def _machine() -> str:
    python = platform.python_version()
    return (
        f"Measured on {date.today():%-d %B %Y}: {os.cpu_count()} cores, Python {python},"
        f" {platform.system()} {platform.machine()}."
    )


def _say(size: int, name: str, seconds: float) -> None:
    print(f"×{size}  {name:40} {seconds:9.3f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
