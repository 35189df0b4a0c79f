"""Who may see which rows: denied until given, decided in the database."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import insert, select

from data_access import schema
from data_access.guard.of_figures import how_many_closed, how_many_open
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


ALL = frozenset({"*"})
OF_UNIT_1 = Viewer("u1", frozenset({"U1"}), figures=ALL)


def test_of_closed_units_rows_and_those_of_no_unit_a_number_is_told_that_no_list_has(engine):
    assert how_many_open(engine, QUERY, OF_UNIT_1) == 1
    assert how_many_closed(engine, QUERY, OF_UNIT_1) == 2
    assert how_many_closed(engine, QUERY, Viewer("all", ALL, figures=ALL)) == 0
    # Whoever was opened for a time stands in the list.
    opened = replace(OF_UNIT_1, opened=frozenset({"K2"}))
    assert how_many_open(engine, QUERY, opened) == 2
    assert how_many_closed(engine, QUERY, opened) == 1


def test_no_number_of_closed_units_is_told_who_sees_their_own_figures_or_children_alone(engine):
    own = {"figures": frozenset({"U1"})}, {"own_children": "W1"}
    for rights in own:
        assert how_many_closed(engine, QUERY, replace(OF_UNIT_1, **rights)) is None


def test_a_restricted_child_of_a_closed_unit_is_in_nobody_s_number(engine):
    with engine.begin() as connection:
        connection.execute(insert(schema.child), [{"child_id": "K2", "restricted": True}])
    for may_see in (True, False):
        viewer = replace(OF_UNIT_1, may_see_restricted=may_see)
        assert how_many_closed(engine, QUERY, viewer) == 1
