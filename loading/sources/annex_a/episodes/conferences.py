"""Enquiries, initial conferences and latest reviews of Annex A.

Source: Ofsted, Annex A guidance, August 2019, Lists 5, 7 and 8.
"""

from loading.sources.annex_a.episodes.earlier import EarlierRows, key_of_row
from loading.sources.reading import Gathering


def gather_enquiry(gathering: Gathering, row: dict, earlier: EarlierRows) -> None:
    """An enquiry of List 5, with the conference that was held, if one was.

    "Deemed unnecessary: no" without a date makes no conference: Ofsted asks for that answer too
    where the child is on a plan already. Nor does the list say which child came with a plan from
    another authority.
    """
    enquiry_id = earlier.own_id(key_of_row(row, "S47", row["started_on"]))
    gathering.offer(
        "enquiry",
        enquiry_id=enquiry_id,
        child_id=row["child_id"],
        referral_id=earlier.led_to(row),
        started_on=row["started_on"],
        conference_not_needed=row.get("not_needed"),
        found_at=row["found_at"],
    )
    if row.get("held_on") is None:
        return
    gathering.offer(
        "conference",
        conference_id=f"{enquiry_id}-ICPC",
        child_id=row["child_id"],
        kind="initial",
        enquiry_id=enquiry_id,
        held_on=row["held_on"],
        transfer_in=False,
        led_to_plan=row.get("led_to_plan"),
        found_at=row["found_at"],
    )


def gather_review(gathering: Gathering, row: dict, kind: str, earlier: EarlierRows) -> None:
    """The latest review of a plan of List 7 or 8, once however often the child stands there."""
    day = row.get("reviewed_on")
    if day is None:
        return
    said = (row["child_id"], kind, day)
    if said in earlier.reviews:
        gathering.pass_over("review", "the same review, in another row")
        return
    earlier.reviews.add(said)
    gathering.offer(
        "review",
        review_id=key_of_row(row, f"R{kind}", day),
        child_id=row["child_id"],
        kind=kind,
        held_on=day,
        cancelled=False,
        found_at=row["found_at"],
    )
