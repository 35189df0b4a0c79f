"""What a deployment of the SSD can't bring: tables, columns and rows that are not there."""

from collections.abc import Iterator, Mapping

import pandas as pd

from data_access.schema import metadata
from data_access.sources.ssd import SSD
from loading.sources.absent_columns import FOLLOWS
from loading.sources.reading import ABSENT, WARNING, Issue
from loading.sources.ssd import declared as case
from loading.sources.ssd import declared_plans as plans
from loading.sources.ssd.fields import SsdTable
from loading.sources.ssd.finding import Deployment

# What each of our tables is made of: without one of them it is not whole.
PARTS: Mapping[str, tuple[SsdTable, ...]] = {
    "child": (case.PERSON,),
    "unit": (case.DEPARTMENTS,),
    "worker": (case.PROFESSIONALS,),
    "referral": (case.REFERRALS,),
    "assessment": (case.ASSESSMENTS,),
    "assessment_factor": (case.FACTORS,),
    "plan": (plans.CIN_PLANS, plans.CP_PLANS, plans.EPISODES),
    "placement": (plans.PLACEMENTS,),
    "visit": (plans.CIN_VISITS, plans.CP_VISITS, plans.CLA_VISITS),
    "review": (plans.CP_REVIEWS, plans.CLA_REVIEWS),
    "enquiry": (case.ENQUIRIES,),
    "conference": (case.CONFERENCES,),
    "allocation": (case.INVOLVEMENTS,),
    "missing_episode": (case.MISSING,),
}
# Fields that make a column of ours, where frames call them otherwise.
MADE_OF = {"team": "unit_id", "no_further_action": "conference_not_needed"}
LACKING = "The database has {what}: deploy it, or add {table}.csv."
UNFILLED = "Nothing in the SSD fills {columns}: ask whoever deployed it, or add {table}.csv."


def lacks_of(deployment: Deployment) -> dict[str, str]:
    """By table of ours the sentence that says what of it is not there; whole tables are left out.

    A table of the SSD without a row counts as one that isn't there: none of a council's children
    on a plan is nothing that an extract could be believed.
    """
    lacks = dict(SSD.lacks)
    for name, parts in PARTS.items():
        missing = [words for part in parts if (words := missing_of(deployment, part))]
        if missing:
            lacks[name] = LACKING.format(what=" and ".join(missing), table=name)
    return lacks


def partial_in(deployment: Deployment) -> frozenset[str]:
    """The tables of ours of which some part is not there."""
    return frozenset(
        name for name, parts in PARTS.items() if any(missing_of(deployment, one) for one in parts)
    )


def missing_of(deployment: Deployment, part: SsdTable) -> str:
    """What of one of the SSD's tables is not there, in words; nothing where it can be used."""
    needed = [one.key for one in part if one.needed]
    missing = deployment.lacks(part, needed)
    if missing or deployment.rows.get(part.name, 0):
        return missing
    return f"no row in {part.name}"


def unfilled_in(deployment: Deployment, frames: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """By a column of ours without a value, as "plan.end_reason", what is to be filled for it."""
    found: dict[str, list[str]] = {}
    for name in PARTS.keys() & frames.keys():
        rows = frames[name]
        for part in PARTS[name]:
            for one in (one for one in part if part.name in deployment.tables):
                column = MADE_OF.get(one.key, one.key)
                is_ours = column in metadata.tables[name].c
                if is_ours and (column not in rows or rows[column].isna().all()):
                    found.setdefault(f"{name}.{column}", []).append(f"{part.name}.{one.name}")
    return {
        place: UNFILLED.format(columns=" or ".join(columns), table=place.partition(".")[0])
        for place, columns in found.items()
    }


def absent_fields(deployment: Deployment) -> Iterator[Issue]:
    """An issue for each column that is not deployed and that a figure depends on."""
    for parts in PARTS.values():
        for part in (one for one in parts if not missing_of(deployment, one)):
            found = deployment.tables[part.name]
            for one in part:
                column = MADE_OF.get(one.key, one.key)
                follows = FOLLOWS.get(f"{part.gives}.{column}")
                if follows and not found.has(one.key):
                    says = f"{part.name} has no column {one.name}: {follows}. Deploy it."
                    yield Issue(ABSENT, part.gives, None, WARNING, says, column=column)
