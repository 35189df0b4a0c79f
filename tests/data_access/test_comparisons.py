"""Comparisons in the meeting store: asked before their result, published once, never changed."""

from datetime import date

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from data_access.meeting_store.comparison_tables import comparison, published_comparison
from data_access.meeting_store.comparisons import (
    Asked,
    Side,
    comparisons,
    publish_comparison,
    record_comparison,
)
from data_access.meeting_store.opening import open_store
from data_access.meeting_store.transactions import read
from data_access.problems import Problem

FIRST, UNTIL = date(2015, 6, 1), date(2016, 6, 1)
AS_AT = date(2016, 10, 31)
TOLD = {"counts": {"own": 243, "other": 300}, "said": ["not told apart"], "until": AS_AT}


def side(*units: str, first: date = FIRST, until: date = UNTIL) -> Side:
    return {"name": ", ".join(units), "units": list(units), "first": first, "until": until}


def asked(own: Side, other: Side, question: str = "Do cases close sooner?") -> Asked:
    return {
        "name": "Segmented units beside area teams",
        "question": question,
        "kind": "side by side",
        "outcome": "closed",
        "own": own,
        "other": other,
        "seed": 14,
    }


ASKED = asked(side("U1", "U2"), side("EAST"))


def test_what_is_asked_and_published_is_read_back_as_it_was(store_url):
    store = open_store(store_url)
    id = record_comparison(store, ASKED, "Ann")
    (one,) = read(store, comparisons())
    assert {key: one._mapping[key] for key in ASKED} == ASKED
    assert (one.by, one.told, one.published_by) == ("Ann", None, None)
    publish_comparison(store, id, AS_AT, TOLD, "Bob")
    (one,) = read(store, comparisons())
    assert (one.as_at, one.told, one.by, one.published_by) == (AS_AT, TOLD, "Ann", "Bob")
    store.dispose()


def test_what_is_published_is_published_once_and_only_what_was_asked(store_url):
    store = open_store(store_url)
    id = record_comparison(store, ASKED, "Ann")
    publish_comparison(store, id, AS_AT, TOLD, "Bob")
    with pytest.raises(Problem, match="published already"):
        publish_comparison(store, id, AS_AT, {}, "Bob")
    with pytest.raises(Problem, match="ask it first"):
        publish_comparison(store, "another", AS_AT, TOLD, "Bob")
    assert read(store, comparisons())[0].told == TOLD
    store.dispose()


def test_the_database_itself_lets_nobody_change_either(store_url):
    store = open_store(store_url)
    publish_comparison(store, record_comparison(store, ASKED, "Ann"), AS_AT, TOLD, "Bob")
    for table, changed in ((comparison, {"question": "x"}), (published_comparison, {"told": {}})):
        for statement in (update(table).values(changed), delete(table)):
            with pytest.raises(DatabaseError, match="is never changed"), store.begin() as writing:
                writing.execute(statement)
    store.dispose()


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (asked(side("U1"), side("U2"), question=" "), "has no words"),
        (asked(side(), side("U2")), "give it a unit"),
        (asked(side("U1", until=FIRST), side("U2")), "give it a unit"),
        (asked(side("U1"), side("U1", "U2", first=date(2016, 5, 31), until=AS_AT)), "with itself"),
    ],
)
def test_what_can_not_be_compared_is_refused_in_one_sentence(tmp_path, made, said):
    store = open_store(f"sqlite:///{tmp_path / 'meeting.sqlite'}")
    with pytest.raises(Problem, match=said):
        record_comparison(store, made, "Ann")
    assert read(store, comparisons()) == []
    store.dispose()


def test_one_unit_before_and_after_a_day_is_no_overlap(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'meeting.sqlite'}")
    before = side("U1", first=date(2014, 6, 1), until=FIRST)
    assert record_comparison(store, asked(side("U1"), before), "Ann")
    store.dispose()
