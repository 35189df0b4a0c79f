"""The addresses that are asked of each page: other months and units each time, as people do."""

from itertools import cycle, islice

from data_access.database import connect
from data_access.meeting_store.address_key import key_of_addresses
from data_access.meeting_store.opening import open_store
from data_access.viewer import ids_of_children
from meeting.address_codes import CHILD, codes_of
from metrics.catalogue import CATALOGUE
from metrics.explore.offered import BY_UNIT, cuts_of
from metrics.explore.spans import Over
from metrics.figures import Figures
from metrics.model import SERVICE, Metric

PAGES_OPENED = 40
MONTHS_VISITED = 10
# What people type of a name: some of these are in many names, some in none.
TYPED = ("an", "el", "ma", "jo", "lark", "ke", "be", "wood", "ri", "thorn")


def addresses_of_pages(figures: Figures, url: str) -> dict[str, list[str]]:
    """For each page so many addresses, in the order in which they are asked."""
    return {
        "Month": _turned(figures, [""]),
        "Metric": _turned(figures, [f"metric&metric={key}" for key in CATALOGUE], of_units=True),
        "Unit": _turned(figures, ["unit"], of_units=True),
        "Unit, stage cards": _turned(figures, ["unit&cards=due_soon"], of_units=True),
        "Child": _turned(
            figures, [f"child&metric=caseload&child={c}" for c in _codes(figures, url)]
        ),
        **{name: _turned(figures, ways) for name, ways in explore_ways(figures).items()},
        "Segments": _turned(figures, ["segments"]),
        "Transfers": _turned(figures, ["transfers"], of_units=True),
        "Patterns": _turned(figures, ["patterns"]),
        "Education": _turned(figures, ["education"]),
        "Search": _turned(figures, ["search"]),
        "Definitions": _turned(figures, ["definitions"]),
        "Export": _turned(figures, ["export"]),
    }


def explore_ways(figures: Figures) -> dict[str, list[str]]:
    """Explore asked in several ways, each of every metric that can be asked so."""
    first, second, *_ = _units(figures)
    by_worker = {
        metric.key: cut.key for metric in CATALOGUE.values() for cut in _worker_cuts(metric)
    }
    return {
        "Explore, by worker": [
            f"explore&metric={key}&unit={unit}&cut={cut}"
            for key, cut in by_worker.items()
            for unit in (first, second)
        ],
        "Explore, by quarter": [
            f"explore&metric={key}&unit={first}&over={Over.QUARTER.key}" for key in CATALOGUE
        ],
        "Explore, two units": [
            f"explore&metric={key}&unit={first}&against-unit={second}" for key in CATALOGUE
        ],
        "Explore, every unit": [f"explore&metric={key}&cut={BY_UNIT.key}" for key in CATALOGUE],
    }


def _worker_cuts(metric: Metric) -> list:
    return [cut for cut in cuts_of(metric) if cut.of_workers][:1]


def _turned(figures: Figures, ways: list[str], of_units: bool = False) -> list[str]:
    """Each way with another month, and another unit where it is of one."""
    months = cycle(month.key for month in figures.latest.run_up(MONTHS_VISITED))
    units = cycle(_units(figures))
    asked = []
    for way, month, unit in islice(zip(cycle(ways), months, units, strict=False), PAGES_OPENED):
        page, _, rest = way.partition("&")
        parts = [f"month={month}", *[rest] * bool(rest), *[f"unit={unit}"] * of_units]
        asked.append(f"{page}?{'&'.join(parts)}")
    return asked


def _units(figures: Figures) -> list[str]:
    return [unit for unit in figures.units_open(figures.latest) if unit not in (None, SERVICE)]


def _codes(figures: Figures, url: str) -> list[str]:
    """What addresses call some of the council's children."""
    store, engine = open_store(figures.settings.meeting_store_url), connect(url)
    codes = codes_of(key_of_addresses(store), CHILD, ids_of_children(engine))
    store.dispose()
    engine.dispose()
    return [codes.code_of(id) for id in list(codes.ids.values())[: PAGES_OPENED // 2]]
