"""What must hold of the rows in a case database: every rule, declared once."""

from loading.checks import (
    cannot_be,
    columns_in_doubt,
    continued_units,
    last_day,
    not_open,
    said_twice,
    wrong_links,
    wrong_values,
)
from loading.checks.check import CASE_RECORD, HUMAN_RESOURCES, PERFORMANCE, Check
from loading.checks.outcomes import cannot_be as outcomes_that_cannot_be
from loading.checks.outcomes import not_counted, of_others
from loading.checks.reading_rules import NOBODY as NOBODY
from loading.checks.reading_rules import READING_RULES
from loading.checks.unlinked import unknown_units, without_post
from loading.details import visits
from loading.sources.reading import ERROR, WARNING

# Their rows are of the staff record, whatever rule they break.
OF_STAFF = ("worker", "post", "absence", "vacancy")
CHECKS: tuple[Check, ...] = (
    *last_day.CHECKS,
    Check(
        "date_too_early",
        ERROR,
        PERFORMANCE,
        "{column} is {day}, which is too early to be true: correct it",
        wrong_values.dates_too_early,
    ),
    Check(
        "visit_in_the_future",
        ERROR,
        CASE_RECORD,
        "the visit is dated {day}, after {as_at}, the last day that the data cover: "
        "correct the date",
        wrong_values.visits_in_the_future,
    ),
    Check(
        "date_in_the_future",
        ERROR,
        PERFORMANCE,
        "{column} is {day}, after {as_at}, the last day that the data cover: correct it",
        wrong_values.dates_in_the_future,
    ),
    Check(
        "ends_before_it_starts",
        ERROR,
        CASE_RECORD,
        "it ends on {ends}, before it starts on {starts}: correct one of the two",
        wrong_values.ends_before_starts,
    ),
    Check(
        "ends_in_the_future",
        WARNING,
        CASE_RECORD,
        "it ends on {day}, after {as_at}, the last day that the data cover, and counts as "
        "open until then: correct the date or leave it empty",
        wrong_values.ends_in_the_future,
    ),
    Check(
        "recorded_before_it_happened",
        WARNING,
        PERFORMANCE,
        "it was recorded on {ends}, before it happened on {starts}: correct one of the two",
        wrong_values.recorded_early,
    ),
    Check(
        "score_out_of_range",
        ERROR,
        CASE_RECORD,
        "the score is {value}, and scores go from 0 to 10: correct it",
        wrong_values.scores_out_of_range,
    ),
    Check(
        "number_out_of_range",
        ERROR,
        PERFORMANCE,
        "{column} is {value}, and goes from {lowest} to {highest}: correct it",
        wrong_values.numbers_out_of_range,
    ),
    Check(
        "unknown_code",
        WARNING,
        PERFORMANCE,
        "{column} is '{value}', and one of {choices} is needed: correct it",
        wrong_values.unknown_codes,
    ),
    *of_others.CHECKS,
    Check(
        "child_in_no_table",
        ERROR,
        PERFORMANCE,
        "child {missing} is in no row of the child table: add the child, or correct the id",
        wrong_links.orphans("child"),
    ),
    Check(
        "assessment_in_no_table",
        ERROR,
        PERFORMANCE,
        "assessment {missing} is in no row of the assessment table: add it, or correct the id",
        wrong_links.orphans("assessment"),
    ),
    Check(
        "person_in_no_table",
        ERROR,
        PERFORMANCE,
        "person {missing} is in no row of the person table: add the person, or correct the id",
        wrong_links.orphans("person"),
    ),
    Check(
        "supervision_in_no_table",
        ERROR,
        PERFORMANCE,
        "supervision {missing} is in no row of the supervision table: add the session, or correct"
        " the id",
        wrong_links.orphans("supervision"),
    ),
    Check(
        "worker_in_no_table",
        WARNING,
        PERFORMANCE,
        "worker {missing} is in no row of the worker table: add the worker, or correct the id",
        wrong_links.orphans("worker"),
    ),
    *visits.CHECKS,
    *unknown_units.CHECKS,
    Check(
        "continues_no_unit",
        ERROR,
        PERFORMANCE,
        "it continues unit {missing}, which is in no row of the unit table: add that unit, or "
        "correct the id",
        continued_units.of_no_unit,
    ),
    Check(
        "continues_itself",
        ERROR,
        PERFORMANCE,
        "it continues unit {older}, and so, by way of others or at once, itself: correct continues",
        continued_units.in_a_circle,
    ),
    Check(
        "continues_at_no_known_day",
        WARNING,
        PERFORMANCE,
        "it continues unit {older}, and neither when it opened nor when that closed is known, so "
        "that its charts begin with itself: give opened_on",
        continued_units.at_no_known_day,
    ),
    Check(
        "referral_in_no_table",
        WARNING,
        PERFORMANCE,
        "referral {missing} is in no row of the referral table: add it, or correct the id",
        wrong_links.orphans("referral"),
    ),
    Check(
        "two_lead_workers",
        WARNING,
        CASE_RECORD,
        "a second lead worker begins on {day}, while allocation {other} has not ended: "
        "end the earlier one, or make one a co-worker",
        wrong_links.two_lead_workers,
    ),
    Check(
        "holder_without_fte",
        WARNING,
        HUMAN_RESOURCES,
        "the worker holds children ({held} on {as_at}) and has no post with an FTE above 0: "
        "both are left out of caseload. Add the post",
        wrong_links.holders_without_fte,
    ),
    *without_post.CHECKS,
    Check(
        "open_cin_without_visit",
        WARNING,
        CASE_RECORD,
        "the CIN plan has been open since {day} and no visit is recorded: record the "
        "visit, or make it",
        wrong_links.open_cin_without_visit,
    ),
    Check(
        "looser_without_a_reason",
        WARNING,
        CASE_RECORD,
        "the interval agreed from {day} has the child seen later than the {looser_than} would, "
        "and does not say who agreed it, or why: record both",
        wrong_links.looser_without_a_reason,
    ),
    *cannot_be.CHECKS,
    *outcomes_that_cannot_be.CHECKS,
    *not_counted.CHECKS,
    *columns_in_doubt.CHECKS,
    *not_open.CHECKS,
    *said_twice.CHECKS,
)


def who_mends(rule: str, table: str = "") -> str:
    """Who can mend breaks of `rule` in a table, in words for people.

    What the case record tells of children, the staff record tells of those who work.
    """
    by_check = {check.rule: check.mended_by for check in CHECKS}
    mended_by = by_check.get(rule) or READING_RULES.get(rule, PERFORMANCE)
    return HUMAN_RESOURCES if mended_by == CASE_RECORD and table in OF_STAFF else mended_by
