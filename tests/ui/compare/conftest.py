"""A council with enough cases to compare: U1 closes a third of them, the east area half."""

import shutil
from datetime import date, timedelta

import pytest
from sqlalchemy import create_engine, update

from data_access.database import connect
from data_access.schema import referral
from meeting.comparing import SIDE, ask, every_comparison
from metrics.compare.counting import Side
from metrics.figures import read_figures
from tests.ui.small_council import HIDDEN, build, council
from tests.worlds import SETTINGS

FIRST, UNTIL = date(2015, 1, 1), date(2015, 7, 1)
QUESTION = "Do cases of Unit 1 close sooner?"
CASES = {"U1": (30, 10), "E": (60, 30)}


def compared_council():
    """Cases that entered from January 2015 on, a family each; a unit's first is restricted."""
    world = council()
    for load in world.rows["source_load"]:
        load["rows_json"] = '{"data_from": "2014-01-01"}'
    for unit_id, (cases, closed) in CASES.items():
        for number in range(cases):
            entered_on = FIRST + timedelta(days=number * 2)
            child_id = f"KID-{unit_id}-9{number}"
            world.add(
                "child",
                child_id=child_id,
                name=HIDDEN if number == 0 else f"Quillfeather {number} {unit_id}",
                born_on=date(2008, 5, 1),
                family_id=f"F-{unit_id}-{number}",
                restricted=number == 0,
            )
            world.add(
                "referral",
                referral_id=f"R-{child_id}",
                child_id=child_id,
                received_on=entered_on,
                closed_on=entered_on + timedelta(days=100) if number < closed else None,
                no_further_action=False,
                primary_need="N1",
            )
            world.add(
                "allocation",
                child_id=child_id,
                worker_id=f"WORKER-{unit_id}",
                unit_id=unit_id,
                referral_id=f"R-{child_id}",
                lead=True,
                started_on=entered_on,
            )
    return world


@pytest.fixture(scope="session")
def cases_council(tmp_path_factory) -> str:
    return build(tmp_path_factory.mktemp("compared"), compared_council())


@pytest.fixture(scope="session")
def changed_council(cases_council, tmp_path_factory) -> str:
    """The same without any closure."""
    file = tmp_path_factory.mktemp("changed") / "changed.duckdb"
    shutil.copyfile(cases_council.removeprefix("duckdb:///"), file)
    engine = create_engine(f"duckdb:///{file}")
    with engine.begin() as connection:
        connection.execute(update(referral).values(closed_on=None))
    engine.dispose()
    return f"duckdb:///{file}"


@pytest.fixture
def asked(cases_council, store):
    """A comparison of Unit 1 with the east area, as somebody asked it."""
    load = read_figures(connect(cases_council), SETTINGS).load
    own, other = Side("Unit 1", ("U1",), FIRST, UNTIL), Side("East area", ("E",), FIRST, UNTIL)
    ask(store, load, (own, other), {"question": QUESTION, "kind": SIDE, "outcome": "closed"}, "Ann")
    return every_comparison(store)[0]
