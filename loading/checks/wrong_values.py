"""Finds values that cannot be true: dates too early or to come, numbers and codes out of range.

Every query runs as it stands on DuckDB and PostgreSQL.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import Column, ColumnElement, Date, Select, String, and_, literal, or_

from data_access.code_sets.code_set import Codes, CodesBy, sets_of
from data_access.code_sets.of_columns import codes_of
from data_access.schema import (
    CANONICAL,
    absence,
    activity,
    allocation,
    assessment,
    assessment_factor,
    attainment,
    child,
    complaint,
    conference,
    early_help,
    education_period,
    enquiry,
    enrolment,
    exclusion,
    intervention,
    missing_episode,
    offence,
    offence_match,
    placement,
    plan,
    post,
    referral,
    relationship,
    review,
    scale_score,
    supervision,
    survey_response,
    survey_wave,
    time_record,
    unit,
    vacancy,
    visit,
    visit_interval,
)
from loading.checks.breaches import BLANK, KEEP, LEAVE_OUT, Breach, Situation, rows_of

# Nobody whose record counts was referred, or looked after, more than 26 years before the data end.
YEARS_OF_A_CHILD = 26
FIRST_BIRTH = date(1900, 1, 2)
FIRST_POST = date(1950, 1, 1)
# Expected births are known ahead; ends of contracts and plans too, but not by more than this.
DAYS_BEFORE_BIRTH = 300
YEARS_AHEAD = 10
DAY_HOURS, LONGEST_WEEK_HOURS = 24, 168

_SPELLS = (
    (unit, "opened_on", "closed_on", BLANK),
    (post, "started_on", "ended_on", LEAVE_OUT),
    (referral, "received_on", "closed_on", LEAVE_OUT),
    (assessment, "started_on", "authorised_on", BLANK),
    (plan, "started_on", "ended_on", LEAVE_OUT),
    (placement, "started_on", "ended_on", LEAVE_OUT),
    (missing_episode, "started_on", "ended_on", LEAVE_OUT),
    (allocation, "started_on", "ended_on", LEAVE_OUT),
    (visit_interval, "effective_from", "effective_to", LEAVE_OUT),
    (absence, "first_day", "last_day", LEAVE_OUT),
    (relationship, "started_on", "ended_on", BLANK),
    (enquiry, "started_on", "ended_on", BLANK),
    (vacancy, "started_on", "ended_on", LEAVE_OUT),
    (survey_wave, "first_day", "last_day", BLANK),
    (education_period, "started_on", "ended_on", LEAVE_OUT),
    *((told, "started_on", "ended_on", BLANK) for told in (enrolment, early_help, intervention)),
)
# A spell whose end cannot be true cannot be counted; a row without these dates still can.
_ENDS = {(table.name, end) for table, _, end, action in _SPELLS if action == LEAVE_OUT}
# What has happened cannot lie after the last day that the data cover.
HAPPENED = (
    referral.c.received_on,
    referral.c.closed_on,
    referral.c.recorded_on,
    assessment.c.started_on,
    assessment.c.authorised_on,
    plan.c.started_on,
    placement.c.started_on,
    missing_episode.c.started_on,
    missing_episode.c.ended_on,
    allocation.c.started_on,
    visit.c.recorded_on,
    scale_score.c.scored_on,
    scale_score.c.recorded_on,
    time_record.c.worked_on,
    absence.c.first_day,
    absence.c.recorded_on,
    complaint.c.received_on,
    survey_response.c.answered_on,
    relationship.c.started_on,
    enquiry.c.started_on,
    enquiry.c.ended_on,
    conference.c.held_on,
    review.c.held_on,
    review.c.recorded_on,
    vacancy.c.started_on,
    survey_wave.c.first_day,
    education_period.c.started_on,
    attainment.c.assessed_on,
    activity.c.as_on,
    offence.c.charged_on,
    offence_match.c.matched_to,
    supervision.c.held_on,
    *(told.c.started_on for told in (enrolment, exclusion, early_help, intervention)),
)
_MAY_BE_PLANNED = (plan.c.ended_on, placement.c.ended_on, allocation.c.ended_on)
RANGES = (
    (time_record.c.hours, 0, LONGEST_WEEK_HOURS),
    (visit_interval.c.every, 1, 3660),
    (complaint.c.stage, 1, 3),
    (survey_response.c.answer, 1, 5),
    (post.c.fte, 0, 1),
    (vacancy.c.fte, 0, 1),
    (plan.c.previous_plans, 0, 20),
    (survey_wave.c.asked, 0, 100_000),
    (education_period.c.possible, 0, 800),
    (education_period.c.attended, 0, 800),
    (education_period.c.authorised, 0, 800),
    (education_period.c.unauthorised, 0, 800),
    (exclusion.c.days, 0, 45),
)


def _dated(column: Column, wrong: ColumnElement[bool], action: str) -> Breach:
    query = rows_of(column.table, day=column).where(wrong)
    return Breach(column.table, query, action, column.name)


def _unless_needed(column: Column) -> str:
    spell_end = (column.table.name, column.name) in _ENDS and column is not referral.c.closed_on
    return LEAVE_OUT if not column.nullable or spell_end else BLANK


def _dates() -> Iterator[Column]:
    for table in CANONICAL:
        yield from (column for column in table.columns if isinstance(column.type, Date))


def dates_too_early(situation: Situation) -> Iterator[Breach]:
    """Dates before anybody concerned can have been a child here, or at work, or born."""
    earliest = date(situation.as_at.year - YEARS_OF_A_CHILD, 1, 1)
    floors = {child.name: FIRST_BIRTH, post.name: FIRST_POST, unit.name: FIRST_POST}
    for column in _dates():
        floor = floors.get(column.table.name, earliest)
        yield _dated(column, column < floor, _unless_needed(column))


def visits_in_the_future(situation: Situation) -> Iterator[Breach]:
    """Visits dated after the last day that the data cover."""
    yield _dated(visit.c.visited_on, visit.c.visited_on > situation.as_at, LEAVE_OUT)


def dates_in_the_future(situation: Situation) -> Iterator[Breach]:
    """Dates of what has happened, after the last day covered; any date more than ten years on."""
    latest = situation.as_at
    horizon = date(latest.year + YEARS_AHEAD, 12, 31)
    unborn = latest + timedelta(DAYS_BEFORE_BIRTH)
    happened = {(column.table.name, column.name) for column in HAPPENED}
    for column in _dates():
        place = (column.table.name, column.name)
        if column is visit.c.visited_on or column in set(_MAY_BE_PLANNED):
            continue
        limit = latest if place in happened else unborn if column is child.c.born_on else horizon
        yield _dated(column, column > limit, BLANK if column.nullable else LEAVE_OUT)


def ends_in_the_future(situation: Situation) -> Iterator[Breach]:
    """Plans, placements and allocations that end after the last day covered."""
    for column in _MAY_BE_PLANNED:
        yield _dated(column, column > situation.as_at, KEEP)


def ends_before_starts(_: Situation) -> Iterator[Breach]:
    """Spells that end before they start; one that ends on its first day is empty, not wrong."""
    for table, start, end, action in _SPELLS:
        starts, ends = table.c[start], table.c[end]
        query = rows_of(table, starts=starts, ends=ends).where(ends < starts)
        yield Breach(table, query, action, end)


def recorded_early(_: Situation) -> Iterator[Breach]:
    """Visits, scores and reviews recorded before they happened: the date is no evidence."""
    for table, happened in (
        (visit, "visited_on"),
        (scale_score, "scored_on"),
        (review, "held_on"),
    ):
        starts, ends = table.c[happened], table.c.recorded_on
        query = rows_of(table, starts=starts, ends=ends).where(ends < starts)
        yield Breach(table, query, BLANK, "recorded_on")


def scores_out_of_range(_: Situation) -> Iterator[Breach]:
    """Scores below 0 or above 10."""
    score = scale_score.c.score
    query = rows_of(scale_score, value=score).where(or_(score < 0, score > 10))
    yield Breach(scale_score, query, LEAVE_OUT, "score")


def numbers_out_of_range(situation: Situation) -> Iterator[Breach]:
    """Hours, intervals, stages, answers and FTE outside what they can be."""
    for column, lowest, highest in RANGES:
        wrong = or_(column < lowest, column > highest)
        action = BLANK if column.nullable else LEAVE_OUT
        yield Breach(column.table, _ranged(column, lowest, highest, wrong), action, column.name)
    if situation.settings.time_record_covers == "day":
        hours = time_record.c.hours
        counted = time_record.c.method == situation.settings.time_method
        wrong = and_(counted, hours > DAY_HOURS, hours <= LONGEST_WEEK_HOURS)
        yield Breach(time_record, _ranged(hours, 0, DAY_HOURS, wrong), LEAVE_OUT, hours.name)


def _ranged(column: Column, lowest: int, highest: int, wrong: ColumnElement[bool]) -> Select:
    shown = {"value": column, "lowest": literal(lowest), "highest": literal(highest)}
    return rows_of(column.table, **shown).where(wrong)


def unknown_codes(_: Situation) -> Iterator[Breach]:
    """Codes that their code set doesn't know; words are none where the set keeps words.

    Only factors are told all the same, and kept: the next census may have made a new one.
    """
    for table in CANONICAL:
        for column in table.columns:
            codes = codes_of(column)
            if codes and isinstance(column.type, String):
                yield from _not_in(codes, column)


def _not_in(codes: Codes, column: Column) -> Iterator[Breach]:
    needed = KEEP if column is assessment_factor.c.factor else LEAVE_OUT
    for value, code_set in sets_of(codes):
        if code_set.keeps_words and needed != KEEP:
            continue
        query = rows_of(column.table, value=column, choices=literal(code_set.choices))
        query = query.where(column.not_in(code_set.names))
        if isinstance(codes, CodesBy):
            query = query.where(column.table.c[codes.column] == value)
        yield Breach(column.table, query, BLANK if column.nullable else needed, column.name)
