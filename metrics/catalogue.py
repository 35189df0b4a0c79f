"""Every metric, found by looking in metrics/definitions/, in the meeting's order."""

from importlib import import_module
from pkgutil import walk_packages

from metrics import definitions
from metrics.model import Metric


def _declared_metrics() -> list[Metric]:
    """One of each file below metrics/definitions, in whichever of its folders."""
    return [
        import_module(module.name).METRIC
        for module in walk_packages(definitions.__path__, f"{definitions.__name__}.")
        if not module.ispkg
    ]


CATALOGUE: dict[str, Metric] = {
    metric.key: metric for metric in sorted(_declared_metrics(), key=lambda metric: metric.number)
}


def paired_with(metric: Metric) -> Metric:
    """The metric without which this one, which declares a pair, is never told."""
    assert metric.beside.pair, f"{metric.key} declares no pair"
    return CATALOGUE[metric.beside.pair.with_key]


def work_list_metric() -> Metric:
    """The one metric that the rows of a unit's work lists are counted in once they fall due."""
    (metric,) = (
        metric for metric in CATALOGUE.values() if metric.disputes and metric.disputes.on_work_lists
    )
    return metric
