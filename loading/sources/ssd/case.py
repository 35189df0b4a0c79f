"""Children, referrals, assessments, enquiries, conferences and reviews of the SSD."""

import pandas as pd

from loading.sources.reading import WARNING
from loading.sources.ssd.declared import (
    ASSESSMENTS,
    CONFERENCES,
    ENQUIRIES,
    FACTORS,
    FAMILY,
    MISSING,
    PERSON,
    REFERRALS,
)
from loading.sources.ssd.declared_plans import CLA_REVIEWS, CP_PLANS, CP_REVIEWS, EPISODES
from loading.sources.ssd.drawing import Drawing, children_by, own_ids, with_children
from loading.sources.ssd.factors import PARTED, flag
from metrics.writing import several

NOT_INVOLVED = "a person in no referral, plan, visit or involvement"
TWO_FAMILIES = "several_families"


def draw_children(drawing: Drawing) -> None:
    """The people whom any other row names: an SSD holds parents and contacts beside them.

    Who is not born yet has the day on which it is expected. An SSD does not say who is restricted.
    """
    people = drawing.of(PERSON)
    named = [rows["child_id"] for rows in drawing.frames.values() if "child_id" in rows]
    involved = people["child_id"].isin(pd.concat(named).dropna().unique() if named else [])
    drawing.pass_over("child", NOT_INVOLVED, int((~involved).sum()))
    children = people[involved].reset_index(drop=True)
    drawing.keep(
        "child",
        children.assign(
            name=whole_names(children),
            born_on=children["born_on"].where(children["born_on"].notna(), children["expected_on"]),
            family_id=children["child_id"].map(_families(drawing)),
        ),
    )


def whole_names(people: pd.DataFrame) -> pd.Series:
    """Each one's names, the first before the last; None where there is neither."""
    both = zip(people["forename"], people["surname"], strict=True)
    names = [" ".join(filter(None, parts)) or None for parts in both]
    return pd.Series(names, index=people.index, dtype=object)


def _families(drawing: Drawing) -> pd.Series:
    """The family of each person; of whom is in several none can be taken for it."""
    pairs = drawing.of(FAMILY)[["child_id", "family_id"]].dropna().drop_duplicates()
    in_several = pairs["child_id"].duplicated(keep=False)
    if in_several.any():
        people = pairs.loc[in_several, "child_id"].nunique()
        drawing.say(
            TWO_FAMILIES,
            "child",
            WARNING,
            f"{FAMILY.name}: {several(people, 'person', 'people')} in several families, read as in"
            " none, so that no sibling is taken for another's. Correct the extract.",
        )
    return pairs[~in_several].set_index("child_id")["family_id"].astype(object)


def draw_referrals(drawing: Drawing) -> None:
    """One referral a row of the SSD; its source by its code, else by its words."""
    rows = drawing.of(REFERRALS)
    source = rows["source"].where(rows["source"].notna(), rows["source_words"])
    drawing.keep("referral", rows.assign(source=source))


def draw_assessments(drawing: Drawing) -> None:
    """One assessment a row, and one factor for each that its cell of factors names."""
    of_referral = children_by(drawing.of(REFERRALS), "referral_id")
    rows = with_children(drawing, "assessment", drawing.of(ASSESSMENTS), referral_id=of_referral)
    drawing.keep("assessment", rows)
    cells = drawing.of(FACTORS)
    empty = cells["factor"].isna()
    drawing.pass_over("assessment_factor", "no factor in the cell", int(empty.sum()))
    split = cells[~empty].assign(factor=cells.loc[~empty, "factor"].str.split(PARTED))
    each = split.explode("factor", ignore_index=True)
    once = ~each.duplicated(subset=["assessment_id", "factor"])
    drawing.pass_over("assessment_factor", "the same factor again", int((~once).sum()))
    drawing.keep("assessment_factor", each[once].reset_index(drop=True))


def draw_enquiries(drawing: Drawing) -> None:
    """Section 47 enquiries; no conference is needed where the outcome says so.

    That is the flag of a conference, else that nothing further is done; of a "no" to the latter
    nobody knows what was done instead.
    """
    of_referral = children_by(drawing.of(REFERRALS), "referral_id")
    rows = with_children(drawing, "enquiry", drawing.of(ENQUIRIES), referral_id=of_referral)
    not_needed = [
        _not_needed(flag(outcome, "CP_CONFERENCE_FLAG"), nothing)
        for outcome, nothing in zip(rows["outcome"], rows["no_further_action"], strict=True)
    ]
    not_needed_column = pd.Series(not_needed, index=rows.index, dtype=object)
    drawing.keep("enquiry", rows.assign(conference_not_needed=not_needed_column))


def _not_needed(conference: bool | None, nothing_further: bool | None) -> bool | None:
    if conference is not None:
        return not conference
    return True if nothing_further is True else None


def draw_conferences(drawing: Drawing) -> None:
    """Initial conferences; one that does not say that it was a transfer is none."""
    of_referral = children_by(drawing.of(REFERRALS), "referral_id")
    of_enquiry = children_by(drawing.of(ENQUIRIES), "enquiry_id")
    rows = with_children(
        drawing,
        "conference",
        drawing.of(CONFERENCES),
        enquiry_id=of_enquiry,
        referral_id=of_referral,
    )
    rows = own_ids(rows, "conference_id")
    drawing.keep("conference", rows.assign(kind="initial", transfer_in=_or_no(rows["transfer_in"])))


def draw_missing(drawing: Drawing) -> None:
    """When a child was missing, or away without authorisation; what has no end goes on."""
    rows = with_children(drawing, "missing_episode", drawing.of(MISSING))
    drawing.keep("missing_episode", own_ids(rows, "missing_episode_id"))


def draw_reviews(drawing: Drawing) -> None:
    """Reviews of CP plans and of looked-after children.

    One of a looked-after child that does not say that it was cancelled was not.
    """
    of_plan = children_by(drawing.of(CP_PLANS), "plan_id")
    of_care = children_by(drawing.of(EPISODES), "cla_id")
    of_cp = with_children(drawing, "review", drawing.of(CP_REVIEWS), plan_id=of_plan)
    of_cla = with_children(drawing, "review", drawing.of(CLA_REVIEWS), cla_id=of_care)
    drawing.keep("review", own_ids(of_cp, "review_id", "CP-").assign(kind="CP", cancelled=False))
    drawing.keep(
        "review",
        own_ids(of_cla, "review_id", "CLA-").assign(
            kind="CLA", cancelled=_or_no(of_cla["cancelled"])
        ),
    )


def _or_no(flags: pd.Series) -> pd.Series:
    return flags.where(flags.notna(), False)
