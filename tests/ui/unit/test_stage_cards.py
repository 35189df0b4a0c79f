"""The stage cards of a unit's lists: as on each child's page, asked of all at once, and guarded."""

import re
from datetime import date

import pytest

from access.audit.events import What
from data_access.meeting_store.dismissals import AtStage, dismiss
from tests.ui.addresses import links_to
from tests.ui.child.test_card import PROMPT, card
from tests.ui.segments.families import with_cases
from tests.ui.small_council import HIDDEN, build
from ui.unit import cards

U1 = ("Zebedee Quillfeather U1", "Ottoline Marchbanks U1", "Peregrine Ashdown U1")


@pytest.fixture(scope="module")
def stages(tmp_path_factory) -> str:
    """Unit 1's children: on a CP plan, in assessment, and with nothing open but the referral."""
    world = with_cases()
    for plan in world.rows["plan"]:
        if plan["child_id"] == "KID-U1-0":
            plan["kind"] = "CP"
        if plan["child_id"] in ("KID-U1-1", "KID-U1-2"):
            plan["ended_on"] = date(2016, 9, 5)
    world.add("assessment", child_id="KID-U1-1", started_on=date(2016, 10, 3))
    return build(tmp_path_factory.mktemp("stages"), world)


def section(html: str) -> str:
    return html.split('<section id="cards">')[1].split("<section id=")[0]


def cards_by_name(html: str) -> dict[str, str]:
    """What each card says below the child's name."""
    found = {}
    for one in re.findall(r'<section class="cs-card".*?</section>', section(html), re.S):
        name, said = card(one).strip().split(" · ", 1)
        found[name] = said.strip()
    return found


def of_worker(opened, database: str, unit: str) -> dict[str, str]:
    """The address of the cards of all whom the unit's worker holds."""
    ways = links_to("unit", opened("unit", database, unit=unit))
    worker = next(said for said, words in ways if words == f"Worker Of {unit}" and "worker" in said)
    ways = links_to("unit", opened("unit", database, **worker))
    return next(said for said, words in ways if said.get("cards") == "held")


def test_each_card_of_a_list_says_what_the_child_s_own_page_says(
    opened, store, stages, change_settings
):
    prompts = PROMPT.replace('stage = "CIN"', 'stage = "closing"')
    rests_on_plans = 'when = "earlier_protection_plan"'
    change_settings(
        "[viewer]", prompts.replace('when = "stage_lasts"\nnumber = 28', rests_on_plans)
    )
    dismiss(store, AtStage("KID-U1-2", "closing", date(2016, 9, 5)), "score", "On paper", "Ann")
    listed = cards_of(opened, stages, "U1")
    assert sorted(listed) == sorted(U1)
    assert {said.split(" ", 2)[0] for said in listed.values()} == {"Child", "Assessment", "To"}
    assert "by Ann on" in listed["Peregrine Ashdown U1"]
    assert "Rules of units: " in listed["Ottoline Marchbanks U1"]


def test_a_child_has_on_its_card_nothing_of_another_of_the_list(opened, stages):
    assert len(cards_of(opened, stages, "E")) == 3


def cards_of(opened, database: str, unit: str) -> dict[str, str]:
    """The cards of all whom the unit's worker holds, each the same as on the child's page."""
    html = opened("unit", database, **of_worker(opened, database, unit))
    listed = cards_by_name(html)
    for said, words in links_to("child", section(html)):
        assert card(opened("child", database, **said)).strip() == listed[words]
    return listed


@pytest.mark.parametrize("listed", ["overdue", "no_record_yet", "due_soon"])
def test_each_work_list_leads_to_the_cards_of_its_children(opened, small_council, listed):
    html = opened("unit", unit="U1")
    ways = [said for said, words in links_to("unit", html) if said.get("cards") == listed]
    rows = html.split(f'<section id="{listed}">')[1].split("</section>")[0]
    names = {words for _, words in links_to("child", rows) if words in U1}
    assert len(ways) == bool(names)
    for said in ways:
        assert set(cards_by_name(opened("unit", **said))) == names


def test_a_restricted_child_has_no_card_in_a_list_and_is_on_no_other(opened, stages):
    html = opened("unit", stages, **of_worker(opened, stages, "U2"))
    assert len(cards_by_name(html)) == 2
    assert HIDDEN not in html and "1 restricted record has no card for you" in section(html)
    assert all("brother or sister held" in said for said in cards_by_name(html).values())
    assert all(not said.count("2 brothers") for said in cards_by_name(html).values())


def test_another_unit_s_viewer_receives_no_card(opened, looks, stages):
    said = of_worker(opened, stages, "U1")
    looks(units=frozenset({"U2"}))
    for asked in (said, {"unit": "U1", "cards": "overdue"}, {"unit": "U1", "cards": "due_soon"}):
        html = opened("unit", stages, **asked)
        assert not any(name in html for name in U1) and 'class="cs-card"' not in html


def test_every_card_is_written_down_as_a_child_that_was_opened_and_the_list_alone_is_not(
    opened, door, stages
):
    door.comes("consultant", is_worker_of="U1")
    said = of_worker(opened, stages, "U1")
    assert not door.events(What.OPENED_CHILD)
    opened("unit", stages, **said)
    (shown,) = door.events(What.OPENED_CHILD)
    assert (shown.page, shown.unit_id) == ("unit", "U1")
    assert door.children_of(shown.number) == {"KID-U1-0", "KID-U1-1", "KID-U1-2"}


def test_a_long_list_shows_its_cards_in_parts(opened, stages, monkeypatch):
    monkeypatch.setattr(cards, "CARDS_AT_ONCE", 2)
    html = opened("unit", stages, **of_worker(opened, stages, "U1"))
    first = cards_by_name(html)
    assert "part 1 of the list" in section(html) and "before" not in section(html)
    said = next(said for said, words in links_to("unit", section(html)) if "next" in words)
    html = opened("unit", stages, **said)
    last = cards_by_name(html)
    assert [len(first), len(last), len(first | last)] == [2, 1, 3]
    assert "next" not in section(html)
    said = next(said for said, words in links_to("unit", section(html)) if "before" in words)
    assert cards_by_name(opened("unit", stages, **said)) == first


def test_a_list_that_is_not_there_says_so(opened, small_council):
    wrong = opened("unit", unit="U1", cards="everybody")
    assert "No list of Unit has the name" in wrong and "<h1>Unit" not in wrong
    assert {said["cards"] for said, _ in links_to("unit", wrong) if "cards" in said} == {
        *("overdue", "no_record_yet", "due_soon", "review_overdue", "review_due_soon")
    }
    assert "Choose a worker" in opened("unit", unit="U1", cards="held")


def test_the_cards_of_a_list_without_a_row_say_that_there_is_none(opened, small_council):
    said = section(opened("unit", unit="U1", cards="review_overdue"))
    assert "<p>None.</p>" in said and "No row of this list" not in said


def test_the_cards_stay_open_where_a_list_is_put_in_order_and_after_a_child_was_opened(
    opened, stages
):
    asked = of_worker(opened, stages, "U1")
    html = opened("unit", stages, **asked)
    sorting = [said for said, _ in links_to("unit", html) if "sort" in said]
    assert sorting and all(said.get("cards") == "held" for said in sorting)
    said, _ = links_to("child", section(html))[0]
    back = links_to("unit", opened("child", stages, **said))
    assert any(
        words == "← back to the stage cards" and way["cards"] == "held" and "worker" in way
        for way, words in back
    )


def test_a_child_without_an_open_case_is_said_to_have_none(opened, tmp_path):
    world = with_cases()
    for table, day in (("plan", "ended_on"), ("referral", "closed_on")):
        for row in world.rows[table]:
            if row["child_id"] == "KID-U1-0":
                row[day] = date(2016, 10, 3)
    url = build(tmp_path, world)
    html = opened("unit", url, **of_worker(opened, url, "U1"))
    assert len(cards_by_name(html)) == 2 and "1 child with no open case." in section(html)
