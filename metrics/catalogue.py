"""Every metric, found by looking in metrics/definitions/, in the meeting's order."""

from importlib import import_module
from pkgutil import iter_modules

from metrics import definitions
from metrics.model import Metric


def _found() -> list[Metric]:
    return [
        import_module(f"metrics.definitions.{module.name}").METRIC
        for module in iter_modules(definitions.__path__)
    ]


CATALOGUE: dict[str, Metric] = {
    metric.key: metric for metric in sorted(_found(), key=lambda metric: metric.number)
}


def paired_with(metric: Metric) -> Metric:
    """The metric without which this one, which declares a pair, is never told."""
    assert metric.beside.pair, f"{metric.key} declares no pair"
    return CATALOGUE[metric.beside.pair.with_key]


def on_work_lists() -> Metric:
    """The one metric that the rows of a unit's work lists are counted in once they fall due."""
    (found,) = (one for one in CATALOGUE.values() if one.disputes and one.disputes.on_work_lists)
    return found
