"""Remarks: what people say to the analysts of a page, and the answers."""

from ui.forms import done_line, needs_store
from ui.learning.remarks import (
    answer_form,
    remark_form,
    remarks_list,
    remarks_title,
    remarks_told,
)
from ui.session import open_page

with open_page("remarks") as page:
    needs_store(page)
    told = remarks_told(page)
    page.draw(page.header(), done_line(), remarks_title(page))
    remark_form(page)
    page.draw(remarks_list(page, told))
    answer_form(page, told)
