"""Noting why a family is held by another unit than the rules say."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from sqlalchemy import Engine, Row

from data_access.meeting_store.placements import note_placement
from data_access.viewer import Act
from metrics.segments.words import ages_told
from ui.forms import LONGEST_WORDS, form_name, is_closed, signature, write
from ui.lists import NAME_HIDDEN
from ui.segments.opening import Segmented
from ui.segments.rows import proposal_words


def note_form(on: Segmented, rows: Sequence[Row]) -> None:
    """A form that keeps a reason; nothing where nobody is held elsewhere."""
    if not rows or on.page.published.store is None or is_closed(on.page, Act.NOTE):
        return
    with st.form(form_name("placement")):
        place = st.selectbox(
            "Family", range(len(rows)), format_func=lambda at: _told(on, at + 1, rows[at])
        )
        reason = st.text_area(
            "Why, or what was decided: no name of anybody, as it is kept as typed",
            max_chars=LONGEST_WORDS,
        )
        signature(on.page)
        if st.form_submit_button("Note it", type="primary"):
            write(on.page, Act.NOTE, lambda store: _noted(store, on, rows[place], reason))


def _told(on: Segmented, number: int, row: Any) -> str:
    held = row.unit_name or "no unit"
    name = row.child_name or NAME_HIDDEN
    return f"{number}. {name}, {ages_told(row.ages)}: {held}; rules: {proposal_words(on, row)}"


def _noted(store: Engine, on: Segmented, row: Any, reason: str) -> str:
    keys = ("family_id", "child_id", "unit_id", "proposed_unit")
    family = {key: getattr(row, key) for key in keys}
    note_placement(store, family, reason, on.page.viewer.name)
    return "Noted: it moves no case, and stays on record."
