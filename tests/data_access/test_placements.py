"""Why a family is held elsewhere: kept under a name, never changed, the latest told."""

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from data_access.meeting_store.opening import open_store
from data_access.meeting_store.placements import (
    family_key,
    note_placement,
    placement_decision,
    placements_noted,
)
from data_access.problems import Problem

FAMILY = {"family_id": "F1", "child_id": "K1", "unit_id": "U3", "proposed_unit": "U1"}
ALONE = {"family_id": None, "child_id": "F1", "unit_id": None, "proposed_unit": None}


@pytest.fixture
def store(store_url):
    engine = open_store(store_url)
    yield engine
    engine.dispose()


def test_the_latest_reason_of_a_family_is_told_with_who_noted_it(store):
    note_placement(store, FAMILY, "Known to the worker", "Ann")
    note_placement(store, {**FAMILY, "child_id": "K2"}, " Moves in May ", "Bob ")
    note_placement(store, ALONE, "Nobody yet", "Cy")
    noted = placements_noted(store)
    assert {key: (row.reason, row.by) for key, row in noted.items()} == {
        "family F1": ("Moves in May", "Bob"),
        "child F1": ("Nobody yet", "Cy"),
    }
    assert family_key("F1", "K1") != family_key(None, "F1")


def test_a_reason_without_words_or_a_name_is_refused(store):
    with pytest.raises(Problem, match="Say why the unit is another one"):
        note_placement(store, FAMILY, "  ", "Ann")
    with pytest.raises(Problem, match="Say who does this"):
        note_placement(store, FAMILY, "Known", " ")
    assert not placements_noted(store)


def test_what_was_noted_stays_as_it_was(store):
    note_placement(store, FAMILY, "Known to the worker", "Ann")
    for statement in (update(placement_decision).values(reason="x"), delete(placement_decision)):
        with pytest.raises(DatabaseError), store.begin() as connection:
            connection.execute(statement)
    assert placements_noted(store)["family F1"].reason == "Known to the worker"
