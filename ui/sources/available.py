"""What each source can give, whatever was loaded."""

from collections.abc import Mapping, Sequence
from functools import cache

from markupsafe import Markup

from charts.tables import folded, table
from metrics.sources.available import COLUMNS, LEGEND, headings, only_in_files, reasons, rows
from metrics.sources.written import IN_FILES
from metrics.writing import several


@cache
def available() -> Markup:
    """Every figure by every source: whether that can give it, and why not, as the two declare."""
    signs = Markup(" · ").join(Markup("<b>{}</b> {}").format(*one) for one in LEGEND)
    in_files = {why: [name] for name, why in only_in_files().items()}
    why = _folded(IN_FILES, in_files) + Markup("").join(
        _folded(f"{one.name}: why not", lacking) for one in COLUMNS if (lacking := reasons(one))
    )
    return Markup(
        '<section id="available"><h2>What each source can give</h2><div class="cs-matrix">{}</div>'
        '<p class="cs-quiet">{}</p>{}</section>'
    ).format(table(headings(), rows()), signs, why)


def _folded(title: str, lacking: Mapping[str, Sequence[str]]) -> Markup:
    """Each reason with the figures that are not given for it."""
    number = several(sum(map(len, lacking.values())), "figure")
    lines = (
        Markup("<li><b>{}</b>: {}</li>").format("; ".join(names), why)
        for why, names in lacking.items()
    )
    listed = Markup('<ul class="cs-rules">{}</ul>').format(Markup("").join(lines))
    return folded(f"{title} {number}", listed)
