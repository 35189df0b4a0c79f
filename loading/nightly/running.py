"""The nightly run: all sources that the settings name, read and judged as one load."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial

from data_access.connection.one_load import sole_load
from data_access.settings import Settings
from loading.kept.report import KeptReport
from loading.loads import Say, load
from loading.matching.decided import Decided
from loading.nightly.kinds import READERS, Asked
from loading.nightly.unchanged import brought_nightly, is_unchanged, state_of
from loading.sources.reading import Reading
from loading.standing_database import loads_before

# By each source of the settings, in their order, its kind and what is asked of it.
Sources = Sequence[tuple[str, Asked]]


def run_nightly(
    url: str,
    sources: Sources,
    settings: Settings,
    say: Say,
    decided: Decided,
    accept_loss: Collection[str] = (),
) -> KeptReport | None:
    """Loads the sources anew into `url` and gives the load's report; None where nothing changed.

    What they brought before goes, all of it; what was loaded by hand from other sources stays. From
    the first look at what stands to the end nobody else loads: `Busy` says who does.
    """
    with sole_load(url):
        stood, state = loads_before(url), state_of(settings, decided)
        if is_unchanged(state, stood):
            return None
        readings = [*_readings(sources, settings, say, state)]
        anew = {reading.source for reading in readings} | brought_nightly(stood)
        # Nothing real stands over the demonstration, or where nothing can be read.
        told = _part_of(say, 0.5, 1)
        load_them = partial(load, url, readings, settings, told, add=bool(stood), anew=anew)
        return load_them(accept_loss=accept_loss, decided=decided).kept


def _readings(sources: Sources, settings: Settings, say: Say, state: str) -> Iterator[Reading]:
    each = 0.5 / len(sources)
    for place, (kind, asked) in enumerate(sources):
        told = _part_of(say, place * each, (place + 1) * each)
        for reading in READERS[kind](asked, settings, told):
            yield replace(reading, nightly=state)


def _part_of(say: Say, first: float, last: float) -> Say:
    """Tells of a part of the whole, from the share `first` to `last`."""
    return lambda step, share: say(step, first + (last - first) * share)
