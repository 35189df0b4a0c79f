"""What figures do without a column that a file doesn't have: it is said, and never guessed."""

from collections.abc import Collection, Iterator

from loading.sources.reading import WARNING, Issue

# By table and column. Of other columns that may be empty the figures don't depend.
FOLLOWS = {
    "absence.last_day": "every absence counts as not ended",
    "allocation.ended_on": "every allocation counts as open",
    "allocation.unit_id": "children count in the unit of their worker's post alone",
    "allocation.worker_id": "no child counts as held by a worker",
    "assessment.authorised_on": "every assessment counts as under way",
    "placement.ended_on": "every placement counts as open",
    "placement.kind": "no visit falls due by what the law says of kinds of placement",
    "plan.ended_on": "every plan counts as open",
    "plan.legal_status": "short breaks count as looked after",
    "post.ended_on": "every post counts as open",
    "post.working_days": "every worker counts as working five days a week",
    "referral.closed_on": "every referral counts as open",
    "referral.no_further_action": "every referral counts as one with further action",
    "scale_score.referral_id": "scores count for the referral that was open on their day",
    "time_record.unit_id": "hours count in the unit of their worker's post",
    "unit.closed_on": "no unit counts as closed",
    "unit.opened_on": "every unit counts as open from the first month on",
    "visit.recorded_on": "a late visit can't be told from a late record",
    "visit.seen": "every visit counts as one at which the child was seen",
    "visit_interval.effective_to": "every agreed interval counts as in force until another begins",
}


def absent_columns(table: str, file: str, there: Collection[str | None]) -> Iterator[Issue]:
    """An issue for each column that the file doesn't have and that a figure depends on."""
    for place, follows in FOLLOWS.items():
        of_table, column = place.split(".")
        if of_table == table and column not in there:
            message = f"{file} has no column {column}: {follows}. Add it, if it is known."
            yield Issue("absent_column", table, None, WARNING, message)
