"""Each page, opened by its address: what it says, what it hides, and what it says when it can't."""

import re
from html import unescape
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

import pytest

from charts.palette import style_sheet
from metrics.catalogue import CATALOGUE
from metrics.council.boards import boards_of
from metrics.council.words import worded
from tests.ui.addresses import links_to, said_of_row
from tests.ui.small_council import AS_AT, HIDDEN, UNITS, build, council
from tests.worlds import SETTINGS
from ui.pages import PAGES as REGISTER
from ui.pages import Figures

# Pages of the council’s figures; the others are about people who sign in.
NAMES = sorted(page.name for page in REGISTER.values() if page.figures is not Figures.NONE)
ROW = {"metric": "visits_out_of_timescale", "month": "2016-09", "unit": "U2"}


def said_for(opened, page: str) -> dict[str, str]:
    if page == "dispute":
        return said_of_row(opened, page, ROW)
    if page == "child":
        return said_of_row(opened, page, ROW, 3)
    return {"unit": {"unit": "U2"}, "metric": ROW}.get(page, {})


@pytest.fixture(scope="module")
def real_council(tmp_path_factory):
    return build(tmp_path_factory.mktemp("real"), council(invented=False))


@pytest.mark.parametrize("page", NAMES)
def test_every_page_says_as_at_when_and_that_the_data_are_invented(opened, page):
    html = opened(page, **said_for(opened, page))
    assert "as at 14 October 2016" in html
    assert "Invented data" in html


@pytest.mark.parametrize("page", NAMES)
def test_a_page_of_real_data_does_not_say_that_they_are_invented(opened, real_council, page):
    assert "Invented data" not in opened(page, real_council, **said_for(opened, page))


@pytest.mark.parametrize("page", NAMES)
def test_no_address_on_a_page_holds_a_person(opened, page):
    links = " ".join(re.findall(r'href="([^"]*)"', opened(page, **said_for(opened, page))))
    assert links
    assert not re.search(r"KID|WORKER|FAM|Quill|Otto|Peregrine|O'Hara", links)


@pytest.mark.parametrize("page", NAMES)
def test_a_page_tells_its_server_time(opened, page):
    assert re.search(r'data-server-ms="\d+\.\d"', opened(page, **said_for(opened, page)))


def test_a_page_carries_the_colours_that_its_style_sheet_names(opened):
    html = opened("month")
    assert f"<style>{style_sheet()}</style>" in html
    assert html.index("--ink:") < html.index("var(--ink)")


def test_month_links_every_unit_and_metric_to_its_rows(opened):
    first, *others = boards_of(SETTINGS)
    for board in (first, *others):
        on_board = {} if board is first else {"board": board.key}
        html = unescape(opened("month", month="2016-09", **on_board))
        for unit_id, key in product(UNITS, board.metrics):
            said = {"month": "2016-09", **on_board, "metric": key, "unit": unit_id}
            assert f"./metric?{urlencode(said)}" in html


def test_month_gives_the_reason_where_there_is_no_value(opened):
    assert "0 closures with both scores" in opened("month", month="2016-09")


def test_a_month_that_still_runs_is_called_provisional(opened):
    assert "provisional: the month is not over" in opened("month", month="2016-10")
    assert "provisional: not published" in opened("month", month="2016-09")


def test_the_latest_complete_month_is_shown_first(opened):
    assert "ChildStat · September 2016" in opened("month")


def test_a_name_is_shown_as_text_and_never_run(opened):
    html = opened("unit", unit="U2") + opened("metric", **ROW)
    assert "&lt;img src=x onerror" in html
    assert "<img src=x" not in html


def test_a_restricted_child_is_named_nowhere(opened):
    assert HIDDEN not in opened("metric", **ROW) + opened("unit", unit="U2")
    masked = [opened("child", **said) for said, _ in links_to("child", opened("metric", **ROW))]
    assert len(masked) == 3
    assert sum("Restricted record" in html for html in masked) == 1
    assert not any(HIDDEN in html for html in masked)


def test_the_child_of_a_row_is_the_child_that_the_list_names_there(opened):
    html = opened("metric", **ROW)
    links = links_to("child", html)
    assert len(links) == 3
    for said, name in links:
        assert f"<h1>{name}</h1>" in opened("child", **said)


def test_a_child_opened_from_a_work_list_is_the_child_named_there(opened):
    html = opened("unit", unit="U1")
    links = links_to("child", html)
    assert links
    for said, child in links:
        assert said["list"] and f"<h1>{child}</h1>" in opened("child", **said)


def test_metric_shows_the_rows_at_once(opened):
    html = opened("metric", **ROW)
    assert 'id="rows"' in html
    assert html.count("./child?") == 3


def test_definitions_hold_every_metric_standard_and_source(opened):
    html = opened("definitions")
    for metric in CATALOGUE.values():
        assert f'<section id="{metric.key}">' in html
        rule = worded(metric.edge_cases[0], SETTINGS, AS_AT)
        assert rule.replace("'", "&#39;") in html
    assert not re.search(r"\{\w+\}", html)
    assert "regulation 28(2)(a)" in html
    assert "every 4 weeks" in html


@pytest.mark.parametrize(
    ("page", "said", "sentence"),
    [
        ("month", {"month": "2030-03"}, "The nearest month with data is October 2016."),
        ("month", {"month": "2001-01"}, "The nearest month with data is February 2016."),
        ("month", {"month": "September"}, "write it as 2016-09"),
        ("metric", {"metric": "happiness"}, "a metric that ChildStat does not have"),
        ("metric", {"unit": "U99"}, "a unit that is not in the data"),
        ("metric", {"rows": "-1"}, "write it as 1, 2, 3"),
        ("child", {}, "A child is opened from a row"),
        ("child", {**ROW, "child": "bcdfghjkmnpqrstv"}, "leads nowhere now"),
        ("child", {**ROW, "child": "1; drop"}, "not a code that ChildStat made"),
        ("child", {**ROW, "child": "b" * 65}, "not a code that ChildStat made"),
        ("child", {**ROW, "row": "1", "load": "another"}, "of an older kind"),
        ("unit", {"unit": "U1", "worker": "1", "load": "another"}, "of an older kind"),
        ("unit", {"unit": "U1", "worker": "bcdfghjkmnpqrstv"}, "holds no child of the unit now"),
        ("dispute", {**ROW, "doubt": "bcdfghjk"}, "A child is opened from a row"),
        ("metric", {"rows": "9" * 150}, "in 6 digits at most"),
        ("metric", {"list": "x" * 201}, "longer than 200 characters"),
        ("metric", {"y" * 201: "1"}, "longer than 200 characters"),
        ("metric", {str(number): "" for number in range(21)}, "more than 20 parts"),
    ],
)
def test_a_wrong_address_is_told_in_a_sentence_with_a_way_out(opened, page, said, sentence):
    html = opened(page, **said)
    assert sentence in html
    assert "This cannot be shown" in html
    assert 'href="./' in html


def half_written(folder: Path, whole_url: str) -> str:
    file = folder / "half.duckdb"
    whole = Path(whole_url.removeprefix("duckdb:///")).read_bytes()
    file.write_bytes(whole[: len(whole) // 3])
    return f"duckdb:///{file}"


def no_database(folder: Path, _whole_url: str) -> str:
    return f"duckdb:///{folder / 'nothing.duckdb'}"


def garbage(folder: Path, _whole_url: str) -> str:
    (folder / "garbage.duckdb").write_bytes(b"not a database" * 1000)
    return f"duckdb:///{folder / 'garbage.duckdb'}"


def nobody_answers(_folder: Path, _whole_url: str) -> str:
    return "postgresql+psycopg://nobody@127.0.0.1:1/nothing"


@pytest.mark.parametrize("page", NAMES)
@pytest.mark.parametrize("database", [no_database, half_written, garbage, nobody_answers])
def test_a_database_that_cannot_be_read_is_told_in_a_sentence(
    opened, small_council, tmp_path, database, page
):
    html = opened(page, database(tmp_path, small_council), **said_for(opened, page))
    assert "This cannot be shown" in html
    assert "Traceback" not in html
    assert "mistake on this page" not in html


def test_a_new_load_is_shown_without_a_restart(opened, tmp_path, monkeypatch):
    url = build(tmp_path)
    assert "Unit 2" in opened("month", url)
    world = council()
    next(one for one in world.rows["unit"] if one["unit_id"] == "U2")["name"] = "Unit Two"
    build(tmp_path, world)
    assert "Unit Two" in opened("month", url)


def test_work_lists_stand_at_the_data_s_last_day(opened):
    assert f"work as it stands on {AS_AT.day} October 2016" in opened("unit", unit="U1")
