"""What pages read of the case database is the same, in the same order, on either engine."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, Select, false, select

from data_access.database import read
from data_access.guard.asked import Asked as Listing
from data_access.guard.finding import ids_found
from data_access.guard.folded import folded
from data_access.guard.open_rows import CLOSED, Restricted
from data_access.kept_rows import POSITION
from data_access.schema import DERIVED, child
from data_access.viewer import Viewer, ids_within, read_records, read_sums, visible
from metrics.catalogue import CATALOGUE
from metrics.explore.cutting import (
    Asked,
    Narrowed,
    closed_counted,
    parts_from,
    rows_asked,
    rows_narrowed,
    summed_by_month,
    summed_by_part,
    summed_by_worker,
    whole_of,
)
from metrics.explore.offered import cuts_of
from metrics.figures import Figures, read_figures
from metrics.handing_on.proposed import WAITING_FOR_ONE, proposals_today, with_proposals
from metrics.kept_rows import COUNTED_FIRST, kept_rows_of
from metrics.lists.held_children import LISTED_BY, held_children, next_visits
from metrics.lists.opened import Opened
from metrics.lists.search import every_child
from metrics.lists.work_lists import held_by_worker, work_now
from metrics.model import Cut, Metric, Scope, Tally, View
from metrics.segments.listed import OF_A_FAMILY, TOLD, proposals, tellings, with_words
from metrics.stored.counting import WORK_LISTS
from metrics.stored.stored_figures import stored_figures, units_in_order
from tests.awkward import IDS, NAMES, UNITS
from tests.draws import draws
from tests.each_metric import each_key
from tests.worlds import SETTINGS, basis

Both = tuple[Engine, Engine]
ALL = frozenset({"*"})
MANY = 10_000
VIEWERS = (
    Viewer("everybody", ALL, True, True),
    Viewer("no restricted", ALL, True),
    Viewer("no names", ALL),
    Viewer("one unit", frozenset({"U1"}), True),
    Viewer("own children", frozenset({"U1", "u-1"}), True, own_children="wa1"),
    Viewer("opened", frozenset({"U1"}), True, opened=frozenset({"B2-0", "a 9-1"})),
)
WORDS = (
    *(name[:3] for name in NAMES if name), "ÄÖ", "zoë", "ZOE", "%", "_", "\\", "'", "ԱՐ", "ара",
    "a 9-0", "A 9-0", "é5-1", "É5-1", "ss", "o'", "-", "10", "smith jones",
)  # fmt: skip
viewers = st.sampled_from(VIEWERS)
a_cut_of = {key: st.sampled_from(cuts_of(metric)) for key, metric in CATALOGUE.items()}
every_metric = pytest.mark.parametrize("key", CATALOGUE)


def plain(rows: Sequence[Any]) -> list[tuple]:
    """The rows' values; a number of any kind as the same number, to the twelfth digit."""
    return [tuple(_plain(value) for value in row) for row in rows]


def _plain(value: Any) -> Any:
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return float(f"{value:.12g}") if is_number else value


def agree(both: Both, reads: Callable[..., Sequence[Any]], *asked: Any, **how: Any) -> Sequence:
    """What `reads` says of both engines, which is the same."""
    here, there = (reads(engine, *asked, **how) for engine in both)
    assert plain(here) == plain(there)
    return here


def in_no_order(
    engine: Engine, reads: Callable[..., Sequence[Any]], *asked: Any, **how: Any
) -> list:
    """What `reads` says, of which no order is told."""
    return sorted(reads(engine, *asked, **how), key=lambda row: str(plain([row])))


def found(
    engine: Engine, query: Select, viewer: Viewer, order: tuple[str, ...], asked: Listing
) -> list[tuple[str]]:
    return [(id,) for id in ids_found(engine, query, viewer, order, asked, MANY).ids]


def first_found(
    engine: Engine, query: Select, viewer: Viewer, order: tuple[str, ...], asked: Listing
) -> list[tuple[str, int]]:
    """Two of those found, with how many more there are."""
    told = ids_found(engine, query, viewer, order, asked, 2)
    return [(id, told.more) for id in told.ids]


def within(engine: Engine, *asked: Any) -> list[tuple[str]]:
    return [(id,) for id in ids_within(engine, *asked)]


def known(both: Both) -> Figures:
    return read_figures(both[0], SETTINGS)


def test_what_derive_counts_agrees(both):
    agree(both, read, units_in_order())
    for table in DERIVED:
        agree(both, in_no_order, read, select(table))
    assert len(agree(both, in_no_order, read, stored_figures())) > 1000


@pytest.mark.parametrize("kept", [*map(kept_rows_of, CATALOGUE.values()), *WORK_LISTS],
                         ids=lambda kept: kept.name)  # fmt: skip
def test_rows_are_kept_alike_and_in_the_same_position_on_postgresql(both, kept):
    table = kept.table(SETTINGS)
    assert agree(both, in_no_order, read, select(table))


def drawn_asked(draw, both: Both, key: str) -> Asked:
    figures, metric = known(both), CATALOGUE[key]
    last = draw(st.integers(1, len(figures.months)))
    months = tuple(figures.months[max(last - draw(st.sampled_from([1, 3, 12])), 0) : last])
    scope = Scope(draw(st.sampled_from(["*", "*", *UNITS, None])))
    narrowed = [
        Narrowed(cut, tuple(draw(parts_of(both, metric, cut))), draw(st.booleans()))
        for cut in draw(st.lists(a_cut_of[key], max_size=2, unique_by=id))
    ]
    return Asked(metric, months, scope, tuple(narrowed), draw(a_cut_of[key]))


def parts_of(both: Both, metric: Metric, cut: Cut) -> st.SearchStrategy[list]:
    asked = Asked(metric, tuple(known(both).months), Scope(), (), cut)
    add_up = summed_by_worker if cut.of_workers else summed_by_part
    summed = sums(both[0], asked, VIEWERS[0], add_up)
    found = sorted({part.key for part in parts_from(summed, cut)}, key=str) or [None]
    return st.lists(st.sampled_from(found), min_size=1, max_size=2)


def sums(engine: Engine, asked: Asked, viewer: Viewer, add_up: Callable) -> Sequence:
    rows, apart = rows_asked(asked, basis()), Restricted.SET_APART
    return read_sums(engine, rows, viewer, lambda rows: add_up(rows, asked), restricted=apart)


@pytest.mark.drawn
@each_key
def test_explore_s_sums_agree_on_postgresql(both, key):
    @draws(4)
    @given(st.data())
    def check(data):
        asked, viewer = drawn_asked(data.draw, both, key), data.draw(viewers)
        ways = (summed_by_part, summed_by_worker, summed_by_month)
        for add_up in (*ways, lambda rows, _: closed_counted(rows)):
            agree(both, in_no_order, sums, asked, viewer, add_up)

    check()


@every_metric
def test_every_cut_adds_up_to_the_stored_figure_and_to_its_rows_on_postgresql_too(both, key):
    figures, metric = known(both), CATALOGUE[key]
    month = figures.months[-2]
    for cut in cuts_of(metric):
        asked = Asked(metric, (month,), Scope(), (), cut)
        add_up = summed_by_worker if cut.of_workers else summed_by_part
        rows = agree(both, read_records, rows_narrowed(asked, basis()), VIEWERS[0])
        listed = sum((Tally(row.numerator, row.denominator) for row in rows), Tally())
        summed = agree(both, in_no_order, sums, asked, VIEWERS[0], add_up)
        whole = whole_of(parts_from(summed, cut), cut).tally
        stored = figures.tallies[metric.key, "*", month]
        assert plain([(whole.numerator, whole.denominator)]) == plain(
            [(stored.numerator, stored.denominator)]
        )
        assert plain([(listed.numerator, listed.denominator)]) == plain(
            [(stored.numerator, stored.denominator)]
        )


@pytest.mark.drawn
@each_key
def test_explore_s_rows_agree_in_their_order_and_come_page_by_page_on_postgresql(both, key):
    @draws(4)
    @given(st.data())
    def check(data):
        asked, viewer = drawn_asked(data.draw, both, key), data.draw(viewers)
        query = rows_narrowed(asked, basis())
        columns = [str(one.key) for one in query.selected_columns if one.key != POSITION]
        listing = drawn_listing(data.draw, columns)
        by_record = asked.is_found_by_record

        def listed(engine: Engine, limit: int | None = None, offset: int = 0) -> list:
            return read_records(
                engine,
                query.add_columns(false().label(CLOSED)) if by_record else query,
                viewer,
                COUNTED_FIRST,
                limit,
                offset,
                restricted=Restricted.LEFT_OUT if by_record else Restricted.COUNTED,
                asked=listing,
            )

        whole = agree(both, listed)
        closed = [row.is_closed for row in whole]
        assert closed == sorted(closed)
        for engine in both:
            pages = [row for at in range(0, len(whole), 7) for row in listed(engine, 7, at)]
            assert plain(pages) == plain(whole)

    check()


def drawn_listing(draw, columns: Sequence[str]) -> Listing:
    return Listing(
        draw(st.sampled_from([None, *columns])),
        draw(st.booleans()),
        draw(st.sampled_from(["", "", *WORDS])),
        ("child_name", "worker_name", "unit_name", "kind", "status", "state", "child_id"),
    )


def test_a_name_is_found_by_its_letters_in_any_capitals_accents_and_script(both):
    children = read(both[0], select(child.c.name).where(child.c.name.is_not(None)))
    for words in (word for word in WORDS if not any(sign.isdigit() for sign in word)):
        asked = Listing(words=words, among=("child_name",))
        order = ("child_name", "child_id")
        rows = agree(both, read_records, every_child(basis()), VIEWERS[0], order, asked=asked)
        wanted = {
            row.name
            for row in children
            if all(w in folded(row.name) for w in folded(words).split())
        }
        assert {row.child_name for row in rows} == wanted, words
    assert folded("ԱՐԱՄ") == folded("Արամ") and folded("ΣΑΣ") == folded("σας")


@draws(20)
@given(st.data())
def test_search_finds_the_same_children_in_the_same_order_on_postgresql(both, data):
    words, viewer = data.draw(st.sampled_from(WORDS)), data.draw(viewers)
    asked, order = (
        Listing(words=words, among=("child_name", "child_id")),
        ("child_name", "child_id"),
    )
    query = every_child(basis())
    ids = agree(both, found, query, viewer, order, asked)
    first = agree(both, first_found, query, viewer, order, asked)
    assert first == [(id, max(len(ids) - 2, 0)) for (id,) in ids[:2]]
    rows = agree(both, read_records, query, viewer, order, asked=asked)
    assert {row.child_id for row in rows} == {id for (id,) in ids}
    agree(both, within, query, viewer)


@draws(12)
@given(st.data())
def test_every_list_of_a_unit_agrees_in_its_order_on_postgresql(both, data):
    viewer, scope = data.draw(viewers), Scope(data.draw(st.sampled_from(["*", None, *UNITS])))
    held = held_children(
        basis(), scope, data.draw(st.sampled_from([*(f"w{id}" for id in IDS), None]))
    )
    for query, order in (
        (held_by_worker(basis(), scope), ("worker_name", "unit_id")),
        (work_now(basis(), scope), ()),
        (held, LISTED_BY),
    ):
        listing = drawn_listing(data.draw, query.selected_columns.keys())
        for how in (Restricted.LEFT_OUT, Restricted.COUNTED):
            agree(both, read_records, query, viewer, order, restricted=how, asked=listing)
    opened = Opened((f"{data.draw(st.sampled_from(IDS))}-0",), "U1")
    agree(both, in_no_order, read, next_visits(opened, basis()))


def test_families_are_found_by_what_is_told_of_them_on_postgresql_too(both):
    families = proposals(basis().as_at, Scope())
    told = agree(both, in_no_order, read_sums, families, VIEWERS[0], tellings)
    said = {tuple(row): f"Ärger 100% {row.outcome} {row.factors}" for row in told}
    how = {"order_by": OF_A_FAMILY, "asked": Listing(words="arger 100% fit", among=(TOLD,))}
    found = agree(both, read_records, with_words(families, said), VIEWERS[0], **how)
    assert found and {row.outcome for row in found} <= {"fits", "no_fit"}


@pytest.mark.parametrize("state", WAITING_FOR_ONE)
def test_what_is_proposed_for_who_waits_agrees_on_postgresql(both, state):
    for viewer, unit_id in ((VIEWERS[0], "*"), (VIEWERS[3], "U1")):
        view = View(known(both).months[-1], Scope(unit_id))
        rows = with_proposals(state, basis(), view, visible(proposals_today(basis()), viewer))
        agree(both, in_no_order, read_records, rows, viewer)
