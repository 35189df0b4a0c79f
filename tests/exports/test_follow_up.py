"""What is sent round before and after a meeting: agenda, actions, decisions."""

from datetime import date
from io import BytesIO

import pytest
from pptx import Presentation

from data_access.meeting_store import agendas as stored_agendas
from data_access.meeting_store.opening import open_store
from exports.excel.workbook import write_slides
from exports.follow_up import write_follow_up, write_partner_sheet
from exports.powerpoint.deck import write_deck
from exports.text import BOLD, width
from meeting.actions import Noted, close_undone, every_action, note_action
from meeting.agenda import open_agenda
from meeting.follow_up import follow_up, of_each_partner, partner_of, planned_meeting
from metrics.model import SERVICE
from tests.exports.made_up import SEPTEMBER, figures
from tests.exports.opened import Opened
from tests.exports.powerpoint.test_deck import judged, titled

AUGUST = SEPTEMBER.shift(-1)
PARTNERS = ("Police", "Schools")


def noted(what: str, **more) -> Noted:
    said = {"verb": "Review", "what": what, "owner": "Head of service"}
    return Noted(**{**said, "due_on": date(2016, 9, 20), **more})


@pytest.fixture
def store(tmp_path):
    engine = open_store(f"sqlite:///{tmp_path / 'meeting.sqlite'}")
    yield engine
    engine.dispose()


@pytest.fixture
def held(store):
    """August agreed two actions, of which one was dropped; September one, and a decision."""
    made = judged()
    august = open_agenda(store, made, AUGUST, "Ann")
    on_sickness = {"metric": "sickness", "unit_id": SERVICE, "effect": "below 25%"}
    note_action(
        store, august.meeting_id, noted("cover for leave", look=SEPTEMBER, **on_sickness), "Ann"
    )
    dropped = note_action(store, august.meeting_id, noted("the rota"), "Ann")
    close_undone(store, dropped, "dropped", "Overtaken by events", "Ann")
    september = open_agenda(store, made, SEPTEMBER, "Ann")
    note_action(store, september.meeting_id, noted("supervision", due_on=date(2016, 11, 1)), "Ann")
    worth = next(one for one in september.items if one.metric == "sickness" and not one.action_id)
    stored_agendas.note_decision(
        store, september.meeting_id, worth.id, "Ask occupational health", "Ann"
    )
    return made, september


def test_the_follow_up_sheet_tells_what_was_agreed_decided_and_became_of_the_rest(store, held):
    made, agenda = held
    sheet = Opened(write_follow_up(made, follow_up(store, made, agenda)))
    (agreed,) = sheet.rows_of("Actions agreed")
    assert (agreed["What"], agreed["Due"]) == ("Review supervision", "1 November 2016")
    (decided,) = sheet.rows_of("Decisions")
    assert decided["Decided"] == "Ask occupational health"
    assert decided["Under"].startswith("Sickness, Service")
    others = {row["What"]: row for row in sheet.rows_of("Other actions")}
    assert others["Review the rota"]["Stands"] == "dropped: Overtaken by events"
    assert others["Review cover for leave"]["Stands"] == "open"
    assert others["Review cover for leave"]["The line"].startswith("Too early")


def test_a_meeting_that_agreed_nothing_has_an_empty_sheet(store):
    agenda = open_agenda(store, figures(), SEPTEMBER, "Ann")
    sheet = Opened(write_follow_up(figures(), follow_up(store, figures(), agenda)))
    assert sheet.book["Decisions"]["A2"].value == "None."
    assert sheet.rows_of("Decisions") == [{"Under": None, "Decided": None}]


def test_the_pack_before_the_meeting_has_its_agenda_and_the_open_actions(store, held):
    made, agenda = held
    planned = planned_meeting(store, made, SEPTEMBER)
    pack = Opened(write_slides(made, SEPTEMBER, [], "service", planned))
    assert [row["Item"] for row in pack.rows_of("Agenda")] == [one.title for one in agenda.items]
    known = [row["What"] for row in pack.rows_of("Actions") if row["What"]]
    assert known == ["cover for leave", "supervision"]
    deck = Presentation(BytesIO(write_deck(made, SEPTEMBER, [], "service", planned)))
    table = next(one.table for one in titled(deck, "The agenda").shapes if one.has_table)
    assert table.cell(1, 1).text == agenda.items[0].title
    table = next(one.table for one in titled(deck, "2 actions are open").shapes if one.has_table)
    told = [table.cell(1, column).text for column in range(5)]
    assert told[:3] == ["Review cover for leave", "Head of service", "20 September 2016"]
    assert told[3:] == ["Sickness, Service", "below 25%"]


def test_the_longest_due_date_and_the_longest_action_have_room(store, held):
    made, agenda = held
    note_action(store, agenda.meeting_id, noted("a long sentence " * 12, effect="x"), "Ann")
    planned = planned_meeting(store, made, SEPTEMBER)
    sheet = Opened(write_slides(made, SEPTEMBER, [], "service", planned)).book["Actions"]
    due = next(cell.column_letter for cell in sheet[3] if cell.value == "Due")
    # A column is told in digits of Arial 12, which are 9 pixels wide.
    assert sheet.column_dimensions[due].width * 9 > width("30 September 2016", 12) * BOLD
    heights = [sheet.row_dimensions[row[0].row].height for row in sheet if row[1].value]
    assert max(heights) > 4 * 12 * 1.2


def test_before_anybody_made_the_agenda_the_pack_has_what_the_rule_proposes(store):
    made = judged()
    planned = planned_meeting(store, made, SEPTEMBER)
    pack = Opened(write_slides(made, SEPTEMBER, [], "service", planned))
    items = [row["Item"] for row in pack.rows_of("Agenda")]
    assert items[0].startswith("Sickness, Service: 60.0%")
    assert items[-1] == "One case in depth"


@pytest.mark.parametrize("audience", ["partners", "public"])
def test_others_get_neither_agenda_nor_actions(store, held, audience):
    made, _ = held
    planned = planned_meeting(store, made, SEPTEMBER)
    pack = Opened(write_slides(made, SEPTEMBER, [], audience, planned))
    assert "Agenda" not in pack.book.sheetnames
    assert not any("cover for leave" in text for text in pack.texts())
    deck = Presentation(BytesIO(write_deck(made, SEPTEMBER, [], audience, planned)))
    titles = " ".join(slide.shapes.title.text_frame.text for slide in deck.slides)
    assert "agenda" not in titles
    assert "open" not in titles


def test_a_partner_is_sent_its_own_actions_alone_without_figure_or_child(store, held):
    made, agenda = held
    about = {"metric": "sickness", "unit_id": SERVICE, "look": SEPTEMBER, "child_id": "KID-7"}
    for owner, what in (("the  Police", "who is told of it"), ("Police cadets", "the youth club")):
        said = noted(what, owner=owner, effect="below 5 children", **about)
        note_action(store, agenda.meeting_id, said, "Ann")
    assert partner_of("Head of service", PARTNERS) is None
    (partner, own), *rest = of_each_partner(every_action(store), PARTNERS).items()
    assert not rest and partner == "Police"
    sheet = Opened(write_partner_sheet(made, SEPTEMBER, partner, own))
    told = "".join(sheet.parts.values())
    assert "Actions of Police: the meeting about September 2016" in told
    assert "Review who is told of it" in told and "Only this one." in told
    for others in ("youth club", "supervision", "Sickness", "below 5", "KID-7", "occupational"):
        assert others not in told
