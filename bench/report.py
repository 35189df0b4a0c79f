"""What the bench found, as a page of docs/."""

from dataclasses import dataclass, field
from statistics import median

from bench.measure import percentile
from bench.report_browser import Browsed, browser_parts
from bench.tables import ratio, table

USUAL = "usual: "
BUILT, ON_POSTGRESQL, BESIDE_IT = "load and derive", " on PostgreSQL", " in DuckDB, beside it"
CROWD_OPENED, CROWD_CLICKED = "page of 50 people: opened", "page of 50 people: clicked"
EXPLORE = "Explore, by worker", "Explore, by quarter", "Explore, two units", "Explore, every unit"
FOUND = "Search, a name typed"
OF_FAMILIES = ("Segments", "Transfers", "Patterns", "Education")
CARDS = "Unit, stage cards"
PAGES = (
    *("Month", "Metric", "Unit", CARDS, "Child", *EXPLORE, *OF_FAMILIES),
    *("Search", FOUND, "Definitions", "Export"),
)
NOTES = "[performance-notes.md](performance-notes.md)"


@dataclass(frozen=True)
class Timing:
    """One piece, measured so many times; no seconds if it failed.

    `processor_seconds` where it ran as a program of its own, once: other work on the machine
    makes it wait, and moves these less.
    """

    seconds: list[float]
    peak_mb: float | None = None
    failed: bool = False
    processor_seconds: float | None = None

    def seconds_at(self, share: float) -> float | None:
        return percentile(self.seconds, share) if self.seconds else None


@dataclass
class Scale:
    """All that was measured at one size."""

    size: int
    timings: dict[str, Timing] = field(default_factory=dict)
    agreement: dict[str, list[list[float]]] = field(default_factory=dict)
    database_mb: float = 0

    def add(self, name: str, timing: Timing) -> None:
        self.timings[name] = timing

    def seconds(self, name: str, share: float = 0.5) -> float | None:
        return self.timings[name].seconds_at(share) if name in self.timings else None

    @property
    def usual_seconds(self) -> float | None:
        """All five metrics the usual way: what its Month page would take."""
        all_seconds = [self.seconds(name) for name in self.timings if name.startswith(USUAL)]
        known = [seconds for seconds in all_seconds if seconds is not None]
        return sum(known) if len(known) == len(all_seconds) else None


def page_text(scales: list[Scale], full: Browsed, machine: str) -> str:
    """The whole page."""
    parts = [
        "# How fast it is",
        f"Written by `make bench`. {machine} The demonstration council and its multiples;"
        " DuckDB. Everything in it is invented.",
        _pieces(scales),
        _pages(scales),
        *_crowd(scales[0]),
        _usual(scales),
        *browser_parts(full),
        f"What was measured before and after a change, and by others: {NOTES}.",
    ]
    return "\n\n".join(parts) + "\n"


def _pieces(scales: list[Scale]) -> str:
    names = [name for name in scales[0].timings if not name.startswith((USUAL, "page "))]
    head = ["seconds (peak MB)", *(f"×{scale.size}" for scale in scales)]
    rows = [[name, *(_with_memory(scale.timings.get(name)) for scale in scales)] for name in names]
    rows.append(["the database file, MB", *(f"{scale.database_mb:,.0f}" for scale in scales)])
    return (
        "## Pieces\n\nMedians; each piece in a process of its own. Of a program that ran once, its"
        " processor's seconds too, which other work on the machine moves less. PostgreSQL: its"
        f" server's memory and processor are not counted.{_beside_duckdb(scales[0])}\n\n"
        + table(head, rows)
    )


def _beside_duckdb(scale: Scale) -> str:
    there, here = (scale.seconds(BUILT + where) for where in (ON_POSTGRESQL, BESIDE_IT))
    if there is None:
        return ""
    return f" To load and derive there takes {ratio(there, here)} as long as in DuckDB."


def _with_memory(timing: Timing | None) -> str:
    if timing is None:
        return "–"
    if timing.failed:
        return "failed"
    processor = timing.processor_seconds
    beside = "" if processor is None else f", processor {processor:.1f}"
    return f"{median(timing.seconds):.3f}{beside} ({timing.peak_mb:,.0f})"


def _pages(scales: list[Scale]) -> str:
    """Milliseconds of each page, with how they grow between the first and the last size."""
    head = ["page, milliseconds", *(f"×{scale.size}: median, 95th" for scale in scales), "growth"]
    rows = []
    for way in ("opened", "moved to"):
        for page in (*PAGES, "(empty)"):
            name = f"page {way}: {page}"
            if name not in scales[0].timings:
                continue
            first, last = scales[0].seconds(name, 0.95), scales[-1].seconds(name, 0.95)
            cells = [f"{_ms(s.seconds(name))}, {_ms(s.seconds(name, 0.95))}" for s in scales]
            rows.append([f"{page}, {way}", *cells, ratio(last, first)])
    peaks = [
        scale.timings.get(f"page moved to: {PAGES[0]}", Timing([])).peak_mb for scale in scales
    ]
    memory = ", ".join(
        f"{peak:,.0f} MB at ×{scale.size}"
        for peak, scale in zip(peaks, scales, strict=True)
        if peak
    )
    return (
        "## A page's server time\n\nFrom the request to the end of the page's script, over the"
        " websocket that a browser uses. *Opened*: as a link, in a session of its own. *Moved to*:"
        " within a session. Warm; other months and units each time. The client acknowledges at"
        " once; one on Linux may hold that back and wait up to 40 ms more, because Streamlit's"
        f" server leaves Nagle's algorithm on. The server's peak: {memory}."
        "\n\n" + table(head, rows)
    )


def _crowd(scale: Scale) -> list[str]:
    """What fifty people wait for; nothing where that was not measured."""
    if CROWD_CLICKED not in scale.timings:
        return []
    rows = []
    for name, words in ((CROWD_OPENED, "the first page"), (CROWD_CLICKED, "a click")):
        timing = scale.timings[name]
        shares = [_ms(timing.seconds_at(share)) for share in (0.5, 0.95, 1)]
        rows.append([words, str(len(timing.seconds)), *shares])
    return [
        "## 50 people\n\nFifty sessions at one server for a minute, each with some ten seconds"
        f" between clicks, on Month, Metric, Unit, Child and Explore at ×{scale.size}; server time"
        " as above, the client on the same machine. To be reached: a click's 95th under 100 ms.\n\n"
        + table(["milliseconds", "times", "median", "95th", "slowest"], rows)
    ]


def _usual(scales: list[Scale]) -> str:
    head = ["", *(f"×{scale.size}" for scale in scales)]
    keys = [name for name in scales[0].timings if name.startswith(USUAL)]
    rows = [
        [f"{key.removeprefix(USUAL)}, s (peak MB)", *(_with_memory(s.timings[key]) for s in scales)]
        for key in keys
    ]
    month = "page moved to: Month"
    rows.append(["all five, s", *(_seconds(scale.usual_seconds) for scale in scales)])
    rows.append(["Month page here, s", *(_seconds(scale.seconds(month)) for scale in scales)])
    ratios = [ratio(scale.usual_seconds, scale.seconds(month)) for scale in scales]
    rows.append(["the usual way takes", *ratios])
    agreed = [_agreement(scale) for scale in scales if scale.agreement]
    return (
        "## Beside the usual way\n\nThe same five metrics by pulling the rows into pandas,"
        " grouping them and drawing a plotly chart, as a page without stored figures does at"
        " every visit (`bench/usual.py`). It is spared reading what it does not need, and"
        " deriving `visit_due`.\n\n" + table(head, rows) + "\n\n" + "\n".join(agreed)
    )


def _agreement(scale: Scale) -> str:
    """Whether both ways counted the same, said metric by metric."""
    comparisons = [
        f"{key} {'the same' if _is_same(*both) else f'{both[0]} here, {both[1]} there'}"
        for key, both in scale.agreement.items()
    ]
    return f"The service's latest month at ×{scale.size}, both ways: {'; '.join(comparisons)}."


def _is_same(ours: list[float], theirs: list[float]) -> bool:
    return len(ours) == len(theirs) and all(
        abs(our - their) < 1e-6 * max(1, abs(our)) for our, their in zip(ours, theirs, strict=True)
    )


def _ms(seconds: float | None) -> str:
    return "–" if seconds is None else f"{1000 * seconds:.0f}"


def _seconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds:.3f}"
