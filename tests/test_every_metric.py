"""What must hold of any metric, whoever declares it."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import date, datetime
from itertools import product
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from sqlalchemy import Date, Engine, insert, select

from data_access import schema
from data_access.database import read
from data_access.guard.of_figures import read_parts
from data_access.viewer import Viewer, read_records
from loading.deriving import derive
from metrics.catalogue import CATALOGUE, paired_with, work_list_metric
from metrics.figures import Figures, read_figures
from metrics.kept_rows import COUNTED_FIRST, kept_rows_of, named
from metrics.lists.running_clocks import RUNNING_CLOCKS
from metrics.model import SERVICE, Measure, Metric, Need, Period, Scope, Spread, Tally, View
from metrics.rows_behind import rows_behind, rows_listed, sums_by_part
from metrics.stored.counting import WORK_LISTS
from tests.databases import emptied
from tests.draws import draws
from tests.each_metric import each_key
from tests.worlds import (
    AS_AT,
    FIRST,
    LAST,
    LONG_HELD,
    SETTINGS,
    WORLDS,
    World,
    basis,
    months,
)

EVERYBODY = Viewer("everybody", frozenset({"*"}), True, True)
every_metric = pytest.mark.parametrize("metric", CATALOGUE.values(), ids=lambda metric: metric.key)


def derived(engine: Engine, world: World, only: Metric | None = None, **said) -> Figures:
    """The figures of a world, by the way that every load goes; of one metric alone if so asked."""
    with alone(only), engine.begin() as connection:
        emptied(connection)
        for name in [name for name, rows in world.rows.items() if rows]:
            connection.execute(insert(schema.metadata.tables[name]), world.of(name))
        load = {"load_id": "1", "source": "test", "taken_at": datetime(2016, 10, 15, 9)}
        said = {"covers_from": LONG_HELD} | said
        connection.execute(
            insert(schema.source_load), [load | {"data_to": AS_AT, "rows_json": json.dumps(said)}]
        )
        derive(connection, SETTINGS)
    return read_figures(engine, SETTINGS)


@contextmanager
def alone(metric: Metric | None) -> Iterator[None]:
    """As if no other metric were declared but what it is shown with: counting all takes seconds."""
    if metric is None:
        yield
        return
    pair = [paired_with(metric)] if metric.beside.pair else []
    few = {one.key: one for one in (metric, *pair, work_list_metric())}
    with patch.dict(CATALOGUE, few, clear=True):
        yield


def added_up(rows) -> tuple[float, float]:
    total = sum((Tally(float(r.numerator), float(r.denominator)) for r in rows), Tally())
    return round(total.numerator, 6), round(total.denominator, 6)


def told(found: Figures, metric: Metric, view: View) -> tuple[float, float]:
    tally = found.result(metric, view).tally or Tally()
    return round(tally.numerator, 6), round(tally.denominator, 6)


@each_key
def test_figure_parts_and_quantiles_are_what_the_rows_say_that_are_kept_as_counted(
    shared_engine, key
):
    """All are asked of the same worlds: to derive one takes longer than to ask."""
    metric = CATALOGUE[key]

    @draws(4)
    @given(WORLDS[key]())
    def check(world):
        found = derived(shared_engine, world, metric)
        keeps_what_is_counted(shared_engine, found, metric)
        is_the_sum_of_its_rows(shared_engine, found, metric)
        if metric.split.by:
            adds_up_from_its_parts(shared_engine, found, metric)
        if metric.beside.quantiles:
            has_the_quantiles_of_its_rows(shared_engine, found, metric)

    check()


def is_the_sum_of_its_rows(engine: Engine, found: Figures, metric: Metric) -> None:
    """And the service is the sum of its units."""
    for period in found.months[-4:]:
        of_units: tuple[float, ...] = (0.0, 0.0)
        for unit_id in [name for name in found.units if name != SERVICE]:
            view = View(period, Scope(unit_id))
            rows = read_records(engine, rows_behind(metric, view, basis()), EVERYBODY)
            assert told(found, metric, view) == added_up(rows)
            pairs = zip(of_units, added_up(rows), strict=True)
            of_units = tuple(round(sum(pair), 6) for pair in pairs)
        whole = View(period, Scope())
        rows = read_records(engine, rows_behind(metric, whole, basis()), EVERYBODY)
        assert told(found, metric, whole) == added_up(rows) == of_units


def keeps_what_is_counted(engine: Engine, found: Figures, metric: Metric) -> None:
    """The rows that the metric counts, each once, in their order."""
    kept = kept_rows_of(metric).table(SETTINGS)
    counted = read(engine, named(metric.rows(months(), basis())))
    asked_for = kept.c.month.between(FIRST.start, LAST.start)
    same = [column for column in kept.c if column.name not in ("place", "position")]
    rows = read(engine, select(*same).where(asked_for))
    assert Counter(map(tuple, rows)) == Counter(map(tuple, counted))
    for unit_id in found.units:
        lie_in_order(engine, metric, View(found.latest, Scope(unit_id)))


def adds_up_from_its_parts(engine: Engine, found: Figures, metric: Metric) -> None:
    view = View(found.months[-1])
    for viewer in (EVERYBODY, replace(EVERYBODY, may_see_restricted=False)):
        assert added_up(parts_of(engine, metric, view, viewer)) == told(found, metric, view)


def has_the_quantiles_of_its_rows(engine: Engine, found: Figures, metric: Metric) -> None:
    """The service's from all rows, not from the units' own."""
    for period, unit_id in product(found.months[-4:], found.units):
        view = View(period, Scope(unit_id))
        rows = read_records(engine, rows_behind(metric, view, basis()), EVERYBODY)
        quantiles = found.result(metric, view).quantiles
        for one in metric.beside.quantiles:
            values = sorted(getattr(row, one.column) for row in rows)
            rank = -(-round(one.share * 10) * len(values) // 10)
            expected = Spread(values[rank - 1], len(values)) if values else None
            assert quantiles.get(one.key) == expected


@every_metric
def test_a_day_is_kept_as_a_day_and_not_as_its_letters(metric):
    kept = kept_rows_of(metric).table(SETTINGS)
    days = [column for column in kept.c if column.name.endswith("_on")]
    assert [column.name for column in days if not isinstance(column.type, Date)] == []


def lie_in_order(engine: Engine, metric: Metric, view: View) -> None:
    """Counted first, then by unit, worker, child: by names, for those who may see them."""
    query = rows_listed(metric, view, basis())
    listed = read_records(engine, query, EVERYBODY)
    named = [[getattr(row, name) for name in COUNTED_FIRST] for row in listed]
    assert named == sorted(named, key=lambda row: [(one is None, one) for one in row])
    unnamed = read_records(
        engine, query, replace(EVERYBODY, may_see_names=False), ("place", "child_id")
    )
    assert {row.position for row in unnamed} <= {None}
    places = [(row.place, row.child_id or "~") for row in unnamed]
    assert places == sorted(places)


def test_rows_of_no_unit_are_the_service_s_and_no_unit_s(shared_engine):
    """Two visits recorded at once: of Kit, whom unit 1 holds, and of Lou, whom nobody does."""
    seen_on = date(2016, 9, 5)
    world = World().add("unit", unit_id="U1", name="Team U1", kind="segmented")
    said = {"worker_id": "Ann", "unit_id": "U1", "lead": True, "started_on": seen_on}
    world.add("allocation", child_id="Kit", **said)
    for child_id in ("Kit", "Lou"):
        world.add("child", child_id=child_id, restricted=False)
        days = {"visited_on": seen_on, "recorded_on": seen_on}
        world.add("visit", child_id=child_id, kind="CIN", **days)
    metric = CATALOGUE["recorded_in_time"]
    found = derived(shared_engine, world, metric)
    for unit_id, children in (("U1", {"Kit"}), (None, {"Lou"}), (SERVICE, {"Kit", "Lou"})):
        view = View(Period.of(seen_on), Scope(unit_id))
        rows = read_records(shared_engine, rows_behind(metric, view, basis()), EVERYBODY)
        assert {row.child_id for row in rows} == children
        recorded = Tally(len(children), len(children))
        result = found.result(metric, view)
        assert (result.tally, result.companions["recording_known"]) == (recorded, recorded)


def test_a_source_that_counts_from_a_later_month_moves_no_clock_that_began_before(shared_engine):
    """By working days, by law until the first review, and who has been overdue for longest."""
    world = World().add("child", child_id="Kit", restricted=False)
    said = {"child_id": "Kit", "started_on": date(2015, 2, 2)}
    world.add("allocation", lead=True, unit_id="U1", **said)
    world.add("plan", kind="CLA", **said).add("placement", long_term=False, kind="P1", **said)
    world.add("plan", kind="CP", **said)
    every = {"every": 10, "period": "working_days", "effective_from": date(2015, 2, 2)}
    world.add("visit_interval", child_id="Kit", kind="CP", **every)
    world.add("visit", child_id="Kit", kind="CLA", visited_on=date(2015, 2, 9))
    tables = [schema.visit_due, *(one.table(SETTINGS) for one in WORK_LISTS)]
    derived(shared_engine, world, work_list_metric())
    expected = [sorted(map(repr, read(shared_engine, table.select()))) for table in tables]
    assert {one.state for one in read(shared_engine, tables[3].select())} == {"overdue"}
    derived(shared_engine, world, work_list_metric(), data_from="2016-05-01")
    assert [sorted(map(repr, read(shared_engine, one.select()))) for one in tables] == expected


def test_months_begin_with_the_first_row_of_a_metric_that_counts_nothing_else(shared_engine):
    new = replace(CATALOGUE["sickness"], key="complaints", needs=(Need("complaint"),))
    world = World().add("complaint", received_on=date(2016, 3, 7), unit_id="U1", stage=1)
    world.add("unit", unit_id="U1", name="Unit 1", kind="segmented")
    assert derived(shared_engine, world, new).months[0] == Period(2016, 3)


def parts_of(engine, metric: Metric, view: View, viewer: Viewer):
    rows, by = rows_behind(metric, view, basis()), metric.split.by
    assert by
    return read_parts(engine, rows, viewer, lambda seen: sums_by_part(seen, by))


@every_metric
def test_a_pair_is_of_two_that_name_each_other(metric):
    if metric.beside.pair is not None:
        other = paired_with(metric)
        assert other.beside.pair is not None
        assert other.beside.pair.with_key == metric.key


def test_the_work_lists_hold_rows_of_one_metric_which_may_be_doubted_there():
    columns = set(RUNNING_CLOCKS.table(SETTINGS).c.keys())
    assert set(work_list_metric().identified_by) <= columns


@every_metric
def test_is_fully_described(metric):
    for whole in (metric, metric.words):
        for each in fields(whole):
            if each.type in (str, "str"):
                assert getattr(whole, each.name).strip(), f"{each.name} is blank"
    assert metric.edge_cases and metric.needs and metric.drill_down


@pytest.mark.parametrize("key", CATALOGUE)
def test_key_is_the_file_name_and_has_a_test_of_its_own(key):
    here = Path(__file__).parent
    assert CATALOGUE[key].key == key
    assert list((here.parent / "metrics" / "definitions").rglob(f"{key}.py"))
    assert list((here / "metrics").rglob(f"test_{key}.py"))


ONE_UNIT = World().add("unit", unit_id="U1", name="Unit 1", kind="segmented")


@pytest.fixture(scope="module")
def lacking(shared_engine) -> dict[str, Figures]:
    """By metric the figures of a source that lacks it, and each second one with it."""
    keys, found = list(CATALOGUE), dict[str, Figures]()
    for lacked in (keys[::2], keys[1::2]):
        said = {key: f"The source lacks {key}." for key in lacked}
        found |= dict.fromkeys(lacked, derived(shared_engine, ONE_UNIT, not_in_source=said))
    return found


@every_metric
def test_what_no_source_supports_has_no_figure_and_says_why(lacking, metric):
    found = lacking[metric.key]
    result = found.result(metric, View(found.months[-1], Scope("U1")))
    assert result.tally is None
    assert result.value is None
    assert result.not_in_source == f"The source lacks {metric.key}."


@pytest.fixture(scope="module")
def of_an_idle_unit(shared_engine) -> Figures:
    return derived(shared_engine, ONE_UNIT)


@every_metric
def test_a_unit_with_nothing_to_count_has_no_value_and_not_0(of_an_idle_unit, metric):
    result = of_an_idle_unit.result(metric, View(of_an_idle_unit.months[-1], Scope("U1")))
    assert result.tally == Tally(0, 0)
    # None of what is counted is a number; a share or a mean of nothing is none.
    assert result.written == ("0" if metric.measure is Measure.COUNT else "–")


def test_no_two_metrics_have_one_place_or_one_short_name():
    for told in ("number", "name", "short_name"):
        each = Counter(getattr(metric, told) for metric in CATALOGUE.values())
        assert each.most_common(1)[0][1] == 1, told


@every_metric
def test_what_it_is_split_by_has_a_heading(metric):
    assert metric.split.by in (None, *metric.drill_down)
