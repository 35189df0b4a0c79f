"""Signs of Safety scores: how safe the child is said to be, by whom, from first to last."""

import pandas as pd

from data_access import schema
from loading.demo.chance import Chance
from loading.demo.children.family_referrals import ChildReferral, FamilyReferral
from loading.demo.days import (
    DATA_FROM,
    DATA_TO,
    last_working_day_to,
    working_days_after,
)
from loading.demo.tables import table_frame
from loading.demo.units import SEGMENTED
from loading.demo.whereabouts import Whereabouts

_SCALED_AT_ALL = 0.93
_SCALED_AT_THE_END = {True: 0.9, False: 0.72}
_PROGRESS = {True: 2.0, False: 1.3}
_OTHER_RATERS = {"parent": 0.35, "child": 0.15}
_DAYS_BETWEEN = 84
_DAYS_TO_RECORD = {0: 55, 1: 30, 3: 10, 7: 5}


def score_frame(referred: list[FamilyReferral], where: Whereabouts) -> pd.DataFrame:
    """Table `scale_score`: safety (10 is safe), and for some danger (0 is safe)."""
    chance = Chance("scores")
    rows = [
        row
        for referral in referred
        if referral.assessed
        for child in referral.children
        if chance.happens(_SCALED_AT_ALL)
        for row in _child_rows(chance, referral, child, where)
    ]
    known_rows = [row for row in rows if row[7] <= DATA_TO]
    return table_frame(
        schema.scale_score, [(f"SS{n:06}", *row) for n, row in enumerate(known_rows, start=1)]
    )


def _child_rows(
    chance: Chance, referral: FamilyReferral, child: ChildReferral, where: Whereabouts
) -> list[tuple]:
    days = _days(chance, referral, child, where)
    if not days:
        return []
    start = chance.between(2, 6)
    held = where.on(child.child_id, days[-1])
    in_unit = bool(held and held.unit_id in SEGMENTED)
    progress = _PROGRESS[in_unit] + (chance.share() + chance.share() + chance.share() - 1.5) * 3.2
    rows = []
    for number, day in enumerate(days):
        safety = _on_the_scale(start + progress * number / max(1, len(days) - 1))
        for scale, rater, score in _scored(chance, safety):
            best = "low" if scale == "danger" else "high"
            recorded = working_days_after(day, chance.weighted(_DAYS_TO_RECORD))
            row = (child.child_id, child.referral_id, scale, rater, day, score, best, recorded)
            rows.append(row)
    return rows


def _on_the_scale(score: float) -> float:
    return float(min(10, max(0, round(2 * score) / 2)))


def _scored(chance: Chance, safety: float) -> list[tuple[str, str, float]]:
    """Scale, rater and score of one day: the worker's, and for some others' and of danger."""
    scores = [("safety", "social_worker", safety)]
    for rater, often in _OTHER_RATERS.items():
        if chance.happens(often):
            scores.append(("safety", rater, _on_the_scale(safety + chance.between(-1, 2))))
    if chance.happens(0.2):
        danger = _on_the_scale(10 - safety + chance.between(-1, 1))
        scores.append(("danger", "social_worker", danger))
    return scores


def _days(
    chance: Chance, referral: FamilyReferral, child: ChildReferral, where: Whereabouts
) -> list[int]:
    """The days on which the child's safety is scaled, all within the referral."""
    assert referral.assessed is not None, "only assessed cases are scaled"
    first = working_days_after(max(referral.assessed, DATA_FROM - 90) + chance.between(0, 10), 0)
    last = last_working_day_to(min(child.closed, DATA_TO) - chance.between(0, 12))
    if first > last:
        return []
    days = [first]
    while days[-1] + _DAYS_BETWEEN + 30 < last:
        days.append(working_days_after(days[-1] + _DAYS_BETWEEN + chance.between(-20, 20), 0))
    held = where.on(child.child_id, last)
    share_scaled_again = _SCALED_AT_THE_END[bool(held and held.unit_id in SEGMENTED)]
    if child.closed <= DATA_TO and last > days[-1] + 7 and chance.happens(share_scaled_again):
        return [*days, last]
    # Without a closing score some cases were never scaled again.
    return days if chance.happens(0.5) else days[:1]
