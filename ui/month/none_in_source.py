"""A board of which nothing is in this source: what it would tell, and why it does not."""

from collections.abc import Sequence

from markupsafe import Markup

from charts.tables import link
from metrics.figures import Figures
from metrics.model import Metric, View
from metrics.result import Result
from ui.address import Address

NONE = "Nothing of this board is in this source. No figure of it is 0: nobody knows."


def none_in_source(address: Address, figures: Figures, metrics: Sequence[Metric]) -> Markup | None:
    """Each figure with its question and what it lacks; None where there is one to show.

    Columns of nothing but "not in this source" would say less in more room.
    """
    results = [figures.result(metric, View(address.view.period)) for metric in metrics]
    if not all(result.not_in_source for result in results):
        return None
    told = Markup("").join(_told(address, result) for result in results)
    return Markup('<section class="cs-none-in-source"><p>{}</p><dl>{}</dl></section>').format(
        NONE, told
    )


def _told(address: Address, result: Result) -> Markup:
    metric = result.metric
    name = link(address.link("metric", metric=metric.key), metric.name)
    return Markup("<dt>{}</dt><dd><b>{}</b> {}</dd>").format(
        name, metric.question, result.not_in_source
    )
