"""Asked of another family's unit: by whom, told to whom, answered once, and opened for an hour."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

import access.requests
import ui.network.leads
import ui.unit.asked_of_unit
from access.requests import DAYS
from access.store.reading import read
from access.store.tables import request, request_answer
from data_access.london import now
from tests.ui import signing_in
from tests.ui.addresses import links_to
from tests.ui.network.families import ASSESSED, MANAGER, ROLES, role
from tests.ui.network.test_network import asked, child_of, html, page
from tests.ui.signing_in import Door

WHY = "The uncle now lives with our family"
CHILDREN = {f"KID-U3-{number}" for number in range(3)}
# Sees every unit, and manages none.
WATCHER = role("watcher", "*", True, "chair")
# May ask, and look at no child of their own accord.
ALONE = role("asker alone", "granted", True, "see_network")
NAME = "Zebedee Quillfeather U3"


@pytest.fixture
def door(tmp_path, monkeypatch, store, database) -> Door:
    monkeypatch.setenv("CHILDSTAT_DATABASE", database)
    return signing_in.door(tmp_path, monkeypatch, ROLES + MANAGER + WATCHER + ALONE + ASSESSED)


@pytest.fixture
def sent(door) -> Callable[..., AppTest]:
    """The form below the answer, filled in and sent by an asker of Unit 1."""

    def send(
        words: str = WHY, unit: str | None = "Unit 3", units: tuple[str, ...] = ("U1",)
    ) -> AppTest:
        door.comes("asker", *units, name="Ava Asker")
        run = asked(child_of("U1"))
        family = next((one for one in run.selectbox[1].options if unit and unit in one), None)
        run.selectbox[1].set_value(family)
        run.text_area[0].set_value(words)
        return run.button[1].click().run()

    return send


def manages(door: Door, unit: str = "U3") -> AppTest:
    door.comes("manager", is_worker_of=unit, name=f"Owen Owner {unit}")
    return page("unit", unit=unit)


def answers(run: AppTest, answer: str | None = "Agree", words: str = "Yes: ring me first") -> str:
    (form,) = [one for one in run.radio if one.label == "Answer"]
    form.set_value(answer)
    (field,) = [one for one in run.text_area if one.label.startswith("In a sentence")]
    field.set_value(words)
    (button,) = [one for one in run.button if one.label == "Answer"]
    return html(button.click().run())


def comes_back(door: Door) -> AppTest:
    """The asker, in a new sign-in, on Linked adults."""
    door.comes("asker", name="Ava Asker")
    return page("network", **child_of("U1"))


def opens(run: AppTest) -> AppTest:
    (button,) = [one for one in run.button if one.label.startswith("Open these")]
    return button.click().run()


def code_of_a_child_in(shown: AppTest) -> str:
    rows = links_to("child", html(shown).split("Open to you now")[1])
    return rows[0][0]["child"]


@pytest.mark.thorough
def test_each_other_family_of_a_unit_that_is_not_open_may_be_asked_of(door):
    door.comes("asker", "U1", "U4")
    options = asked(child_of("U1")).selectbox[1].options
    assert len(options) == 1 and options[0].endswith("Unit 3"), "Unit 4 is open, Unit 2 restricted"
    door.comes("asker of all")
    assert len(asked(child_of("U1")).selectbox) == 1, "every unit is open"


def test_what_is_asked_is_kept_with_its_event_and_told_to_who_manages_the_unit(door, sent):
    shown = html(sent())
    assert "Your question to Unit 3 is kept" in shown and "not answered yet" in shown
    assert "nobody who has signed in manages that unit" in shown
    (event,) = door.events("asked another unit's lead")
    assert (event.unit_id, event.role, event.page) == ("U3", "asker", "network")
    assert event.reason.endswith(f"strategy discussion: {WHY}")
    (kept,) = read(door.store, request.select())
    assert door.children_of(event.number) == CHILDREN | {kept.child_id}
    assert kept.child_id.startswith("KID-U1-")
    assert (kept.family, kept.adults) == ("family FAM-U3", "PERSON-1")
    told = html(manages(door))
    assert "Asked of this unit" in told and "Ava Asker" in told and WHY in told and NAME in told
    assert "Quillfeather U1" not in told, "the asker's own child is not the asked unit's to know"


def test_nobody_else_learns_that_it_was_asked(door, sent):
    sent()
    others = [manages(door, "U4")]
    for claim in ("other", "asker of all", "watcher"):
        door.comes(claim, name=f"Nora {claim}")
        others += [page("unit", unit="U3"), page("network", **child_of("U1"))]
    for one in others:
        assert WHY not in html(one) and "Asked of" not in html(one) and "Ava" not in html(one)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("words", "unit", "says"),
    [("", "Unit 3", "Say in 10 to 500 letters why"), (WHY, None, "Choose of which family")],
)
def test_without_a_family_or_words_nothing_is_kept(door, sent, words, unit, says):
    assert says in html(sent(words, unit))
    assert not read(door.store, request.select())
    assert not door.events("asked another unit's lead")


@pytest.mark.thorough
def test_what_waits_is_not_asked_twice(door, sent):
    manages(door)
    assert "is kept, and whoever manages it is told" in html(sent())
    assert "You have asked this unit of this family" in html(sent(units=()))
    assert len(read(door.store, request.select())) == 1


def test_agreed_the_asker_opens_that_family_s_children_for_an_hour_in_one_sign_in(door, sent):
    sent()
    assert "Your answer to Ava Asker is kept" in answers(manages(door))
    (answer,) = door.events("answered a request")
    assert answer.reason.endswith("agreed: Yes: ring me first") and answer.unit_id == "U3"
    run = comes_back(door)
    assert "agreed by Owen Owner U3 on" in html(run) and NAME not in html(run)
    shown = opens(run)
    assert NAME in html(shown)
    (look,) = door.events("looked closer")
    (kept,) = read(door.store, request.select())
    assert look.reason.startswith(f"agreed by the unit, request {kept.id}, ")
    assert door.children_of(look.number) == CHILDREN and look.unit_id == "U3"
    code = code_of_a_child_in(shown)
    opened = html(page("child", child=code))
    assert "Quillfeather U3" in opened and "look at another child" in opened
    comes_back(door)
    assert "Quillfeather U3" not in html(page("child", child=code)), "another sign-in"


@pytest.mark.thorough
def test_who_may_not_look_closer_has_no_way_from_an_agreed_child_to_another(door, sent):
    sent()
    answers(manages(door))
    door.comes("asker alone", name="Ava Asker")
    code = code_of_a_child_in(opens(page("network", **child_of("U1", 1))))
    opened = html(page("child", child=code))
    assert "Open to you with a reason" in opened and "look at another child" not in opened


@pytest.mark.thorough
def test_of_an_agreed_look_the_unit_s_managers_are_told_and_no_other_who_sees_the_unit(door, sent):
    sent()
    answers(manages(door))
    opens(comes_back(door))
    assert "agreed by the unit, request" in html(manages(door))
    door.comes("watcher")
    assert "agreed by the unit" not in html(page("unit", unit="U3"))


@pytest.mark.thorough
def test_not_agreed_is_told_with_whom_to_speak_to_and_opens_nothing(door, sent):
    sent()
    answers(manages(door), "Not now", "The family has a solicitor")
    run = comes_back(door)
    shown = html(run)
    assert "not agreed by Owen Owner U3 on" in shown and "The family has a solicitor" in shown
    assert "speak to Priya at the front door" in shown
    assert not [one for one in run.button if one.label.startswith("Open")]


def test_a_second_answer_and_a_click_on_what_is_open_no_more_are_told_in_a_sentence(
    door, sent, monkeypatch
):
    sent()
    first, second = manages(door), page("unit", unit="U3")
    answers(first)
    assert "Somebody has answered this request already" in answers(second, "Not now")
    assert len(read(door.store, request_answer.select())) == 1
    run = comes_back(door)
    monkeypatch.setattr(access.requests, "children_still_linked", lambda *_: frozenset())
    assert "This request is not open any more" in html(opens(run))
    assert not door.events("looked closer")


@pytest.mark.thorough
def test_of_children_who_are_with_another_unit_now_the_asker_reads_why_nothing_opens(
    door, sent, monkeypatch
):
    sent()
    with monkeypatch.context() as moved:
        moved.setattr(access.requests, "unit_of_child", lambda *_: "U4")
        assert "Asked of this unit" not in html(manages(door))
        assert "so nobody there can answer" in html(comes_back(door))
    answers(manages(door))
    held = {"KID-U3-2": "U4"}
    monkeypatch.setattr(access.requests, "unit_of_child", lambda _, id, __: held.get(id, "U3"))
    some = comes_back(door)
    assert "some are not with Unit 3 any more" in html(some) and NAME in html(opens(some))
    monkeypatch.setattr(access.requests, "unit_of_child", lambda *_: "U4")
    run = comes_back(door)
    assert "holds none of these children any more, so nothing can be opened" in html(run)
    assert not [one for one in run.button if one.label.startswith("Open")]


@pytest.mark.thorough
def test_an_answer_needs_a_choice_and_words(door, sent):
    sent()
    assert "Choose whether you agree" in answers(manages(door), None)
    assert "Say in 10 to 500 letters why" in answers(manages(door), "Agree", "yes")
    assert not door.events("answered a request")


@pytest.mark.thorough
def test_what_nobody_answers_lapses_and_says_so(door, sent, monkeypatch):
    sent()
    later = now() + timedelta(DAYS, seconds=1)
    for module in (ui.network.leads, ui.unit.asked_of_unit):
        monkeypatch.setattr(module, "now", lambda: later)
    assert f"lapsed, as nobody answered in {DAYS} days" in html(comes_back(door))
    assert "Asked of this unit" not in html(manages(door))


@pytest.mark.thorough
def test_of_a_family_with_a_restricted_child_since_nothing_is_told_or_open(door, sent, monkeypatch):
    sent()
    answers(manages(door))
    shown = opens(comes_back(door))
    code = code_of_a_child_in(shown)
    monkeypatch.setattr(access.requests, "children_still_linked", lambda *_: frozenset())
    assert "Asked of other units" not in html(page("network", **child_of("U1")))
    assert "Quillfeather U3" not in html(page("child", child=code))


@pytest.mark.thorough
def test_where_nobody_signs_in_the_pages_say_that_asking_needs_it(
    small_council, monkeypatch, store, looks
):
    monkeypatch.setenv("CHILDSTAT_DATABASE", small_council)
    looks(staff=frozenset({"U3"}))
    assert "which needs sign-in" in html(page("network"))
    assert "is told only where people sign in" in html(page("unit", unit="U3"))
    assert "is told only where" not in html(page("unit", unit="U4"))
