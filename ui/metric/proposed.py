"""New limits that a figure's months propose, with a link to where a person decides."""

from markupsafe import Markup

from charts.tables import link
from metrics.figures import Figures
from metrics.model import Metric, Period, View
from metrics.worth.proposed_limits import proposal_words, proposed_limits
from ui.address import Address, unit_address_parts


def proposed(address: Address, figures: Figures, metric: Metric, view: View) -> Markup:
    """The evidence and the link, with the month filled in; nothing where none are proposed."""
    found = proposed_limits(figures, metric, view)
    if found is None or not isinstance(found.month, Period):
        return Markup("")
    parts = unit_address_parts(view.scope.unit_id)
    where = address.link("notes", metric=metric.key, limits=found.month.key, **parts)
    return Markup('<span class="cs-proposed">{} {}</span>').format(
        proposal_words(metric, found), link(where, "Decide on new limits")
    )
