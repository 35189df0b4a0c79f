"""Compare: what it opens with, what it says of two groups, what it refuses, what it freezes."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from urllib.parse import unquote

import pytest
from streamlit.testing.v1 import AppTest

from data_access.database import connect
from data_access.guard.adding_up import sees_all
from data_access.meeting_store.comparisons import comparisons
from data_access.meeting_store.transactions import read
from data_access.problems import NotAllowed, Problem
from data_access.viewer import local_viewer
from meeting.comparing import SIDE, ask, before, every_comparison, publish, what_is_told
from metrics.compare.counting import Side
from metrics.compare.outcomes import OUTCOMES
from metrics.figures import read_figures
from tests.ui.addresses import links_to
from tests.ui.compare.conftest import FIRST, QUESTION, UNTIL
from tests.ui.conftest import PAGES
from tests.ui.small_council import HIDDEN
from tests.worlds import SETTINGS

NO_TAGS = re.compile(r"<style.*?</style>|<[^>]*>", re.DOTALL)


def text(html: str) -> str:
    return unescape(NO_TAGS.sub(" ", html))


@pytest.fixture
def page(opened, cases_council):
    """The page as text, of the comparison or of none."""
    return lambda one=None, **said: text(
        opened("compare", cases_council, **({"comparison": one.code} if one else {}), **said)
    )


@pytest.fixture
def load(cases_council):
    return read_figures(connect(cases_council), SETTINGS).load


def test_it_opens_with_the_evaluation_s_own_comparison_counted_again(page, store):
    said = page()
    for told in (
        "12% of 243 (28–30)",
        "21% of 300 (62–64)",
        "22% of 243 (53–54)",
        "41% of 300 (122–124)",
        "2% of 243 (4–6)",
        "4% of 300 (11–13)",
        "41% becomes 22.3%",
        "with exactly the same rate and half the follow-up",
    ):
        assert told in said
    assert "None has been asked yet." in said


def test_it_says_how_long_each_was_followed_before_what_is_told(page, asked):
    said = page(asked)
    follow_up = said.index("Unit 1: 30 cases entered, January 2015 to February 2015")
    assert follow_up < said.index("By 12 months 33% (")
    assert "of those of East area 50% (" in said
    assert "not told apart" in said
    assert "So many cases tell" in said and "One as large as this would take" in said
    assert "One case is 3.3 points of Unit 1 and 1.7 of East area." in said
    assert "Asked by Ann" in said and "As at 14 October 2016" in said
    assert QUESTION in said


def test_the_share_so_far_is_crossed_through_and_never_set_beside_another(
    opened, cases_council, asked
):
    html = opened("compare", cases_council, comparison=asked.code)
    assert re.findall(r"<s>([^<]*)</s>", html) == ["33%, 10 of 30", "50%, 30 of 60"]
    assert "unequal follow-up" in html


def test_the_curves_say_how_many_are_still_followed_beneath_them(opened, cases_council, asked):
    html = opened("compare", cases_council, comparison=asked.code)
    drawing = unquote(html.split('<img class="cs-drawn-wide"')[1].split('">')[0])
    beneath = drawing.split("still followed")[1]
    # Ten of 30 are closed after a hundred days; the others were followed for 594 to 632.
    numbers = re.findall(r">(\d+)</text", beneath)
    assert numbers[:9] == ["30", "30", *["20"] * 5, "0", "0"]


def test_a_restricted_child_is_counted_and_like_nobody(page, asked):
    """One alone would be told by its number: there are fewer than six, and no word why."""
    said = " ".join(page(asked).split())
    alike = "30 cases of Unit 1 are set beside cases of East area of the same need, level and age"
    assert f"{alike} at entry, but for fewer than 6 that have no like." in said
    assert "others, fewer than 6 of each fewer than 6" in said
    assert "restricted" not in said and HIDDEN not in said


def test_it_names_no_child(opened, cases_council, asked):
    html = opened("compare", cases_council, comparison=asked.code)
    assert not re.search(r"KID-|Quillfeather|F-U1|R-KID", html)


def test_the_list_leads_to_the_comparison_and_the_address_opens_it_again(
    opened, cases_council, asked
):
    ways = links_to("compare", opened("compare", cases_council))
    (said,) = [said for said, words in ways if words == "Unit 1 beside East area: closed"]
    assert said["comparison"] == asked.code
    assert "By 12 months 33%" in text(opened("compare", cases_council, **said))


def test_an_address_of_none_is_refused_in_one_sentence(page, store):
    assert "There is no comparison of this address" in page(comparison="abcdef")


@pytest.mark.parametrize(
    ("rights", "is_told"),
    [
        ({"units": frozenset({"U1"})}, False),
        ({"own_children": "WORKER-U1"}, False),
        ({"may_see_restricted": True}, True),
        ({"may_see_names": False}, True),
    ],
)
def test_until_it_is_published_it_is_counted_for_who_sees_every_unit_s_children(
    page, asked, looks, rights, is_told
):
    looks(**rights)
    said = page(asked)
    assert ("By 12 months 33%" in said) == is_told
    assert ("not all of them are open to you" in said) != is_told


def test_once_published_it_is_told_to_whom_its_units_figures_are_open(
    page, asked, looks, store, cases_council, load
):
    publish(store, connect(cases_council), local_viewer(SETTINGS), load, asked)
    looks(units=frozenset({"U1"}), figures=frozenset({"U1", "E"}))
    assert "By 12 months 33%" in page(asked)
    looks(units=frozenset({"U1"}), figures=frozenset({"U1"}))
    assert "There is no comparison of this address" in page(asked)
    assert QUESTION not in page() and "East area" not in page()


def test_everybody_is_told_the_same_whether_they_may_see_restricted_records_or_not(
    cases_council, asked, load
):
    engine, anybody = connect(cases_council), local_viewer(SETTINGS)
    told = [
        what_is_told(engine, sees_all(replace(anybody, may_see_restricted=may)), load, asked)
        for may in (True, False)
    ]
    assert told[0] == told[1]


def test_a_published_one_stays_as_it_was_when_the_data_change(
    opened, page, asked, store, cases_council, changed_council, load
):
    publish(store, connect(cases_council), local_viewer(SETTINGS), load, asked)
    was = page(asked)
    assert "Published by" in was and "not changed since" in was
    now = text(opened("compare", changed_council, comparison=asked.code))
    assert "By 12 months 33%" in now
    assert now.split("Asked by")[1] == was.split("Asked by")[1]


def test_one_that_is_not_published_is_counted_anew_by_each_load(
    opened, page, asked, changed_council
):
    assert "By 12 months 33%" in page(asked)
    assert "By 12 months 0%" in text(opened("compare", changed_council, comparison=asked.code))


def test_a_young_comparison_is_titled_too_early_with_its_day(cases_council, asked, load):
    young = replace(load, data_to=date(2015, 9, 1))
    told = what_is_told(connect(cases_council), sees_all(local_viewer(SETTINGS)), young, asked)
    # Half of the sixty had entered by 28 February 2015.
    assert told["headline"].startswith("Too early to say before 28 February 2016. Unit 1 beside")
    assert told["follow_up"][0].startswith(
        "Too early to say: only on 28 February 2016 will half of the cases of each have been"
        " followed for 12 months"
    )
    assert told["is_early"] and told["at"][2][5] == "nothing told"


def test_entries_before_the_data_begin_are_refused(store, load):
    early = Side("Unit 1", ("U1",), date(2013, 1, 1), UNTIL)
    other = replace(early, name="East area", units=("E",))
    said = {"question": QUESTION, "kind": SIDE, "outcome": "closed"}
    with pytest.raises(Problem, match="everything from 1 January 2014 on"):
        ask(store, load, (early, other), said, "Ann")
    with pytest.raises(Problem, match="everything from 1 January 2014 on"):
        ask(
            store,
            load,
            (replace(early, first=FIRST), before(replace(early, first=date(2014, 3, 1)), "before")),
            said,
            "Ann",
        )


def test_an_outcome_that_is_not_in_the_source_is_refused(store, load):
    without = replace(load, not_in_source={"step_down": "Add plans."})
    both = Side("Unit 1", ("U1",), FIRST, UNTIL), Side("East area", ("E",), FIRST, UNTIL)
    said = {"question": QUESTION, "kind": SIDE, "outcome": "stepped_down"}
    with pytest.raises(Problem, match="don’t say when a case was stepped down. Add plans."):
        ask(store, without, both, said, "Ann")


@pytest.mark.parametrize("part", [{"units": frozenset({"U1", "E"})}, {"own_children": "Ann"}])
def test_what_is_counted_of_all_children_is_refused_to_who_sees_a_part(part):
    with pytest.raises(NotAllowed):
        sees_all(replace(local_viewer(SETTINGS), **part))


@pytest.fixture
def run(cases_council, store, monkeypatch):
    """The page as somebody uses it."""

    def page(**said) -> AppTest:
        monkeypatch.setenv("CHILDSTAT_DATABASE", cases_council)
        found = AppTest.from_file(PAGES / "compare.py", default_timeout=30)
        for name, value in said.items():
            found.query_params[name] = value
        return found.run()

    return page


def html_of(of: AppTest) -> str:
    return text("".join(element.proto.body for element in of.get("html")))


def ask_after(form: AppTest, outcome: str = "closed") -> AppTest:
    """Chooses the outcome and says that the question asks after it."""
    form.selectbox[0].set_value(OUTCOMES[outcome]).run()
    form.checkbox[0].check()
    return form


def press(of: AppTest, begins: str) -> AppTest:
    next(one for one in of.button if one.label.startswith(begins)).click()
    return of.run()


def test_asking_writes_it_down_and_opens_it(run, store):
    form = ask_after(run())
    form.text_input[0].set_value(QUESTION)
    form.multiselect[0].set_value(["U1"])
    form.multiselect[1].set_value(["E"])
    form.date_input[0].set_value(FIRST)
    form.date_input[1].set_value(date(2015, 6, 30))
    done = press(form, "Ask it")
    (one,) = every_comparison(store)
    assert (one.question, one.own.units, one.other.units) == (QUESTION, ("U1",), ("E",))
    assert (one.own.first, one.own.until, one.asked_by) == (FIRST, UNTIL, "Local viewer")
    assert "Asked, and written down" in html_of(done) and "By 12 months 33%" in html_of(done)


def test_where_no_other_is_named_all_others_are_but_the_front_door(run, store):
    form = ask_after(run())
    form.text_input[0].set_value(QUESTION)
    form.multiselect[0].set_value(["U1"])
    press(form, "Ask it")
    (one,) = every_comparison(store)
    assert set(one.other.units) == {"U2", "U3", "U4", "E", "W"}


def test_the_same_units_are_compared_over_as_many_days_before(run, store):
    form = ask_after(run())
    form.text_input[0].set_value(QUESTION)
    form.radio[0].set_value("the same units, over as many months before")
    form.date_input[0].set_value(FIRST)
    form.date_input[1].set_value(date(2015, 6, 30))
    press(form, "Ask it")
    (one,) = every_comparison(store)
    assert one.own.units == one.other.units == ("U1",)
    assert (one.other.until, (one.other.until - one.other.first).days) == (FIRST, 181)


def test_a_question_without_words_is_refused_on_the_page(run, store):
    assert "its question has no words" in html_of(press(ask_after(run()), "Ask it"))
    assert every_comparison(store) == []


def test_no_outcome_is_taken_that_nobody_chose(run, store):
    form = run()
    form.text_input[0].set_value(QUESTION)
    assert not form.checkbox
    assert "Choose the outcome that the question asks after" in html_of(press(form, "Ask it"))
    assert every_comparison(store) == []


def test_an_outcome_is_taken_once_somebody_says_that_the_question_asks_after_it(run, store):
    form = run()
    form.selectbox[0].set_value(OUTCOMES["re_referred"]).run()
    form.text_input[0].set_value(QUESTION)
    assert "how many cases were re-referred" in form.checkbox[0].label
    assert "the day on which they were closed" in form.checkbox[0].label
    assert "Say that the question asks after the outcome" in html_of(press(form, "Ask it"))
    assert every_comparison(store) == []
    form.checkbox[0].check()
    press(form, "Ask it")
    assert [one.outcome.key for one in every_comparison(store)] == ["re_referred"]


def test_publishing_on_the_page_freezes_it_once(run, store, asked):
    done = press(run(comparison=asked.code), "Freeze it")
    assert "Published: its figures and words stay as they are." in html_of(done)
    assert not [one for one in done.button if one.label == "Freeze it"]
    (row,) = read(store, comparisons())
    assert row.published_by == "Local viewer" and row.told["curves"][0]["name"] == "Unit 1"


def test_who_may_not_is_given_neither_form(run, asked, looks):
    looks(acts=frozenset())
    assert not run().button and not run(comparison=asked.code).button
    looks(units=frozenset({"U1"}))
    assert not run().button


def test_explore_leads_to_it_from_figures_of_what_a_case_comes_to_alone(opened, cases_council):
    assert links_to("compare", opened("explore", cases_council, metric="closed", unit="U1"))
    assert not links_to("compare", opened("explore", cases_council, metric="sickness"))
