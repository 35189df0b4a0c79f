"""A small Standard Safeguarding Dataset in a database: two children, one of each thing."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Column, DateTime, MetaData, String, Table, create_engine
from sqlalchemy.schema import CreateSchema

from loading.sources.ssd.declared import TABLES

Rows = Mapping[str, Sequence[Mapping[str, object]]]
DATED = ("_date", "_dob", "_review_due", "_ceased", "_start", "_end")


def day(words: str) -> datetime:
    return datetime.fromisoformat(words)


# By the specification's table and column. K1 came into care from a CP plan; K2 has a CIN plan.
SMALL: Rows = {
    "ssd_person": [
        {"pers_person_id": "K1", "pers_forename": "Ash", "pers_surname": "Bell", "pers_sex": "F",
         "pers_ethnicity": "WBRI", "pers_dob": day("2008-03-04")},
        {"pers_person_id": "K2", "pers_forename": "Cam", "pers_surname": "Dale", "pers_sex": "M",
         "pers_ethnicity": "WBRI", "pers_dob": None, "pers_expected_dob": day("2016-12-01")},
        {"pers_person_id": "P1", "pers_forename": "Mo", "pers_surname": "Bell", "pers_sex": "F"},
    ],
    "ssd_family": [
        {"fami_table_id": "F1", "fami_family_id": "FAM1", "fami_person_id": "K1"},
    ],
    "ssd_cin_episodes": [
        {"cine_referral_id": "R1", "cine_person_id": "K1", "cine_referral_date": day("2016-01-04"),
         "cine_cin_primary_need_code": "N1", "cine_referral_source_code": "1A",
         "cine_referral_nfa": "N"},
        {"cine_referral_id": "R2", "cine_person_id": "K2", "cine_referral_date": day("2016-02-01"),
         "cine_referral_source_desc": "Police", "cine_referral_nfa": "N"},
    ],
    "ssd_cin_assessments": [
        {"cina_assessment_id": "A1", "cina_person_id": "K1", "cina_referral_id": "R1",
         "cina_assessment_start_date": day("2016-01-05"),
         "cina_assessment_auth_date": day("2016-02-02")},
    ],
    "ssd_assessment_factors": [
        {"cinf_table_id": "AF1", "cinf_assessment_id": "A1",
         "cinf_assessment_factors_json": '["1A", "2B"]'},
    ],
    "ssd_s47_enquiry": [
        {"s47e_s47_enquiry_id": "S1", "s47e_person_id": "K1", "s47e_referral_id": "R1",
         "s47e_s47_start_date": day("2016-01-06"), "s47e_s47_end_date": day("2016-01-15"),
         "s47e_s47_nfa": "N", "s47e_s47_outcome_json": '{"CP_CONFERENCE_FLAG": "Y"}'},
    ],
    "ssd_initial_cp_conference": [
        {"icpc_icpc_id": "C1", "icpc_person_id": "K1", "icpc_referral_id": "R1",
         "icpc_s47_enquiry_id": "S1", "icpc_icpc_date": day("2016-01-26"),
         "icpc_icpc_target_date": day("2016-01-27"), "icpc_icpc_transfer_in": "N",
         "icpc_icpc_outcome_cp_flag": "Y"},
    ],
    "ssd_cin_plans": [
        {"cinp_cin_plan_id": "1", "cinp_person_id": "K2", "cinp_referral_id": "R2",
         "cinp_cin_plan_start_date": day("2016-03-01")},
    ],
    "ssd_cp_plans": [
        {"cppl_cp_plan_id": "1", "cppl_person_id": "K1", "cppl_referral_id": "R1",
         "cppl_cp_plan_start_date": day("2016-01-26"),
         "cppl_cp_plan_end_date": day("2016-06-01"), "cppl_cp_plan_initial_category": "Neglect",
         "cppl_cp_plan_latest_category": "Emotional abuse", "cppl_cp_plan_ola": "N"},
    ],
    "ssd_cla_episodes": [
        {"clae_cla_episode_id": "E1", "clae_person_id": "K1", "clae_cla_id": "L1",
         "clae_cla_placement_id": "PL1", "clae_cla_episode_start_date": day("2016-05-02"),
         "clae_cla_episode_ceased_date": day("2016-07-01"),
         "clae_cla_episode_ceased_reason": "X1", "clae_cla_primary_need_code": "N1"},
        {"clae_cla_episode_id": "E2", "clae_person_id": "K1", "clae_cla_id": "L1",
         "clae_cla_placement_id": "PL2", "clae_cla_episode_start_date": day("2016-07-01")},
    ],
    "ssd_legal_status": [
        {"lega_legal_status_id": "G1", "lega_person_id": "K1", "lega_legal_status": "V2",
         "lega_legal_status_start_date": day("2016-05-02"),
         "lega_legal_status_end_date": day("2016-07-01")},
        {"lega_legal_status_id": "G2", "lega_person_id": "K1", "lega_legal_status": "C2",
         "lega_legal_status_start_date": day("2016-07-01")},
    ],
    "ssd_cla_placement": [
        {"clap_cla_placement_id": "PL1", "clap_person_id": "K1", "clap_cla_id": "L1",
         "clap_cla_placement_start_date": day("2016-05-02"),
         "clap_cla_placement_end_date": day("2016-07-01"), "clap_cla_placement_type": "U6"},
        {"clap_cla_placement_id": "PL2", "clap_person_id": "K1", "clap_cla_id": "L1",
         "clap_cla_placement_start_date": day("2016-07-01"), "clap_cla_placement_type": "U4"},
    ],
    "ssd_cin_visits": [
        {"cinv_cin_visit_id": "1", "cinv_person_id": "K2",
         "cinv_cin_visit_date": day("2016-03-08"), "cinv_cin_visit_seen": "Y",
         "cinv_cin_visit_seen_alone": "N"},
    ],
    "ssd_cp_visits": [
        {"cppv_cp_visit_id": "1", "cppv_person_id": "K1", "cppv_cp_plan_id": "1",
         "cppv_cp_visit_date": day("2016-02-03"), "cppv_cp_visit_seen": "Y",
         "cppv_cp_visit_seen_alone": "Y"},
    ],
    "ssd_cla_visits": [
        {"clav_cla_visit_id": "1", "clav_person_id": "K1", "clav_cla_id": "L1",
         "clav_cla_visit_date": day("2016-05-06"), "clav_cla_visit_seen": "Y"},
    ],
    "ssd_cp_reviews": [
        {"cppr_cp_review_id": "1", "cppr_person_id": "K1", "cppr_cp_plan_id": "1",
         "cppr_cp_review_date": day("2016-04-20"), "cppr_cp_review_due": day("2016-04-26")},
    ],
    "ssd_cla_reviews": [
        {"clar_cla_review_id": "1", "clar_cla_id": "L1", "clar_cla_review_date": day("2016-05-27"),
         "clar_cla_review_due_date": day("2016-05-30"), "clar_cla_review_cancelled": "N"},
    ],
    "ssd_missing": [
        {"miss_table_id": "MI1", "miss_person_id": "K1", "miss_missing_episode_type": "Missing",
         "miss_missing_episode_start_date": day("2016-06-10"),
         "miss_missing_episode_end_date": day("2016-06-12")},
    ],
    "ssd_involvements": [
        {"invo_involvements_id": "I1", "invo_person_id": "K1", "invo_professional_id": "W1",
         "invo_professional_role_id": "CW", "invo_professional_team": "T1",
         "invo_referral_id": "R1", "invo_involvement_start_date": day("2016-01-04")},
        {"invo_involvements_id": "I2", "invo_person_id": "K2", "invo_professional_id": "W1",
         "invo_professional_role_id": "FSW", "invo_professional_team": "East team",
         "invo_referral_id": "R2", "invo_involvement_start_date": day("2016-02-01")},
    ],
    "ssd_professionals": [
        {"prof_professional_id": "W1", "prof_professional_name": "Kit Lane",
         "prof_social_worker_registration_no": "SW123456"},
    ],
    "ssd_department": [
        {"dept_team_id": "T1", "dept_team_name": "West team", "dept_team_parent_name": "Families"},
        {"dept_team_id": "T2", "dept_team_name": "East team"},
    ],
}  # fmt: skip
# Names that the specification of 1.4.5 has no more, or that one system alone has.
NOT_IN_1_4_5 = {"cinv_cin_plan_id", "clap_cla_episode_id", "clar_cla_person_id"}


def changed(table: str, *rows: Mapping[str, object], small: Rows = SMALL) -> Rows:
    """The small SSD with these rows in place of a table's own."""
    return {**small, table: rows}


def more(table: str, *rows: Mapping[str, object], small: Rows = SMALL) -> Rows:
    """The small SSD with these rows beside a table's own."""
    return {**small, table: [*small[table], *rows]}


def without(table: str, *columns: str, small: Rows = SMALL) -> Rows:
    """The small SSD without a table, or without some of its columns."""
    if not columns:
        return {name: rows for name, rows in small.items() if name != table}
    kept = [{name: row[name] for name in row if name not in columns} for row in small[table]]
    return {**small, table: [*kept, *([{}] if not kept else [])]}


def deployed(
    url: str,
    rows: Rows = SMALL,
    *,
    schema: str | None = None,
    lacks: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """Makes the tables and their rows in the database at `url`; `lacks` are columns by table."""
    specified = {declared.name: {one.name for one in declared} for declared in TABLES}
    metadata = MetaData(schema=schema)
    engine = create_engine(url)
    with engine.begin() as connection:
        if schema:
            connection.execute(CreateSchema(schema, if_not_exists=True))
        for called, of_table in rows.items():
            names = specified.get(called, set()) - NOT_IN_1_4_5
            names -= {*(lacks or {}).get(called, ())}
            names |= {name for row in of_table for name in row}
            columns = [Column(name, _kind(name, of_table)) for name in sorted(names)]
            table = Table(called, metadata, *columns)
            table.create(connection)
            if of_table:
                connection.execute(
                    table.insert(), [{**dict.fromkeys(names), **row} for row in of_table]
                )
    engine.dispose()
    return url


def _kind(name: str, rows: Sequence[Mapping[str, object]]) -> type[String] | type[DateTime]:
    values = [row[name] for row in rows if row.get(name) is not None]
    if values:
        return DateTime if isinstance(values[0], datetime) else String
    return DateTime if name.endswith(DATED) else String
