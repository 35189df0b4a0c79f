"""`make bench`: measures ChildStat at several sizes and writes docs/performance.md."""

import argparse
import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from statistics import median

from bench import browser, server
from bench.addresses import PAGES_OPENED, TYPED, addresses_of_pages
from bench.beside.handed import hand_over
from bench.beside.tools import EMPTY_PAGES, install, needs_its_own, running, tools
from bench.crowd import crowd_at
from bench.measure import PROJECT, ProgramRun, percentile, run_program
from bench.report import (
    BESIDE_IT,
    BUILT,
    CROWD_CLICKED,
    CROWD_OPENED,
    FOUND,
    ON_POSTGRESQL,
    Scale,
    Timing,
    page_text,
)
from bench.report_browser import Browsed
from bench.ssd.loading import COPIES, measured_load
from bench.ssd.report import section, with_section
from bench.usual import USUAL
from data_access.database import connect
from metrics.catalogue import CATALOGUE
from metrics.council.checked import checked_settings
from metrics.figures import Figures, read_figures
from tests.databases import written
from tests.servers import Unavailable, postgresql_cluster, serving

BUILD = PROJECT / "build" / "bench"
REPORT = PROJECT / "docs" / "performance.md"


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
    full: Browsed = {} if options.no_browser else _in_the_browser(_url(scales[0].size))
    report = _with_a_large_load(page_text(scales, full, _machine()))
    options.out.write_text(report, encoding="utf-8")
    print(report)


def _with_a_large_load(page: str) -> str:
    try:
        return with_section(page, section(measured_load(COPIES, BUILD)))
    except Unavailable as reason:
        print(reason, file=sys.stderr)
        return page


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
    asked = addresses_of_pages(figures, url)
    with serving(PROJECT / "app.py", url) as (base, process):
        for page, addresses in asked.items():
            server.answers_when_opened(base, addresses[:2])
            for way, ask in (
                ("opened", server.answers_when_opened),
                ("moved to", server.answers_when_moved_to),
            ):
                answers = ask(base, addresses)
                seconds = [answer.seconds for answer in answers]
                _say(scale.size, f"page {page}, {way}, 95th", percentile(seconds, 0.95))
                scale.add(f"page {way}: {page}", Timing(seconds, server.peak_mb(process.pid)))
        found = server.answers_when_typed(base, asked["Search"][0], TYPED * 4)
        scale.add(f"page moved to: {FOUND}", Timing([answer.seconds for answer in found]))
        if scale.size == 1:
            _crowd(scale, base, asked)
    with serving(PROJECT / "bench" / "empty_page.py", url) as (base, _):
        server.answers_when_opened(base, ["?"] * 3)
        for way, ask in (
            ("opened", server.answers_when_opened),
            ("moved to", server.answers_when_moved_to),
        ):
            answers = ask(base, ["?"] * PAGES_OPENED)
            scale.add(f"page {way}: (empty)", Timing([answer.seconds for answer in answers]))


def _crowd(scale: Scale, base: str, asked: Mapping[str, Sequence[str]]) -> None:
    """What people wait for where fifty look at once."""
    crowd = crowd_at(base, asked)
    scale.add(CROWD_OPENED, Timing(crowd.opened))
    scale.add(CROWD_CLICKED, Timing(crowd.clicked))
    _say(scale.size, "50 people, a click, 95th", percentile(crowd.clicked, 0.95))


def _in_the_browser(url: str) -> Browsed:
    """Seconds until each page is full, ours and others' with the same figures, and by clicks."""
    engine, figures = connect(url), _figures(url)
    handed_file = BUILD / "handed.json"
    handed = hand_over(engine, figures, handed_file)
    engine.dispose()
    not_installed = install()
    if not_installed:
        print(not_installed, file=sys.stderr)
    with ExitStack() as stack:
        started = stack.enter_context(browser.browser())
        visitors = []
        for tool in (*EMPTY_PAGES, *tools(handed, figures.latest.key)):
            if not (not_installed and needs_its_own(tool)):
                base = stack.enter_context(running(tool, url, handed_file))
                visitors.append(browser.Visitor(started, tool, base))
        return browser.seconds_of(visitors)


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
