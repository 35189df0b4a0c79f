"""Published figures of other places, year by year: shown beside a metric's own, never a target."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data_access.settings import Settings
from metrics.model import Metric

FILE = Path(__file__).parent / "published.toml"


@dataclass(frozen=True)
class PublishedYears:
    """What was published of one metric, or of a `part` of it, by place and year.

    `period` is what a year means: a day of it, or the twelve months to that. `definition` says
    what it counts otherwise than ours. A year that was not published is left out.
    """

    metric: str
    period: str
    source: str
    definition: str
    values: Mapping[str, Mapping[int, str]]
    part: str = ""
    unit: str = ""

    def written(self, place: str, year: int) -> str:
        """As it was published; a dash where it was not."""
        value = self.values[place].get(year)
        return "–" if value is None else f"{value}{self.unit}"


def published_of(metric: Metric, settings: Settings) -> list[PublishedYears]:
    """What was published of it, of the places that the settings name; of all where none is."""
    return [
        PublishedYears(**{**vars(one), "values": _of_places(one.values, settings.published_places)})
        for one in all_published()
        if one.metric == metric.key
    ]


def places_published() -> list[str]:
    """Every place of which anything is."""
    return list(dict.fromkeys(place for one in all_published() for place in one.values))


@cache
def all_published() -> tuple[PublishedYears, ...]:
    """Everything in the file, in its order; of metrics, too, that are not declared."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        PublishedYears(**{**entry, "values": _by_year(told["years"], entry["values"])})
        for entry in told["published"]
    )


def _by_year(
    years: Sequence[int], by_place: Mapping[str, Sequence[str]]
) -> dict[str, dict[int, str]]:
    return {
        place: {year: value for year, value in zip(years, values, strict=True) if value}
        for place, values in by_place.items()
    }


def _of_places(
    values: Mapping[str, Mapping[int, str]], places: Sequence[str]
) -> dict[str, Mapping[int, str]]:
    return {place: of_place for place, of_place in values.items() if not places or place in places}
