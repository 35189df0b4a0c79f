"""Definitions: what each figure counts, against which standards, from which sources."""

from markupsafe import Markup

from ui.definitions import contents, limits, metric_declarations, signs, sources, standards
from ui.matching.teams import way_to_teams
from ui.session import open_page
from ui.sources.available import available

with open_page("definitions") as page:
    page.draw(
        page.header(),
        contents(),
        Markup('<div class="cs-grid"><div class="cs-stack">{}</div>').format(
            page.cached(metric_declarations)
        ),
        Markup('<div class="cs-stack">{}{}{}{}{}</div></div>').format(
            signs(),
            standards(page.figures),
            sources(page.figures),
            way_to_teams(page),
            limits(),
        ),
        available(),
    )
