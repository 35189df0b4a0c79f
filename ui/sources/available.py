"""What each source can give, whatever was loaded."""

from markupsafe import Markup

from charts.tables import table
from metrics.sources.available import headings, rows


def available() -> Markup:
    """Every figure by every source: whether that can give it, as the two declare."""
    return Markup('<section id="available"><h2>What each source can give</h2>{}</section>').format(
        table(headings(), rows())
    )
