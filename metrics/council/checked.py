"""The settings as everything that knows the metrics reads them: targets of metrics that exist."""

from collections.abc import Iterator, Sequence

from data_access.settings import Board, Comparator, RelativeTarget, Settings, Target, settings_path
from data_access.settings_file.reading import read_settings
from data_access.settings_file.words import nearest, refuse, wrong
from data_access.unit_settings.segment_settings import segments_path
from metrics.catalogue import CATALOGUE
from metrics.council.published import places_published
from metrics.model import Measure
from metrics.segments.overlaps import overlaps_told

# A scale runs from 0 to 10, so no child travels further.
FURTHEST = 10
MOST_A_WORKER = 200
# Days, things, things per thousand.
MOST_OF_OTHERS = 1000


def checked_settings() -> Settings:
    """This council's settings; a Problem where one names no metric, or no value of it.

    One, too, where two rules of units may both fit a family.
    """
    settings = read_settings()
    faults = [
        *_faults("target", settings.targets, ("value", "from_value")),
        *_faults("relative_target", settings.relative_targets, ()),
        *_faults("comparator", settings.comparators, ("value",)),
        *_differences(settings.worth_saying),
        *_faults_of_boards(settings.boards),
        *_faults_of_places(settings.published_places),
    ]
    refuse(settings_path().name, faults)
    refuse(segments_path(settings_path()).name, list(overlaps_told(settings.segments)))
    return settings


def _faults(
    section: str, entries: Sequence[Target | RelativeTarget | Comparator], keys: Sequence[str]
) -> Iterator[str]:
    for number, entry in enumerate(entries, 1):
        metric = CATALOGUE.get(entry.metric)
        if metric is None:
            yield _no_metric(section, number, "metric", entry.metric, entry.metric)
            continue
        least, most = _range(metric.measure)
        for key in keys:
            value = getattr(entry, key)
            if value is not None and not least <= value <= most:
                use = f"use a number from {least} to {most}"
                yield wrong(section, number, key, value, use)


def _differences(worth_saying: Sequence[tuple[str, float]]) -> Iterator[str]:
    for key, difference in worth_saying:
        if key not in CATALOGUE:
            use = f"no metric has that key; {nearest(key, tuple(CATALOGUE))}"
            yield wrong("worth_saying", None, key, difference, use)
            continue
        _, most = _range(CATALOGUE[key].measure)
        if difference > most:
            yield wrong("worth_saying", None, key, difference, f"use a number from 0 to {most}")


def _faults_of_boards(boards: Sequence[Board]) -> Iterator[str]:
    for number, board in enumerate(boards, 1):
        for key in board.metrics:
            if key not in CATALOGUE:
                yield _no_metric("board", number, "metrics", list(board.metrics), key)


def _faults_of_places(places: Sequence[str]) -> Iterator[str]:
    for place in places:
        if place not in places_published():
            use = f"nothing is published of it; {nearest(place, tuple(places_published()))}"
            yield wrong("published", None, "places", list(places), use)


def _no_metric(section: str, number: int, key: str, held: object, metric: str) -> str:
    which = "no metric has that key" if held == metric else f'no metric has the key "{metric}"'
    return wrong(section, number, key, held, f"{which}; {nearest(metric, tuple(CATALOGUE))}")


def _range(measure: Measure) -> tuple[float, float]:
    if measure.is_share:
        return 0, 100
    if measure.is_signed:
        return -FURTHEST, FURTHEST
    return 0, MOST_A_WORKER if measure is Measure.PER_FTE else MOST_OF_OTHERS
