"""A council of one child with one record of each kind: what a dirty row is planted in."""

import pandas as pd

from tests.ssd.reversing import Frames

CHILD, UNIT, WORKER = "1000", "U1", "W1"


def one_child() -> Frames:
    """On a CIN plan in January 2016, on a CP plan from February, looked after from May."""
    day = pd.Timestamp
    rows: dict[str, list[dict]] = {
        "unit": [{"unit_id": UNIT, "name": "Unit 1", "service": "Children", "kind": "area"}],
        "worker": [{"worker_id": WORKER, "name": "Ash Bell", "registration_no": "SW1"}],
        "post": [{"worker_id": WORKER, "unit_id": UNIT, "role": "social_worker", "fte": 1.0}],
        "child": [
            {"child_id": CHILD, "name": "Kit Gale", "born_on": day(2009, 5, 4), "sex": "M",
             "ethnicity": "WBRI", "family_id": "F1", "restricted": False}
        ],
        "person": [{"person_id": "P1", "name": "Sam Gale", "sex": "F"}],
        "relationship": [
            {"relationship_id": "RL1", "child_id": CHILD, "person_id": "P1", "role": "mother"}
        ],
        "referral": [
            {"referral_id": "R1", "child_id": CHILD, "received_on": day(2015, 12, 1),
             "source": "6", "primary_need": "N1", "no_further_action": False, "closed_on": pd.NaT,
             "closure_reason": None, "recorded_on": pd.NaT}
        ],
        "assessment": [
            {"assessment_id": "A1", "child_id": CHILD, "referral_id": "R1",
             "started_on": day(2015, 12, 2), "authorised_on": day(2016, 1, 4)}
        ],
        "assessment_factor": [{"assessment_id": "A1", "factor": one} for one in ("2B", "16A")],
        "plan": [
            {"plan_id": plan_id, "child_id": CHILD, "referral_id": "R1", "kind": kind,
             "started_on": began, "ended_on": ended, "end_reason": None, "category": category,
             "legal_status": status, "previous_plans": None}
            for plan_id, kind, began, ended, category, status in (
                ("PL1", "CIN", day(2016, 1, 5), day(2016, 2, 1), None, None),
                ("PL2", "CP", day(2016, 2, 1), day(2016, 5, 2), "NEG", None),
                ("PL3", "CLA", day(2016, 5, 2), pd.NaT, "N1", "C2"),
            )
        ],
        "placement": [
            {"placement_id": "PC1", "child_id": CHILD, "started_on": day(2016, 5, 2),
             "ended_on": pd.NaT, "kind": "U4", "long_term": True}
        ],
        "allocation": [
            {"allocation_id": "AL1", "child_id": CHILD, "referral_id": "R1", "worker_id": WORKER,
             "unit_id": UNIT, "lead": True, "started_on": day(2015, 12, 1), "ended_on": pd.NaT}
        ],
        "visit": [
            {"visit_id": f"V-{kind}", "child_id": CHILD, "kind": kind, "visited_on": on,
             "seen": True, "seen_alone": True, "worker_id": None, "recorded_on": pd.NaT}
            for kind, on in (
                ("CIN", day(2016, 1, 20)), ("CP", day(2016, 3, 1)), ("CLA", day(2016, 5, 20)),
            )
        ],
        "missing_episode": [
            {"missing_episode_id": "M1", "child_id": CHILD, "kind": "M",
             "started_on": day(2016, 5, 10), "ended_on": day(2016, 5, 11)}
        ],
        "enquiry": [
            {"enquiry_id": "E1", "child_id": CHILD, "referral_id": "R1",
             "started_on": day(2016, 1, 11), "ended_on": day(2016, 1, 20),
             "conference_not_needed": False}
        ],
        "conference": [
            {"conference_id": "CF1", "child_id": CHILD, "kind": "initial", "enquiry_id": "E1",
             "held_on": day(2016, 2, 1), "target_on": day(2016, 2, 1), "transfer_in": False,
             "led_to_plan": True}
        ],
        "review": [
            {"review_id": f"RV-{kind}", "child_id": CHILD, "kind": kind, "held_on": on,
             "due_on": on, "cancelled": False, "recorded_on": on}
            for kind, on in (("CP", day(2016, 4, 20)), ("CLA", day(2016, 5, 27)))
        ],
    }  # fmt: skip
    return {name: pd.DataFrame(of) for name, of in rows.items()}
