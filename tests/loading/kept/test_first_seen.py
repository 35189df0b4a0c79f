"""When a visit was first seen in a load: what is noted, taken over, and never guessed."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pandas as pd
import pytest
from sqlalchemy import insert, select

from data_access.database import changing, connect, read
from data_access.schema import child, metadata, visit, visit_seen
from loading.combining import FROM, Combined
from loading.kept.first_seen import note_first_seen, visits_seen
from loading.sources.reading import Reading

BEFORE, NOW = date(2016, 9, 30), date(2016, 10, 7)
DAY = date(2016, 9, 20)  # up to the last day of the load before
START = date(2016, 1, 4)


def a_visit(visit_id: str, child_id: str = "Kit", day: date = DAY, kind: str = "CIN") -> dict:
    return {"visit_id": visit_id, "child_id": child_id, "visited_on": day, "kind": kind}


def noted(visits: list[dict], first_seen_on: date, not_seen_on: date | None = None) -> list[dict]:
    seen = [{name: one[name] for name in ("visit_id", "child_id", "visited_on")} for one in visits]
    return [one | {"first_seen_on": first_seen_on, "not_seen_on": not_seen_on} for one in seen]


def filled(url: str, **tables: list[dict]) -> str:
    with changing(url) as connection:
        for name, rows in tables.items():
            if rows:
                connection.execute(insert(metadata.tables[name]), rows)
    return url


def children(visits: list[dict]) -> list[dict]:
    return [
        {"child_id": one, "restricted": False} for one in sorted({v["child_id"] for v in visits})
    ]


@pytest.fixture
def told(new_database: Callable[[], str]) -> Callable[..., dict]:
    """What is noted of each visit of a load after one that had others."""

    def after(
        old: list[dict],
        new: list[dict],
        *,
        seen: list[dict] | None = None,
        source: str = "csv",
        until: date = NOW,
        first_load: bool = False,
    ) -> dict[str, tuple[date, date | None]]:
        always = noted(old, BEFORE)
        stood = filled(
            new_database(),
            child=children(old),
            visit=old,
            visit_seen=always if seen is None else seen,
        )
        url = filled(new_database(), child=children([*new, *old]), visit=new)
        rows = pd.DataFrame(new).assign(**{FROM: 0})
        combined = Combined([Reading("csv", until, {"visit": rows, "child": rows})])
        combined.frames["visit"] = rows
        record = {"tables": {"visit": {"read": 9, "written": 9, "left_out": {}}}}
        load = {"source": source, "data_to": BEFORE, "rows_json": json.dumps(record)}
        with changing(url) as connection:
            note_first_seen(connection, combined, [] if first_load else [load], stood)
        engine = connect(url)
        try:
            found = read(engine, select(*visit_seen.c))
        finally:
            engine.dispose()
        return {row.visit_id: (row.first_seen_on, row.not_seen_on) for row in found}

    return after


OLD = [a_visit("V1", day=START), a_visit("V2", "Lou")]


def test_a_visit_that_the_load_before_lacked_was_entered_after_it(told):
    assert told(OLD, [*OLD, a_visit("NEW")]) == {
        "V1": (BEFORE, None),
        "V2": (BEFORE, None),
        "NEW": (NOW, BEFORE),
    }


def test_of_the_first_load_nothing_is_known(told):
    assert told([], OLD, first_load=True) == {"V1": (NOW, None), "V2": (NOW, None)}


def test_what_was_known_before_stays_known(told):
    earlier = noted(OLD, BEFORE, date(2016, 9, 23))
    assert told(OLD, OLD, seen=earlier)["V1"] == (BEFORE, date(2016, 9, 23))


def test_a_visit_that_an_extract_missed_once_is_not_new_when_it_comes_back(told):
    noted_once = noted([*OLD, a_visit("BACK")], START)
    assert told(OLD, [*OLD, a_visit("BACK")], seen=noted_once)["BACK"] == (START, None)


def test_what_is_missing_now_stays_noted_while_its_child_is_here(told):
    assert told(OLD, OLD[1:])["V1"] == (BEFORE, None)


def test_a_visit_with_an_id_that_was_made_anew_is_known_by_child_and_day(told):
    anew = [one | {"visit_id": f"again-{one['visit_id']}", "kind": "CP"} for one in OLD]
    found = told(OLD, anew)
    assert found["again-V1"] == (BEFORE, None)
    assert found["again-V2"] == (BEFORE, None)


def test_an_id_that_another_child_s_visit_has_now_is_another_visit(told):
    assert told(OLD, [a_visit("V2", "Kit", START + timedelta(days=90))])["V2"] == (NOW, BEFORE)


@pytest.mark.parametrize(
    ("new", "how"),
    [
        (a_visit("NEW", "Max"), {}),  # a child whom the load before did not have
        (a_visit("NEW", kind="CP"), {}),  # a kind of visit that it did not have
        (a_visit("NEW", day=START - timedelta(days=1)), {}),  # from before its first visit
        (a_visit("NEW"), {"source": "annex_a"}),  # the source's first load
        (a_visit("NEW"), {"until": BEFORE}),  # an extract of the same day, corrected
        (a_visit("NEW"), {"until": BEFORE - timedelta(days=1)}),  # an older one
    ],
)
def test_where_an_extract_may_have_been_widened_or_corrected_nothing_is_told(told, new, how):
    assert told(OLD, [*OLD, new], **how)["NEW"] == (how.get("until", NOW), None)


def test_a_visit_made_after_the_load_before_was_entered_after_it_whoever_s_it_is(told):
    made = BEFORE + timedelta(days=1)
    assert told(OLD, [*OLD, a_visit("NEW", "Max", made, "CLA")])["NEW"] == (NOW, BEFORE)


def test_a_database_of_an_earlier_version_counts_as_one_that_noted_nothing(told, new_database):
    url = new_database()
    with changing(url) as connection:
        visit_seen.drop(connection)
    new = filled(new_database(), child=children(OLD), visit=OLD)
    rows = pd.DataFrame(OLD).assign(**{FROM: 0})
    combined = Combined([Reading("csv", NOW, {"visit": rows})])
    combined.frames["visit"] = rows
    with changing(new) as connection:
        note_first_seen(connection, combined, [{"source": "csv", "rows_json": "{}"}], url)
        assert connection.execute(select(visit_seen.c.not_seen_on).distinct()).scalars().all() == [
            None
        ]


def test_visits_without_a_date_are_counted_by_what_loads_tell_of_them(new_database):
    late, new = a_visit("LATE"), a_visit("NEW", day=NOW)
    dated = a_visit("DATED") | {"recorded_on": DAY}
    url = filled(
        new_database(),
        child=children(OLD),
        visit=[one | {"recorded_on": None} for one in (*OLD, late, new)] + [dated],
        visit_seen=[*noted(OLD, BEFORE), *noted([late, new, dated], NOW, BEFORE)],
    )
    with changing(url) as connection:
        found = visits_seen(connection, NOW)
        connection.execute(visit_seen.delete())
        assert visits_seen(connection, NOW) is None
    assert found is not None
    assert vars(found) == {
        "without_date": 4,
        "told_by_loads": 2,
        "entered_late": 1,
        "new_in_this_load": 2,
    }


def test_every_column_that_is_noted_is_one_of_a_visit_or_a_day_of_a_load():
    own = {"first_seen_on", "not_seen_on"}
    assert set(visit_seen.c.keys()) - own <= set(visit.c.keys())
    assert "child_id" in child.c
