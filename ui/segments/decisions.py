"""Noting why a family is held by another unit than the rules say."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from sqlalchemy import Engine, Row

from data_access.meeting_store.placements import note_placement
from data_access.problems import Problem
from data_access.viewer import Act
from metrics.segments.words import ages_told
from ui.forms import LONGEST_WORDS, choice_of, form_name, is_closed, signature, write
from ui.lists import NAME_HIDDEN
from ui.segments.opening import Segmented
from ui.segments.reading import proposal_words

CHOOSE_FIRST = "Choose the family: the list may have changed with a load meanwhile."


def note_form(on: Segmented, rows: Sequence[Row]) -> None:
    """A form that keeps a reason; nothing where nobody is held elsewhere."""
    if not rows or on.page.published.store is None or is_closed(on.page, Act.NOTE):
        return
    with st.form(form_name("placement")):
        heads = {row.child_id: row for row in rows}
        told = {id: _told(on, at, row) for at, (id, row) in enumerate(heads.items(), start=1)}
        head = choice_of("Family", told)
        reason = st.text_area(
            "Why, or what was decided: no name of anybody, as it is kept as typed",
            max_chars=LONGEST_WORDS,
        )
        signature(on.page)
        if st.form_submit_button("Note it", type="primary"):
            write(on.page, Act.NOTE, lambda store: _noted(store, on, heads.get(head), reason))


def _told(on: Segmented, number: int, row: Any) -> str:
    held = row.unit_name or "no unit"
    name = row.child_name or NAME_HIDDEN
    return f"{number}. {name}, {ages_told(row.ages)}: {held}; rules: {proposal_words(on, row)}"


def _noted(store: Engine, on: Segmented, row: Any | None, reason: str) -> str:
    if row is None:
        raise Problem(CHOOSE_FIRST)
    keys = ("family_id", "child_id", "unit_id", "proposed_unit")
    family = {key: getattr(row, key) for key in keys}
    note_placement(store, family, reason, on.page.viewer.name)
    return "Noted: it moves no case, and stays on record."
