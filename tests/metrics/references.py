"""Each metric's count in plain loops, by its key: the `reference` of the metric's own test."""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path

from metrics.catalogue import CATALOGUE
from tests.worlds import World

Reference = Callable[[World], list[dict]]
HERE = Path(__file__).parent


def _declared() -> Iterator[tuple[str, Reference]]:
    files = {file.stem: file for file in HERE.rglob("test_*.py")}
    for key in CATALOGUE:
        place = files[f"test_{key}"].relative_to(HERE.parents[1]).with_suffix("")
        reference = getattr(import_module(".".join(place.parts)), "reference", None)
        if reference is not None:
            yield key, reference


REFERENCES: Mapping[str, Reference] = dict(_declared())
