"""Whose rows a viewer is given: own children, restricted children, opened ones, and the witness."""

from datetime import date

import pytest
from sqlalchemy import Column, MetaData, String, Table, func, insert, select, union_all

from data_access import schema
from data_access.database import KEPT, make
from data_access.guard.open_rows import HELD_NOW, Restricted
from data_access.problems import NotAllowed, Problem
from data_access.viewer import (
    Viewer,
    ids_within,
    names_of_children,
    publisher,
    read_records,
    read_sums,
)
from tests.databases import emptied

KEPT_HELD = Table(
    f"{KEPT}{HELD_NOW}", MetaData(), *(Column(name, String) for name in ("child_id", "worker_id"))
)
# Who is where: K3 is restricted, K4 is held by nobody now.
HELD = {"K1": ("U1", "Ann"), "K2": ("U1", "Bob"), "K3": ("U1", "Ann"), "K4": ("U2", None)}
held = schema.allocation.c
QUERY = select(
    held.unit_id,
    held.worker_id,
    func.nullif(held.child_id, "-").label("child_id"),
    held.child_id.label("child_name"),
    held.started_on,
    held.allocation_id.label("numerator"),
)
EVERYBODY = frozenset({"*"})


@pytest.fixture
def engine(shared_engine):
    with shared_engine.begin() as connection:
        emptied(connection)
        make(connection, KEPT_HELD)
        rows = [
            {
                "allocation_id": child_id,
                "child_id": child_id,
                "unit_id": unit_id,
                "worker_id": worker_id,
                "lead": True,
                "started_on": date(2016, 1, 1),
            }
            for child_id, (unit_id, worker_id) in HELD.items()
        ]
        # One row about a worker and no child.
        about_ann = {**rows[0], "allocation_id": "A", "child_id": "-", "worker_id": "Ann"}
        connection.execute(insert(schema.allocation), [*rows, about_ann])
        connection.execute(
            insert(KEPT_HELD),
            [{"child_id": child, "worker_id": worker} for child, (_, worker) in HELD.items()],
        )
        connection.execute(
            insert(schema.child),
            [
                {"child_id": child, "name": f"{child} Example", "restricted": child == "K3"}
                for child in HELD
            ],
        )
    yield shared_engine
    with shared_engine.begin() as connection:
        KEPT_HELD.drop(connection)


def seen(engine, viewer: Viewer, **how) -> set[str | None]:
    return {row.child_id for row in read_records(engine, QUERY, viewer, **how)}


def test_who_sees_own_children_sees_those_held_now_and_rows_about_themself(engine):
    ann = Viewer("ann", frozenset({"U1"}), may_see_restricted=True, own_children="Ann")
    assert seen(engine, ann) == {"K1", "K3", None}
    assert seen(engine, Viewer("bob", frozenset({"U1"}), own_children="Bob")) == {"K2"}
    assert seen(engine, Viewer("bob", frozenset({"U2"}), own_children="Bob")) == set()
    assert seen(engine, Viewer("eve", EVERYBODY, own_children="Eve")) == set()


def test_rows_that_name_neither_child_nor_worker_are_denied_to_who_sees_own_children(engine):
    with pytest.raises(NotAllowed, match="name no worker"):
        read_records(engine, select(held.unit_id), Viewer("ann", EVERYBODY, own_children="Ann"))


def test_nothing_of_a_restricted_child_is_read_for_who_may_not_see_it(engine):
    assert "K3" not in seen(engine, Viewer("all", EVERYBODY, may_see_names=True))
    assert "K3" in seen(engine, Viewer("all", EVERYBODY, may_see_restricted=True))


def test_a_list_counts_a_restricted_child_and_tells_nothing_else(engine):
    viewer = Viewer("all", EVERYBODY, may_see_names=True)
    rows = read_records(engine, QUERY, viewer, restricted=Restricted.COUNTED)
    (closed,) = [row for row in rows if row.is_closed]
    assert (closed.child_id, closed.unit_id, closed.worker_id) == ("K3", "U1", "Ann")
    assert closed.numerator == "K3"
    assert (closed.child_name, closed.started_on) == (None, None)
    assert all(row.started_on and row.child_id != "K3" for row in rows if not row.is_closed)


def test_sums_count_a_restricted_child_and_only_what_the_viewer_may_see(engine):
    def by_unit(rows):
        inner = rows.subquery()
        return select(inner.c.unit_id, func.count(inner.c.child_id).label("children")).group_by(
            inner.c.unit_id
        )

    def sums(viewer):
        return dict(map(tuple, read_sums(engine, QUERY, viewer, by_unit)))

    assert sums(Viewer("all", EVERYBODY)) == {"U1": 3, "U2": 1}
    assert sums(Viewer("u2", frozenset({"U2"}))) == {"U2": 1}
    assert sums(Viewer("bob", frozenset({"U1"}), own_children="Bob")) == {"U1": 1}
    with pytest.raises(NotAllowed, match="tell of no child"):
        read_sums(engine, QUERY, Viewer("all", EVERYBODY), lambda rows: rows)


def test_an_opened_child_is_open_although_its_unit_is_not_and_it_is_restricted(engine):
    assert seen(engine, Viewer("u2", frozenset({"U2"}), opened=frozenset({"K1"}))) == {"K1", "K4"}
    assert seen(engine, Viewer("u2", frozenset({"U2"}), opened=frozenset({"K3"}))) == {"K3", "K4"}
    assert seen(engine, Viewer("none", opened=frozenset({"K3"}))) == {"K3"}


def test_names_are_given_only_of_children_whom_the_viewer_may_see(engine):
    def names(**rights):
        viewer = Viewer("x", **{"may_see_names": True, **rights})
        return names_of_children(engine, [*HELD, "K9"], viewer)

    one_unit = frozenset({"U1"})
    assert names(units=one_unit) == {"K1": "K1 Example", "K2": "K2 Example", "K3": None}
    assert names(units=one_unit, own_children="Bob") == {"K2": "K2 Example"}
    assert names(units=one_unit, may_see_restricted=True)["K3"] is None, "no list says it"
    assert names(units=one_unit, may_see_names=False) == {}
    assert names(opened=frozenset({"K4"})) == {"K4": "K4 Example"}
    with pytest.raises(NotAllowed):
        names()


def witnessed(engine, read, **rights) -> list[list[str]]:
    asked: list[list[str]] = []
    viewer = Viewer("all", EVERYBODY, witness=lambda ids: asked.append([*ids]), **rights)
    read(viewer)
    return asked


def test_each_child_is_witnessed_once_before_its_rows_are_given(engine):
    def counted(viewer):
        read_records(engine, union_all(QUERY, QUERY).subquery().select(), viewer)
        seen(engine, viewer, restricted=Restricted.COUNTED)

    seen_children = ["K1", "K2", "K4"]
    assert witnessed(engine, counted) == [seen_children] * 2, "K3 is counted, and not seen"


def test_names_are_witnessed_and_ids_to_count_by_are_not(engine):
    def names(viewer):
        names_of_children(engine, ["K1", "K3"], viewer)

    assert witnessed(engine, names, may_see_names=True) == [["K1"]]
    assert witnessed(engine, names) == []
    assert witnessed(engine, lambda viewer: ids_within(engine, QUERY, viewer)) == []


def test_no_row_is_given_where_it_cannot_be_witnessed(engine):
    def full(ids):
        raise Problem("The audit cannot be written.")

    viewer = Viewer("all", EVERYBODY, may_see_names=True, witness=full)
    for ask in (lambda: seen(engine, viewer), lambda: names_of_children(engine, ["K1"], viewer)):
        with pytest.raises(Problem, match="cannot be written"):
            ask()


def test_ids_to_count_by_are_those_that_the_viewer_may_see(engine):
    assert ids_within(engine, QUERY, Viewer("u2", frozenset({"U2"}))) == ["K4"]
    assert ids_within(engine, QUERY, Viewer("all", EVERYBODY)) == [*HELD]


def test_who_freezes_a_month_reads_restricted_children_and_no_name(engine):
    rows = read_records(engine, QUERY, publisher("publishing"))
    assert {row.child_id for row in rows} == {*HELD, None}
    assert {row.child_name for row in rows} == {None}
