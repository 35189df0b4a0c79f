"""The cases as tables: referral, assessment, assessment_factor, plan, placement."""

import pandas as pd

from data_access import schema
from loading.demo.chance import Chance
from loading.demo.children.cases import Case, ChildReferral
from loading.demo.children.placements import Placement
from loading.demo.days import DATA_TO, known, working_days_after
from loading.demo.tables import frame

_DAYS_TO_RECORD = {0: 62, 1: 25, 2: 8, 3: 3, 5: 2}


def case_frames(cases: list[Case]) -> dict[str, pd.DataFrame]:
    """Tables `referral`, `assessment`, `assessment_factor` and `plan`, as known on the last day."""
    chance = Chance("referrals recorded")
    referrals, assessments, factors, plans = [], [], [], []
    for case in cases:
        recorded = working_days_after(case.received, chance.weighted(_DAYS_TO_RECORD))
        for child in case.children:
            referrals.append(_referral(case, child, min(recorded, DATA_TO)))
            plans += _plans(child)
            if case.assessed and case.assessed <= min(DATA_TO, child.closed):
                assessment = _assessment(case, child)
                assessments.append(assessment)
                factors += [(assessment[0], factor) for factor in sorted(case.factors)]
    return {
        "referral": frame(schema.referral, referrals),
        "assessment": frame(schema.assessment, assessments),
        "assessment_factor": frame(schema.assessment_factor, factors),
        "plan": frame(schema.plan, plans),
    }


def _referral(case: Case, child: ChildReferral, recorded: int) -> tuple:
    closed = known(child.closed)
    # Nobody knows that nothing will follow until it is decided.
    nothing = case.assessed is None if case.decided <= DATA_TO else None
    return (
        child.referral_id,
        child.child_id,
        case.received,
        case.source,
        case.need,
        nothing,
        closed,
        child.reason if closed else None,
        recorded,
    )


def _assessment(case: Case, child: ChildReferral) -> tuple:
    assert case.assessed is not None and case.authorised is not None, "only assessed cases"
    authorised = known(case.authorised) if case.authorised <= child.closed else None
    return (
        f"A{child.referral_id[1:]}",
        child.child_id,
        child.referral_id,
        case.assessed,
        authorised,
    )


def _plans(child: ChildReferral) -> list[tuple]:
    return [
        (
            f"PL{child.referral_id[1:]}{number}",
            child.child_id,
            child.referral_id,
            plan.kind,
            plan.started,
            known(plan.ended),
            plan.end_reason if known(plan.ended) else None,
            plan.category,
            plan.legal_status,
        )
        for number, plan in enumerate(child.plans, start=1)
        if plan.started <= DATA_TO
    ]


def placement_frame(placements: list[Placement]) -> pd.DataFrame:
    """Table `placement`."""
    return frame(
        schema.placement,
        [
            (
                f"PC{one.child_id[1:]}-{number}",
                one.child_id,
                one.started,
                known(one.ended),
                one.kind,
                one.long_term,
            )
            for number, one in enumerate(placements, start=1)
        ],
    )
