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
