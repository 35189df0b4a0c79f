"""What is asked of a list is asked of what the viewer sees: by nothing hidden."""

from dataclasses import replace

import pytest
from sqlalchemy import Integer, literal, select, union_all

from data_access.guard.asked import Asked, in_order
from data_access.guard.finding import Found, ids_found
from data_access.guard.folded import folded, folded_column
from data_access.guard.open_rows import Restricted
from data_access.viewer import Viewer, read_records
from tests.data_access.test_open_rows import EVERYBODY, QUERY, engine

__all__ = ["engine"]
AMONG = ("child_name", "child_id")
WORDS = ["Zoë", "İnan", "O’Hara", "Łódź", "Groß", "Æsa", "e\u0301", "Smith–Jones", "Ёлкин", "Plain",
         "ԱՐԱՄ", "ΣΑΣ", "σας", "Ǿ", "Ა"]  # fmt: skip
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


@pytest.mark.parametrize(("limit", "has_more"), [(0, True), (1, True), (None, False)])
def test_whose_row_is_read_and_not_shown_is_not_witnessed(engine, limit, has_more):
    seen: set[str] = set()
    viewer = replace(Viewer("all", EVERYBODY), witness=seen.update)
    rows = read_records(engine, QUERY, viewer, ("child_id",), limit)
    assert rows.has_more is has_more
    assert seen == {row.child_id for row in rows if row.child_id}


def test_a_list_that_ends_with_its_limit_has_no_more(engine):
    whole = read_records(engine, QUERY, Viewer("all", EVERYBODY))
    again = read_records(engine, QUERY, Viewer("all", EVERYBODY), limit=len(whole))
    assert len(again) == len(whole) and not again.has_more


def test_a_database_folds_letters_as_python_does(shared_engine):
    each = (select(literal(word).label("word")) for word in WORDS)
    words = union_all(*each).subquery()
    with shared_engine.connect() as connection:
        rows = connection.execute(select(words.c.word, folded_column(words.c.word).label("plain")))
        assert {row.word: row.plain for row in rows} == {word: folded(word) for word in WORDS}


def test_names_stand_by_their_letters_whatever_their_capitals_and_accents(shared_engine):
    names = ("Peregrine", "de Silva", "Álvarez")
    each = (select(literal(name).label("child_name")) for name in names)
    rows = select(union_all(*each).subquery())
    with shared_engine.connect() as connection:
        for asked in (Asked(), Asked("child_name")):
            told = connection.execute(in_order(rows, asked, ("child_name",), False))
            assert [row.child_name for row in told] == ["Álvarez", "de Silva", "Peregrine"]


def test_the_first_who_are_found_come_back_and_how_many_more_there_are(engine):
    asked = Asked(words="k", among=AMONG)
    by_name = ("child_name", "child_id")
    assert ids_found(engine, QUERY, NAMED, by_name, asked, 2) == Found(["K1", "K2"], 1)
    assert ids_found(engine, QUERY, NAMED, by_name, asked, 3) == Found(["K1", "K2", "K4"], 0)


def test_a_child_of_several_rows_is_found_once_and_a_restricted_one_never(engine):
    twice = union_all(QUERY, QUERY).subquery()
    asked = Asked(words="k", among=AMONG)
    found_twice = ids_found(engine, select(twice), NAMED, ("child_name",), asked, 25)
    assert found_twice == Found(["K1", "K2", "K4"], 0)
    assert ids_found(engine, QUERY, NAMED, ("child_name",), Asked(words="K3"), 25).ids == []


def test_nobody_found_is_nobody_more(engine):
    asked = Asked(words="nobody", among=AMONG)
    assert ids_found(engine, QUERY, NAMED, ("child_name",), asked, 25) == Found([], 0)
