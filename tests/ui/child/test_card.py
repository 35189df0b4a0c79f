"""The stage card stands on a child's page, for who may see the child, and nowhere else."""

import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from data_access.meeting_store.dismissals import AtStage, dismiss, prompt_dismissal
from data_access.meeting_store.transactions import read
from metrics.cards import service
from tests.ui.addresses import links_to
from tests.ui.conftest import PAGES
from tests.ui.segments.families import built, with_cases
from tests.ui.small_council import HIDDEN, STARTED, build, council

ROWS = {"metric": "visits_out_of_timescale", "month": "2016-09"}
PROJECT = Path(__file__).parent.parent.parent.parent


def card(html: str) -> str:
    """What the card says, as text; empty where there is none."""
    found = re.search(r'<section class="cs-card".*?</section>', html, re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0])) if found else ""


def child_of(opened, unit: str, name: str, *database: str) -> str:
    ways = links_to("child", opened("metric", *database, **ROWS, unit=unit))
    return opened("child", *database, **next(said for said, words in ways if words == name))


def test_a_child_in_need_has_a_card_of_facts_with_their_days_and_sources(opened):
    said = card(child_of(opened, "U1", "Peregrine Ashdown U1"))
    for words in (
        "Child in need plan Is it moving, or only open?",
        "Last seen; not recorded as seen alone visits",
        "by the standard visits",
        "30 June 2016 Safety, scored by social worker: 2 on 1 April 2016, 5 on 30 June 2016",
        "1 February 2016 Plan began: 256 days ago",
        "No earlier child protection plan or care in these data plans",
        "2 brothers or sisters held today: Unit 1 (child in need plan) allocations",
    ):
        assert words in said, (words, said)


def test_the_card_stands_before_the_journey(opened):
    html = child_of(opened, "U1", "Peregrine Ashdown U1")
    assert html.index('class="cs-card"') < html.index('class="cs-drawn"')


def test_a_restricted_child_has_no_card_and_is_told_on_no_other_card(opened):
    html = opened("metric", **ROWS, unit="U2")
    closed = [opened("child", **said) for said, words in links_to("child", html) if HIDDEN in words]
    assert all(not card(one) for one in closed)
    said = card(child_of(opened, "U2", "Peregrine Ashdown U2"))
    assert "1 brother or sister held today: Unit 2" in said and HIDDEN not in said


def test_a_brother_held_by_a_unit_that_is_not_open_is_on_no_card(opened, looks, tmp_path):
    world = council()
    for allocation in world.rows["allocation"]:
        if allocation["child_id"] in ("KID-U1-0", "KID-U1-1"):
            allocation["unit_id"] = "U3"
    looks(units=frozenset({"U1"}))
    said = card(child_of(opened, "U1", "Peregrine Ashdown U1", build(tmp_path, world)))
    assert said and "Unit 3" not in said and "held today" not in said


def test_another_unit_s_viewer_receives_no_card(opened, looks):
    ways = links_to("child", opened("metric", **ROWS, unit="U1"))
    looks(units=frozenset({"U2"}))
    for said, _ in ways:
        assert not card(opened("child", **said))


def test_the_service_s_figure_is_told_beside_the_stage(opened, monkeypatch):
    monkeypatch.setattr(service, "_half", lambda told: "In the service half stay 10 days or less")
    said, _ = links_to("child", opened("metric", **ROWS, unit="U1"))[0]
    assert "In the service half stay" in card(opened("child", **said))


def test_who_sees_no_figures_receives_no_card(opened, looks):
    said, _ = links_to("child", opened("metric", **ROWS, unit="U1"))[0]
    looks(figures=frozenset(), units=frozenset({"U1"}))
    assert not card(opened("child", **said))


def test_a_child_in_assessment_has_the_proposal_of_its_family(opened, tmp_path):
    url = _in_assessment(tmp_path)
    said = card(child_of(opened, "U1", "Peregrine Ashdown U1", url))
    assert "Assessment What would change our mind?" in said
    assert "Rules of units: " in said and "segments →" in said


def test_a_proposal_of_a_unit_that_has_closed_says_so(opened, tmp_path):
    world = _assessed_now()
    for unit in world.rows["unit"]:
        if unit["unit_id"] == "U1":
            unit["closed_on"] = date(2016, 10, 14)
    said = card(child_of(opened, "U1", "Peregrine Ashdown U1", build(tmp_path, world)))
    assert "it is a unit which closed on 14 October 2016 segment" in said


def _in_assessment(folder: Path) -> str:
    return build(folder, _assessed_now())


def _assessed_now():
    world = with_cases()
    for plan in world.rows["plan"]:
        if plan["child_id"] == "KID-U1-2":
            plan["ended_on"] = date(2016, 10, 3)
    began = {"child_id": "KID-U1-2", "started_on": date(2016, 10, 3)}
    return world.add("assessment", **began)


def test_a_child_whose_case_is_not_open_has_no_card(opened, tmp_path):
    world = council()
    for plan in world.rows["plan"]:
        if plan["child_id"] == "KID-U1-2":
            plan["ended_on"] = date(2016, 10, 13)
    assert not card(child_of(opened, "U1", "Peregrine Ashdown U1", build(tmp_path, world)))


def test_a_case_without_a_plan_counts_as_to_be_closed_after_the_setting_s_days(
    opened, tmp_path, change_settings
):
    url = built(tmp_path)
    assert "Child in need plan" in card(child_of(opened, "U1", "Peregrine Ashdown U1", url))
    world = council()
    world.add("referral", child_id="KID-U1-2", received_on=date(2016, 1, 4))
    for plan in world.rows["plan"]:
        if plan["child_id"] == "KID-U1-2":
            plan["ended_on"] = date(2016, 10, 3)
    (tmp_path / "ended").mkdir()
    url = build(tmp_path / "ended", world)
    assert "no plan and no assessment" in card(child_of(opened, "U1", "Peregrine Ashdown U1", url))
    change_settings("[viewer]", "[cards]\nclosing_days = 11\n\n[viewer]")
    said = card(child_of(opened, "U1", "Peregrine Ashdown U1", url))
    assert "To be closed" in said and "No open action of a meeting that is told to you" in said


PROMPT = """
[[prompt]]
name = "score"
stage = "CIN"
when = "no_score_for"
number = 28
words = "Ask the family how it sees things."
source = "local"

[[prompt]]
name = "alone"
stage = "CIN"
when = "not_seen_alone_for"
number = 28
words = "See the child alone."
source = "local"

[[prompt]]
name = "long"
stage = "CIN"
when = "stage_lasts"
number = 28
words = "Has the plan changed anything?"
source = "local"

[[prompt]]
name = "other"
stage = "CP"
when = "stage_lasts"
number = 1
words = "Of another stage."
source = "local"

[viewer]"""


def test_at_most_two_prompts_stand_on_the_card_in_the_order_of_the_settings(
    opened, store, change_settings
):
    change_settings("[viewer]", PROMPT)
    said = card(child_of(opened, "U1", "Peregrine Ashdown U1"))
    assert "Ask the family how it sees things. local See the child alone. local" in said
    assert "changed anything" not in said and "another stage" not in said


def test_a_dismissed_prompt_stays_away_is_said_and_makes_room_for_the_next(
    opened, store, change_settings
):
    change_settings("[viewer]", PROMPT)
    of = AtStage("KID-U1-2", "CIN", STARTED)
    dismiss(store, of, "score", "Scored on paper", "Ann")
    said = card(child_of(opened, "U1", "Peregrine Ashdown U1"))
    assert "Ask the family" not in said and "Scored on paper" in said and "by Ann on" in said
    assert "See the child alone." in said and "Has the plan changed anything?" in said
    other = card(child_of(opened, "U1", "Ottoline Marchbanks U1"))
    assert "Ask the family" in other and "Scored on paper" not in other


def test_a_dismissal_of_an_earlier_plan_does_not_hold_for_this_one(opened, store, change_settings):
    change_settings("[viewer]", PROMPT)
    dismiss(store, AtStage("KID-U1-2", "CIN", date(2015, 1, 5)), "score", "Then", "Ann")
    said = card(child_of(opened, "U1", "Peregrine Ashdown U1"))
    assert "Ask the family" in said and "Then" not in said


def test_a_prompt_is_dismissed_by_the_form_below_with_a_reason(opened, store, change_settings):
    change_settings("[viewer]", PROMPT)
    ways = links_to("child", opened("metric", **ROWS, unit="U1"))
    run = AppTest.from_file(PAGES / "child.py", default_timeout=30)
    for name, value in ways[0][0].items():
        run.query_params[name] = value
    run.run()
    run.text_area[0].set_value("")
    run.button[0].click().run()
    assert not _kept(store)
    run.text_area[0].set_value("Scored on paper")
    run.button[0].click().run()
    assert not _kept(store)
    assert "Choose the prompt" in "".join(element.proto.body for element in run.get("html"))
    run.selectbox[0].select_index(0)
    run.button[0].click().run()
    ((prompt, reason, stage),) = _kept(store)
    assert (prompt, reason, stage) == ("score", "Scored on paper", "CIN")
    said = card("".join(element.proto.body for element in run.get("html")))
    assert "Scored on paper" in said and "Ask the family" not in said


def _kept(store) -> list:
    kept = prompt_dismissal.c
    return [tuple(one) for one in read(store, select(kept.prompt, kept.reason, kept.stage))]


def test_who_may_not_note_sees_the_prompts_and_no_form(opened, looks, store, change_settings):
    change_settings("[viewer]", PROMPT)
    looks(acts=frozenset())
    html = child_of(opened, "U1", "Peregrine Ashdown U1")
    assert "Ask the family" in card(html)
    assert "Dismiss it" not in html


@pytest.mark.parametrize("folder", ["ui/room", "exports", "meeting", "ui/meeting"])
def test_nothing_of_the_room_the_meeting_or_a_file_asks_for_a_card(folder):
    for file in (PROJECT / folder).rglob("*.py"):
        said = file.read_text(encoding="utf-8")
        assert not re.search(r"ui\.child\.card|metrics\.cards(?!\.line import STATUS_WORDS)", said)
