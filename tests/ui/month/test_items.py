"""Worth the room's time on the page Month: the items, and what is said where there are none."""

import re
from dataclasses import replace
from html import unescape

import pytest

from data_access.settings import Board
from metrics.figures import Figures
from metrics.model import SERVICE, Period, Tally
from tests.exports.made_up import SEPTEMBER
from tests.metrics.test_agenda_rules import JUMP, STEADY, aims_at, council
from ui.address import read_address
from ui.month.items import NONE, UNKNOWN, the_rest, worth_section


def drawn(part, figures: Figures) -> str:
    return str(part(read_address({"month": "2016-09"}, figures), figures))


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def test_an_item_leads_to_its_chart_and_asks_its_question():
    html = drawn(
        worth_section, council({"sickness": STEADY, "sickness__U1": JUMP, "sickness__U2": JUMP})
    )
    assert 'href="./metric?month=2016-09&amp;metric=sickness&amp;unit=U1"' in html
    said = plain(html)
    assert "▼ Concerning Sickness, Unit 1: 60.0%" in said
    assert "Are our people well?" in said
    assert "Concerning: above the usual range" in said
    assert "Also concerning, each in its own way: Unit 2 ." in said


def test_a_target_out_of_reach_is_told_apart_from_what_is_changing():
    html = drawn(worth_section, council({"direct_work": STEADY}, aims_at(50)))
    assert 'class="cs-target"' in html
    assert plain(html).startswith(
        "Worth the room’s time ● Nothing unusual target will not be met without change Direct work,"
    )
    assert "As usual, and not good enough: usual range" in plain(html)


@pytest.mark.parametrize(
    ("lines", "said"),
    [({"sickness": STEADY}, NONE), ({"sickness": STEADY[:3]}, NONE), ({}, UNKNOWN)],
    ids=["usual", "too few months", "no figure at all"],
)
def test_without_an_item_the_page_says_what_that_means(lines, said):
    figures = council(lines)
    known: dict[tuple[str, str | None, Period], Tally] = {("", None, SEPTEMBER): Tally()}
    known |= figures.tallies
    assert said in unescape(drawn(worth_section, replace(figures, tallies=known)))


def test_what_is_folded_is_counted_and_told_apart():
    said = plain(drawn(the_rest, council({"sickness": STEADY, "caseload": STEADY[:5]})))
    assert said.startswith("All other figures: 1 of usual variation, 1 not judged yet")
    assert "Sickness, Service: 22.0% in September 2016. Usual range" in said
    assert "Only 5 months: no limits yet" in said
    assert SERVICE not in said


def test_the_same_items_are_one_line_on_the_other_boards():
    boards = (Board("Card", ("caseload",)), Board("More", ("sickness",)))
    made = council({"sickness": STEADY, "sickness__U1": JUMP})
    made = replace(made, settings=replace(made.settings, boards=boards))
    whole = str(worth_section(read_address({"month": "2016-09"}, made), made))
    brief = str(worth_section(read_address({"month": "2016-09", "board": "more"}, made), made))
    assert "cs-says" in whole and "Concerning: above the usual range" in plain(whole)
    assert "cs-says" not in brief and "metric=sickness&amp;unit=U1" in brief
    assert plain(brief) == "Worth the room’s time ▼ Concerning Sickness, Unit 1: 60.0%"
