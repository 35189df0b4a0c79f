"""Agenda, actions, attendance and draws in the store: written whole, changed by one at a time."""

from datetime import UTC, date, datetime

import pytest
from alembic import command
from sqlalchemy import select

from data_access.meeting_store import actions, agendas, draws, notes
from data_access.meeting_store.meeting_tables import meeting
from data_access.meeting_store.opening import MEETING_STORE, engine_of, open_store
from data_access.meeting_store.tables import event
from data_access.meeting_store.transactions import read
from data_access.problems import Problem
from data_access.stores.migrating import config_of
from data_access.stores.opening import WRITES
from tests.data_access.test_meeting_store import PLACE, SEPTEMBER, ended, python

OCTOBER = date(2016, 10, 1)
ASKED = {
    "verb": "Share",
    "what": "fortnightly visits",
    "owner": "Unit 2’s lead",
    "due_on": date(2016, 10, 31),
}


@pytest.fixture
def store(store_url):
    engine = open_store(store_url)
    yield engine
    engine.dispose()


def item(title: str, **other) -> dict:
    return {"kind": "own", "title": title, "question": "Why?", "minutes": 5, **other}


def made(store, *titles: str, month: date = SEPTEMBER) -> str:
    return agendas.make_meeting(store, month, [item(title) for title in titles], "Ann")


def standing(store, id: str) -> list[str]:
    return [row.title for row in read(store, agendas.items_of(id)) if row.removed_at is None]


def id_of(store, id: str, title: str) -> str:
    return next(row.id for row in read(store, agendas.items_of(id)) if row.title == title)


def told(store) -> list[tuple[str, str]]:
    rows = read(store, select(*event.c).order_by(event.c.at, event.c.id))
    return [(row.by, row.what) for row in rows]


def test_a_month_has_one_meeting_with_a_key_of_its_own(store):
    id = made(store, "One", "Two")
    with pytest.raises(Problem):
        made(store, "Other")
    made(store, month=OCTOBER)
    september, october = read(store, agendas.meetings())
    assert (september.id, september.month, september.held_on) == (id, SEPTEMBER, None)
    assert len(bytes.fromhex(september.key)) == 32
    assert september.key != october.key
    assert standing(store, id) == ["One", "Two"]
    assert told(store) == [("Ann", "made an agenda")] * 2


def test_items_are_added_at_the_end_and_moved_to_a_place(store):
    id = made(store, "One", "Two")
    agendas.add_items(store, id, [item("Three"), item("Four")], "Bob")
    assert standing(store, id) == ["One", "Two", "Three", "Four"]
    agendas.place_item(store, id_of(store, id, "Four"), 2, "Bob")
    agendas.place_item(store, id_of(store, id, "One"), 99, "Bob")
    assert standing(store, id) == ["Four", "Two", "Three", "One"]


def test_an_item_that_is_struck_off_stays_with_who_did_it_and_can_be_put_back(store):
    id = made(store, "One", "Two")
    one = id_of(store, id, "One")
    agendas.strike_off(store, one, "Bob")
    assert standing(store, id) == ["Two"]
    assert read(store, agendas.items_of(id))[0].removed_by == "Bob"
    with pytest.raises(Problem, match="open the agenda again"):
        agendas.strike_off(store, one, "Ann")
    with pytest.raises(Problem, match="open the agenda again"):
        agendas.place_item(store, one, 2, "Ann")
    agendas.put_back(store, one, "Ann")
    assert standing(store, id) == ["One", "Two"]


def test_an_item_is_reworded_with_its_minutes(store):
    id = made(store, "One")
    agendas.reword_item(store, id_of(store, id, "One"), " Uno ", "What?", 9, "Ann")
    (row,) = read(store, agendas.items_of(id))
    assert (row.title, row.question, row.minutes) == ("Uno", "What?", 9)
    for title, minutes in (("  ", 1), ("One", -1)):
        with pytest.raises(Problem, match="needs a title, and minutes"):
            agendas.reword_item(store, row.id, title, "", minutes, "Ann")


def test_time_runs_from_the_first_time_an_item_is_shown_to_the_last_time_it_is_left(store):
    id = made(store, "One")
    one = id_of(store, id, "One")
    with pytest.raises(Problem):
        agendas.end_item(store, one, "Ann")
    before = datetime.now(UTC)
    agendas.start_item(store, one, "Ann")
    began = read(store, agendas.items_of(id))[0].started_at
    agendas.end_item(store, one, "Ann")
    left = read(store, agendas.items_of(id))[0].ended_at
    agendas.start_item(store, one, "Ann")
    agendas.end_item(store, one, "Ann")
    (row,) = read(store, agendas.items_of(id))
    assert before <= began == row.started_at <= left <= row.ended_at


def test_attendance_is_a_number_for_each_role_and_replaced_as_a_whole(store):
    id = made(store)
    agendas.set_attendance(store, id, {"Director": 1, "Worker": 6, "Guest": 0}, "Ann")
    agendas.set_attendance(store, id, {"Director": 1, "Worker": 5}, "Ann")
    rows = read(store, agendas.attendances())
    assert [(row.meeting_id, row.role, row.people) for row in rows] == [
        (id, "Director", 1),
        (id, "Worker", 5),
    ]
    with pytest.raises(Problem):
        agendas.set_attendance(store, id, {"Director": -1}, "Ann")
    assert len(read(store, agendas.attendances())) == 2


def test_a_decision_is_noted_under_its_item(store):
    id = made(store, "One")
    one = id_of(store, id, "One")
    agendas.note_decision(store, id, one, " Visits go first. ", "Ann")
    agendas.note_decision(store, id, None, "Meet again.", "Ann")
    rows = read(store, agendas.decisions())
    assert [(row.agenda_item_id, row.words) for row in rows] == [
        (one, "Visits go first."),
        (None, "Meet again."),
    ]
    with pytest.raises(Problem, match="Say what was decided"):
        agendas.note_decision(store, id, one, " ", "Ann")


def test_a_meeting_is_held_on_a_day(store):
    id = made(store)
    agendas.hold_meeting(store, id, date(2016, 10, 4), "Ann")
    (row,) = read(store, select(*meeting.c))
    assert row.held_on == date(2016, 10, 4)


def test_an_action_is_closed_once_with_one_of_the_outcomes(store):
    id = actions.note_action(store, {**ASKED, "agreed_in": made(store)}, "Ann")
    with pytest.raises(Problem, match="use one of done, not done, dropped"):
        actions.close_action(store, id, "perhaps", None, None, "Bob")
    actions.close_action(store, id, "not done", "No worker yet.", None, "Bob")
    with pytest.raises(Problem, match="closed already"):
        actions.close_action(store, id, "done", None, OCTOBER, "Ann")
    (row,) = read(store, actions.actions())
    assert (row.outcome, row.outcome_words, row.closed_by) == ("not done", "No worker yet.", "Bob")
    assert (row.month, row.agreed_by) == (SEPTEMBER, "Ann")
    assert told(store)[1:] == [("Ann", "noted an action"), ("Bob", "closed an action: not done")]


@pytest.mark.parametrize(("outcome", "day"), [("done", None), ("dropped", OCTOBER)])
def test_what_was_done_has_a_day_and_nothing_else_has(store, outcome, day):
    id = actions.note_action(store, {**ASKED, "agreed_in": made(store)}, "Ann")
    with pytest.raises(Problem):
        actions.close_action(store, id, outcome, "Why.", day, "Bob")
    assert read(store, actions.actions())[0].outcome is None


def test_an_action_belongs_to_a_meeting(store):
    with pytest.raises(Problem):
        actions.note_action(store, {**ASKED, "agreed_in": "none"}, "Ann")
    assert read(store, actions.actions()) == []
    assert told(store) == []


def test_drawn_cases_keep_their_order_frame_and_seed_and_their_item_points_at_them(store):
    id = agendas.make_meeting(store, SEPTEMBER, [item("Cases", kind="case_review")], "Ann")
    frame = {"unit": "U1", "plan": "CP", "since": SEPTEMBER}
    said = {"frame": frame, "frame_size": 40, "how": "drawn", "seed": "17"}
    first, second = draws.record_draws(store, id, "case_review", ["K9", "K2"], said, "Ann")
    rows = read(store, draws.draws_of(id))
    assert [(row.id, row.child_id, row.frame) for row in rows] == [
        (first, "K9", frame),
        (second, "K2", frame),
    ]
    assert read(store, agendas.items_of(id))[0].draw_id == first
    with pytest.raises(Problem):
        draws.record_draws(store, id, "case_review", ["K1"], {**said, "seed": None}, "Ann")


@pytest.mark.parametrize(
    "wrong", [{"kind": "party"}, {"minutes": -1}, {"action_id": "none"}, {"draw_id": "none"}]
)
def test_the_database_itself_refuses_an_item_that_is_none(store, wrong):
    with pytest.raises(Problem):
        agendas.make_meeting(store, SEPTEMBER, [item("One", **wrong)], "Ann")
    assert read(store, agendas.meetings()) == []


def test_a_store_of_the_version_before_gets_the_meeting_and_keeps_what_it_holds(store_url):
    engine = engine_of(store_url)
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        command.upgrade(config_of(connection, MEETING_STORE), "0003")
    notes.annotate(engine, PLACE, "Before.", "Ann")
    engine.dispose()
    store = open_store(store_url)
    assert [row.words for row in read(store, notes.annotations())] == ["Before."]
    assert standing(store, made(store, "One")) == ["One"]
    store.dispose()


# Notes actions and moves items as fast as it can; prints each action when it is acknowledged.
WRITES_ON = """
import sys
from data_access.meeting_store import actions, agendas
from data_access.meeting_store.opening import open_store
from data_access.meeting_store.transactions import read
from tests.data_access.test_agendas import ASKED, item

store, id, by = open_store(sys.argv[1]), sys.argv[2], sys.argv[3]
for number in range(int(sys.argv[4])):
    print(actions.note_action(store, {**ASKED, "agreed_in": id}, by), flush=True)
    agendas.add_items(store, id, [item(f"{by} {number}")], by)
    last = read(store, agendas.items_of(id))[-1].id
    agendas.place_item(store, last, 1, by)
"""


def places(store, id: str) -> list[int]:
    return [row.position for row in read(store, agendas.items_of(id))]


def test_two_who_write_into_one_meeting_at_once_lose_nothing_and_no_place_is_taken_twice(store_url):
    store = open_store(store_url)
    id = made(store)
    processes = [python(WRITES_ON, store_url, id, by, 15) for by in ("Ann", "Bob")]
    said = {line for process in processes for line in ended(process).splitlines()}
    assert {row.id for row in read(store, actions.actions())} == said
    assert len(said) == 30
    assert places(store, id) == list(range(1, 31))
    store.dispose()


def test_one_who_is_killed_leaves_every_acknowledged_action_and_a_whole_agenda(store_url):
    store = open_store(store_url)
    id = made(store)
    said: set[str] = set()
    for kills in range(3):
        process = python(WRITES_ON, store_url, id, "Ann", 1_000_000)
        assert process.stdout
        lines = [process.stdout.readline().strip() for _ in range(4 + kills)]
        process.kill()
        process.communicate()
        said |= set(lines)
    assert said <= {row.id for row in read(store, actions.actions())}
    assert places(store, id) == list(range(1, len(places(store, id)) + 1))
    store.dispose()
