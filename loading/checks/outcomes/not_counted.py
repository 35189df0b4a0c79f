"""Finds rows that no figure counts, or that count otherwise than they say, and nobody would see.

All are kept as they stand. Every query runs as it stands on DuckDB and PostgreSQL.
"""

from collections.abc import Iterator

from sqlalchemy import (
    ColumnElement,
    Exists,
    Table,
    and_,
    false,
    func,
    literal,
    or_,
    select,
)

from data_access.code_sets.outcomes import LEAVING_NOT_KNOWN
from data_access.code_sets.survey_questions import SHIPPED
from data_access.dialect import add_days
from data_access.relations import joined_plans
from data_access.schema import (
    conference,
    education_period,
    enquiry,
    offence,
    offence_match,
    plan,
    post,
    survey_question,
    survey_respondent,
    survey_response,
)
from loading.checks.breaches import Breach, Situation, rows_of
from loading.checks.check import CASE_RECORD, HUMAN_RESOURCES, PERFORMANCE, Check
from loading.sources.reading import WARNING
from metrics.definitions.in_time.icpc_in_15_days import DAYS_BACK

_FIGURES = "0123456789"


def conferences_of_no_enquiry(_: Situation) -> Iterator[Breach]:
    """Initial conferences held that follow no enquiry, neither by a link nor shortly before."""
    met = conference.c
    linked = _is_there(enquiry, enquiry.c.enquiry_id == met.enquiry_id)
    shortly_before = _is_there(
        enquiry,
        enquiry.c.child_id == met.child_id,
        enquiry.c.started_on <= met.held_on,
        enquiry.c.started_on >= add_days(met.held_on, literal(-DAYS_BACK)),
    )
    query = rows_of(conference, day=met.held_on, days=literal(DAYS_BACK)).where(
        met.kind == "initial",
        met.transfer_in.is_(False),
        met.held_on.is_not(None),
        ~shortly_before,
        or_(met.enquiry_id.is_(None), ~linked),
    )
    # Without any enquiry there is no figure, and that is said once.
    any_enquiry = select(enquiry.c.enquiry_id).exists()
    yield Breach(conference, query.where(any_enquiry), column="enquiry_id")


def _is_there(table: Table, *holds: ColumnElement[bool]) -> Exists:
    return select(literal(1)).select_from(table).where(*holds).exists()


def no_plan_before(_: Situation) -> Iterator[Breach]:
    """CP plans that are returned as the child's first, after another here that ended before."""
    of_one_returned_so = plan.c.child_id.in_(
        select(plan.c.child_id).where(plan.c.kind == "CP", plan.c.previous_plans == 0)
    )
    periods = joined_plans(plan.c.kind == "CP", of_one_returned_so)
    began, earlier = periods.alias("began"), periods.alias("earlier")
    came_before = and_(
        earlier.c.child_id == began.c.child_id, earlier.c.ended_on < began.c.started_on
    )
    query = (
        rows_of(plan, other=func.min(earlier.c.plan_id))
        .join(began, began.c.plan_id == plan.c.plan_id)
        .join(earlier, came_before)
        .where(plan.c.previous_plans == 0)
        .group_by(plan.c.plan_id)
    )
    yield Breach(plan, query, column="previous_plans")


def left_at_no_day(_: Situation) -> Iterator[Breach]:
    """Posts that say why or whereto their holder left, and not when; "not known" says nothing."""
    said = (post.c.leaving_reason, post.c.leaving_to)
    knows = or_(
        *(
            and_(column.is_not(None), column.not_in(LEAVING_NOT_KNOWN[column.name]))
            for column in said
        )
    )
    ended = post.c.ended_on
    yield Breach(post, rows_of(post).where(ended.is_(None), knows), column=ended.name)


def asked_the_other_way(_: Situation) -> Iterator[Breach]:
    """A council's rows that turn a shipped question round, and have no words of its own for it."""
    asked = survey_question.c
    turned = (
        and_(
            asked.survey == survey, asked.question == one.code, asked.reversed.is_not(one.reversed)
        )
        for survey, questions in SHIPPED.items()
        for one in questions
    )
    query = rows_of(survey_question, asked=asked.question).where(
        asked.words.is_(None), or_(false(), *turned)
    )
    yield Breach(survey_question, query, column="reversed")


def may_be_names(_: Situation) -> Iterator[Breach]:
    """Respondents' ids without a figure, which are perhaps names: one row a table, none shown."""
    for table, key in (
        (survey_response, survey_response.c.response_id),
        (survey_respondent, survey_respondent.c.survey_respondent_id),
    ):
        whose = table.c.respondent_id
        query = select(func.min(key).label("row_key"), func.count().label("rows")).where(
            whose.is_not(None), func.translate(whose, _FIGURES, "") == whose
        )
        yield Breach(table, query.having(func.count() > 0), column=whose.name)


def charged_and_not_found(_: Situation) -> Iterator[Breach]:
    """Charges of children of whom no row says that the police's records have them."""
    found = _is_there(
        offence_match, offence_match.c.child_id == offence.c.child_id, offence_match.c.found
    )
    query = rows_of(offence, day=offence.c.charged_on).where(~found)
    yield Breach(offence, query, column="child_id")


def not_over_yet(situation: Situation) -> Iterator[Breach]:
    """Periods at school whose last day lies after the last that the data cover."""
    ended, as_at = education_period.c.ended_on, situation.as_at
    query = rows_of(education_period, day=ended).where(ended > add_days(literal(as_at), literal(1)))
    yield Breach(education_period, query, column=ended.name)


CHECKS: tuple[Check, ...] = (
    Check(
        "conference_of_no_enquiry",
        WARNING,
        CASE_RECORD,
        "no enquiry of the child began in the {days} days up to {day}, when the conference was"
        " held: conferences in 15 days don't count it. Add the enquiry, or enquiry_id",
        conferences_of_no_enquiry,
    ),
    Check(
        "no_plan_before",
        WARNING,
        PERFORMANCE,
        "previous_plans is 0, and CP plan {other} of the child had ended before: it counts as a"
        " repeat. Correct previous_plans, or the earlier plan",
        no_plan_before,
    ),
    Check(
        "left_at_no_day",
        WARNING,
        HUMAN_RESOURCES,
        "it says why or whereto its holder left, and ended_on is empty: it counts as held. Enter"
        " the day, or take the reason out",
        left_at_no_day,
    ),
    Check(
        "asked_the_other_way",
        WARNING,
        PERFORMANCE,
        "reversed turns '{asked}' round against the shipped catalogue, and words are empty: the"
        " row's word holds. Give the words in which your form asks it, or correct reversed",
        asked_the_other_way,
    ),
    Check(
        "respondent_may_be_named",
        WARNING,
        PERFORMANCE,
        "in {rows} {rows:row|rows} respondent_id has no figure in it, and may be a name; it is kept"
        " as it stands. Give numbers that name nobody, and load again",
        may_be_names,
    ),
    Check(
        "charged_and_not_found",
        WARNING,
        PERFORMANCE,
        "it is of {day}, and no row of offence_match says that the child was found: no new charges"
        " don't count the child. Add the match, or correct child_id",
        charged_and_not_found,
    ),
    Check(
        "period_not_over",
        WARNING,
        PERFORMANCE,
        "it ends on {day}, after {as_at}, the last day that the data cover: it counts once they"
        " reach its last day. Correct the date, or leave the row until then",
        not_over_yet,
    ),
)
