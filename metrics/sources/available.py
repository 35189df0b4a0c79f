"""Which metrics a source can give: by what the metric needs and what the source declares."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data_access.sources.declaration import Source
from data_access.sources.holding import Brought, Held, held_together
from data_access.sources.known import ANNEX_A, CSV_FOLDER, SURVEY, WORKFORCE_CENSUS
from data_access.sources.returns import CIN_CENSUS, SSDA903
from data_access.sources.ssd import SSD, SSD_EXTENSION
from metrics.catalogue import CATALOGUE
from metrics.model import Metric
from metrics.sources.held_in_part import held_in_part, place_of
from metrics.sources.why_missing import column_missing, tables_missing
from metrics.stored.history import needed
from metrics.writing import several

YES, NO = "yes", "no"


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


def _alone(source: Source) -> Together:
    return Together(source.name, (source,))


BOTH_RETURNS = Together("SSDA903 and children in need census", (SSDA903, CIN_CENSUS))
EXTENDED_SSD = Together("SSD with tables beside it", (SSD, SSD_EXTENSION))
COLUMNS: tuple[Together, ...] = (
    _alone(CSV_FOLDER),
    _alone(SSD),
    EXTENDED_SSD,
    _alone(SSDA903),
    _alone(CIN_CENSUS),
    BOTH_RETURNS,
    *map(_alone, (ANNEX_A, WORKFORCE_CENSUS, SURVEY)),
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
    """Whether sources can give the metric: no, yes, or yes with the history that it needs."""
    if why_not(metric, together) or too_short(metric, together):
        return NO
    months, held = metric.history_months, together.months_held
    if not months:
        return YES
    if held is None:
        return "yes, with --covers-from"
    if months < held:
        return f"yes, from month {months + 1} on"
    return f"yes, with returns of {several(months // held + 1, 'year')}"


def given_by(metric: Metric) -> str:
    """The sources that can give the metric, in words."""
    return "; ".join(one.name for one in COLUMNS if told(metric, one) != NO)


def rows() -> Iterable[Sequence[str]]:
    """One row per metric: its name, and what each source can do for it."""
    for metric in CATALOGUE.values():
        yield (metric.name, *(told(metric, one) for one in COLUMNS))


def reasons(together: Together) -> dict[str, list[str]]:
    """Why sources can't give metrics, each reason once, with the names of the metrics."""
    found: dict[str, list[str]] = {}
    for metric in CATALOGUE.values():
        if why := why_not(metric, together) or too_short(metric, together):
            found.setdefault(why, []).append(metric.name)
    return found


def headings() -> tuple[str, ...]:
    """Of `rows`."""
    return ("Figure", *(one.name for one in COLUMNS))
