"""The referrals as tables: referral, assessment, assessment_factor, plan, placement."""

import pandas as pd

from data_access import schema
from loading.demo.chance import Chance
from loading.demo.children.family_referrals import ChildReferral, FamilyReferral
from loading.demo.children.outcomes import PreviousPlans
from loading.demo.children.placements import Placement
from loading.demo.days import DATA_TO, known, working_days_after
from loading.demo.tables import table_frame

_DAYS_TO_RECORD = {0: 62, 1: 25, 2: 8, 3: 3, 5: 2}


def referral_frames(referred: list[FamilyReferral]) -> dict[str, pd.DataFrame]:
    """Tables `referral`, `assessment`, `assessment_factor` and `plan`, as known on the last day."""
    chance, previous = Chance("referrals recorded"), PreviousPlans()
    referrals, assessments, factors, plans = [], [], [], []
    for referral in referred:
        recorded = working_days_after(referral.received, chance.weighted(_DAYS_TO_RECORD))
        for child in referral.children:
            referrals.append(_referral(referral, child, min(recorded, DATA_TO)))
            plans += _plans(child, previous)
            if referral.assessed and referral.assessed <= min(DATA_TO, child.closed):
                assessment = _assessment(referral, child)
                assessments.append(assessment)
                factors += [(assessment[0], factor) for factor in sorted(referral.factors)]
    return {
        "referral": table_frame(schema.referral, referrals),
        "assessment": table_frame(schema.assessment, assessments),
        "assessment_factor": table_frame(schema.assessment_factor, factors),
        "plan": table_frame(schema.plan, plans),
    }


def _referral(referral: FamilyReferral, child: ChildReferral, recorded: int) -> tuple:
    closed = known(child.closed)
    # Nobody knows that nothing will follow until it is decided.
    nothing = referral.assessed is None if referral.decided <= DATA_TO else None
    return (
        child.referral_id,
        child.child_id,
        referral.received,
        referral.source,
        referral.need,
        nothing,
        closed,
        child.reason if closed else None,
        recorded,
    )


def _assessment(referral: FamilyReferral, child: ChildReferral) -> tuple:
    assert referral.assessed is not None and referral.authorised is not None, (
        "only assessed referrals"
    )
    authorised = known(referral.authorised) if referral.authorised <= child.closed else None
    return (
        f"A{child.referral_id[1:]}",
        child.child_id,
        child.referral_id,
        referral.assessed,
        authorised,
    )


def _plans(child: ChildReferral, previous: PreviousPlans) -> list[tuple]:
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
            previous.before(child.child_id) if plan.kind == "CP" else None,
        )
        for number, plan in enumerate(child.plans, start=1)
        if plan.started <= DATA_TO
    ]


def placement_frame(placements: list[Placement]) -> pd.DataFrame:
    """Table `placement`."""
    return table_frame(
        schema.placement,
        [
            (
                f"PC{placement.child_id[1:]}-{number}",
                placement.child_id,
                placement.started,
                known(placement.ended),
                placement.kind,
                placement.long_term,
            )
            for number, placement in enumerate(placements, start=1)
        ],
    )
