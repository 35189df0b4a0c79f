"""Linked adults: who may ask, from which child, why; and nothing drawn before it is kept."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

import ui.network.asking
from access.people import Claims
from access.sessions import begin
from access.store.tables import MEETING
from data_access.access_settings import SessionLimits
from data_access.london import now
from data_access.problems import Problem
from metrics.network.found import Found
from tests.ui import signing_in
from tests.ui.addresses import links_to
from tests.ui.conftest import PAGES
from tests.ui.network.families import (
    ADULTS,
    ASSESSED,
    FURTHER,
    NOT_VERIFIED,
    ROLES,
    SECRET,
    VERIFIED,
)
from tests.ui.signing_in import Door
from tests.ui.small_council import HIDDEN

WHY = "strategy discussion"
LISTED = "visits_out_of_timescale"


@pytest.fixture
def come(tmp_path, monkeypatch, store, database) -> Callable[..., Door]:
    """The council's door, and the asker of Unit 1 through it."""
    monkeypatch.setenv("CHILDSTAT_DATABASE", database)

    def council(role: str = "asker", *units: str, more: str = ROLES + ASSESSED) -> Door:
        door = signing_in.door(tmp_path, monkeypatch, more)
        door.comes(role, *(units or ("U1",)))
        return door

    return council


def page(name: str, **said: str) -> AppTest:
    run = AppTest.from_file(PAGES / f"{name}.py", default_timeout=30)
    for part, value in said.items():
        run.query_params[part] = value
    return run.run()


def html(run: AppTest) -> str:
    assert not run.exception
    return "".join(element.proto.body for element in run.get("html"))


def child_of(unit: str, number: int = 0) -> dict[str, str]:
    """What the address of one child of a unit says: by the order of the unit's own list."""
    rows = links_to("child", html(page("metric", metric="caseload", month="2016-09", unit=unit)))
    return rows[number][0]


def asked(said: dict[str, str], reason: str | None = WHY) -> AppTest:
    run = page("network", **said)
    run.selectbox[0].set_value(reason)
    return run.button[0].click().run()


def told(text: str) -> set[str]:
    """The adults of whom something is said."""
    return {name for name in ADULTS.values() if name in text}


def test_with_a_reason_linked_adults_are_told_verified_ones_apart_and_nothing_is_before(come):
    door = come()
    said = child_of("U1")
    assert not told(html(page("network", **said))) and not door.events("asked for linked adults")
    answer = html(asked(said))
    assert told(answer) == {VERIFIED, NOT_VERIFIED}
    verified, other = answer.split("Not verified")
    assert told(verified) == {VERIFIED} and told(other) == {NOT_VERIFIED}
    assert "uncle, since 1 February 2016; source: the green ledger" in verified
    assert "Unit 3, Worker Of U3" in verified and "Unit 4, Worker Of U4" in other
    assert '<span class="cs-quiet">aunt, since 1 February 2016, ended 3 May 2016' in other
    assert "case not in source" in answer, "no table of referrals is in it"
    assert "FAM-" not in answer and "KID-" not in answer


def test_the_look_is_in_the_audit_with_child_reason_adults_and_the_families_children(come):
    door = come()
    asked(child_of("U1"))
    (look,) = door.events("asked for linked adults")
    assert look.reason.startswith(f"{WHY}: asked from child KID-U1-")
    assert look.reason.endswith("told of adults PERSON-1, PERSON-2")
    assert (look.unit_id, look.role, look.page) == ("U1", "asker", "network")
    others = {f"KID-{unit}-{number}" for unit in ("U3", "U4") for number in range(3)}
    assert others < door.children_of(look.number) and look.children == len(others) + 1


def test_of_a_restricted_child_s_link_one_sentence_is_told_and_no_unit_count_or_name(come):
    door = come()
    answer = html(asked(child_of("U1")))
    assert "There is a link that you may not see: speak to Priya at the front door." in answer
    body = answer.split("There is a link")[1]
    assert SECRET not in body and HIDDEN not in body and "Unit 2" not in body
    assert "lodger" not in body and "godfather" not in body
    (look,) = door.events("asked for linked adults")
    assert "PERSON-4" not in look.reason
    assert not any("U2" in child for child in door.children_of(look.number))


def test_a_step_further_is_a_new_question_from_one_adult_and_a_new_event(come):
    door = come()
    first = html(asked(child_of("U1")))
    said = next(one for one, _ in links_to("network", first) if "adult" in one)
    assert "PERSON-1" not in said["adult"] and FURTHER not in html(page("network", **said))
    further = html(asked(said))
    assert told(further) == {FURTHER} and "one step further</a>" not in further
    looks = door.events("asked for linked adults")
    assert len(looks) == 2 and "further from adult PERSON-1" in looks[1].reason


def test_an_adult_of_another_family_can_t_be_asked_from_by_writing_an_address(come):
    door = come()
    said = {**child_of("U1"), "adult": "bcdfghjkmnpqrstv"}
    answer = html(asked(said))
    assert "Nothing is shown" in answer and not told(answer)
    assert not door.events("asked for linked adults")


def test_without_a_reason_nothing_is_read(come, monkeypatch):
    come()
    said = child_of("U1")
    monkeypatch.setattr(ui.network.asking, "found_from", lambda *_: pytest.fail("it was read"))
    answer = html(asked(said, None))
    assert "Choose why you ask" in answer and not told(answer)


def test_where_the_event_can_t_be_kept_nothing_is_drawn_and_one_sentence_says_so(come, monkeypatch):
    come()
    said = child_of("U1")

    def full(*_):
        raise Problem("The audit can’t be written.")

    monkeypatch.setattr(ui.network.asking, "note_look", full)
    answer = html(asked(said))
    assert "Nothing is shown: The audit can’t be written." in answer
    assert not told(answer) and 'class="cs-network' not in answer


def test_a_page_that_is_drawn_anew_or_left_has_no_answer_any_more(come):
    come()
    run = asked(child_of("U1"))
    assert not told(repr(run.session_state))
    assert not told(html(run.run()))


def test_who_was_not_given_the_right_opens_no_such_page_and_sees_no_way_to_it(come):
    come("asker", "U1")
    said = child_of("U1")
    assert "Linked adults</a>" in html(page("child", **said))
    door = come("other")
    assert "Linked adults" not in html(page("child", **said))
    refused = page("network", **said)
    assert "not open to you" in html(refused) and not refused.selectbox
    assert not door.events("asked for linked adults")


def test_before_the_day_of_the_council_s_assessment_the_page_says_what_it_must_do(come):
    come(more=ROLES)
    said = child_of("U1")
    closed = page("network", **said)
    assert "data protection impact assessment" in html(closed) and not closed.selectbox
    assert "Linked adults" not in html(page("child", **said))


def test_a_child_of_another_unit_is_asked_from_by_nobody_though_it_was_opened_with_a_reason(come):
    come("asker without names")
    said = child_of("U3")
    come("asker", "U1")
    assert not page("network", child=said["child"]).selectbox
    closer = page("child")
    closer.text_input[0].set_value("KID-U3-0")
    closer.selectbox[0].set_value("transfer between units")
    closer.text_area[0].set_value("They take the family over today")
    opened = closer.button[0].click().run()
    assert "U3" in html(opened) and "Linked adults" not in html(opened)
    code = opened.query_params["child"]
    there = page("network", child=code if isinstance(code, str) else code[0])
    assert not there.selectbox and "leads nowhere" in html(there)


def test_who_sees_no_names_is_told_codes(come):
    come("asker without names")
    answer = html(asked(child_of("U1")))
    assert not told(answer) and "Worker Of" not in answer
    assert "Adult " in answer and "uncle" in answer


def test_where_no_links_were_loaded_the_page_says_that_nobody_can_tell(
    come, small_council, monkeypatch
):
    come()
    monkeypatch.setenv("CHILDSTAT_DATABASE", small_council)
    said = child_of("U1")
    missing = page("network", **said)
    assert "Not in this source" in html(missing) and not missing.selectbox


@pytest.mark.parametrize(
    ("found", "says", "never"),
    [
        ({"too_many": True}, "too many to draw: ask the analyst", "No adult of the family"),
        ({"has_hidden": True}, "There is a link that you may not see", "No adult of the family"),
        ({}, "No adult of the family is linked", "There is a link"),
        ({"only_mothers": True}, "tells of mothers alone", "There is a link"),
    ],
)
def test_what_can_t_be_drawn_is_one_sentence(come, monkeypatch, found, says, never):
    come()
    said = child_of("U1")
    answer = Found("family FAM-U1", families={}, **found)
    monkeypatch.setattr(ui.network.asking, "found_from", lambda *_: answer)
    shown = html(asked(said))
    assert says in shown and never not in shown and "<h2>Verified" not in shown


def test_from_a_restricted_child_nobody_asks(come):
    door = come("asker", "U2")
    pages = [page("network", **child_of("U2", number)) for number in range(3)]
    (closed,) = [one for one in pages if not one.selectbox]
    assert "Restricted record" in html(closed) and not door.events("asked for linked adults")


def test_a_meeting_s_session_opens_no_such_page(come):
    door = come()
    said = child_of("U1")
    claims = Claims("https://issuer.example", "chair", "Chair", roles=("asker of all",))
    door.looks(begin(door.store, claims, SessionLimits(), now(), MEETING)[1])
    shown = page("network", **said)
    assert "meeting" in html(shown) and not shown.selectbox
