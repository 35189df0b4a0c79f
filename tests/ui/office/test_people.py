"""The administrator's page: what it says, and that what it gives holds at the next click."""

import pytest
from streamlit.testing.v1 import AppTest

from access.grants import Given, grant
from access.matches import confirmed_number
from access.people import Claims
from access.sessions import begin
from data_access.access_settings import SessionLimits
from data_access.london import now
from tests.ui.conftest import PAGES


@pytest.fixture
def page(small_council, monkeypatch, store, door):
    monkeypatch.setenv("CHILDSTAT_DATABASE", small_council)

    def run() -> AppTest:
        return AppTest.from_file(PAGES / "people.py", default_timeout=30).run()

    return run


def html(of: AppTest) -> str:
    assert not of.exception
    return "".join(element.proto.body for element in of.get("html"))


def field(of: AppTest, label: str):
    return next(one for one in (*of.selectbox, *of.text_input) if one.label == label)


def take_back(of: AppTest, what: str) -> None:
    offered = field(of, "What to take back")
    offered.set_value(next(one for one in offered.options if one.endswith(f": {what}")))


def press(of: AppTest, label: str) -> AppTest:
    return next(one for one in of.button if one.label == label).click().run()


def test_it_names_everybody_with_what_is_open_to_them_and_what_is_to_be_settled(door, page):
    door.comes("consultant", name="Carla Consultant")
    door.comes("social worker", is_worker_of="U2", name="Sam Worker")
    door.comes("administrator", name="Ada")
    said = html(page())
    assert "3 people have signed in so far; 3 people are signed in now." in said
    assert "Carla Consultant is told: “Nobody has confirmed yet which worker you are" in said
    assert "Unit 2: own children" in said
    assert "Roles that nobody holds: director, analyst, auditor." in said


def test_a_unit_that_is_given_is_open_at_the_next_click_and_closed_when_it_is_taken_back(
    door, page, opened
):
    carla = door.comes("consultant", name="Carla Consultant")
    ada = door.comes("administrator", name="Ada")
    run = page()
    field(run, "To whom").set_value(run_name(run, "Carla"))
    run.selectbox[1].set_value("Unit: Unit 3")
    assert "Carla Consultant has Unit 3." in html(press(run, "Give it"))
    door.looks(carla)
    assert "Zebedee Quillfeather U3" in opened("unit", unit="U3")
    door.looks(ada)
    run = page()
    take_back(run, "Unit 3")
    assert ": Unit 3." in html(press(run, "Take it back"))
    door.looks(carla)
    assert "This cannot be shown" in opened("unit", unit="U3")
    assert [row.person for row in door.events("granted")] == [carla.person]
    assert ada.person in door.events("granted")[0].reason


def run_name(run: AppTest, first: str) -> str:
    return next(one for one in field(run, "To whom").options if one.startswith(first))


def test_nobody_gives_themselves_anything(door, page):
    door.comes("administrator", name="Ada")
    run = page()
    field(run, "To whom").set_value(run_name(run, "Ada"))
    run.selectbox[1].set_value("Role: director")
    assert "Nobody gives themselves a role" in html(press(run, "Give it"))
    assert not door.events("granted")


def test_a_worker_is_confirmed_by_the_number_that_the_sign_in_says(door, page, opened):
    carla = door.comes("consultant", name="Carla Consultant", swe_number="SW123451")
    ada = door.comes("administrator", name="Ada")
    run = page()
    who = next(one for one in field(run, "Who it is").options if one.startswith("Carla"))
    assert who.endswith("says SW123451: Worker Of U2, Unit 2")
    field(run, "Who it is").set_value(who)
    assert "SW123451: Worker Of U2, Unit 2." in html(press(run, "Confirm"))
    door.looks(carla)
    assert "Peregrine Ashdown U2" in opened("unit", unit="U2")
    assert door.events("confirmed")[0].person == carla.person
    door.looks(ada)


def test_who_is_signed_out_with_a_reason_opens_nothing_more(door, page, opened):
    carla = door.comes("director", name="Carla Director")
    door.comes("administrator", name="Ada")
    run = page()
    who = [one for one in run.selectbox if one.label == "Who"][-1]
    who.set_value(next(one for one in who.options if one.startswith("Carla")))
    assert "Say why" in html(press(run, "Sign them out everywhere"))
    field(run, "Why").set_value("left the council")
    assert "is signed out" in html(press(run, "Sign them out everywhere"))
    door.looks(carla)
    assert "Your session has ended" in opened("month")


def test_a_form_that_somebody_kept_open_gives_nothing_once_they_administer_no_more(
    door, page, monkeypatch
):
    door.comes("consultant", name="Carla Consultant")
    door.comes("administrator", name="Ada")
    run = page()
    field(run, "To whom").set_value(run_name(run, "Carla"))
    run.selectbox[1].set_value("Unit: Unit 3")
    door.comes("director", name="Dora")
    assert "This cannot be shown" in html(press(run, "Give it"))
    assert not door.events("granted")


def test_a_click_that_chose_nothing_gives_takes_confirms_and_ends_nothing(door, page):
    door.comes("consultant", "U3", is_worker_of="U2", name="Carla Consultant")
    door.comes("administrator", name="Ada")
    before = len(door.events())
    run = page()
    assert all(one.value is None for one in run.selectbox)
    assert "Choose to whom you give it" in html(press(run, "Give it"))
    assert "Choose what you take back" in html(press(page(), "Take it back"))
    assert "Choose whom you confirm" in html(press(page(), "Confirm"))
    assert "Choose whom you sign out" in html(press(page(), "Sign them out everywhere"))
    assert len(door.events()) == before


def test_the_last_who_may_administer_is_not_taken_back_here(door, page):
    ada = door.comes("auditor", name="Ada")
    grant(door.store, ada.person, Given(role="administrator"), "the command line", now())
    run = page()
    take_back(run, "administrator")
    assert "Nobody else can administer" in html(press(run, "Take it back"))
    assert not door.events("withdrew")


def test_a_typed_number_says_whose_it_is_before_it_is_confirmed(door, page):
    carla = door.comes("consultant", name="Carla Consultant")
    door.comes("administrator", name="Ada")
    run = page()
    who = next(one for one in field(run, "Who it is").options if one.startswith("Carla"))
    field(run, "Who it is").set_value(who)
    number = "Social Work England number, where the sign-in says none"
    field(run, number).set_value("12345")
    assert "No worker in the case database has the number 12345" in html(press(run, "Confirm"))
    field(run, number).set_value("SW123452")
    assert "SW123452 is Worker Of U3, Unit 3. If that is who" in html(press(run, "Confirm"))
    assert confirmed_number(door.store, carla.person) is None
    assert "SW123452: Worker Of U3, Unit 3." in html(press(run, "Confirm"))
    assert confirmed_number(door.store, carla.person) == "SW123452"


def test_a_confirmed_worker_is_named_and_taken_back(door, page):
    carla = door.comes("consultant", is_worker_of="U2", name="Carla Consultant")
    door.comes("administrator", name="Ada")
    run = page()
    assert "Worker Of U2, Unit 2 (SW123451)" in html(run)
    take_back(run, "the worker SW123451")
    assert "Taken back: Carla Consultant" in html(press(run, "Take it back"))
    assert confirmed_number(door.store, carla.person) is None


def test_a_unit_that_opens_nothing_says_so(door, page):
    door.comes("auditor", name="Otto Auditor")
    door.comes("administrator", name="Ada")
    run = page()
    field(run, "To whom").set_value(run_name(run, "Otto"))
    run.selectbox[1].set_value("Unit: Unit 3")
    said = html(press(run, "Give it"))
    assert "Otto Auditor has Unit 3. It opens no unit to them now." in said


def test_nobody_says_which_worker_they_are_themselves(door, page):
    ada = door.comes("administrator", name="Ada")
    run = page()
    who = next(one for one in field(run, "Who it is").options if one.startswith("Ada"))
    field(run, "Who it is").set_value(who)
    field(run, "Social Work England number, where the sign-in says none").set_value("SW123452")
    for _ in range(2):
        assert "ask another administrator" in html(press(run, "Confirm"))
    assert confirmed_number(door.store, ada.person) is None


def test_two_people_of_one_name_and_email_are_two_choices(door, page):
    for number in (1, 2):
        claims = Claims("https://issuer.example", f"pat{number}", "Pat Same", "pat@example.org")
        begin(door.store, claims, SessionLimits(), now())
    door.comes("administrator", name="Ada")
    offered = [one for one in field(page(), "To whom").options if one.startswith("Pat Same")]
    assert len(offered) == len(set(offered)) == 2
