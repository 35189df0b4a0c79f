"""The page Loads: the last hundred loads, and all that is told of one of them."""

from collections.abc import Sequence

from markupsafe import Markup

from charts.tables import folded, link, table
from loading.kept.earlier import read_reports
from loading.kept.report import KeptReport
from loading.kept.sections import Section, sections_of, title_of
from loading.kept.summary import LISTED, reports_listed, summary_of
from ui.address import WrongAddress
from ui.on_screen import on_screen
from ui.session import Page

NONE_KEPT = (
    "No load has left a report in this database: 'python childstat.py load …' writes one each time."
)


def reports_kept(page: Page) -> Sequence[KeptReport]:
    """Every report that is kept, the newest first; they hold counts, and nobody."""
    return page.cached_as(reports_kept, lambda: [*reversed(read_reports(page.engine))])


def chosen_report(page: Page) -> KeptReport | None:
    """The report whose number the address names, the newest unless said; None where none is."""
    kept = reports_kept(page)
    if not kept:
        return None
    by_number = {str(one.number): one for one in kept}
    number = page.address.worklist or str(kept[0].number)
    if number not in by_number:
        raise WrongAddress(
            f"There is no report of this load: kept are {kept[-1].number} to {kept[0].number}.",
            {"The newest": page.address.link("loads")},
        )
    return by_number[number]


def load_report(page: Page, report: KeptReport | None) -> Markup:
    """All that is told of one load: in a few sentences, then part by part."""
    if report is None:
        return Markup('<div class="cs-title"><h1>Loads</h1></div><p>{}</p>').format(
            on_screen(NONE_KEPT)
        )
    return Markup('<div class="cs-title"><h1>{}</h1></div><p>{}</p>{}{}').format(
        on_screen(title_of(report)),
        " ".join(summary_of(report)),
        _loads_list(page, report),
        Markup("").join(_section(one) for one in sections_of(report)),
    )


def _section(section: Section) -> Markup:
    says = section.says if section.rows else (*section.says, section.without)
    return Markup('<section id="{}"><h2>{}</h2>{}{}{}</section>').format(
        section.key,
        section.heading,
        Markup("").join(Markup("<p>{}</p>").format(on_screen(line)) for line in says if line),
        _table(section.columns, section.rows),
        folded(section.usual_says, _table(section.columns, section.usual)) if section.usual else "",
    )


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Markup:
    return table(columns, [_shown(row) for row in rows]) if rows else Markup("")


def _shown(row: Sequence[object]) -> tuple[object, ...]:
    return tuple(on_screen(cell) if isinstance(cell, str) else cell for cell in row)


def _loads_list(page: Page, report: KeptReport) -> Markup:
    """The loads that are kept, the newest first, each a link to all that is told of it."""
    kept = reports_kept(page)
    rows = [
        (_to(page, one.number, one.number == report.number), *_shown(rest))
        for one, (_, *rest) in zip(kept, reports_listed(kept), strict=True)
    ]
    title = f"Other loads: the last {len(rows)} are kept" if len(rows) > 1 else "The only load kept"
    return folded(title, table(LISTED, rows))


def _to(page: Page, number: int, is_shown: bool) -> Markup:
    words = Markup("<b>{}</b>").format(number) if is_shown else number
    return link(page.address.link("loads", list=number), words, f"Load {number}")
