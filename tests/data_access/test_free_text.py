"""What people write is bounded where it is written, whichever way it comes, on both engines."""

from datetime import date

import pytest
from sqlalchemy import Integer, func, insert, select

from data_access.meeting_store import actions, agendas, comparisons, notes, tables
from data_access.meeting_store.comparison_tables import SIDE_BY_SIDE, comparison
from data_access.meeting_store.free_text import (
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_WORDS,
    Line,
    Name,
    Words,
)
from data_access.meeting_store.meeting_tables import action, agenda_item, decision
from data_access.meeting_store.opening import open_store
from data_access.meeting_store.tables import metadata
from data_access.meeting_store.transactions import changing, new_id, read
from data_access.problems import Problem

SEPTEMBER = date(2016, 9, 1)
PLACE = notes.figure_month("sickness", "U1", SEPTEMBER)
TOO_LONG = "x" * (LONGEST_WORDS + 1)
ITEM = {"kind": "own", "title": "A title", "question": "A question?", "minutes": 5}
SIDE = {"name": "A side", "first": SEPTEMBER, "until": date(2016, 10, 1)}
OF_TWO = {
    "name": "A name",
    "question": "A question?",
    "kind": SIDE_BY_SIDE,
    "outcome": "closed",
    "own": {**SIDE, "units": ["U1"]},
    "other": {**SIDE, "units": ["U2"]},
    "seed": 1,
}
TASK = {"verb": "See", "what": "them", "owner": "All", "due_on": SEPTEMBER}


@pytest.fixture
def store(store_url):
    engine = open_store(store_url)
    yield engine
    engine.dispose()


@pytest.fixture
def meeting(store):
    return agendas.make_meeting(store, SEPTEMBER, [ITEM], "Ann")


def act(meeting, **other):
    return {**TASK, "agreed_in": meeting, **other}


WRITES = {
    "a note": lambda s, m, t: notes.annotate(s, PLACE, t, "Ann"),
    "a name": lambda s, m, t: notes.annotate(s, PLACE, "Words.", t),
    "a reason": lambda s, m, t: notes.rebase_from(s, PLACE, t, "Ann"),
    "a dispute": lambda s, m, t: notes.raise_dispute(
        s, PLACE, {}, tables.DISPUTE_REASONS[0], "Ann", t
    ),
    "a decision": lambda s, m, t: agendas.note_decision(s, m, None, t, "Ann"),
    "an item": lambda s, m, t: agendas.add_items(s, m, [{**ITEM, "title": t}], "Ann"),
    "a question": lambda s, m, t: agendas.add_items(s, m, [{**ITEM, "question": t}], "Ann"),
    "a verb": lambda s, m, t: actions.note_action(s, act(m, verb=t), "Ann"),
    "an owner": lambda s, m, t: actions.note_action(s, act(m, owner=t), "Ann"),
    "an effect": lambda s, m, t: actions.note_action(s, act(m, effect=t), "Ann"),
    "a comparison": lambda s, m, t: comparisons.record_comparison(s, {**OF_TWO, "name": t}, "Ann"),
    "what it asks": lambda s, m, t: comparisons.record_comparison(
        s, {**OF_TWO, "question": t}, "Ann"
    ),
    "a role": lambda s, m, t: agendas.set_attendance(s, m, {t: 1}, "Ann"),
}


def written(store):
    of_notes = (tables.annotation, tables.rebase, tables.dispute)
    counted = (*of_notes, decision, agenda_item, action, comparison)
    return [read(store, select(func.count().label("n")).select_from(t))[0].n for t in counted]


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_what_is_too_long_is_refused_in_a_sentence_and_nothing_is_written(store, meeting, write):
    before = written(store)
    with pytest.raises(Problem, match="has 4,001 characters, and at most .* shorten it") as told:
        write(store, meeting, TOO_LONG)
    assert "xxx" not in str(told.value)
    assert written(store) == before


@pytest.mark.parametrize("odd", ["nought\x00nought", "half \ud83d of one"])
@pytest.mark.parametrize("write", [WRITES["a note"], WRITES["a name"]], ids=["note", "name"])
def test_what_no_engine_keeps_is_refused_on_each(store, meeting, write, odd):
    with pytest.raises(Problem, match="can't be kept: type it anew"):
        write(store, meeting, odd)


def test_as_much_as_may_be_is_read_back_to_the_last_letter(store):
    words, name = "é😀" * (LONGEST_WORDS // 2), "ü" * LONGEST_NAME
    notes.annotate(store, PLACE, words, name)
    (row,) = read(store, notes.annotations())
    assert (row.words, row.by) == (words, name)


def test_a_write_by_other_means_than_a_form_is_bounded_as_well(store):
    with pytest.raises(Problem, match="shorten it"):
        with changing(store, "Ann", "annotated", "x") as connection:
            line = {**PLACE, "id": new_id(), "by": "Ann", "at": None, "words": TOO_LONG}
            connection.execute(insert(tables.annotation), line)


def test_every_column_that_people_write_in_is_bounded():
    by_people = {
        *("by", "what", "words", "note", "reason", "title", "question", "verb", "owner", "effect"),
        *("outcome_words", "role", "seed"),
    }
    open_ended = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.c
        if (column.name in by_people or column.name.endswith("_by"))
        # A seed may be a number.
        and not isinstance(column.type, Name | Line | Words | Integer)
    }
    # A verb of ours, and one of a few reasons, which a constraint holds to.
    assert open_ended == {"event.what", "dispute.reason"}
    assert LONGEST_NAME < LONGEST_LINE < LONGEST_WORDS
