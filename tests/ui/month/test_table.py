"""Month's table: a board's metrics and no other, and the actions that are open beside figures."""

import re
from dataclasses import replace
from html import unescape

import pytest

from data_access.settings import Board
from meeting.actions import Noted, close_undone, every_action, note_action
from metrics.catalogue import CATALOGUE
from metrics.council import boards
from metrics.figures import Figures
from metrics.model import Period
from tests.exports.made_up import LOAD, Counted, figures
from tests.ui.small_council import AS_AT, build
from ui.address import Address, WrongAddress, read_address
from ui.month.boards import board_shown, boards_menu
from ui.month.table import in_rows, month_table

BOARDS = (Board("Time & place", ("sickness", "direct_work")), Board("Visits", ("caseload",)))
SAID: tuple[dict[str, str], ...] = ({}, {"board": "two"}, {"board": "one"})
OPEN = re.compile(r'<a class="cs-open" href="([^"]*)"[^>]*aria-label="([^"]*)"[^>]*>([^<]*)<span>')


def of_boards(*boards: Board, **said: str) -> tuple[Address, Figures]:
    made_up = figures(boards=boards)
    return read_address({"month": "2016-09", **said}, made_up), made_up


@pytest.fixture
def few(monkeypatch):
    """A council of six metrics: what no board names stands on one board more."""
    card = {metric.key: metric for metric in CATALOGUE.values() if metric.number <= 6}
    monkeypatch.setattr(boards, "CATALOGUE", card)


def columns(address, made_up) -> list[str]:
    head = str(month_table(address, made_up, {})).split("</thead>")[0]
    return re.findall(r"metric=(\w+)", head)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({}, ["sickness", "direct_work"]),
        ({"board": "time-place"}, ["sickness", "direct_work"]),
        ({"board": "visits"}, ["caseload"]),
    ],
)
def test_a_board_shows_its_metrics_in_its_order_and_no_other(said, shown):
    assert columns(*of_boards(*BOARDS, **said)) == shown


@pytest.mark.parametrize(
    ("number", "in_each"), [(1, [1]), (6, [6]), (7, [4, 3]), (8, [4, 4]), (10, [5, 5])]
)
def test_more_columns_than_have_room_for_their_lines_stand_in_two_tables(number, in_each):
    metrics = [*CATALOGUE.values()][:number]
    assert [len(of_table) for of_table in in_rows(metrics)] == in_each
    assert [metric for of_table in in_rows(metrics) for metric in of_table] == metrics
    shown = Board("Many", tuple(metric.key for metric in metrics))
    html = str(month_table(*of_boards(shown), {}))
    assert html.count("<table") == len(in_each)
    end = html.index("</table>")
    assert html.count('<td role="cell" data-metric="Caseload"') == html.count("<tr", 0, end) - 1


def test_a_board_of_which_nothing_is_in_the_source_says_why_of_each_and_has_no_table():
    why = {"sickness": "Add absences.", "direct_work": "Add the diary."}
    load = replace(LOAD, not_in_source=why)
    address, _ = of_boards(*BOARDS)
    html = str(month_table(address, figures(load=load, boards=BOARDS), {}))
    assert "<table" not in html and "nobody knows" in html
    assert "Add absences." in html and "Add the diary." in html
    one = replace(LOAD, not_in_source={"sickness": "Add absences."})
    assert "<table" in str(month_table(address, figures(load=one, boards=BOARDS), {}))


def test_how_many_there_are_has_no_n_of_its_own_and_a_share_has():
    shown = Board("Two", ("children_looked_after", "sickness"))
    counted: Counted = {"children_looked_after": {"U1": (15, 15)}, "sickness": {"U1": (3, 110)}}
    made_up = figures(counted, boards=(shown,))
    html = str(month_table(read_address({"month": "2016-09"}, made_up), made_up, {}))
    assert re.findall(r">n ([0-9]+)<", html) == ["110", "110"]


def test_coverage_has_no_row_where_none_of_the_figures_has_any():
    for key, rows in (("direct_work", 1), ("children_looked_after", 0)):
        html = str(month_table(*of_boards(Board("One", (key,))), {}))
        assert html.count("<tfoot") == rows


def test_every_cell_names_its_metric_where_columns_have_no_room():
    html = str(month_table(*of_boards(*BOARDS), {}))
    assert html.count('data-metric="Sickness"') == html.count("<tr") - 1


def test_each_board_is_a_link_that_stays_in_the_month_and_one_alone_has_no_menu(few):
    menu = unescape(str(boards_menu(*of_boards(*BOARDS, board="visits"))))
    assert './?month=2016-09&board=time-place" target="_self">Time & place' in menu
    assert './?month=2016-09&board=visits" target="_self" aria-current="true">Visits' in menu
    assert boards_menu(*of_boards()) == ""


def test_an_unknown_board_is_told_with_those_that_there_are(few):
    with pytest.raises(WrongAddress, match="names a board that the settings do not have") as told:
        board_shown(*of_boards(*BOARDS, board="nowhere"))
    assert list(told.value.choices) == ["Time & place", "Visits", "Other figures"]
    assert told.value.choices["Visits"] == "./?month=2016-09&board=visits"


def test_a_board_goes_along_to_other_pages_and_back_and_none_is_said_of_the_first():
    address, _ = of_boards(*BOARDS, board="visits", known="now")
    assert address.link("metric", metric="caseload") == (
        "./metric?month=2016-09&known=now&board=visits&metric=caseload"
    )
    assert "board" not in replace(address, board=None).link("month")


def test_a_board_that_was_asked_for_second_is_not_shown_as_the_first(opened, change_settings):
    boards = '[[board]]\nname = "{}"\nmetrics = ["{}"]\n\n'
    two = boards.format("One", "sickness") + boards.format("Two", "caseload")
    change_settings("[[board]]\n", f"{two}[[board]]\n")
    shown = [re.findall(r'data-metric="([^"]*)"', opened("month", **said))[0] for said in SAID]
    assert shown == ["Sickness", "Caseload", "Sickness"]
    assert "&amp;board=two" in opened("month", board="two").split('cs-page-month"')[1]
    assert "names a board that the settings do not have" in opened("month", board="six")


def test_open_actions_stand_beside_the_figure_that_they_are_about(opened, met):
    found = [tuple(map(unescape, one)) for one in OPEN.findall(opened("month", month="2016-09"))]
    assert found == [
        (
            f"./actions?month=2016-09&metric=sickness&unit={unit}",
            f"1 open action about Sickness, {name}",
            "1",
        )
        for unit, name in (("U2", "Unit 2"), ("U3", "Unit 3"))
    ]


def test_where_a_count_leads_the_figure_s_own_actions_come_first_and_no_other_is_left_out(
    opened, met
):
    html = opened("actions", month="2016-09", metric="sickness", unit="U3")
    heads = re.findall(r"<h2>(?!<)([^<]*)", html)
    assert unescape(heads[0]).strip() == "Open, about Sickness, Unit 3"
    first, others = html.split("<h2>")[1], "".join(html.split("<h2>")[2:])
    assert "ask Unit 3 for a plan" in first and "mend our own" not in first
    assert "mend our own" in others and "ask Unit 3 for a plan" not in others
    assert "Open, about" not in opened("actions", month="2016-09")


def test_an_action_that_was_closed_since_the_page_was_kept_is_counted_no_more(opened, met, store):
    assert len(OPEN.findall(opened("month", month="2016-09"))) == 2
    (ours,) = [one for one in every_action(store) if one.unit_id == "U2"]
    close_undone(store, ours.id, "dropped", "mended already", "Chair")
    assert len(OPEN.findall(opened("month", month="2016-09"))) == 1


def test_who_sees_a_part_is_shown_no_count_of_another_unit_and_none_that_tells_of_a_child(
    opened, met, store, looks
):
    of_a_child = {"child_id": "KID-U2-1", "metric": "sickness", "unit_id": "U2"}
    noted = Noted(
        verb="Do", what="so", owner="A", due_on=AS_AT, look=Period(2016, 10), **of_a_child
    )
    note_action(store, every_action(store)[0].meeting_id, noted, "Chair")
    assert "2 open" in opened("month", month="2016-09")
    looks(figures=frozenset({"U2"}), units=frozenset({"U2"}))
    assert [words for *_, words in OPEN.findall(opened("month", month="2016-09"))] == ["1"]


def test_without_the_meeting_store_figures_stand_without_actions(opened, tmp_path, monkeypatch):
    monkeypatch.setenv("CHILDSTAT_MEETING_STORE", f"sqlite:///{tmp_path}/no/such/folder/m.sqlite")
    html = opened("month", build(tmp_path), month="2016-09")
    assert "cs-month-table" in html and not OPEN.findall(html)
