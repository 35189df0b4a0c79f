"""Rows that several counts rest on: derive works them out once, and no count is another for it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import FromClause, Subquery, select

from data_access.database import read, staged
from loading import deriving
from loading.deriving import filled_once
from metrics.catalogue import CATALOGUE
from metrics.kept_rows import kept_rows_of
from metrics.model import Basis, Metric, Months
from tests.metrics.stored.test_people import moved_in_july
from tests.test_every_metric import derived
from tests.worlds import AS_AT, FIRST, LAST, SETTINGS, World, loaded, months

BLOCKS = [Months(FIRST, FIRST.shift(3)), Months(FIRST.shift(4), LAST)]
CLOSED, BACK = (date(2015, 4, 7), date(2015, 9, 1)), date(2015, 12, 5)
# Alike but for capitals and accents, in the order of lists; whose name is not told comes last.
IN_ORDER = {"E": "Adam", "B": "adam", "D": "Ádam", "C": "Zoe", "A": "Zoë", "F": None}


def asked_by(metric: Metric) -> set[str]:
    """What the metric's rows share with other counts."""
    names = set()

    def shared(name: str, rows: Subquery) -> Subquery:
        names.add(name)
        return rows

    metric.rows(months(), Basis(SETTINGS, AS_AT, shared=shared))
    return names


SHARING = [metric for metric in CATALOGUE.values() if asked_by(metric)]


def council() -> World:
    """Who steps up from a plan; cases closed, of which some come back, and cases that are new."""
    world = moved_in_july("Kit")
    world.add("plan", child_id="Kit", kind="CLA", started_on=date(2016, 7, 4))
    held = {"unit_id": "U1", "worker_id": "Ann", "lead": True}
    for number in range(4):
        child_id = f"Child {number}"
        world.add("child", child_id=child_id, name=child_id, restricted=number == 3)
        began, ended = date(2015, 2, 2), CLOSED[number % 2]
        world.add("referral", child_id=child_id, received_on=began, closed_on=ended)
        world.add("allocation", child_id=child_id, started_on=began, ended_on=ended, **held)
        if number > 1:
            world.add("referral", child_id=child_id, received_on=BACK)
    for came, block in zip(("New 0", "New 1"), BLOCKS, strict=True):
        day = block.first.start
        world.add("child", child_id=came, name=came, restricted=False)
        world.add("referral", child_id=came, referral_id=came, received_on=day)
        world.add("allocation", child_id=came, referral_id=came, started_on=day, **held)
    return world


@pytest.fixture(scope="module")
def over_council(shared_engine) -> Iterator:
    with loaded(shared_engine, council()) as engine:
        yield engine


def test_what_is_shared_has_metrics_that_share_it():
    asked = Counter(name for metric in SHARING for name in asked_by(metric))
    assert {"closed_cases", "supported_pairs"} <= set(asked)
    assert max(asked.values()) > 1


@pytest.mark.parametrize("metric", SHARING, ids=lambda metric: metric.key)
def test_the_rows_kept_are_the_same_whether_they_are_shared_or_worked_out_in_each_query(
    over_council, metric
):
    """In blocks of months, as derive asks for them, from tables that the first block filled."""
    query = kept_rows_of(metric).query
    alone = read(over_council, query(months(), Basis(SETTINGS, AS_AT)))
    with over_council.begin() as connection:
        basis = Basis(SETTINGS, AS_AT, shared=filled_once(connection))
        blocks = [connection.execute(query(block, basis)).all() for block in BLOCKS]
    assert all(blocks)
    assert Counter(map(tuple, alone)) == Counter(tuple(row) for rows in blocks for row in rows)


def test_a_table_is_filled_for_each_name_once_in_a_derive_and_anew_in_the_next(
    shared_engine, monkeypatch
):
    filled = Counter[str]()

    def counted(connection, name: str, rows: FromClause):
        filled[name] += 1
        return staged(connection, name, rows)

    monkeypatch.setattr(deriving, "staged", counted)
    monkeypatch.setattr("loading.blocks.ROWS_OF_A_BLOCK", 60)
    metric = CATALOGUE["re_referred_after_closure"]
    for once in (1, 2):
        figures = derived(shared_engine, council(), metric)
        names = asked_by(metric) | {"named_workers", "named_children"}
        assert {name: filled[name] for name in names} == dict.fromkeys(names, once)
    assert sum(figures.tallies[metric.key, "*", FIRST.shift(n)].denominator for n in range(9)) == 4


def test_a_list_has_names_by_the_place_that_each_has_among_all(shared_engine):
    world = World().add("unit", unit_id="U1", name="Team", kind="segmented")
    world.add("worker", worker_id="Ann", name="Ann")
    post = {"role": "social_worker", "fte": 1.0, "agency": False, "newly_qualified": False}
    world.add("post", worker_id="Ann", unit_id="U1", started_on=FIRST.start, **post)
    for child_id, name in sorted(IN_ORDER.items()):
        known = {"name": name or "Aaron", "restricted": name is None}
        world.add("child", child_id=child_id, **known)
        held = {"unit_id": "U1", "worker_id": "Ann", "lead": True}
        world.add("allocation", child_id=child_id, started_on=FIRST.start, **held)
    metric = CATALOGUE["caseload"]
    derived(shared_engine, world, metric)
    kept = kept_rows_of(metric).table(SETTINGS).c
    query = select(kept.child_id, kept.child_name).where(
        kept.month == FIRST.start, kept.child_id.is_not(None)
    )
    listed = read(shared_engine, query.order_by(kept.position))
    assert [(row.child_id, row.child_name) for row in listed] == [*IN_ORDER.items()]
