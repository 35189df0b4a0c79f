"""Unit: what one unit has to do now, and how it stands."""

from markupsafe import Markup

from ui.session import open_page
from ui.unit import figures_of_the_unit, held, one_unit, title, work

with open_page("unit") as page:
    one_unit(page)
    page.draw(
        page.header(),
        title(page),
        Markup('<div class="cs-grid"><div>{}</div><div class="cs-stack">{}{}</div></div>').format(
            work(page), held(page), page.kept(figures_of_the_unit)
        ),
    )
