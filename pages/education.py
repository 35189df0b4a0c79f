"""Education and services: what others say of open children, and how much was matched."""

from ui.education.opening import education, education_title
from ui.education.tables import matches_table, schools_table, units_table
from ui.session import open_page

with open_page("education") as page:
    told = education(page)
    page.draw(
        page.header(),
        education_title(told),
        units_table(told),
        matches_table(told),
        schools_table(told),
    )
