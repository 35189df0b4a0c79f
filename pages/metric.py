"""Metric: one figure's run of months, its units, and the rows behind it."""

import streamlit as st

from ui.forms import CSV, file_button
from ui.learning.lessons import lessons_of_figure
from ui.listing.asked_for import find_box
from ui.metric.as_known_on import as_known, known_then
from ui.metric.chart import chosen_result, trend_table, why_this_chart
from ui.metric.days_between import days_between_section
from ui.metric.disputes import effect_of_disputes
from ui.metric.looked_at import draw_chart
from ui.metric.made_of import split_table
from ui.metric.message import (
    change_since_published,
    file_name,
    message,
    question_and_units,
    rows_heading,
)
from ui.metric.read_with import reading_lines
from ui.metric.rows import asked_of_rows, may_take_rows, rows_csv, rows_table
from ui.session import open_page

with open_page("metric") as page:
    address, figures = page.address, page.figures
    page.draw(
        page.header(),
        page.cached(message),
        known_then(page),
        change_since_published(page),
        effect_of_disputes(page),
        lessons_of_figure(page),
    )
    if chosen_result(address, figures).never_counted:
        page.draw(page.cached(reading_lines))
        st.stop()
    left, right = st.columns([62, 38])
    with left:
        draw_chart(page)
        page.draw(page.cached(why_this_chart), days_between_section(page), page.cached(trend_table))
    with right:
        page.draw(page.cached(question_and_units))
    reading, made_of, files = st.columns([36, 44, 20])
    with reading:
        page.draw(page.cached(reading_lines))
    with made_of:
        page.draw(split_table(page))
    with files:
        if may_take_rows(page):
            file_button(page, "Rows as CSV", rows_csv, file_name(address, "rows"), CSV)
    asked = asked_of_rows(page)
    page.draw(as_known(page), rows_heading(page))
    page.draw(rows_table(page, find_box(page, asked)) if asked else rows_table(page))
