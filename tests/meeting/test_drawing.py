"""Cases are drawn by a seed that anybody can draw by again, or chosen; the last draw holds."""

import pytest

from data_access.meeting_store.agendas import make_meeting
from data_access.meeting_store.draws import draws_of
from data_access.meeting_store.transactions import read
from data_access.problems import Problem
from meeting.drawing import Draw, cases_of, choose_case, draw_cases, drawn
from metrics.model import Period

FRAME = {"unit": "U2", "plan": "CIN", "rule": "any"}
SEED_1 = ["D", "E", "A"]
CHILDREN = [f"KID-{number:02}" for number in range(40)]


@pytest.fixture
def meeting_id(file_store):
    return make_meeting(file_store, Period(2016, 9).start, [], "Ann")


def asked(children=CHILDREN, seed="4711", number=6) -> Draw:
    return Draw("case_review", FRAME, children, seed, number)


def test_the_same_seed_draws_the_same_children_in_whatever_order_the_frame_comes():
    assert drawn(CHILDREN, "4711", 6) == drawn(CHILDREN[::-1], "4711", 6)


def test_what_a_seed_draws_stays_what_it_was_when_it_was_written_down():
    assert drawn(list("EDCBA"), "1", 3) == SEED_1


def test_another_seed_draws_others():
    assert drawn(CHILDREN, "1", 6) != drawn(CHILDREN, "2", 6)


def test_nobody_is_drawn_twice_and_a_small_frame_is_drawn_whole():
    found = drawn(CHILDREN[:4], "7", 6)
    assert sorted(found) == CHILDREN[:4]


def test_a_draw_can_be_repeated_from_what_the_store_keeps_of_it(file_store, meeting_id):
    draw_cases(file_store, meeting_id, asked(), "Ann")
    cases = cases_of(file_store, meeting_id)["case_review"]
    assert [one.child_id for one in cases] == drawn(CHILDREN, str(cases[0].seed), len(cases))
    assert (cases[0].frame, cases[0].frame_size, cases[0].chosen_by) == (FRAME, 40, "Ann")


def test_the_last_draw_holds_and_the_one_before_stays_in_the_store(file_store, meeting_id):
    draw_cases(file_store, meeting_id, asked(), "Ann")
    second = draw_cases(file_store, meeting_id, asked(seed="4712"), "Ann")
    assert [one.child_id for one in cases_of(file_store, meeting_id)["case_review"]] == second
    assert len(read(file_store, draws_of(meeting_id))) == 12


def test_a_case_is_chosen_without_touching_the_others(file_store, meeting_id):
    review = draw_cases(file_store, meeting_id, asked(), "Ann")
    choose_case(file_store, meeting_id, "case_in_depth", "KID-07", "Ann")
    cases = cases_of(file_store, meeting_id)
    assert [one.child_id for one in cases["case_review"]] == review
    (chosen,) = cases["case_in_depth"]
    assert (chosen.child_id, chosen.seed) == ("KID-07", None)


@pytest.mark.parametrize(
    ("draw", "said"),
    [(asked(children=[]), "No child can be drawn"), (asked(seed=" "), "needs a draw number")],
)
def test_a_draw_that_cannot_be_made_says_why_and_writes_nothing(file_store, meeting_id, draw, said):
    with pytest.raises(Problem, match=said):
        draw_cases(file_store, meeting_id, draw, "Ann")
    assert not cases_of(file_store, meeting_id)


def chosen_lot(store, meeting_id, child_id):
    choose_case(store, meeting_id, "case_in_depth", child_id, "Ann")
    (case,) = cases_of(store, meeting_id)["case_in_depth"]
    return case.lot


def test_choosing_the_same_child_again_draws_the_same_cases_like_it(file_store, meeting_id):
    first, other, again = (
        chosen_lot(file_store, meeting_id, child) for child in ("KID-07", "KID-08", "KID-07")
    )
    assert first == again != other
