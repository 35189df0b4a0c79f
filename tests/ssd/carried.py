"""The council that a dataset can tell of: what a right load gives, and nothing else.

`carried` says what is lost by the dataset's own columns, and by the shape's faults. Figures of
what is loaded must be those of this council; where they part from the whole council's, one of
`LOST` or a fault is why.
"""

import pandas as pd

from data_access.code_sets.plans import LONG_TERM
from tests.ssd.deployed import MOSAIC
from tests.ssd.extending import LOST_BESIDE, in_days, is_in_months
from tests.ssd.reversing import Frames, plan_on, staff_ids, unit_of_each, without_plan
from tests.ssd.shapes import CP_VISITS_WITHOUT_PLAN, OPEN_CIN_VISITS_DROPPED, Shape

# By table and column what no dataset of this version holds, nor a table beside it, and why.
LOST = {
    "referral.recorded_on": "there is no recording date",
    "review.recorded_on": "there is no recording date",
    "plan.previous_plans": "there is no number of earlier plans",
    "placement.long_term": "told by the placement's code alone",
    "relationship.verified": "of a mother nobody says that it was verified, since when, or by what",
    "review.cancelled": "of CP reviews there is no word of it: one not held has no day",
    **LOST_BESIDE,
}
# What neither has a table for, or not for all of it, and it comes as tables of its own; of missing
# episodes the demonstration council has none.
BESIDE = (
    "vacancy", "person", "relationship", "complaint", "visit_interval", "survey_wave",
    "survey_response", "survey_respondent", "survey_question", "activity", "attainment",
    "education_period", "offence", "offence_match", "missing_episode",
    "enrolment", "exclusion", "early_help", "intervention", "supervision", "supervision_child",
)  # fmt: skip

OF_A_FAMILY = ("early_help", "intervention")

# The tables of which a row names the child that it is about: whom none names is no child of a
# dataset's, among the parents and contacts that it holds too.
NAMING = (
    "referral", "assessment", "plan", "placement", "visit", "review", "missing_episode", "enquiry",
    "conference", "allocation",
)  # fmt: skip


def carried(council: Frames, shape: Shape) -> dict[str, pd.DataFrame]:
    """The council without what the columns of the tables and the shape's faults take away."""
    referral, review, plan = council["referral"], council["review"], council["plan"]
    placement, held = council["placement"], council["allocation"]
    unit, post, worker = council["unit"], council["post"], council["worker"]
    kind = unit.segment.notna().map({True: "segmented", False: "other"})
    cancelled = review.cancelled.where(review.kind == "CLA", False)
    kept = {
        **council,
        "referral": referral.assign(recorded_on=pd.NaT),
        "review": review.assign(recorded_on=pd.NaT, cancelled=cancelled),
        "plan": plan.assign(previous_plans=None),
        "placement": placement.assign(long_term=placement.kind.isin(LONG_TERM)),
        "allocation": held.assign(unit_id=unit_of_each(held, shape)),
        "visit": _visits(council, shape),
        "unit": unit.assign(kind=kind),
        "relationship": _relationships(council["relationship"]),
        "worker": worker.assign(staff_no=staff_ids(worker.worker_id)),
        "visit_interval": in_days(council["visit_interval"]),
        "post": post.assign(leaving_reason=None, leaving_to=None),
    }
    if shape.system == MOSAIC:
        # Its professionals have no name, and no person a family.
        kept["child"] = council["child"].assign(family_id=None)
        kept |= {one: council[one].dropna(subset="child_id") for one in OF_A_FAMILY}
        kept["worker"] = kept["worker"].assign(name=None)
    return {**kept, **{name: _of_named(kept[name], kept) for name in ("child", "relationship")}}


def _of_named(rows: pd.DataFrame, kept: Frames) -> pd.DataFrame:
    """The rows of children whom some row names."""
    named = pd.concat([kept[name].child_id for name in NAMING])
    return rows[rows.child_id.isin(named)]


def _relationships(relationship: pd.DataFrame) -> pd.DataFrame:
    """Mothers are as the dataset tells of them."""
    is_mother = relationship.role == "mother"
    return relationship.assign(
        verified=relationship.verified & ~is_mother,
        source=relationship.source.where(~is_mother, "ssd_mother"),
        started_on=relationship.started_on.where(~is_mother),
        ended_on=relationship.ended_on.where(~is_mother),
    )


def _visits(council: Frames, shape: Shape) -> pd.DataFrame:
    visit, plan = council["visit"], council["plan"]
    if shape.has(OPEN_CIN_VISITS_DROPPED):
        still_open = plan[(plan.kind == "CIN") & plan.ended_on.isna()]
        on = plan_on(visit, "visited_on", still_open)
        visit = visit[~(on.notna() & (visit.kind == "CIN"))]
    if shape.has(CP_VISITS_WITHOUT_PLAN) and shape.system == MOSAIC:
        # Neither plan nor person: nobody can say whose they are.
        of_cp = visit[visit.kind == "CP"]
        visit = visit.drop(of_cp[without_plan(of_cp)].index)
    return visit


def beside(council: Frames, shape: Shape) -> dict[str, pd.DataFrame]:
    """What comes from elsewhere, with who is restricted, which no dataset says."""
    kept = carried(council, shape)
    agreed, related = council["visit_interval"], kept["relationship"]
    return {
        **{name: council[name] for name in BESIDE},
        **{name: kept[name] for name in OF_A_FAMILY},
        "visit_interval": agreed[is_in_months(agreed)],
        "relationship": related[related.role != "mother"],
        "child": kept["child"][["child_id", "restricted"]],
    }
