"""The meeting's screens and the page Cases, opened by their addresses without a browser."""

import re
from datetime import date
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import unquote

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from data_access import viewer as viewer_module
from data_access.database import changing
from data_access.settings import MEETING_STORE_VARIABLE
from data_access.viewer import local_viewer
from metrics.cards.stages import QUESTIONS
from tests import meetings
from tests.browser.listening import searched
from tests.exports.made_up import settings
from tests.ui.addresses import links_to, said_of_row
from tests.ui.conftest import PAGES
from ui.lists import RESTRICTED_PART, SET_APART
from ui.room.cases import _nobody_yet
from ui.room.child_time import gap_words, gaps_of, picture
from ui.room.frame import NOT_AS_SET, NOT_KNOWN

VISITS = {"metric": "visits_out_of_timescale", "unit": "U2", "month": "2016-09", "screen": "4"}
TODAY = date(2016, 10, 14)
SCREEN = re.compile(r"<h1>(.*?)</h1>")


def cases(room) -> list[dict[str, str]]:
    """What the addresses of the review's cases say: from the list, and from one to the next."""
    said = {one["case"]: one for one, _ in links_to("room", room()) if "case" in one}
    for first in list(said.values()):
        beside = links_to("room", room(**first))
        said |= {one["case"]: one for one, _ in beside if "case" in one}
    return list(said.values())


def a_child(room) -> dict[str, str]:
    return said_of_row(room, "child", VISITS)


def known(room, said: dict[str, str]) -> dict[str, str]:
    """`said` with the code of the first case, or child, in its place."""
    if "case" in said:
        return cases(room)[0]
    if "child" in said:
        rows = room(**VISITS, rows="1")
        return next(one for one, _ in links_to("room", rows) if "child" in one)
    return said


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    return meetings.built(tmp_path_factory.mktemp("named"))


@pytest.fixture(scope="module")
def store(council, tmp_path_factory):
    """A store with a meeting about September, which is not published."""
    url = f"sqlite:///{tmp_path_factory.mktemp('room') / 'meeting.sqlite'}"
    meetings.hold(council, url)
    return url


@pytest.fixture
def room(opened, council, store, monkeypatch):
    monkeypatch.setenv(MEETING_STORE_VARIABLE, store)
    return lambda page="room", **said: opened(page, council, **{"month": "2016-09", **said})


def test_the_last_screen_counts_the_same_figures_as_the_page_month(room):
    month, walk = room("month"), room()
    for words in ("of usual variation", "not judged yet"):
        counted = re.search(rf"(\d+) {words}", month)
        assert f"{counted[1] if counted else 0} {words}" in walk
    assert re.search(r"[1-9]\d* (of usual variation|not judged yet)", month)


def test_every_screen_says_that_settings_changed_since_its_figures_were_counted(
    room, change_settings
):
    assert NOT_AS_SET not in room()
    change_settings("working_days = 2", "working_days = 3")
    walk = room()
    assert walk.count(NOT_AS_SET) == walk.count('class="cs-room-top"') > 1


def test_a_database_from_before_is_not_said_to_rest_on_other_settings(
    opened, store, tmp_path, monkeypatch
):
    url = meetings.built(tmp_path)
    with changing(url) as connection:
        connection.execute(text("DROP TABLE derived_with"))
    monkeypatch.setenv(MEETING_STORE_VARIABLE, store)
    walk = opened("room", url, month="2016-09")
    assert NOT_KNOWN in walk
    assert NOT_AS_SET not in walk


def test_a_figure_of_the_units_leads_to_what_is_behind_it_and_shapes_are_explained(room):
    figures = next(one for one in room().split("<section") if 'class="cs-room-figures"' in one)
    assert "not judged: too few months" in figures
    assert re.search(r'<th scope="col"><a href="[^"]*rows=1', figures)
    assert 'data-key="l"' in figures


def test_a_child_s_time_says_up_to_which_day_it_is_told(room):
    html = room(**cases(room)[0])
    assert re.search(r"<h1>Child [A-Z]\d+, up to \d+ \w+ 2016</h1>", html)
    assert "until today" not in html


def test_no_screen_of_the_room_holds_a_stage_card(room):
    screens = [room(**said) for said in ({}, {"screen": "4", "rows": "1"}, *cases(room))]
    assert len(screens) > 2
    for html in screens:
        assert 'class="cs-card"' not in html
        assert not [question for question in QUESTIONS.values() if question in html]


def test_a_month_without_an_agenda_leads_to_where_it_is_made(room):
    html = room(month="2016-07")
    assert "There is no agenda of July 2016 yet" in html
    assert "./agenda?month=2016-07" in html
    assert "./room?month=2016-09" in html  # which has one
    assert "./cases?month=2016-09" in room("cases", month="2016-07")


def test_the_screens_are_title_agenda_items_in_order_and_the_rest(room):
    titles = SCREEN.findall(room())
    assert titles[0] == "ChildStat · September 2016"
    assert titles[1].endswith("minutes")
    assert "Share fortnightly visits with family support" in titles[2]
    assert "Any other business" in titles
    assert "usual variation" in titles[-1]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"case": "the first"},
        VISITS | {"rows": "1"},
        VISITS | {"metric": "caseload", "rows": "1"},
        VISITS | {"metric": "sickness", "rows": "1"},
        VISITS | {"metric": "direct_work", "rows": "1"},
        VISITS | {"rows": "1", "child": "the first"},
    ],
    ids=str,
)
def test_no_name_id_or_date_of_birth_is_in_what_is_known_now(room, council, said):
    secrets = meetings.secrets_of(council)
    assert searched(room(**known(room, said)), secrets) == set()


def test_the_same_search_finds_them_on_the_page_of_a_child(room, council):
    found = searched(room("child", **a_child(room)), meetings.secrets_of(council))
    assert len(found) >= 4


def test_names_are_not_even_read_for_the_meeting(room, monkeypatch):
    asked = []
    ask = viewer_module.visible

    def noted(query, viewer, *how):
        asked.append(viewer.may_see_names or viewer.may_see_restricted)
        return ask(query, viewer, *how)

    monkeypatch.setattr(viewer_module, "visible", noted)
    opened = {"case": "the first"}, VISITS | {"rows": "1", "child": "the first"}
    for said in ({}, *(known(room, one) for one in opened)):
        room(**said)
    assert asked
    assert not any(asked)
    room("child", **a_child(room))
    assert any(asked), "the same count finds names read for the page of a child"


@pytest.mark.parametrize("metric", ["sickness", "direct_work"])
@pytest.mark.parametrize("unit", [{}, {"unit": "U2"}], ids=["service", "unit"])
def test_no_row_about_one_who_works_is_shown_in_the_room(room, metric, unit):
    html = room(month="2016-09", screen="4", metric=metric, rows="1", **unit)
    assert "Rows about people who work are not shown in the room" in html
    assert not re.search(r"Row \d", html)


def test_a_child_has_one_code_in_the_rows_and_among_the_cases(room):
    rows, walk = room(**VISITS, rows="1"), room()
    codes = set(re.findall(r">Child ([A-Z]\d+)<", rows))
    assert len(codes) == 3
    assert codes <= set(re.findall(r">Child ([A-Z]\d+)<", walk))


def test_a_restricted_child_is_coded_like_others_and_its_story_stays_closed(room):
    pages = [room(**said) for said in cases(room)]
    closed = [page for page in pages if "This record is restricted" in page]
    assert len(closed) == 1
    assert 'class="cs-timeline"' not in closed[0]
    assert all('class="cs-timeline"' in page for page in pages if page not in closed)


@pytest.mark.parametrize("said", [VISITS | {"rows": "1", "row": "1"}, {"case": "1"}], ids=str)
def test_a_place_in_a_list_is_refused_as_of_an_older_kind(room, said):
    assert "This link is of an older kind" in room(**said)


def test_a_child_s_code_is_another_in_the_meeting_than_on_the_other_pages(room):
    in_the_room = known(room, VISITS | {"rows": "1", "child": "the first"})
    assert "leads nowhere now" in room("child", **VISITS, child=in_the_room["child"])
    assert "leads nowhere now" in room(**VISITS, rows="1", child=a_child(room)["child"])


def test_a_case_that_is_not_in_the_review_is_told_in_a_sentence(room):
    assert "no such case now" in room(screen="4", case="bcdfghjkmnpqrstv")


def test_the_key_on_paper_has_the_codes_of_the_room_with_names(room):
    html = room("cases")
    assert "Key on paper" in html
    names = re.findall(r"Child [A-Z]\d+</th><td>(.*?)</td>", html)
    assert len(names) == 4
    assert "Name not shown" in names
    assert any("Thistlewick" in name for name in names)
    assert (
        "3 drawn from 3: Unit 2, child in need plan, any child held today. Draw number 4711."
        in html
    )


def test_cases_are_drawn_by_the_form_and_the_seed_is_written_down(council, tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'meeting.sqlite'}"
    meetings.hold(council, url)
    monkeypatch.setenv(MEETING_STORE_VARIABLE, url)
    monkeypatch.setenv("CHILDSTAT_DATABASE", council)
    run = AppTest.from_file(PAGES / "cases.py", default_timeout=30)
    run.query_params["month"] = "2016-09"
    run.run()
    run.selectbox[0].select("Unit 3").run()
    seed = next(one for one in run.text_input if one.label == "Draw number")
    seed.set_value("today's lottery number")
    run.button[0].click().run()
    html = "".join(element.proto.body for element in run.get("html"))
    assert "3 drawn from 3 by draw number" in html
    assert "Unit 3, every plan, any child held today" in html


def test_a_child_is_taken_to_the_meeting_from_its_own_page(council, tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'meeting.sqlite'}"
    meetings.hold(council, url)
    monkeypatch.setenv(MEETING_STORE_VARIABLE, url)
    monkeypatch.setenv("CHILDSTAT_DATABASE", council)
    run = AppTest.from_file(PAGES / "cases.py", default_timeout=30)
    metric = AppTest.from_file(PAGES / "metric.py", default_timeout=30)
    for name, said in VISITS.items():
        metric.query_params[name] = said
    listed = "".join(element.proto.body for element in metric.run().get("html"))
    for name, said in links_to("child", listed)[0][0].items():
        run.query_params[name] = said
    run.run()
    run.radio[0].set_value("One case in depth").run()
    run.button[0].click().run()
    html = "".join(element.proto.body for element in run.get("html"))
    assert "Chosen, and noted." in html
    assert "Chosen, not drawn." in html


def visit(day: date, seen: bool | None = True):
    return SimpleNamespace(visited_on=day, was_seen=seen)


def clock(started: date, due: date, visited: date | None, running: bool = False):
    return SimpleNamespace(
        clock_started_on=started,
        due_on=due,
        visited_on=visited,
        is_running=running,
        is_missed=due < TODAY and (visited is None or visited > due),
    )


START, DUE, SEEN = date(2016, 3, 1), date(2016, 3, 29), date(2016, 5, 20)


@pytest.mark.parametrize(
    ("visits", "clocks", "gaps"),
    [
        ([visit(SEEN)], [clock(START, DUE, SEEN)], [(START, SEEN)]),
        ([], [clock(START, DUE, None, running=True)], [(START, None)]),
        ([visit(DUE, seen=False), visit(SEEN)], [clock(START, DUE, SEEN)], [(START, SEEN)]),
        ([visit(DUE)], [clock(START, DUE, DUE)], []),
        # Seen in time on a visit that is not the plan's: late for the plan, and no gap.
        ([visit(DUE), visit(SEEN)], [clock(START, DUE, SEEN)], []),
        # The plan ended before anybody came: what is certain is that nobody came by the due date.
        ([], [clock(START, DUE, None)], [(START, DUE)]),
        # Two plans, one gap.
        ([visit(SEEN)], [clock(START, DUE, SEEN), clock(START, DUE, SEEN)], [(START, SEEN)]),
    ],
)
def test_what_is_not_recorded_is_a_gap(visits, clocks, gaps):
    assert gaps_of({"visits": visits, "clocks": clocks}, TODAY) == gaps


def test_a_gap_is_said_with_its_days():
    assert gap_words((START, SEEN), TODAY) == (
        "No visit recorded from 1 March 2016 to 20 May 2016: 80 days"
    )
    assert gap_words((START, None), TODAY).startswith("No visit recorded from 1 March 2016 until")


def test_what_nobody_scored_or_held_is_drawn_as_a_gap():
    held = [
        SimpleNamespace(started_on=START, ended_on=DUE, lead=True, held_by="Unit 2"),
        SimpleNamespace(started_on=SEEN, ended_on=None, lead=True, held_by="Unit 3"),
    ]
    status = SimpleNamespace(started_on=START, ended_on=None, status="CP")
    told: Any = {"statuses": [status], "allocations": held} | dict.fromkeys(
        ("placements", "visits", "scores", "clocks"), ()
    )
    drawn = unquote(picture(told, TODAY, "safety", "social_worker"))
    assert ">no scale score<" in drawn
    assert ">nobody<" in drawn


def test_who_held_the_child_too_shortly_for_a_name_on_the_screen_is_named_under_it():
    first, then = date(2016, 3, 1), date(2016, 3, 5)
    held = [
        SimpleNamespace(started_on=first, ended_on=then, lead=True, held_by="Front door"),
        SimpleNamespace(started_on=then, ended_on=None, lead=True, held_by="Unit 3"),
    ]
    status = SimpleNamespace(started_on=first, ended_on=None, status="CP")
    told: Any = {"statuses": [status], "allocations": held} | dict.fromkeys(
        ("placements", "visits", "scores", "clocks"), ()
    )
    drawn = unquote(picture(told, TODAY, "safety", "social_worker"))
    assert "Front door<" not in drawn
    assert "too narrow for a name: Front door from 1 March 2016" in drawn


@pytest.mark.parametrize("is_meeting", [False, True])
def test_where_nobody_is_drawn_the_sentence_leads_to_where_one_is_for_whoever_may(is_meeting):
    page = SimpleNamespace(
        looking=SimpleNamespace(is_meeting=is_meeting),
        viewer=local_viewer(settings()),
        address=SimpleNamespace(link=lambda name: f"./{name}"),
    )
    said = str(_nobody_yet(cast(Any, SimpleNamespace(page=page))))
    assert ('href="./cases"' in said) is not is_meeting
    assert "the analyst draws on" in said


def test_a_timeline_with_all_that_it_can_have_fits_the_smaller_projector():
    spell = {"started_on": START, "ended_on": None}
    told: Any = {
        "statuses": [SimpleNamespace(**spell, status="CLA")],
        "allocations": [SimpleNamespace(**spell, lead=True, held_by="Unit 2")],
        "placements": [SimpleNamespace(**spell, kind="foster care")],
        "visits": [SimpleNamespace(visited_on=SEEN, was_seen=True, recorded_on=SEEN)],
        "clocks": [clock(START, DUE, SEEN)],
        "scores": [
            SimpleNamespace(scored_on=SEEN, scale=scale, rater=rater, score=5.0)
            for scale in ("danger", "safety", "wellbeing")
            for rater in ("social_worker", "parent")
        ],
    }
    drawn = unquote(picture(told, TODAY, "safety", "social_worker"))
    assert [float(height) for height in re.findall(r"viewBox='0 0 1200 (\d+)'", drawn)] <= [400]
    assert ">Safety<" in drawn
    assert ">Danger<" in drawn
    assert "4 scores by others or on other scales not drawn" in drawn


def test_a_long_list_shows_sums_first_and_children_after(room):
    service = {"metric": "visits_out_of_timescale", "month": "2016-09", "screen": "4"}
    first, second = room(**service, rows="1"), room(**service, rows="2")
    assert "Sums first" in first
    assert "Child " not in first.split("<h1>")[1]
    assert re.search(r"Unit 2</th>", first)
    assert re.search(r">Service</th>", first)
    assert "rows=2" in first
    assert "Sums first" not in second
    assert re.search(r"Child [A-Z]\d", second)
    assert "the sums" in second


def test_the_room_s_sums_set_restricted_records_apart_whoever_looks(room, looks, monkeypatch):
    looks(may_see_restricted=True)
    monkeypatch.setattr("ui.room.rows.ROWS_ON_A_SCREEN", 1)
    sums = room(**VISITS, rows="1")
    assert "Sums first" in sums
    assert re.search(rf">{RESTRICTED_PART}</th>", sums) and SET_APART in sums


def test_a_short_list_shows_its_children_at_once(room):
    assert "Sums first" not in room(**VISITS, rows="1")
    assert re.search(r"Child [A-Z]\d", room(**VISITS, rows="1"))


def test_once_an_action_is_noted_the_item_is_back_and_the_room_is_told(room):
    assert "Noted" not in room()  # which also says which council is opened
    app = AppTest.from_file(PAGES / "room.py", default_timeout=30)
    for name, value in {"month": "2016-09", "screen": "4", "note": "1"}.items():
        app.query_params[name] = value
    app.run()
    app.text_input[0].set_value("Unit 1 will see every child by 30 November")
    next(one for one in app.button if one.label == "Note it").click()
    app.run()
    assert "note" not in app.query_params
    html = "".join(element.proto.body for element in app.get("html"))
    fourth = next(one for one in html.split("<section") if 'data-at="4"' in one)
    assert "hidden" not in fourth.split(">")[0]
    assert "Noted: See every child. Unit 1, due 30 November 2016." in fourth
    assert html.count("Noted: ") == 1
    assert not app.text_input
