"""Help: everybody's own part of the guide, from every page."""

from dataclasses import replace

import pytest

from access.roles import roles_of
from data_access.viewer import Act, Viewer, local_viewer
from tests.worlds import SETTINGS
from ui.help.guide import GUIDE, PICTURE, WHOSE, guide, own_and_others, words_and_pictures
from ui.pages import PAGES, Figures
from ui.turning.front import COMING, coming

EVERYWHERE = sorted(page.name for page in PAGES.values() if page.in_menu and page.name != "room")


def of_role(name: str) -> Viewer:
    """Somebody of Unit 1 who has the role as it is shipped."""
    role = next(one for one in SETTINGS.roles if one.name == name)
    return Viewer(
        name,
        units=frozenset() if role.units == "none" else frozenset({"U1"}),
        may_see_names=role.names,
        acts=frozenset(Act(one) for one in role.acts),
        own_children="W1" if role.own_children else None,
    )


@pytest.mark.parametrize(
    ("role", "part"),
    [
        ("director", "The director"),
        ("consultant social worker", "The consultant social worker"),
        ("social worker", "The social worker"),
        ("analyst", "The analyst"),
        ("auditor", "The administrator and the auditor"),
        ("administrator", "The administrator and the auditor"),
    ],
)
def test_each_role_as_shipped_is_told_its_own_part(role, part):
    assert len(roles_of(SETTINGS)) == 6
    own, others = own_and_others(of_role(role))
    assert part in [one.whose for one in own]
    assert {one.whose for one in own} | {one.whose for one in others} == set(WHOSE)


def test_a_social_worker_is_told_nothing_of_what_only_others_may_do_first():
    own, _ = own_and_others(of_role("social worker"))
    assert [one.whose for one in own] == ["The social worker"]


def test_the_guide_has_a_part_for_each_that_the_page_knows_and_no_other():
    assert [part.whose for part in guide()[1]] == list(WHOSE)


def test_words_and_pictures_stand_in_the_guide_s_order_and_nothing_is_lost():
    said = "One.\n\n![A <b>picture</b>](pictures/none.png)\n\nTwo."
    first, drawn, last = words_and_pictures(said)
    assert (first, last) == ("One.", "Two.")
    assert "&lt;b&gt;picture" in drawn


def test_every_picture_of_the_guide_is_there_and_small():
    named = [found["file"] for found in PICTURE.finditer(GUIDE.read_text(encoding="utf-8"))]
    assert named
    assert all((GUIDE.parent / one).stat().st_size < 150_000 for one in named)


@pytest.mark.parametrize(
    "page", [name for name in EVERYWHERE if PAGES[name].figures is not Figures.NONE]
)
def test_every_page_leads_to_help(opened, page):
    assert '<a href="./help"' in opened(page)


def test_help_opens_for_who_sees_no_figures_and_names_no_month(opened):
    html = opened("help")
    assert "<h1>How to use ChildStat</h1>" in html
    nobody = replace(local_viewer(SETTINGS), figures=frozenset(), units=frozenset())
    assert PAGES["help"].is_open_to(nobody)


def test_whoever_opens_a_page_is_told_what_is_coming():
    assert COMING.keys() == PAGES.keys()
    assert coming("help") == "Help is coming: how to use ChildStat."


def test_a_page_that_cannot_be_shown_leads_to_help_too(opened):
    html = opened("metric", metric="no such metric")
    assert "This cannot be shown" in html
    assert '<a href="./help"' in html
