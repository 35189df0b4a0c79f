"""Recording: two clocks, whether children were seen and whether it was written down."""

from markupsafe import Markup

from ui.forms import CSV, file_button
from ui.listing.asked_for import find_box
from ui.recording.parts import issues_table, recording_title
from ui.recording.rows import can_be_searched, lists_of, recording_section
from ui.recording.units import is_any_lag_known, lag_csv, lag_table, units_table
from ui.session import open_page

with open_page("recording") as page:
    address, figures = page.address, page.figures
    page.draw(page.header(), page.cached(recording_title), page.cached(units_table))
    if page.cached(is_any_lag_known):
        name = f"recording-{address.view.period.key}.csv"
        file_button(page, "Working days as CSV", lambda _: lag_csv(address, figures), name, CSV)
    page.draw(page.cached(lag_table))
    asked = lists_of(page).asked()
    asked = find_box(page, asked) if can_be_searched(page) else asked
    page.draw(
        Markup('<div class="cs-grid"><div>{}</div><div>{}</div></div>').format(
            recording_section(page, asked), issues_table(page)
        ),
    )
