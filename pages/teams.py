"""Teams: which team of a case system is of which unit, with what each team holds."""

import streamlit as st

from ui.acts import Act
from ui.forms import day_field, done_line, form_name, is_closed, needs_store, signature
from ui.matching.teams import (
    held,
    line_words,
    teams_title,
    units_to_choose,
    withdraw_team,
    write_team,
)
from ui.session import open_page

with open_page("teams") as page:
    needs_store(page)
    teams = held(page)
    page.draw(page.header(), done_line(), teams_title(page, teams))
    if not teams or is_closed(page, Act.LOAD):
        st.stop()
    with st.form(form_name("team")):
        units = units_to_choose(page, teams)
        team = st.selectbox(
            "Team", range(len(teams)), format_func=lambda place: f"{teams[place].name}"
        )
        unit = st.selectbox("is of unit", list(units), format_func=lambda one: units[one])
        called = st.text_input("The new unit’s name, if it is one", max_chars=200)
        first, last = st.columns(2)
        days = (
            day_field("from (always, if empty)", None, first),
            day_field("until before (for good, if empty)", None, last),
        )
        signature(page)
        if st.form_submit_button("Say so", type="primary"):
            write_team(page, teams[team], unit, called, days)
    lines = [line for team_held in teams for line in team_held.lines]
    if lines:
        with st.form(form_name("withdraw")):
            place = st.selectbox(
                "What is no longer so",
                range(len(lines)),
                format_func=lambda at: line_words(page, lines[at]),
            )
            signature(page)
            if st.form_submit_button("Withdraw it"):
                withdraw_team(page, lines[place])
