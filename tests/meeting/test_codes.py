"""Codes of children: stable in one meeting, other in the next, nobody's but one child's."""

import re

from hypothesis import given
from hypothesis import strategies as st

from meeting.codes import codes

KEY, NEXT = b"k" * 32, b"n" * 32
CHILDREN = [f"KID-{number}" for number in range(2000)]
ids = st.sets(st.text(min_size=1), max_size=60)


def test_a_code_is_a_letter_and_digits_that_cannot_be_misread():
    found = codes(KEY, CHILDREN).values()
    assert all(re.fullmatch("[ACEFHJKLMNPRTWXY][0-9]+", code) for code in found)


def test_a_few_children_have_the_shortest_codes():
    assert all(len(code) <= 3 for code in codes(KEY, CHILDREN[:8]).values())


def test_the_same_meeting_gives_the_same_codes_in_whatever_order_it_asks():
    assert codes(KEY, CHILDREN) == codes(KEY, reversed(CHILDREN))


def test_the_next_meeting_gives_other_codes():
    now, then = codes(KEY, CHILDREN), codes(NEXT, CHILDREN)
    assert sum(now[child] == then[child] for child in CHILDREN) < 20


@given(ids)
def test_no_code_is_the_beginning_of_another(children):
    found = list(codes(KEY, children).values())
    assert len(found) == len(children)
    assert not [
        (one, other)
        for at, one in enumerate(found)
        for other in found[at + 1 :]
        if one.startswith(other) or other.startswith(one)
    ]


@given(ids, st.text(min_size=1))
def test_a_child_who_joins_makes_codes_longer_at_most(children, stranger):
    before, after = codes(KEY, children), codes(KEY, {*children, stranger})
    assert all(after[child].startswith(code) for child, code in before.items())
