"""Who may see which rows: denied until given, decided in the database."""

from datetime import date

import pytest
from sqlalchemy import insert, select

from data_access import schema
from data_access.problems import NotAllowed
from data_access.viewer import NAMES, Viewer, read_records
from tests.databases import emptied

ROWS: list[dict[str, object]] = [
    {"allocation_id": "1", "child_id": "K1", "unit_id": "U1"},
    {"allocation_id": "2", "child_id": "K2", "unit_id": "U2"},
    {"allocation_id": "3", "child_id": "K3", "unit_id": None},
]


@pytest.fixture
def engine(shared_engine):
    with shared_engine.begin() as connection:
        emptied(connection)
        rows = [{**row, "lead": True, "started_on": date(2016, 1, 1)} for row in ROWS]
        connection.execute(insert(schema.allocation), rows)
    return shared_engine


QUERY = select(
    schema.allocation.c.unit_id,
    schema.allocation.c.child_id,
    schema.allocation.c.child_id.label("child_name"),
)


def children(engine, viewer: Viewer) -> list[str]:
    return [row.child_id for row in read_records(engine, QUERY, viewer)]


@pytest.mark.parametrize("viewer", [Viewer("nobody"), None, "local"])
def test_nobody_sees_anything_until_a_unit_is_opened_to_them(engine, viewer):
    with pytest.raises(NotAllowed):
        read_records(engine, QUERY, viewer)


def test_a_viewer_sees_their_unit_s_rows_and_no_others(engine):
    assert children(engine, Viewer("u1", frozenset({"U1"}))) == ["K1"]


def test_rows_without_a_unit_need_every_unit(engine):
    assert "K3" not in children(engine, Viewer("both", frozenset({"U1", "U2"})))
    assert "K3" in children(engine, Viewer("all", frozenset({"*"})))


def test_names_are_never_fetched_for_a_viewer_who_may_not_see_them(engine):
    unnamed = read_records(engine, QUERY, Viewer("all", frozenset({"*"})))
    assert {row.child_name for row in unnamed} == {None}
    named = read_records(engine, QUERY, Viewer("all", frozenset({"*"}), may_see_names=True))
    assert {row.child_name for row in named} == {"K1", "K2", "K3"}


def test_rows_that_carry_no_unit_are_shown_to_nobody(engine):
    with pytest.raises(NotAllowed, match="carry no unit"):
        read_records(engine, select(schema.child.c.child_id), Viewer("all", frozenset({"*"})))


def test_a_position_in_the_list_is_the_same_each_time(engine):
    viewer = Viewer("all", frozenset({"*"}))
    whole = read_records(engine, QUERY, viewer, ("child_id",))
    one_by_one = [
        read_records(engine, QUERY, viewer, ("child_id",), limit=1, offset=at)[0]
        for at in range(len(whole))
    ]
    assert one_by_one == list(whole)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_whatever_names_somebody_or_may_is_fetched_for_nobody_without_the_right(engine, name):
    query = select(schema.allocation.c.unit_id, schema.allocation.c.child_id.label(name))
    (row, *_) = read_records(engine, query, Viewer("all", frozenset({"*"})))
    assert getattr(row, name) is None


def test_a_reason_in_free_words_may_name_somebody():
    free_words = {"authorised_by", "reason"}
    assert free_words <= NAMES & set(schema.visit_interval.c.keys())
