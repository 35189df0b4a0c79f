"""A council's canonical tables turned back into the Standard Safeguarding Dataset.

The way that a load goes, backwards, and of its own: nothing here is taken from the reader. Each
function gives one table in the specification's columns; `council_as_ssd` gives them all.
"""

import json
from collections.abc import Mapping

import numpy as np
import pandas as pd

from tests.ssd.described import ABUSE, LEGAL_STATUS, REASON_CEASED, written
from tests.ssd.shapes import (
    ANSWERS,
    CASELOAD_OF_SEPTEMBER,
    CP_VISITS_WITHOUT_PLAN,
    LIST,
    NAME,
    NO_PARENT_TEAMS,
    OPEN_CIN_VISITS_DROPPED,
    PLACEHOLDERS,
    ROLE_OF_OTHERS,
    STRANGERS,
    TEAM_IS_THE_CHILDS,
    VISITS_TWICE,
    WITH_NULLS,
    WORKFLOW_COLUMNS_ONLY,
    Shape,
)

Frames = Mapping[str, pd.DataFrame]
EVERY_SO_MANY = 11
ALL_FACTORS = ("1A", "1B", "1C", "2A", "2B", "3B", "21")


def council_as_ssd(council: Frames, shape: Shape) -> dict[str, pd.DataFrame]:
    """Every table of the specification that the council can fill, with the shape's faults."""
    plans = {kind: council["plan"][council["plan"].kind == kind] for kind in ("CIN", "CP", "CLA")}
    return {
        "ssd_version_log": _table(
            version_number=["1.4.4", "1.4.5"], is_current=[False, True], description="SSD"
        ),
        "ssd_person": _people(council, shape),
        "ssd_family": _families(council["child"]),
        "ssd_mother": _mothers(council["relationship"]),
        "ssd_missing": _missing(council["missing_episode"]),
        "ssd_cin_episodes": _episodes(council, shape),
        "ssd_cin_assessments": _assessments(council["assessment"]),
        "ssd_assessment_factors": _factors(council, shape),
        "ssd_cin_plans": _cin_plans(plans["CIN"]),
        "ssd_cin_visits": _cin_visits(council["visit"], plans["CIN"], shape),
        "ssd_s47_enquiry": _enquiries(council["enquiry"]),
        "ssd_initial_cp_conference": _conferences(council, plans["CP"]),
        "ssd_cp_plans": _cp_plans(council["conference"], plans["CP"], shape),
        "ssd_cp_visits": _cp_visits(council["visit"], plans["CP"], shape),
        "ssd_cp_reviews": _cp_reviews(council["review"], plans["CP"], shape),
        "ssd_cla_episodes": _cla_episodes(council, plans["CLA"], shape),
        "ssd_cla_placement": _placements(council["placement"], plans["CLA"]),
        "ssd_cla_visits": _cla_visits(council["visit"], plans["CLA"]),
        "ssd_cla_reviews": _cla_reviews(council["review"], plans["CLA"]),
        "ssd_legal_status": _legal_statuses(plans["CLA"], shape),
        "ssd_involvements": _involvements(council, shape),
        "ssd_professionals": _professionals(council, shape),
        "ssd_department": _departments(council["unit"], shape),
    }


def _table(**columns: object) -> pd.DataFrame:
    return pd.DataFrame(columns)


def _yes_no(values: pd.Series) -> pd.Series:
    return values.map({True: "Y", False: "N"})


def plan_on(rows: pd.DataFrame, day: str, plans: pd.DataFrame) -> pd.Series:
    """By row of `rows` the id of the child's plan that covers its `day`; missing if none does."""
    asked = rows[["child_id", day]].reset_index().rename(columns={day: "on"})
    found = asked.merge(plans[["child_id", "plan_id", "started_on", "ended_on"]], on="child_id")
    covers = (found.started_on <= found.on) & (found.ended_on.isna() | (found.on < found.ended_on))
    ids = found[covers].drop_duplicates("index").set_index("index").plan_id
    return ids.reindex(rows.index)


def _people(council: Frames, shape: Shape) -> pd.DataFrame:
    child = council["child"]
    people = _named(child.child_id, child.name, child.sex).assign(
        pers_dob=child.born_on, pers_ethnicity=child.ethnicity, pers_send_flag="N"
    )
    if not shape.has(STRANGERS):
        return people
    stranger = council["person"]
    others = _named(stranger.person_id, stranger.name, stranger.sex)
    return pd.concat([people, others.assign(pers_is_mother="Y")], ignore_index=True)


def _named(ids: pd.Series, names: pd.Series, sex: pd.Series) -> pd.DataFrame:
    parts = names.astype(object).str.split(" ", n=1)
    return _table(
        pers_person_id=ids, pers_forename=parts.str[0], pers_surname=parts.str[1], pers_sex=sex
    )


def _families(child: pd.DataFrame) -> pd.DataFrame:
    known = child[child.family_id.notna()]
    return _table(
        fami_table_id="F" + known.child_id,
        fami_family_id=known.family_id,
        fami_person_id=known.child_id,
    )


def _mothers(relationship: pd.DataFrame) -> pd.DataFrame:
    of_mothers = relationship[relationship.role == "mother"]
    return _table(
        moth_table_id=of_mothers.relationship_id,
        moth_person_id=of_mothers.person_id,
        moth_childs_person_id=of_mothers.child_id,
    )


def _missing(episode: pd.DataFrame) -> pd.DataFrame:
    return _table(
        miss_table_id=episode.missing_episode_id,
        miss_person_id=episode.child_id,
        miss_missing_episode_start_date=episode.started_on,
        miss_missing_episode_type=episode.kind.map({"M": "Missing", "A": "Away"}),
        miss_missing_episode_end_date=episode.ended_on,
    )


def _episodes(council: Frames, shape: Shape) -> pd.DataFrame:
    referral = council["referral"]
    first = council["allocation"].drop_duplicates("referral_id").set_index("referral_id").unit_id
    return _table(
        cine_referral_id=referral.referral_id,
        cine_person_id=referral.child_id,
        cine_referral_date=referral.received_on,
        cine_cin_primary_need_code=referral.primary_need,
        cine_referral_source_code=referral.source,
        cine_referral_nfa=_yes_no(referral.no_further_action),
        cine_close_reason=referral.closure_reason,
        cine_close_date=referral.closed_on,
        cine_referral_team=_team(referral.referral_id.map(first), council["unit"], shape),
    )


def _assessments(assessment: pd.DataFrame) -> pd.DataFrame:
    return _table(
        cina_assessment_id=assessment.assessment_id,
        cina_person_id=assessment.child_id,
        cina_referral_id=assessment.referral_id,
        cina_assessment_start_date=assessment.started_on,
        cina_assessment_auth_date=assessment.authorised_on,
        cina_assessment_outcome_nfa="N",
    )


def _factors(council: Frames, shape: Shape) -> pd.DataFrame:
    """One row an assessment; of those without a factor every second has none, and no row."""
    found = council["assessment_factor"].groupby("assessment_id").factor.agg(list)
    ids = council["assessment"].assessment_id
    kept = ids[ids.isin(found.index) | (np.arange(len(ids)) % 2 == 0)]
    texts = [_as_json(found.get(one, []), shape.factors, place) for place, one in enumerate(kept)]
    return _table(
        cinf_table_id="J" + kept, cinf_assessment_id=kept, cinf_assessment_factors_json=texts
    )


def _as_json(factors: list[str], form: str, place: int) -> str | None:
    if form == LIST:
        # A script that joins what it finds leaves nulls and blanks between.
        return json.dumps([*factors, None, ""] if place % 3 == 0 else factors)
    if not factors and place % 3 == 0:
        return None
    answers: dict[str, str | None] = dict.fromkeys(factors, "Yes")
    if form == ANSWERS:
        answers = {**dict.fromkeys(ALL_FACTORS, "No"), **answers}
    if form == WITH_NULLS:
        answers = {**dict.fromkeys(ALL_FACTORS), **answers}
    return json.dumps(answers)


def _cin_plans(plans: pd.DataFrame) -> pd.DataFrame:
    return _table(
        cinp_cin_plan_id=plans.plan_id,
        cinp_referral_id=plans.referral_id,
        cinp_person_id=plans.child_id,
        cinp_cin_plan_start_date=plans.started_on,
        cinp_cin_plan_end_date=plans.ended_on,
    )


def _of_visits(rows: pd.DataFrame, prefix: str, kind: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            f"{prefix}_{kind}_visit_id": rows.visit_id,
            f"{prefix}_person_id": rows.child_id,
            f"{prefix}_{kind}_visit_date": rows.visited_on,
            f"{prefix}_{kind}_visit_seen": _yes_no(rows.seen),
            f"{prefix}_{kind}_visit_seen_alone": _yes_no(rows.seen_alone),
        }
    )


def _cin_visits(visit: pd.DataFrame, plans: pd.DataFrame, shape: Shape) -> pd.DataFrame:
    rows = visit if shape.has(VISITS_TWICE) else visit[visit.kind == "CIN"]
    on = plan_on(rows, "visited_on", plans)
    if shape.has(OPEN_CIN_VISITS_DROPPED):
        rows = rows[~on.isin(plans[plans.ended_on.isna()].plan_id)]
    return _of_visits(rows, "cinv", "cin").assign(cinv_cin_plan_id=on.reindex(rows.index))


def without_plan(cp_visits: pd.DataFrame) -> np.ndarray:
    """Which of the CP visits the fault leaves with no plan, or with one that nobody knows."""
    return np.arange(len(cp_visits)) % EVERY_SO_MANY < 2


def _cp_visits(visit: pd.DataFrame, plans: pd.DataFrame, shape: Shape) -> pd.DataFrame:
    rows = visit[visit.kind == "CP"]
    plan_ids = plan_on(rows, "visited_on", plans).astype(object)
    if shape.has(CP_VISITS_WITHOUT_PLAN):
        plan_ids[without_plan(rows)] = None
        plan_ids.iloc[1::EVERY_SO_MANY] = "-1"
    return _of_visits(rows, "cppv", "cp").assign(cppv_cp_plan_id=plan_ids)


def _cla_visits(visit: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    rows = visit[visit.kind == "CLA"]
    return _of_visits(rows, "clav", "cla").assign(clav_cla_id=plan_on(rows, "visited_on", plans))


def _enquiries(enquiry: pd.DataFrame) -> pd.DataFrame:
    """An initial conference is an outcome in the JSON; of an enquiry that goes on there is none."""
    needed = enquiry.conference_not_needed.map({True: "N", False: "Y"})
    outcomes = [
        None if pd.isna(one) else json.dumps({"NFA_FLAG": "N", "CP_CONFERENCE_FLAG": one})
        for one in needed
    ]
    return _table(
        s47e_s47_enquiry_id=enquiry.enquiry_id,
        s47e_referral_id=enquiry.referral_id,
        s47e_person_id=enquiry.child_id,
        s47e_s47_start_date=enquiry.started_on,
        s47e_s47_end_date=enquiry.ended_on,
        s47e_s47_nfa=enquiry.conference_not_needed.map({True: "Y", False: "N"}),
        s47e_s47_outcome_json=outcomes,
    )


def _conferences(council: Frames, plans: pd.DataFrame) -> pd.DataFrame:
    held = council["conference"]
    held = held[held.kind == "initial"]
    referral = council["enquiry"].set_index("enquiry_id").referral_id
    return _table(
        icpc_icpc_id=held.conference_id,
        icpc_s47_enquiry_id=held.enquiry_id,
        icpc_person_id=held.child_id,
        icpc_cp_plan_id=plan_on(held, "held_on", plans).where(held.led_to_plan.eq(True)),
        icpc_referral_id=held.enquiry_id.map(referral),
        icpc_icpc_transfer_in=_yes_no(held.transfer_in),
        icpc_icpc_target_date=held.target_on,
        icpc_icpc_date=held.held_on,
        icpc_icpc_outcome_cp_flag=_yes_no(held.led_to_plan),
    )


def _cp_plans(conference: pd.DataFrame, plans: pd.DataFrame, shape: Shape) -> pd.DataFrame:
    began = conference[conference.led_to_plan.eq(True)].set_index(["child_id", "held_on"])
    led = began[~began.index.duplicated()].conference_id
    begins = pd.MultiIndex.from_frame(plans[["child_id", "started_on"]])
    category = written(plans.category, ABUSE, shape, 100)
    return _table(
        cppl_cp_plan_id=plans.plan_id,
        cppl_referral_id=plans.referral_id,
        cppl_icpc_id=led.reindex(begins).to_numpy(),
        cppl_person_id=plans.child_id,
        cppl_cp_plan_start_date=plans.started_on,
        cppl_cp_plan_end_date=plans.ended_on,
        cppl_cp_plan_ola="N",
        cppl_cp_plan_initial_category=category,
        cppl_cp_plan_latest_category=category,
    )


def _cp_reviews(review: pd.DataFrame, plans: pd.DataFrame, shape: Shape) -> pd.DataFrame:
    """Mosaic's workflow columns are filled too; no other system has them."""
    rows = review[review.kind == "CP"]
    day = rows.assign(day=rows.held_on.fillna(rows.recorded_on))
    plan_ids = plan_on(day, "day", plans)
    specified = _table(
        cppr_cp_review_id=rows.review_id,
        cppr_person_id=rows.child_id,
        cppr_cp_plan_id=plan_ids,
        cppr_cp_review_due=rows.due_on,
        cppr_cp_review_date=rows.held_on,
        cppr_cp_review_outcome_continue_cp="Y",
    )
    if shape.has(WORKFLOW_COLUMNS_ONLY):
        specified = specified.assign(**dict.fromkeys(specified.columns))
    return specified.assign(
        workflow_step_id=rows.review_id,
        registration_id=plan_ids,
        due_date=rows.due_on,
        actual_date=rows.held_on,
    )


def _cla_reviews(review: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    rows = review[review.kind == "CLA"]
    day = rows.assign(day=rows.held_on.fillna(rows.recorded_on))
    return _table(
        clar_cla_review_id=rows.review_id,
        clar_cla_id=plan_on(day, "day", plans),
        clar_cla_person_id=rows.child_id,
        clar_cla_review_due_date=rows.due_on,
        clar_cla_review_date=rows.held_on,
        clar_cla_review_cancelled=_yes_no(rows.cancelled),
    )


def _placements(placement: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    return _table(
        clap_cla_placement_id=placement.placement_id,
        clap_cla_id=plan_on(placement, "started_on", plans),
        clap_person_id=placement.child_id,
        clap_cla_placement_start_date=placement.started_on,
        clap_cla_placement_type=placement.kind,
        clap_cla_placement_end_date=placement.ended_on,
    )


def _cla_episodes(council: Frames, plans: pd.DataFrame, shape: Shape) -> pd.DataFrame:
    """A row a placement of each period of care; the last ends as the period does.

    A period without a placement is one row.
    """
    placed = council["placement"]
    placed = placed.assign(plan_id=plan_on(placed, "started_on", plans))
    rows = plans.merge(
        placed[["plan_id", "placement_id", "started_on", "ended_on"]],
        on="plan_id",
        how="left",
        suffixes=("", "_there"),
    ).sort_values(["child_id", "started_on", "started_on_there"], ignore_index=True)
    begins = ~rows.plan_id.duplicated()
    is_last = ~rows.plan_id.duplicated(keep="last")
    ceased = rows.ended_on.where(is_last, rows.ended_on_there)
    reason = rows.end_reason.where(is_last, "X1").where(ceased.notna())
    return _table(
        clae_cla_episode_id="CE" + rows.index.astype(str),
        clae_person_id=rows.child_id,
        clae_cla_placement_id=rows.placement_id,
        clae_cla_episode_start_date=rows.started_on.where(begins, rows.started_on_there),
        clae_cla_episode_start_reason=np.where(begins, "S", "P"),
        clae_cla_primary_need_code=rows.category,
        clae_cla_episode_ceased_date=ceased,
        clae_cla_episode_ceased_reason=written(reason, REASON_CEASED, shape, 255),
        clae_cla_id=rows.plan_id,
        clae_referral_id=rows.referral_id,
        clae_entered_care_date=rows.started_on,
    )


def _legal_statuses(plans: pd.DataFrame, shape: Shape) -> pd.DataFrame:
    known = plans[plans.legal_status.notna()]
    return _table(
        lega_legal_status_id="LS" + known.plan_id,
        lega_person_id=known.child_id,
        lega_legal_status=written(known.legal_status, LEGAL_STATUS, shape, 100),
        lega_legal_status_start_date=known.started_on,
        lega_legal_status_end_date=known.ended_on,
    )


def _team(units: pd.Series, unit: pd.DataFrame, shape: Shape) -> pd.Series:
    return units.map(unit.set_index("unit_id").name) if shape.teams == NAME else units


def unit_of_each(allocation: pd.DataFrame, shape: Shape) -> pd.Series:
    """By allocation the unit that the dataset gives: where the child is now, by that fault."""
    if not shape.has(TEAM_IS_THE_CHILDS):
        return allocation.unit_id
    lead = allocation[allocation.lead].sort_values(["started_on", "allocation_id"])
    now = lead.drop_duplicates("child_id", keep="last").set_index("child_id").unit_id
    return allocation.child_id.map(now).fillna(allocation.unit_id)


def _involvements(council: Frames, shape: Shape) -> pd.DataFrame:
    held = council["allocation"]
    return _table(
        invo_involvements_id=held.allocation_id,
        invo_professional_id=held.worker_id,
        invo_professional_role_id=np.where(held.lead, shape.lead_role, ROLE_OF_OTHERS),
        invo_professional_team=_team(unit_of_each(held, shape), council["unit"], shape),
        invo_person_id=held.child_id,
        invo_involvement_start_date=held.started_on,
        invo_involvement_end_date=held.ended_on,
        invo_referral_id=held.referral_id,
    )


def staff_ids(worker_ids: pd.Series) -> pd.Series:
    """The council's own numbers of its staff, as HR and the dataset have them."""
    return "S" + worker_ids


def _professionals(council: Frames, shape: Shape) -> pd.DataFrame:
    worker = council["worker"]
    latest = council["post"].drop_duplicates("worker_id", keep="last").set_index("worker_id")
    return _table(
        prof_professional_id=worker.worker_id,
        prof_staff_id=staff_ids(worker.worker_id),
        prof_professional_name=worker.name,
        prof_social_worker_registration_no=worker.registration_no,
        prof_agency_worker_flag="PLACEHOLDER_DATA" if shape.has(PLACEHOLDERS) else None,
        prof_professional_job_title=worker.worker_id.map(latest.role),
        prof_professional_caseload=99 if shape.has(CASELOAD_OF_SEPTEMBER) else None,
        prof_professional_department=worker.worker_id.map(latest.unit_id),
        prof_full_time_equivalency=worker.worker_id.map(latest.fte),
    )


def _departments(unit: pd.DataFrame, shape: Shape) -> pd.DataFrame:
    parents = _table(dept_team_id="CSC", dept_team_name=unit.service.dropna().unique())
    teams = _table(
        dept_team_id=unit.unit_id,
        dept_team_name=unit.name,
        dept_team_parent_id="CSC",
        dept_team_parent_name=unit.service,
    )
    if shape.has(NO_PARENT_TEAMS):
        teams[["dept_team_parent_id", "dept_team_parent_name"]] = None
    return pd.concat([teams, parents.iloc[:1]], ignore_index=True)
