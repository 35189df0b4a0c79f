"""The three deployed shapes: what is written into PostgreSQL is what the systems deploy."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pandas as pd
import pytest
from sqlalchemy import create_engine, inspect, text

from tests.ssd.carried import BESIDE, carried
from tests.ssd.comparing import OF_DATASET, OF_EXTENSION
from tests.ssd.deployed import (
    DIFFERENCES,
    ECLIPSE,
    EXTRA,
    EXTRA_TABLE,
    MISSING,
    MOSAIC,
    NO_TABLE,
    RENAMED,
    SYSTEMC,
    SYSTEMS,
    TYPED,
    columns_of,
)
from tests.ssd.deploying import as_deployed, extend, sql_type, with_ids_of
from tests.ssd.described import REASON_CEASED, written
from tests.ssd.extending import EXTENDED
from tests.ssd.shapes import (
    CASELOAD_OF_SEPTEMBER,
    CP_VISITS_WITHOUT_PLAN,
    FILLER_DATES,
    NO_PARENT_TEAMS,
    OPEN_CIN_VISITS_DROPPED,
    PADDED_CODES,
    PLACEHOLDERS,
    SHAPES,
    STRANGERS,
    TEAM_IS_THE_CHILDS,
    TIMES_OF_DAY,
    VISITS_TWICE,
    WORKFLOW_COLUMNS_ONLY,
)

by_system = pytest.mark.parametrize("system", SYSTEMS)
# What each switch can be seen by: rows that only the fault makes, and a system that may have it.
SEEN_BY = {
    VISITS_TWICE: (SYSTEMC, "ssd_cin_visits", "cinv_cin_visit_id in (select cppv_cp_visit_id"
                   " from {0}ssd_cp_visits)"),
    CP_VISITS_WITHOUT_PLAN: (MOSAIC, "ssd_cp_visits", "cppv_cp_plan_id is null"),
    FILLER_DATES: (SYSTEMC, "ssd_cin_plans", "cinp_cin_plan_end_date = '9999-12-31'"),
    STRANGERS: (ECLIPSE, "ssd_person", "pers_is_mother = 'Y'"),
    CASELOAD_OF_SEPTEMBER: (ECLIPSE, "ssd_professionals", "prof_professional_caseload = 99"),
    NO_PARENT_TEAMS: (ECLIPSE, "ssd_department",
                      "dept_team_id <> 'CSC' and dept_team_parent_id is null"),
    PLACEHOLDERS: (MOSAIC, "ssd_professionals", "prof_agency_worker_flag like 'PLACE%'"),
    TIMES_OF_DAY: (ECLIPSE, "ssd_cin_visits", "cinv_cin_visit_date::time = '23:59'"),
    PADDED_CODES: (SYSTEMC, "ssd_involvements", "invo_professional_role_id = 'CW  '"),
    WORKFLOW_COLUMNS_ONLY: (MOSAIC, "ssd_cp_reviews",
                            "cppr_cp_review_id is null and workflow_step_id is not null"),
}  # fmt: skip


@contextmanager
def asked(deployed_at, council, shape) -> Iterator:
    with deployed_at(council, shape) as url:
        engine = create_engine(url)
        with engine.connect() as connection:
            yield connection
        engine.dispose()


def number_of(connection, shape, table: str, where: str = "true") -> int:
    schema = f"{shape.schema}." if shape.schema else ""
    query = f"select count(*) from {schema}{table} where {where.format(schema)}"
    return connection.execute(text(query)).scalar_one()


@pytest.mark.parametrize("one", DIFFERENCES, ids=lambda one: f"{one.place}: {one.kind}")
def test_a_difference_is_its_system_s_alone(one):
    others = [columns_of(system) for system in SYSTEMS if system != one.system]
    here = columns_of(one.system)
    there = {
        NO_TABLE: lambda tables: one.table in tables,
        EXTRA_TABLE: lambda tables: one.table not in tables,
        MISSING: lambda tables: one.column in tables[one.table],
        RENAMED: lambda tables: one.deployed not in tables[one.table],
        EXTRA: lambda tables: one.column not in tables[one.table],
        TYPED: lambda tables: tables[one.table][one.column] != one.deployed,
    }[one.kind]
    assert not there(here)
    assert all(there(tables) for tables in others)


@by_system
def test_every_table_stands_there_with_the_system_s_columns_in_its_order_and_types(
    deployed_at, hundred, system
):
    shape = SHAPES[system]
    with asked(deployed_at, hundred, shape) as connection:
        found = inspect(connection)
        assert set(found.get_table_names(schema=shape.schema)) == set(columns_of(system))
        for table, columns in columns_of(system).items():
            deployed = found.get_columns(table, schema=shape.schema)
            assert [one["name"] for one in deployed] == list(columns), table
            for one, kind in zip(deployed, columns.values(), strict=True):
                assert type(one["type"]).__name__.upper().startswith(_family(kind)), one


def _family(kind: str) -> str:
    given = {"float": "DOUBLE", "time": "TIMESTAMP", "bit": "BOOLEAN", "int": "INTEGER"}
    return given.get(kind) or type(sql_type(kind)).__name__.upper().replace("STRING", "VARCHAR")


@by_system
def test_without_faults_every_record_of_the_council_is_written_once(deployed_at, hundred, system):
    shape = SHAPES[system].without(*SHAPES[system].faults)
    plan, visit = hundred["plan"], hundred["visit"]
    expected = {
        "ssd_person": len(hundred["child"]),
        "ssd_cin_episodes": len(hundred["referral"]),
        "ssd_cin_assessments": len(hundred["assessment"]),
        "ssd_cin_plans": (plan.kind == "CIN").sum(),
        "ssd_cp_plans": (plan.kind == "CP").sum(),
        "ssd_cin_visits": (visit.kind == "CIN").sum(),
        "ssd_cp_visits": (visit.kind == "CP").sum(),
        "ssd_cla_visits": (visit.kind == "CLA").sum(),
        "ssd_cla_placement": len(hundred["placement"]),
        "ssd_s47_enquiry": len(hundred["enquiry"]),
        "ssd_initial_cp_conference": len(hundred["conference"]),
        "ssd_involvements": len(hundred["allocation"]),
        "ssd_professionals": len(hundred["worker"]),
    }
    with asked(deployed_at, hundred, shape) as connection:
        assert {one: number_of(connection, shape, one) for one in expected} == expected
        reviews = number_of(connection, shape, "ssd_cp_reviews")
        reviews += number_of(connection, shape, "ssd_cla_reviews")
        periods = f"select count(distinct clae_cla_id) from {shape.schema or 'public'}"
        periods = connection.execute(text(f"{periods}.ssd_cla_episodes")).scalar_one()
    assert (reviews, periods) == (len(hundred["review"]), (plan.kind == "CLA").sum())


@pytest.mark.parametrize("fault", SEEN_BY)
def test_a_switch_turns_its_fault_on_and_off(deployed_at, hundred, fault):
    system, table, where = SEEN_BY[fault]
    for shape in (SHAPES[system].having(fault), SHAPES[system].without(fault)):
        with asked(deployed_at, hundred, shape) as connection:
            assert (number_of(connection, shape, table, where) > 0) == shape.has(fault)


def test_open_cin_plans_lose_all_their_visits_and_others_none(hundred):
    shape = SHAPES[ECLIPSE]
    kept = as_deployed(hundred, shape)["ssd_cin_visits"].cinv_cin_visit_id
    whole = as_deployed(hundred, shape.without(OPEN_CIN_VISITS_DROPPED))["ssd_cin_visits"]
    lost = whole[~whole.cinv_cin_visit_id.isin(kept)]
    plan = hundred["plan"]
    still_open = plan[(plan.kind == "CIN") & plan.ended_on.isna()]
    begun = lost.cinv_person_id.map(still_open.set_index("child_id").started_on)
    assert len(lost) and (lost.cinv_cin_visit_date >= begun).all()
    left = carried(hundred, shape)["visit"]
    assert set(left[left.kind == "CIN"].visit_id) == set(kept)


def test_the_team_of_every_involvement_is_where_the_child_is_now(hundred):
    shape = SHAPES[ECLIPSE]
    held = as_deployed(hundred, shape)["ssd_involvements"]
    assert (held.groupby("invo_person_id").invo_professional_team.nunique() == 1).all()
    plain = as_deployed(hundred, shape.without(TEAM_IS_THE_CHILDS))["ssd_involvements"]
    assert (plain.groupby("invo_person_id").invo_professional_team.nunique() > 1).any()
    assert list(carried(hundred, shape)["allocation"].unit_id) == list(held.invo_professional_team)


@by_system
def test_factors_stand_in_the_system_s_own_form(hundred, system):
    texts = as_deployed(hundred, SHAPES[system])["ssd_assessment_factors"]
    texts = texts.cinf_assessment_factors_json.dropna()
    said = [json.loads(one) for one in texts]
    given = hundred["assessment_factor"]
    yes = [
        [one for one in written if one] if isinstance(written, list)
        else [factor for factor, answer in written.items() if answer == "Yes"]
        for written in said
    ]  # fmt: skip
    assert sum(map(len, yes)) == len(given)
    assert {type(one) for one in said} == {list if system == ECLIPSE else dict}
    if system == MOSAIC:
        assert any(None in one.values() for one in said)


def test_mosaic_s_numbers_are_numbers_in_every_table_that_names_them(hundred):
    numbered = with_ids_of(hundred, SHAPES[MOSAIC])
    assert numbered["referral"].referral_id.str.fullmatch(r"\d{7}").all()
    for table in ("plan", "allocation", "scale_score", "assessment", "enquiry"):
        before, after = hundred[table].referral_id, numbered[table].referral_id
        assert after.isin(numbered["referral"].referral_id).sum() == before.notna().sum() > 0
    assert with_ids_of(hundred, SHAPES[ECLIPSE])["plan"] is hundred["plan"]


def test_what_stands_beside_and_what_is_carried_is_the_whole_council(hundred):
    """No table falls between: each is the dataset's, an extension table's, or comes beside."""
    # What a detail of a visit would say stands in the council's visits themselves.
    assert {*OF_DATASET, *OF_EXTENSION, *BESIDE, "visit_detail"} == set(hundred)
    assert not {*OF_DATASET} & {*BESIDE, *OF_EXTENSION}
    for shape in SHAPES.values():
        kept = carried(hundred, shape)
        for table in hundred:
            assert list(kept[table].columns) == list(hundred[table].columns)


def test_cut_descriptions_are_as_long_as_the_column_allows(hundred):
    numbers = pd.Series(["E45", "E48"])
    shape = SHAPES[SYSTEMC]
    assert (written(numbers, REASON_CEASED, shape, 40).str.len() == 40).all()
    assert list(written(numbers, REASON_CEASED, SHAPES[ECLIPSE], 40)) == ["E45", "E48"]


def test_every_row_that_no_dataset_holds_stands_in_an_extension_table(deployed_at, hundred):
    shape = SHAPES[SYSTEMC]
    ours = {
        "cs_unit": "unit", "cs_worker_post": "post", "cs_staff_absence": "absence",
        "cs_worker_time": "time_record", "cs_sos_scale": "scale_score", "cs_visit_detail": "visit",
    }  # fmt: skip
    with deployed_at(hundred, shape) as url:
        engine = create_engine(url)
        extend(engine, hundred, shape)
        with engine.connect() as connection:
            found = {name: number_of(connection, shape, name) for name in EXTENDED}
            half = number_of(connection, shape, "cs_staff_absence", "working_days_lost = 0.5")
        engine.dispose()
    assert {name: found[name] for name in ours} == {
        name: len(hundred[table]) for name, table in ours.items()
    }
    assert half == hundred["absence"].half_day.sum() > 0
    agreed = hundred["visit_interval"]
    assert found["cs_visit_requirement"] == (agreed.period != "months").sum()
