"""The metrics by which a test about any of them is run: a few every time, all in `make thorough`.

A test that opens a page or publishes a month for each metric takes as long as there are metrics.
Every time it is run by those that are on slides, which are the card's and a new one that no board
of the tests' council names yet, and by the first of each kind and measure.
"""

from collections.abc import Iterator

import pytest
from _pytest.mark import ParameterSet

from metrics.catalogue import CATALOGUE
from metrics.council.boards import metrics_on_slides
from metrics.model import Metric
from tests.worlds import SETTINGS


def _run_every_time() -> Iterator[Metric]:
    seen = set[object]()
    for metric in CATALOGUE.values():
        told_apart_by = {(metric.kind, metric.is_of_children), metric.measure}
        if metric in metrics_on_slides(SETTINGS) or told_apart_by - seen:
            seen |= told_apart_by
            yield metric


EVERY_TIME = frozenset(metric.key for metric in _run_every_time())


def case_of(key: str, *values: object) -> ParameterSet:
    """The values as a test's case of the metric, which may be one for `make thorough` alone."""
    return pytest.param(*values, id=key, marks=() if key in EVERY_TIME else pytest.mark.thorough)


each_key = pytest.mark.parametrize("key", [case_of(key, key) for key in CATALOGUE])
each_metric = pytest.mark.parametrize("metric", [case_of(*one) for one in CATALOGUE.items()])
