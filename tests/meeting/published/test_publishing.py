"""A month that is published: what is frozen, what is refused, and what can't move it."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from sqlalchemy import select, update

from data_access import schema
from data_access.database import changing, connect, rebuild
from data_access.guard.of_figures import read_parts
from data_access.meeting_store import tables
from data_access.meeting_store.opening import open_store
from data_access.meeting_store.publications import publications
from data_access.meeting_store.transactions import read
from data_access.problems import NotAllowed, Problem
from data_access.viewer import NAMES, Viewer, read_records
from meeting.published.content import content_of
from meeting.published.frozen import (
    frozen_figures,
    frozen_rows,
    overlaid,
    publication_of,
)
from meeting.published.frozen_sums import frozen_parts
from meeting.published.people import columns_of, rows_with_names
from meeting.published.publishing import publish
from metrics.catalogue import CATALOGUE
from metrics.figures import read_figures
from metrics.model import Basis, Period, Scope, Tally, View
from metrics.rows_behind import rows_behind, sums_by_part
from metrics.sentence import reading_sentences, sentence
from tests.databases import postgresql_database
from tests.draws import draws
from tests.each_metric import case_of, each_metric
from tests.meeting.conftest import fill, loaded_into
from tests.ui.small_council import council
from tests.worlds import AS_AT, SETTINGS, WORLDS, World, basis, visited

SEPTEMBER = Period(2016, 9)
VISITS = CATALOGUE["visits_out_of_timescale"]
DERIVED_EVERY_TIME = {"visits_out_of_timescale", "step_down_re_referred", "families_positive"}
EVERYBODY = Viewer("everybody", frozenset({"*"}), True, True)


def small() -> World:
    world = council()
    del world.rows["source_load"]
    return world


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """The small council, built once: these tests only read it."""
    url = f"duckdb:///{tmp_path_factory.mktemp('case') / 'case.duckdb'}"
    with rebuild(url) as connection:
        fill(connection, small())
    engine = connect(url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def september(request, case, tmp_path_factory):
    """September published once, on each of the store's engines: these tests only read it."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('store') / 'meeting.sqlite'}"
        else:
            server = request.getfixturevalue("postgresql_url")
            url = stack.enter_context(postgresql_database(server))
        store = open_store(url)
        stack.callback(store.dispose)
        yield store, go(case, store)


def go(case, store, month=SEPTEMBER, by="Ann", reason=None):
    done, _ = publish(case, store, SETTINGS, month, by, reason)
    return done


def test_every_figure_of_the_month_is_frozen_with_its_companions(case, store):
    frozen = frozen_figures(store, go(case, store))
    live = read_figures(case, SETTINGS)
    expected = {key[:2]: tally for key, tally in live.tallies.items() if key[2] == SEPTEMBER}
    assert frozen.tallies == expected
    assert {metric.split(".")[0] for metric, _ in frozen.tallies} == set(CATALOGUE)
    assert any("." in metric for metric, _ in frozen.tallies)
    assert ("caseload", "*") in frozen.tallies


@each_metric
def test_the_frozen_rows_are_the_rows_behind_the_live_figure(case, september, metric):
    store, done = september
    for unit_id in ("*", "U2"):
        view = View(SEPTEMBER, Scope(unit_id))
        rows = read_records(case, rows_behind(metric, view, basis()), EVERYBODY)
        names = ("unit_id", "worker_id", "child_id", "numerator", "denominator", *metric.drill_down)
        frozen = frozen_rows(store, case, done, metric, view, EVERYBODY)
        assert sorted(repr([getattr(row, name) for name in names]) for row in frozen) == sorted(
            repr([_number(getattr(row, name), name) for name in names]) for row in rows
        )


@each_metric
def test_a_published_row_with_its_names_has_every_column_of_a_live_one(case, september, metric):
    (store, done), view = september, View(SEPTEMBER)
    rows = frozen_rows(store, case, done, metric, view, EVERYBODY)
    columns = rows_behind(metric, view, basis()).selected_columns.keys()
    assert columns_of(metric) == tuple(columns)
    for row in rows_with_names(case, rows, {}, EVERYBODY):
        assert [name for name in columns if not hasattr(row, name)] == []
        assert row.month == view.period.start


def _number(value, name):
    return float(value) if name in ("numerator", "denominator") else value


@pytest.mark.parametrize("restricted", [True, False])
@pytest.mark.parametrize(
    "metric", [case_of(key, one) for key, one in CATALOGUE.items() if one.split.by]
)
def test_the_parts_of_a_frozen_figure_are_those_of_the_live_one(
    case, september, metric, restricted
):
    viewer = Viewer("one", may_see_restricted=restricted)
    store, done = september
    for unit_id in ("*", "U2"):
        view = View(SEPTEMBER, Scope(unit_id))
        parts = frozen_parts(store, case, done, metric, view, viewer)
        rows = rows_behind(metric, view, basis())
        live = read_parts(case, rows, viewer, lambda seen: sums_by_part(seen, metric.split.by))
        assert {tuple(part) for part in parts} == {tuple(part) for part in live}
        closed = [part.rows for part in parts if part.is_closed]
        assert bool(closed) == (not restricted and metric.is_of_children and bool(parts))


def test_quantiles_are_frozen_as_they_do_not_add_up(case, store):
    live = read_figures(case, SETTINGS)
    month = max(period for _, _, period in live.spreads if period <= SEPTEMBER)
    frozen = frozen_figures(store, go(case, store, month))
    expected = {key[:2]: found for key, found in live.spreads.items() if key[2] == month}
    assert frozen.spreads == expected
    shown = overlaid(replace(live, spreads={}), [frozen])
    assert shown.spreads == {(*key, month): found for key, found in expected.items()}


@each_metric
def test_the_words_are_those_said_on_the_day(case, september, metric):
    frozen, live = frozen_figures(*september), read_figures(case, SETTINGS)
    for unit_id in live.units:
        result = live.compared_result(metric, View(SEPTEMBER, Scope(unit_id)))
        said = frozen.published_words[metric.key, unit_id]
        assert (said.sentence, list(said.reading)) == (sentence(result), reading_sentences(result))


def test_published_twice_from_one_load_the_numbers_are_identical(case, store):
    first = go(case, store)
    assert first.digest != go(case, store, Period(2016, 8)).digest
    with pytest.raises(Problem, match="Nothing of September 2016 has changed since version 1"):
        go(case, store, reason="to be sure")
    assert [one.version for one in publications(store) if one.month == SEPTEMBER.start] == [1]


# Each is a council derived for every draw: at every run visits, levels and surveys.
@pytest.mark.parametrize(
    "key",
    [
        pytest.param(key, marks=() if key in DERIVED_EVERY_TIME else pytest.mark.thorough)
        for key in CATALOGUE
    ],
)
def test_a_month_of_any_world_is_the_same_each_time_it_is_read(shared_engine, key):
    @draws(3)
    @given(WORLDS[key]())
    def check(world):
        case = loaded_into(shared_engine, world)
        figures = read_figures(case, SETTINGS)
        first, second = (content_of(case, figures, SEPTEMBER) for _ in range(2))
        assert first == second
        assert first.digest == second.digest

    check()


def test_the_load_and_the_people_are_kept_beside(case, store):
    done = go(case, store, by="  Ann Analyst ")
    assert (done.version, done.published_by, done.as_at) == (1, "Ann Analyst", AS_AT)
    assert (done.load_id, done.source, done.reason) == ("1", "test", None)
    assert publication_of(store, SEPTEMBER) == done


# What is refused.


def refused(case, store, **options) -> str:
    with pytest.raises(Problem) as problem:
        go(case, store, **options)
    assert len(str(problem.value).splitlines()) == 1
    return str(problem.value)


def test_a_month_without_data_is_refused(case, store):
    assert "There are no data for January 2031" in refused(case, store, month=Period(2031, 1))


def test_a_month_that_is_not_over_is_refused(case, store):
    said = refused(case, store, month=Period(2016, 10))
    assert "October 2016 is not over in the data, which end on 14 October 2016" in said


def test_a_month_is_over_on_its_last_day(case_of, store):
    assert "not over" in refused(case_of(small(), date(2016, 9, 29)), store)
    assert go(case_of(small(), date(2016, 9, 30)), store).version == 1


def test_a_first_version_takes_no_reason_and_a_second_needs_one(case, case_of, store):
    assert "takes no reason" in refused(case, store, reason="because")
    go(case, store)
    other = small()
    other.rows["absence"].pop()
    changed = case_of(other)
    assert "published already (version 1)" in refused(changed, store)
    assert "published already (version 1)" in refused(changed, store, reason="  ")
    done = go(changed, store, reason="An absence was entered twice.")
    assert (done.version, done.reason) == (2, "An absence was entered twice.")
    assert publication_of(store, SEPTEMBER, 1).version == 1
    assert publication_of(store, SEPTEMBER) == done
    with pytest.raises(Problem, match="has no version 3: it was published as 1, 2"):
        publication_of(store, SEPTEMBER, 3)


def test_nobody_may_publish(case, store):
    assert "Say who does this" in refused(case, store, by=" ")


def test_figures_that_their_rows_do_not_add_up_to_are_refused(case_of, store):
    engine = case_of(small())
    with changing(str(engine.url)) as connection:
        connection.execute(
            update(schema.figure)
            .where(schema.figure.c.metric == "caseload", schema.figure.c.unit_id == "U2")
            .values(numerator=99)
        )
    engine.dispose()
    said = refused(connect(str(engine.url)), store)
    assert "The rows behind Caseload, Unit 2, do not add up to its figure" in said


def test_a_refusal_leaves_nothing_in_the_store(case, store):
    refused(case, store, month=Period(2016, 10))
    for table in (*tables.FROZEN, tables.event):
        assert read(store, select(*table.c)) == []


# What happens afterwards.


def entered_today(world: World, as_at: date) -> None:
    """A visit made in time in September and recorded only now."""
    world.add(
        "visit",
        child_id="K1",
        kind="CP",
        visited_on=date(2016, 9, 20),
        seen=True,
        recorded_on=as_at,
    )


def one_child() -> World:
    world = World().add("unit", unit_id="U1", name="Unit 1", kind="segmented")
    world.add("child", child_id="K1", name="Kit Example", restricted=False)
    world.add("plan", plan_id="P", child_id="K1", kind="CP", started_on=date(2016, 8, 25))
    return world.add(
        "allocation",
        child_id="K1",
        worker_id="W1",
        unit_id="U1",
        lead=True,
        started_on=date(2016, 8, 1),
    )


def test_a_visit_entered_today_changes_the_current_figure_and_not_the_frozen_month(case_of, store):
    case = case_of(one_child(), date(2016, 10, 3))
    done, view = go(case, store), View(SEPTEMBER, Scope("U1"))
    world = one_child()
    entered_today(world, date(2016, 10, 10))
    case = case_of(world, date(2016, 10, 10), load_id="2")
    live = read_figures(case, SETTINGS)
    assert live.result(VISITS, view).tally == Tally(0, 1)
    shown = overlaid(live, [frozen_figures(store, done)])
    assert shown.result(VISITS, view).tally == Tally(1, 1)
    assert shown.result(VISITS, view).written == "100%"
    assert ": 100% so far in September 2016. " in sentence(shown.compared_result(VISITS, view))
    (row,) = frozen_rows(store, case, done, VISITS, view, EVERYBODY)
    assert (row.state, row.visited_on, row.numerator) == ("overdue", None, 1)


def seen_and_entered_later() -> World:
    """Due on 22 September and seen on the 20th, which was entered on 10 October."""
    world = one_child()
    entered_today(world, date(2016, 10, 10))
    return world


@draws(2)
@given(world=visited())
@example(world=seen_and_entered_later())
def known_then_and_now(world, shared_engine, store, counted) -> None:
    """Publishes from the database of the day, loads what came later, and asks for that day."""
    day = date(2016, 9, 30) if len(counted) % 2 else date(2016, 10, 5)
    later = [
        row
        for row in world.rows["visit"]
        if row["recorded_on"] and row["recorded_on"] > day or row["visited_on"] > day
    ]
    then = World()
    then.rows.update(world.rows)
    then.rows["visit"] = [row for row in world.rows["visit"] if row not in later]
    case = loaded_into(shared_engine, then, day)
    try:
        done = go(case, store, reason="another world" if counted else None)
    except Problem as problem:
        assert "Nothing of September 2016 has changed" in str(problem)
        done = publication_of(store, SEPTEMBER)
    frozen = frozen_rows(store, case, done, VISITS, View(SEPTEMBER), EVERYBODY)
    case = loaded_into(shared_engine, world, load_id="2")
    basis_then = Basis(SETTINGS, day, day)
    rows = read_records(case, rows_behind(VISITS, View(SEPTEMBER), basis_then), EVERYBODY)
    told = [name for name in VISITS.drill_down if name not in NAMES]  # nobody's name is published
    names = ("unit_id", "worker_id", "child_id", "numerator", "denominator", *told)
    shown = sorted(repr([getattr(row, name) for name in names]) for row in frozen)
    assert shown == sorted(
        repr([_number(getattr(row, name), name) for name in names]) for row in rows
    )
    counted.append((len(rows), len(later)))


def test_rows_as_known_on_a_day_are_those_published_on_that_day(shared_engine, file_store):
    counted: list[tuple[int, int]] = []
    known_then_and_now(shared_engine=shared_engine, store=file_store, counted=counted)
    assert any(rows and later for rows, later in counted), "no world had rows and later records"


def test_the_overlay_leaves_other_months_as_they_are_known_now(case, store):
    live = read_figures(case, SETTINGS)
    shown = overlaid(live, [frozen_figures(store, go(case, store))])
    assert shown.months == live.months
    assert shown.units == live.units
    assert list(shown.units) == list(live.units)
    august = View(Period(2016, 8), Scope("U2"))
    for metric in CATALOGUE.values():
        assert shown.result(metric, august) == live.result(metric, august)


def test_a_unit_that_is_no_more_keeps_its_name_in_the_months_it_was_published(case, case_of, store):
    done = go(case, store)
    other = small()
    other.rows["unit"] = [row for row in other.rows["unit"] if row["unit_id"] != "U4"]
    for table in ("allocation", "post", "time_record"):
        other.rows[table] = [row for row in other.rows[table] if row["unit_id"] != "U4"]
    live = read_figures(case_of(other), SETTINGS)
    assert "U4" not in live.units
    shown = overlaid(live, [frozen_figures(store, done)])
    assert shown.units["U4"] == "Unit 4"
    assert list(shown.units)[-1] == "*"


def test_what_no_source_supported_then_is_said_though_one_does_now(case, case_of, store):
    then = case_of(small(), AS_AT, "1", not_in_source={"sickness": "There were no absences."})
    done, view = go(then, store), View(SEPTEMBER)
    live = read_figures(case, SETTINGS)
    result = overlaid(live, [frozen_figures(store, done)]).result(CATALOGUE["sickness"], view)
    assert live.result(CATALOGUE["sickness"], view).value is not None
    assert (result.tally, result.not_in_source) == (None, "There were no absences.")
    assert sentence(result) == "Sickness, Service: not in this source."


def test_what_was_published_is_shown_though_no_source_supports_it_now(case, case_of, store):
    done, view = go(case, store), View(SEPTEMBER)
    now = case_of(small(), AS_AT, "2", not_in_source={"sickness": "There are no absences."})
    shown = overlaid(read_figures(now, SETTINGS), [frozen_figures(store, done)])
    result = shown.result(CATALOGUE["sickness"], view)
    assert result.value is not None
    assert result.not_in_source is None
    august = shown.result(CATALOGUE["sickness"], View(Period(2016, 8)))
    assert august.not_in_source == "There are no absences."


# Who may see the rows.


@pytest.mark.parametrize("viewer", [Viewer("nobody"), None, "local"])
def test_frozen_rows_are_open_to_nobody_until_a_unit_is(case, store, viewer):
    done = go(case, store)
    with pytest.raises(NotAllowed):
        frozen_rows(store, case, done, VISITS, View(SEPTEMBER), viewer)


def test_a_viewer_sees_the_frozen_rows_of_their_unit_and_no_others(case, store):
    done = go(case, store)
    rows = frozen_rows(store, case, done, VISITS, View(SEPTEMBER), Viewer("u2", frozenset({"U2"})))
    assert rows
    assert {row.unit_id for row in rows} == {"U2"}
    one = View(SEPTEMBER, Scope("U1"))
    assert frozen_rows(store, case, done, VISITS, one, Viewer("u2", frozenset({"U2"}))) == []


def test_frozen_rows_hold_no_name(case, store):
    go(case, store)
    kept = repr([read(store, select(*table.c)) for table in (*tables.FROZEN, tables.event)])
    for child in council().rows["child"]:
        assert child["name"] not in kept
    for worker in council().rows["worker"]:
        assert worker["name"] not in kept


def test_names_beside_frozen_rows_are_for_those_who_may_see_them(case, store):
    done = go(case, store)
    rows = frozen_rows(store, case, done, VISITS, View(SEPTEMBER, Scope("U2")), EVERYBODY)
    units = frozen_figures(store, done).units
    for viewer in (EVERYBODY, replace(EVERYBODY, may_see_names=False)):
        shown = rows_with_names(case, rows, units, viewer)
        assert {row.unit_name for row in shown} == {"Unit 2"}
        by_child = {row.child_id: row.child_name for row in shown}
        assert by_child["KID-U2-1"] is None, "the child is restricted"
        assert (by_child["KID-U2-2"] is not None) == viewer.may_see_names
        assert all((row.worker_name is not None) == viewer.may_see_names for row in shown)


def test_a_page_of_frozen_rows_is_the_same_each_time(case, store):
    done, view = go(case, store), View(SEPTEMBER)
    whole = frozen_rows(store, case, done, VISITS, view, EVERYBODY)
    one_by_one = [
        frozen_rows(store, case, done, VISITS, view, EVERYBODY, 1, at)[0]
        for at in range(len(whole))
    ]
    assert one_by_one == whole
    numerators = [row.numerator for row in whole]
    assert numerators == sorted(numerators, reverse=True)


def test_a_published_month_says_which_settings_changed_since_and_derive_does_not_silence_it(
    case, store
):
    """The case database may be counted with the new settings: what is published is not."""
    go(case, store)
    other = replace(SETTINGS, hours_a_week=36.0)
    (frozen,) = (frozen_figures(store, one) for one in publications(store))
    derived_anew = replace(read_figures(case, other), changed_settings=())
    assert overlaid(derived_anew, [frozen]).doubts(SEPTEMBER) == (
        "Settings have changed since September 2016 was published, and move nothing:"
        " hours_a_week in [time] is 36 now and was 37."
    )
    assert overlaid(read_figures(case, SETTINGS), [frozen]).doubts(SEPTEMBER) is None


def test_a_month_published_before_settings_were_kept_says_that_they_are_not_known(case, store):
    go(case, store)
    (frozen,) = (frozen_figures(store, one) for one in publications(store))
    of_old = overlaid(read_figures(case, SETTINGS), [replace(frozen, counted_with=None)])
    assert of_old.doubts(SEPTEMBER) == (
        "It is not known with which settings September 2016 was counted when it was published."
    )


def test_figures_counted_with_other_settings_are_not_published(case, store):
    with pytest.raises(Problem, match="Nothing can be published yet. Settings have changed since"):
        publish(case, store, replace(SETTINGS, hours_a_week=36.0), SEPTEMBER, "Ann")
    assert publications(store) == []
