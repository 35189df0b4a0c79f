"""What is asked of a list is asked of what the viewer sees: by nothing hidden."""

import pytest
from sqlalchemy import Integer, literal, select, union_all

from data_access.guard.asked import Asked, in_order
from data_access.guard.open_rows import Restricted
from data_access.viewer import Viewer, read_records
from tests.data_access.test_open_rows import EVERYBODY, QUERY, engine

__all__ = ["engine"]
AMONG = ("child_name", "child_id")
NAMED = Viewer("all", EVERYBODY, may_see_names=True)


def found(engine, viewer: Viewer, words: str, **how) -> set[str | None]:
    asked = Asked(words=words, among=AMONG)
    return {row.child_id for row in read_records(engine, QUERY, viewer, asked=asked, **how)}


def test_a_name_is_found_in_capitals_or_not_and_in_part(engine):
    # The query's names are as the ids, so "1" can only be found in a name.
    assert found(engine, NAMED, "1") == {"K1"}
    assert found(engine, NAMED, "k") == {"K1", "K2", "K4"}
    assert found(engine, NAMED, "k 2") == {"K2"}
    assert found(engine, NAMED, "  ") == {"K1", "K2", "K4", None}


@pytest.mark.parametrize("words", ["%", "_", "K_", "\\"])
def test_what_a_database_reads_as_any_letter_is_a_letter(engine, words):
    assert found(engine, NAMED, words) == set()


def test_who_may_see_no_names_finds_nobody_by_one_and_a_number_as_a_whole(engine):
    nameless = Viewer("all", EVERYBODY)
    assert found(engine, nameless, "1") == set()
    assert found(engine, nameless, "k1") == {"K1"}


def test_nobody_of_another_unit_is_found(engine):
    assert found(engine, Viewer("one", frozenset({"U2"}), may_see_names=True), "K") == {"K4"}


@pytest.mark.parametrize("restricted", [Restricted.LEFT_OUT, Restricted.COUNTED])
def test_a_restricted_child_is_found_by_who_may_see_it_alone(engine, restricted):
    for words in ("K3", "3", "k"):
        assert "K3" not in found(engine, NAMED, words, restricted=restricted)
    sees = Viewer("all", EVERYBODY, may_see_names=True, may_see_restricted=True)
    assert found(engine, sees, "K3", restricted=restricted) == {"K3"}


def test_a_restricted_row_is_found_by_what_its_list_tells(engine):
    asked = Asked(words="ann", among=("worker_id", "child_id"))
    rows = read_records(engine, QUERY, NAMED, restricted=Restricted.COUNTED, asked=asked)
    assert "K3" in {row.child_id for row in rows}


def test_a_list_stands_by_the_column_asked_and_what_is_not_known_comes_last(shared_engine):
    values = (("a", 2), ("b", None), ("c", 1))
    each = (
        select(literal(name).label("name"), literal(n, Integer).label("n")) for name, n in values
    )
    rows = union_all(*each).subquery()
    with shared_engine.connect() as connection:
        for descending, expected in ((False, "cab"), (True, "acb")):
            query = in_order(select(rows), Asked("n", descending), ("name",), False)
            assert "".join(row.name for row in connection.execute(query)) == expected


def test_who_sees_no_names_can_order_by_none(engine):
    asked = Asked("child_name", descending=True)
    nameless = [
        row.child_id for row in read_records(engine, QUERY, Viewer("", EVERYBODY), asked=asked)
    ]
    plain = [row.child_id for row in read_records(engine, QUERY, Viewer("", EVERYBODY))]
    assert nameless == plain
