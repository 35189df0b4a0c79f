"""Remarks: said on any page, told to who said it and to the analysts, who answer."""

import pytest

from data_access.viewer import Act
from meeting.learning.remarks import every_remark
from tests.ui.learning.test_lessons_page import choose, html, press
from tests.ui.learning.test_lessons_page import page as page
from tests.ui.small_council import HOSTILE

SAID = "Say it"
WHICH = "Answer which"
ANSWERED = "Answer it"


def said(app, words, button):
    app.text_area[0 if button == SAID else -1].set_value(words)
    return press(app, button)


def test_on_every_page_is_the_way_to_say_something_of_it_and_no_child_is_in_it(opened):
    body = opened("metric", metric="sickness", unit="U2", month="2016-09")
    assert "./remarks?month=2016-09&amp;about=metric&amp;metric=sickness&amp;unit=U2" in body
    assert "child=" not in body.split("./remarks")[1].split('"')[0]


def test_a_remark_is_kept_with_its_place_and_answered_by_an_analyst(page, store):
    told = said(page("remarks", about="metric", metric="sickness", unit="U2"), HOSTILE, SAID)
    assert "Your remark is with the analysts." in html(told) and "<img" not in html(told)
    (kept,) = every_remark(store)
    assert (kept.place.page, kept.place.metric, kept.place.unit_id) == ("metric", "sickness", "U2")
    answering = page("remarks")
    choose(answering, WHICH, HOSTILE)
    answered = html(said(answering, "It is mended", ANSWERED))
    assert "It is mended" in answered and "0 without an answer" in answered


@pytest.mark.parametrize(("words", "button"), [("  ", SAID), (" ", ANSWERED)])
def test_without_words_nothing_is_kept(page, store, words, button):
    said(page("remarks"), "What is this?", SAID)
    answering = page("remarks")
    choose(answering, WHICH, "What is this?")
    assert "needs words" in html(said(answering, words, button))
    (kept,) = every_remark(store)
    assert not kept.answers


def test_a_remark_is_told_to_nobody_else_who_is_no_analyst(page, store, looks):
    looks(person="Ann", acts=frozenset({Act.NOTE}))
    assert "Secretly" in html(said(page("remarks"), "Secretly", SAID))
    looks(person="Bob", acts=frozenset({Act.NOTE}))
    other = page("remarks")
    assert "Secretly" not in html(other) and "No remark is made yet." in html(other)
    assert not any(one.label == ANSWERED for one in other.button)


def test_a_page_that_is_none_of_ours_is_not_named(page, store):
    said(page("remarks", about="<script>"), "What is this?", SAID)
    (kept,) = every_remark(store)
    assert kept.place.page == "remarks"


def test_an_answer_goes_to_the_remark_that_was_chosen_though_another_came_meanwhile(page, store):
    said(page("remarks"), "The first", SAID)
    answering = page("remarks")
    choose(answering, WHICH, "The first")
    said(page("remarks"), "The second", SAID)
    answering = said(answering, "Of the first", ANSWERED)
    second, first = every_remark(store)
    assert [one.words for one in first.answers] == ["Of the first"] and not second.answers


def test_no_remark_is_answered_that_nobody_chose(page, store):
    said(page("remarks"), "The first", SAID)
    assert "Choose which remark" in html(said(page("remarks"), "Of none", ANSWERED))
    (kept,) = every_remark(store)
    assert not kept.answers
