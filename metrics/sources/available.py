"""Which metrics a source can give: by what the metric needs and what the source declares."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data_access.sources.declaration import Source
from data_access.sources.holding import Brought, Held, held_together
from data_access.sources.known import (
    ANNEX_A,
    CSV_FOLDER,
    SURVEY,
    WORKBOOK,
    WORKFORCE_CENSUS,
)
from data_access.sources.returns import CIN_CENSUS, SSDA903
from data_access.sources.ssd import SSD, SSD_EXTENSION
from metrics.catalogue import CATALOGUE
from metrics.model import Metric
from metrics.sources.held_in_part import held_in_part, place_of
from metrics.sources.why_missing import column_missing, tables_missing
from metrics.stored.history import needed
from metrics.writing import several

YES, NO = "yes", "–"
ONCE_DATED = "once dated"
# What the table's other words say.
LEGEND = (
    (NO, "not available; why, and what to add, is said under the table"),
    (ONCE_DATED, "once it is said since when the tables are held (--covers-from)"),
    ("from month 7", "the first file's months before are the history that each month needs"),
    ("with 2 years", "with the returns of two years, as history"),
)


@dataclass(frozen=True)
class Together:
    """Sources that are loaded together; mostly one."""

    name: str
    sources: tuple[Source, ...]

    @property
    def months_held(self) -> int | None:
        """The history of one file of each; None where whoever loads one says since when."""
        held = [source.months_held for source in self.sources]
        return min(one for one in held if one) if all(held) else None

    @property
    def years_add_up(self) -> bool:
        """Whether the files of several years are one history."""
        return all(source.keeps_rows for source in self.sources)


BOTH_RETURNS = Together("SSDA903 and CIN census", (SSDA903, CIN_CENSUS))
COLUMNS: tuple[Together, ...] = (
    Together("CSV files", (CSV_FOLDER,)),
    Together("SSD", (SSD,)),
    Together("SSD and extension tables", (SSD, SSD_EXTENSION)),
    Together("SSD and workbook", (SSD, WORKBOOK)),
    Together("Workbook", (WORKBOOK,)),
    Together("SSDA903", (SSDA903,)),
    Together("CIN census", (CIN_CENSUS,)),
    BOTH_RETURNS,
    *(Together(one.name, (one,)) for one in (ANNEX_A, WORKFORCE_CENSUS, SURVEY)),
)


def why_not(metric: Metric, together: Together) -> str:
    """Why the sources can't give the metric; "" where they can, if only after some months."""
    held = held_together(
        Brought(frozenset(one.tables), Held(one.partial, one.parts)) for one in together.sources
    )
    brought = {table for one in together.sources for table in one.tables}
    lacks = {place: why for one in together.sources[::-1] for place, why in one.lacks.items()}
    in_part = held_in_part(metric, held)
    never = _never_filled(together.sources)
    missing = [
        need
        for need in metric.needs
        if need.table not in brought or need in in_part or place_of(need) in never
    ]
    tables = [need for need in missing if need.column is None]
    if tables:
        return tables_missing(tables, held, lacks)
    return column_missing(missing[0], lacks, True) if missing else ""


def _never_filled(sources: Sequence[Source]) -> set[str]:
    """The columns in which none of the sources has a value."""
    never = {place for one in sources for place in one.never}
    filled = {place for one in sources for place in one.adds}
    return {
        place
        for place in never - filled
        if all(place in one.never or place.partition(".")[0] not in one.tables for one in sources)
    }


def too_short(metric: Metric, together: Together) -> str:
    """Why a source that has what is counted is too short; "" where it isn't, or years add up."""
    held = together.months_held
    if held is None or metric.history_months < held or together.years_add_up:
        return ""
    return f"Each month needs {needed(metric)}, and {together.name} holds {several(held, 'month')}."


def told(metric: Metric, together: Together) -> str:
    """Whether sources can give the metric: "–", "yes", or by which history they can."""
    if why_not(metric, together) or too_short(metric, together):
        return NO
    months, held = metric.history_months, together.months_held
    if not months:
        return YES
    if held is None:
        return ONCE_DATED
    if months < held:
        return f"from month {months + 1}"
    return f"with {several(months // held + 1, 'year')}"


def given_by(metric: Metric) -> str:
    """The sources that can give the metric, in words."""
    return "; ".join(one.name for one in COLUMNS if told(metric, one) != NO)


def rows() -> Iterable[Sequence[str]]:
    """One row per metric: its name, and what each source can do for it."""
    for metric in CATALOGUE.values():
        yield (metric.name, *(told(metric, one) for one in COLUMNS))


def reasons(together: Together) -> dict[str, list[str]]:
    """Why sources can't give metrics, each reason once, with the names of the metrics.

    But for those of `only_in_files`.
    """
    found: dict[str, list[str]] = {}
    for metric in CATALOGUE.values():
        why = why_not(metric, together) or too_short(metric, together)
        if why and not _is_only_in_files(metric):
            found.setdefault(why, []).append(metric.name)
    return found


def only_in_files() -> dict[str, str]:
    """By name each metric that CSV files alone can give, and which they are to be."""
    return {
        metric.name: min((why_not(metric, one) for one in COLUMNS[1:]), key=len)
        for metric in CATALOGUE.values()
        if _is_only_in_files(metric)
    }


def _is_only_in_files(metric: Metric) -> bool:
    return all(why_not(metric, one) for one in COLUMNS[1:])


def headings() -> tuple[str, ...]:
    """Of `rows`."""
    return ("Figure", *(one.name for one in COLUMNS))
