"""What figures do without a column that a file doesn't have: it is said, and never guessed."""

from collections.abc import Iterable, Iterator, Sequence

from data_access.words.agreeing import agreeing
from loading.sources.reading import ABSENT, ERROR, WARNING, Issue
from loading.sources.text_tables import TextTable

MOST_NAMED = 3

# By table and column. Of other columns that may be empty the figures don't depend.
FOLLOWS = {
    "absence.last_day": "every absence counts as not ended",
    "activity.in_eet": "what young people do counts as not known",
    "allocation.ended_on": "every allocation counts as open",
    "allocation.unit_id": "children count in the unit of their worker's post alone",
    "allocation.worker_id": "no child counts as held by a worker",
    "assessment.authorised_on": "every assessment counts as under way",
    "attainment.reached": "no assessment at school counts",
    "child.born_on": "no child counts in figures of children of an age",
    "complaint.child_id": "complaints without a unit count in the service alone",
    "complaint.unit_id": "complaints count in the unit that led the child, or in the service alone",
    "conference.enquiry_id": "each conference follows the child's latest enquiry shortly before",
    "conference.held_on": "no conference counts as held",
    "early_help.ended_on": "when early help ended is not known",
    "early_help.end_reason": "how early help ended is not known",
    "enquiry.conference_not_needed": "every enquiry counts as one that may need a conference",
    "enquiry.ended_on": "an enquiry waits until a conference is held, or known not to be needed",
    "enrolment.ended_on": "every child counts as on the roll of each school still",
    "enrolment.school": "schools are known by their number alone",
    "enrolment.sen": "special needs are not known",
    "exclusion.days": "how long exclusions were is not known",
    "exclusion.kind": "of which kind exclusions were is not known",
    "intervention.ended_on": "when services ended is not known",
    "intervention.end_reason": "how services ended is not known",
    "missing_episode.ended_on": "every child who was missing counts as missing still",
    "placement.ended_on": "every placement counts as open",
    "placement.kind": "no visit falls due by what the law says of kinds of placement",
    "plan.end_reason": "who returned home from care is not known",
    "plan.ended_on": "every plan counts as open",
    "plan.legal_status": "short breaks count as looked after",
    "plan.previous_plans": "a repeat plan is known by the plans here alone",
    "post.ended_on": "every post counts as open",
    "post.working_days": "every worker counts as working five days a week",
    "referral.closed_on": "every referral counts as open",
    "referral.closure_reason": "whoever died or moved counts as one who may come back",
    "referral.no_further_action": "every referral counts as one with further action",
    "review.held_on": "no review counts as held",
    "scale_score.referral_id": "scores count for the referral that was open on their day",
    "survey_respondent.direct_time_band": "time with families is not told",
    "survey_respondent.survey_wave_id": "no respondent's time with families counts",
    "survey_respondent.unit_id": "respondents count in the service alone",
    "survey_response.answer": "no answer counts",
    "survey_response.asked_by": "who asked is known of waves alone",
    "survey_response.respondent_id": "each answer counts as a respondent of its own",
    "survey_response.survey_wave_id": "answers count in no wave",
    "survey_response.unit_id": "answers count in the service alone",
    "survey_wave.asked": "how many of those asked answered is not known",
    "survey_wave.asked_by": "who asked is known of single answers alone",
    "survey_wave.unit_id": "who was asked counts in the service alone",
    "time_record.unit_id": "hours count in the unit of their worker's post",
    "unit.closed_on": "no unit counts as closed",
    "unit.opened_on": "every unit counts as open from the first month on",
    "vacancy.ended_on": "every vacancy counts as open",
    "vacancy.unit_id": "vacancies count in the service alone",
    "visit.recorded_on": "a late visit can't be told from a late record",
    "visit.seen": "every visit counts as one at which the child was seen",
    "visit_interval.effective_to": "every agreed interval counts as in force until another begins",
}

# Without these a figure is not lacking, but too high: whatever ended goes on.
MISLEADING = frozenset({
    "absence.last_day", "allocation.ended_on", "placement.ended_on", "plan.ended_on",
    "post.ended_on", "referral.closed_on", "vacancy.ended_on",
})  # fmt: skip


def misleading(issues: Iterable[Issue]) -> dict[str, list[str]]:
    """By table what is said of columns that are not there, or were refused: figures go on."""
    told: dict[str, list[str]] = {}
    for issue in issues:
        place = f"{issue.table_name}.{issue.column}"
        if issue.rule == ABSENT and (issue.severity == ERROR or place in MISLEADING):
            told.setdefault(issue.table_name, []).append(issue.message)
    return told


def absent_columns(
    table: str, file: str, found: TextTable, unread: Sequence[str]
) -> Iterator[Issue]:
    """An issue for each column that the file doesn't have and that a figure depends on.

    Among headings that are `unread` it may stand all the same, under another name.
    """
    for place, follows in FOLLOWS.items():
        of_table, column = place.split(".")
        if of_table == table and column not in found.names:
            message = (
                f"{file} has no column {found.as_heading(column)}: {follows}. Add it, if it is"
                f" known.{_or(unread)}"
            )
            yield Issue(ABSENT, table, None, WARNING, message, column=column)


def _or(unread: Sequence[str]) -> str:
    if not unread:
        return ""
    named = ", ".join(f"'{heading}'" for heading in unread[:MOST_NAMED])
    more = f" and {len(unread) - MOST_NAMED} more" if len(unread) > MOST_NAMED else ""
    return (
        f" Not read {agreeing(len(unread), 'is', 'are')} {named}{more}: if that is it, rename it."
    )
