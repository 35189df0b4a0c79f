"""An oracle over empty worlds proves nothing: the worlds must draw what is to be counted."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import permutations

import pytest
from _pytest.mark import ParameterSet
from hypothesis import given, settings

from data_access.database import read
from metrics.catalogue import CATALOGUE
from metrics.definitions.visits_out_of_timescale import STATES
from tests.clock_cases import CASES, whole
from tests.draws import draws
from tests.metrics.plain import AS_AT, BANK_HOLIDAYS, ONE_DAY, is_working
from tests.metrics.plain_clocks import reference
from tests.worlds import WORLDS, World, basis, loaded, months, visited

# The same at each run: chance would now and then draw nothing worth counting.
look_at = settings(draws(40), derandomize=True)


def metrics_by_world() -> Iterator[ParameterSet]:
    """Metrics that share a world: it is drawn and loaded once for them all."""
    for world in dict.fromkeys(WORLDS.values()):
        shared = [metric for key, metric in CATALOGUE.items() if WORLDS[key] is world]
        yield pytest.param(world, shared, id=shared[0].key)


# It asks of the worlds themselves; what each metric counts in them its own test asks at every run.
@pytest.mark.thorough
# On one engine: that both count the same is what each metric's own test shows.
@pytest.mark.parametrize("engine_kind", ["duckdb"], indirect=True)
@pytest.mark.parametrize(("worlds", "shared"), [*metrics_by_world()])
def test_one_world_in_ten_gives_each_metric_something_to_count(shared_engine, worlds, shared):
    queries = {metric.key: metric.rows(months(), basis()) for metric in shared}
    sizes: dict[str, list[int]] = {key: [] for key in queries}

    @look_at
    @given(worlds())
    def look(world):
        with loaded(shared_engine, world, only_for=[*queries.values()]) as engine:
            for key, query in queries.items():
                sizes[key].append(len(read(engine, query)))

    look()
    for key, found in sizes.items():
        assert sum(size > 0 for size in found) >= len(found) / 10, (key, found)


def shows(name: str, value: str | None) -> Callable[[dict], bool]:
    return lambda row: row[name] == value


def agreed_in(period: str) -> Callable[[dict], bool]:
    return lambda row: bool(row["agreed"]) and row["agreed"]["period"] == period


def under(limb: str, before_review: bool) -> Callable[[dict], bool]:
    return lambda row: (row["limb"], row["before_review"]) == (limb, before_review)


def explained(row: dict) -> bool:
    return bool(row["authorised_by"] and row["reason"])


def holiday_between(row: dict) -> bool:
    return any(row["clock_started_on"] < day <= row["due_on"] for day in BANK_HOLIDAYS)


# What the definition of a visit due names, as a visit that fell due shows it.
OF_A_VISIT_DUE: dict[str, Callable[[dict], bool]] = {
    **{state: shows("state", state) for state in STATES},
    **{
        f"looser than {other}": shows("looser_than", other)
        for other in (None, "standard", "law", "standard and law")
    },
    **{
        f"{limb}, {'before' if before else 'after'} the review": under(limb, before)
        for limb in ("general", "interim order", "care order", "connected person")
        for before in (True, False)
    },
    **{period: agreed_in(period) for period in ("days", "working_days", "weeks", "months")},
    "agreed, and who and why": explained,
    "agreed, not who or why": lambda row: bool(row["agreed"]) and not explained(row),
    "agreed while it ran": lambda row: (
        bool(row["agreed"]) and row["agreed"]["effective_from"] > row["clock_started_on"]
    ),
    "month clipped": lambda row: (
        agreed_in("months")(row)
        and row["due_on"].day < row["clock_started_on"].day
        and row["due_on"] > row["agreed"]["effective_from"]
    ),
    "bank holiday": lambda row: agreed_in("working_days")(row) and holiday_between(row),
    "start on no working day": lambda row: (
        agreed_in("working_days")(row) and not is_working(row["clock_started_on"])
    ),
    "leap day": lambda row: row["due_on"] == date(2016, 2, 29),
    "month end": lambda row: (row["due_on"] + ONE_DAY).day == 1,
    "attempt": lambda row: row["attempts"] > 0,
    "seen on the due date": lambda row: row["visited_on"] == row["due_on"],
    "seen the day after": lambda row: row["visited_on"] == row["due_on"] + ONE_DAY,
    "plan ends the day after": lambda row: row["plan"]["ended_on"] == row["due_on"] + ONE_DAY,
    "recorded early": lambda row: (
        bool(row["visited_on"] and row["recorded_on"]) and row["recorded_on"] < row["visited_on"]
    ),
    "no unit": lambda row: row["unit_id"] is None,
}


def pairs(world: World, table: str, *alike: str) -> Iterator[tuple[dict, dict]]:
    """Two rows of a table that have these columns alike."""
    for one, other in permutations(world.of(table), 2):
        if all(one[name] == other[name] for name in alike):
            yield one, other


def started_after_weeks(world: World, days: int) -> bool:
    """A placement that started so many days after the child's plan did."""
    return any(
        placed["started_on"] == plan["started_on"] + days * ONE_DAY
        for plan in world.of("plan")
        for placed in world.of("placement")
        if plan["kind"] == "CLA" and plan["child_id"] == placed["child_id"]
    )


# What may leave no visit due of its own.
OF_A_WORLD: dict[str, Callable[[World], bool]] = {
    "visit in the future": lambda world: any(
        row["visited_on"] > AS_AT for row in world.of("visit")
    ),
    "plan in the future": lambda world: any(row["started_on"] > AS_AT for row in world.of("plan")),
    "plan ends on the due date": lambda world: any(
        row["kind"] == "CP" and row["ended_on"] == row["started_on"] + 28 * ONE_DAY
        for row in world.of("plan")
    ),
    "placed on the due date": lambda world: started_after_weeks(world, 7),
    "placed the day after": lambda world: started_after_weeks(world, 8),
    "placed on a visit's due date": lambda world: started_after_weeks(world, 5 + 28),
    "move between plans": lambda world: any(
        one["ended_on"] == other["started_on"] for one, other in pairs(world, "plan", "child_id")
    ),
    "siblings": lambda world: any(
        one["child_id"] != other["child_id"] for one, other in pairs(world, "plan", "started_on")
    ),
    "overlapping agreements": lambda world: any(
        one["effective_from"] < other["effective_from"] < (one["effective_to"] or date.max)
        for one, other in pairs(world, "visit_interval", "child_id", "kind")
    ),
    "agreements of one day": lambda world: any(
        pairs(world, "visit_interval", "child_id", "kind", "effective_from")
    ),
    "placements of one day": lambda world: any(
        one["kind"] != other["kind"]
        for one, other in pairs(world, "placement", "child_id", "started_on")
    ),
}


def met_in(world: World) -> set[str]:
    rows = reference(world)
    of_rows = {name for name, case in OF_A_VISIT_DUE.items() if any(case(row) for row in rows)}
    return of_rows | {name for name, case in OF_A_WORLD.items() if case(world)}


def test_every_case_that_the_definition_of_a_visit_due_names_is_among_the_named_cases():
    met = set().union(*(met_in(whole(World(), name)) for name in CASES))
    assert {*OF_A_WORLD, *OF_A_VISIT_DUE} <= met


def test_nearly_every_case_is_drawn_beside_others():
    met: set[str] = set()

    # As many as the test of agreement draws.
    @settings(look_at, max_examples=100)
    @given(visited())
    def look(world):
        met.update(met_in(world))

    look()
    assert len(met) >= 0.9 * len({*OF_A_WORLD, *OF_A_VISIT_DUE})


@pytest.mark.parametrize("name", CASES)
def test_every_named_case_makes_a_visit_due(name):
    assert reference(whole(World(), name))
