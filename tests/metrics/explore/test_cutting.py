"""A figure cut by anything: its parts are its rows, each in one, and add up to the whole."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import String, cast, create_engine, literal, null, select, union_all

from data_access.guard.open_rows import Restricted
from data_access.viewer import Viewer, read_records, read_sums
from metrics.catalogue import CATALOGUE
from metrics.explore.cutting import (
    BELOW,
    Asked,
    Narrowed,
    holds,
    parts_from,
    rows_asked,
    rows_narrowed,
    summed_by_month,
    summed_by_part,
    summed_by_worker,
    whole_of,
)
from metrics.explore.offered import cuts_of
from metrics.model import SERVICE, Cut, Metric, Scope, Tally, View
from metrics.rows_behind import rows_behind
from tests.each_metric import each_key
from tests.test_every_metric import derived
from tests.worlds import WORLDS, World, basis

EVERYBODY = Viewer("everybody", frozenset({"*"}), True, True)
quick = settings(settings.get_profile("oracle"), max_examples=2)


def plain_part(cut: Cut, row: Any, born: dict[str, date | None]) -> object:
    """Which part a row is in, in plain Python over the row as a list shows it."""
    if cut.key == "age":
        return _band(cut, _age(born.get(row.child_id), row.month))
    if cut.key == "days_late":
        return _band(cut, (row.visited_on - row.due_on).days if row.visited_on else None)
    value = getattr(row, cut.key)
    return _band(cut, value) if cut.bands else value


def _age(born: date | None, day: date) -> int | None:
    if born is None:
        return None
    return day.year - born.year - ((born.month, born.day) > (day.month, day.day))


def _band(cut: Cut, number: int | None) -> object:
    if number is None:
        return None
    return max((lowest for lowest in cut.bands if lowest <= number), default=BELOW)


def is_in(one: Narrowed, row: Any, born: dict[str, date | None]) -> bool:
    return (plain_part(one.cut, row, born) in one.parts) is not one.leaves_out


def plain_parts(rows: list, asked: Asked, born: dict[str, date | None]) -> dict:
    """Numerator, denominator and number of rows by part: one row after another."""
    cut = asked.cut
    assert cut is not None
    sums: dict[object, list[float]] = defaultdict(lambda: [0.0, 0.0, 0])
    for row in rows:
        if not all(is_in(n, row, born) for n in asked.narrowed if n.cut.has_own_denominator):
            continue
        counts = all(is_in(n, row, born) for n in asked.narrowed if not n.cut.has_own_denominator)
        key = plain_part(cut, row, born), False
        here = sums[(*key, row.unit_id) if cut.of_workers else key]
        here[0] += row.numerator * counts
        here[1] += row.denominator
        here[2] += counts
    if not cut.has_own_denominator:
        whole = sum(one[1] for one in sums.values())
        return {key: (n, whole, count) for key, (n, _, count) in sums.items() if count}
    return {key: tuple(one) for key, one in sums.items() if any(one)}


def sums(engine, asked: Asked, add_up: Callable, viewer: Viewer = EVERYBODY) -> Sequence:
    return read_sums(
        engine,
        rows_asked(asked, basis()),
        viewer,
        lambda rows: add_up(rows, asked),
        restricted=Restricted.SET_APART,
    )


def found_parts(engine, asked: Asked) -> tuple[dict, Tally]:
    cut = asked.cut
    assert cut is not None
    add_up = summed_by_worker if cut.of_workers else summed_by_part
    parts = parts_from(sums(engine, asked, add_up), cut)
    return {
        part.place: (part.tally.numerator, part.tally.denominator, part.rows) for part in parts
    }, whole_of(parts, cut).tally


def all_rows(engine, metric: Metric, months, scope: Scope) -> list:
    return [
        row
        for month in months
        for row in read_records(engine, rows_behind(metric, View(month, scope), basis()), EVERYBODY)
    ]


def rounded(parts: dict) -> dict:
    return {key: tuple(round(float(one), 6) for one in sums) for key, sums in parts.items()}


def drawn_narrowed(draw, metric: Metric, rows: list, born) -> tuple[Narrowed, ...]:
    """Up to two cuts by which to narrow, each to some parts that rows are in, or without them."""
    narrowed = []
    for cut in draw(st.lists(st.sampled_from(cuts_of(metric)), max_size=2, unique_by=id)):
        known = sorted({plain_part(cut, row, born) for row in rows}, key=str) or [None]
        parts = draw(st.lists(st.sampled_from(known), min_size=1, max_size=2))
        narrowed.append(Narrowed(cut, tuple(parts), draw(st.booleans())))
    return tuple(narrowed)


@each_key
def test_parts_are_their_rows_and_add_up_to_the_whole(shared_engine, key):
    metric = CATALOGUE[key]

    @quick
    @given(WORLDS[key](), st.data())
    def check(world, data):
        for number, child in enumerate(world.rows["child"]):
            # Across bands, a birthday on the first of a month, and nobody who knows.
            child["born_on"] = (date(2011, 9, 1), date(1998, 10, 2), None)[number % 3]
        born = {child["child_id"]: child["born_on"] for child in world.rows["child"]}
        figures = derived(shared_engine, world, metric)
        months = tuple(figures.months[-data.draw(st.integers(1, 4)) :])
        scope = Scope(data.draw(st.sampled_from([SERVICE, *figures.units])))
        rows = all_rows(shared_engine, metric, months, scope)
        narrowed = drawn_narrowed(data.draw, metric, rows, born)
        for cut in cuts_of(metric):
            asked = Asked(metric, months, scope, narrowed, cut)
            found, whole = found_parts(shared_engine, asked)
            assert rounded(found) == rounded(plain_parts(rows, asked, born)), cut.key
            if not narrowed:
                total = sum((Tally(row.numerator, row.denominator) for row in rows), Tally())
                assert round(whole.numerator, 6) == round(total.numerator, 6)
                assert round(whole.denominator, 6) == round(total.denominator, 6)
        listed = read_records(
            shared_engine,
            rows_narrowed(Asked(metric, months, scope, narrowed), basis()),
            EVERYBODY,
        )
        wanted = [row for row in rows if all(is_in(one, row, born) for one in narrowed)]
        assert len(listed) == len(wanted)
        assert sum(row.numerator for row in listed) == pytest.approx(
            sum(row.numerator for row in wanted)
        )

    check()


def test_months_and_units_of_narrowed_rows_add_up_to_their_parts(shared_engine):
    world = World().add("unit", unit_id="U1", name="Unit 1", kind="segmented")
    for number, day in enumerate((date(2016, 8, 1), date(2016, 9, 5), date(2016, 9, 30))):
        world.add("child", child_id=f"Kit {number}", restricted=False)
        world.add("visit", child_id=f"Kit {number}", kind="CP", visited_on=day, recorded_on=day)
    metric = CATALOGUE["recorded_in_time"]
    figures = derived(shared_engine, world, metric)
    plan = next(cut for cut in cuts_of(metric) if cut.key == "kind")
    asked = Asked(metric, figures.months, Scope(), (Narrowed(plan, ("CP",)),))
    rows = sums(shared_engine, asked, summed_by_month)
    assert {(row.unit_id, row.month): row.rows for row in rows} == {
        (None, date(2016, 8, 1)): 1,
        (None, date(2016, 9, 1)): 2,
    }


def test_parts_that_share_a_denominator_add_up_to_the_figure_itself():
    """2 CP and 1 CIN, held by two workers of 0.5 FTE: 2 and 1 a full-time post, 3 together."""
    status = Cut("status", "Status", divides_denominator=False)
    summed = [
        SimpleNamespace(part="CP", numerator=2, denominator=0.5, rows=2),
        SimpleNamespace(part="CIN", numerator=1, denominator=0.5, rows=1),
    ]
    parts = parts_from(summed, status)
    figure = CATALOGUE["caseload"].measure.figure
    assert [figure(part.tally) for part in parts] == [2.0, 1.0]
    assert figure(whole_of(parts, status).tally) == 3.0


@pytest.mark.parametrize("key", CATALOGUE)
def test_every_cut_has_a_column_of_the_rows_or_says_how_it_is_made(key):
    metric = CATALOGUE[key]
    columns = {"unit_id", "worker_id", *metric.drill_down}
    cuts = cuts_of(metric)
    assert all(cut.key in columns or cut.value for cut in cuts)
    assert len({cut.key for cut in cuts}) == len(cuts)


@pytest.mark.parametrize(("leaves_out", "left"), [(False, {None}), (True, {"CP"})])
def test_rows_that_have_nothing_there_are_a_part_of_their_own(leaves_out, left):
    """One row with a plan and one with none, in a database of their own."""
    rows = union_all(
        select(literal("CP").label("kind")), select(cast(null(), String).label("kind"))
    ).subquery()
    plan = Cut("kind", "Plan")
    query = select(rows.c.kind).where(holds(Narrowed(plan, (None,), leaves_out), rows))
    with create_engine("duckdb:///:memory:").connect() as connection:
        assert {row.kind for row in connection.execute(query)} == left
