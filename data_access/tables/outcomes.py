"""What outcomes are counted from, beside the case itself: conferences, reviews, posts that are
empty, surveys, and what schools, colleges and the police tell.

Names follow the Standard Safeguarding Dataset and the DfE's returns where these have them.
"""

from sqlalchemy import Boolean, CheckConstraint, Date, Float, Integer, Table

from data_access.code_sets.outcomes import (
    ASKED_BY,
    ATTAINMENT_STAGE,
    CONFERENCE_KIND,
    DIRECT_TIME_BAND,
    REVIEW_KIND,
)
from data_access.code_sets.truths import IN_EET
from data_access.code_sets.workers import ROLE, SURVEY
from data_access.tables.parts import key, maybe, metadata, needed, one_of

enquiry = Table(
    "enquiry",
    metadata,
    key("enquiry_id"),
    needed("child_id"),
    maybe("referral_id"),
    needed("started_on", Date),
    maybe("ended_on", Date),
    maybe("conference_not_needed", Boolean),
)

conference = Table(
    "conference",
    metadata,
    key("conference_id"),
    needed("child_id"),
    needed("kind", codes=CONFERENCE_KIND),
    maybe("enquiry_id", says="the enquiry that it followed"),
    maybe("held_on", Date, says="empty: not held yet"),
    maybe("target_on", Date, says="as the source says; never used to count"),
    needed("transfer_in", Boolean),
    maybe("led_to_plan", Boolean),
    one_of("kind", CONFERENCE_KIND.names),
)

review = Table(
    "review",
    metadata,
    key("review_id"),
    needed("child_id"),
    needed("kind", codes=REVIEW_KIND),
    maybe("held_on", Date, says="empty: not held yet"),
    maybe("due_on", Date, says="as the source says; never used to count"),
    needed("cancelled", Boolean),
    maybe("recorded_on", Date),
    one_of("kind", REVIEW_KIND.names),
)

vacancy = Table(
    "vacancy",
    metadata,
    key("vacancy_id"),
    maybe("unit_id"),
    needed("role", codes=ROLE),
    needed("fte", Float),
    needed("started_on", Date),
    maybe("ended_on", Date),
    one_of("role", ROLE.names),
    CheckConstraint("fte >= 0", name="vacant_fte_is_no_less_than_none"),
)

survey_wave = Table(
    "survey_wave",
    metadata,
    key("survey_wave_id"),
    needed("survey", codes=SURVEY),
    needed("first_day", Date),
    maybe("last_day", Date, says="inclusive; empty: still open"),
    maybe("unit_id", says="empty: the whole service was asked"),
    maybe("asked", Integer, says="how many were asked; empty: not known"),
    maybe("asked_by", codes=ASKED_BY),
    one_of("survey", SURVEY.names),
    one_of("asked_by", ASKED_BY.names),
)

survey_response = Table(
    "survey_response",
    metadata,
    key("response_id"),
    needed("survey", codes=SURVEY),
    needed("answered_on", Date),
    maybe("unit_id"),
    needed("question"),
    maybe("answer", Integer, says="1 to 5, 5 is strongly agree; empty: does not apply"),
    maybe("respondent_id", says="one a person or household, pseudonymous"),
    maybe("survey_wave_id"),
    maybe("asked_by", codes=ASKED_BY),
    one_of("survey", SURVEY.names),
    one_of("asked_by", ASKED_BY.names),
)

survey_respondent = Table(
    "survey_respondent",
    metadata,
    key("survey_respondent_id"),
    needed("respondent_id"),
    maybe("survey_wave_id"),
    maybe("unit_id"),
    maybe("role", codes=ROLE),
    maybe("direct_time_band", codes=DIRECT_TIME_BAND, says="of staff: time spent with families"),
    one_of("role", ROLE.names),
    one_of("direct_time_band", DIRECT_TIME_BAND.names),
)

survey_question = Table(
    "survey_question",
    metadata,
    key("survey_question_id"),
    needed("question"),
    needed("survey", codes=SURVEY),
    maybe("section"),
    maybe("theme"),
    needed("reversed", Boolean),
    maybe("words"),
    one_of("survey", SURVEY.names),
)

education_period = Table(
    "education_period",
    metadata,
    key("education_period_id"),
    needed("child_id"),
    needed("started_on", Date),
    needed("ended_on", Date),
    needed("possible", Integer),
    needed("attended", Integer),
    maybe("authorised", Integer, says="sessions missed with leave; empty: not known"),
    maybe("unauthorised", Integer, says="sessions missed without leave; empty: not known"),
    CheckConstraint("attended <= possible", name="attended_is_possible"),
)

attainment = Table(
    "attainment",
    metadata,
    key("attainment_id"),
    needed("child_id"),
    needed("stage", codes=ATTAINMENT_STAGE),
    needed("assessed_on", Date),
    maybe("reached", Boolean, says="the expected level; empty: not assessed"),
    one_of("stage", ATTAINMENT_STAGE.names),
)

activity = Table(
    "activity",
    metadata,
    key("activity_id"),
    needed("child_id"),
    needed("as_on", Date),
    maybe(
        "in_eet",
        Boolean,
        says="in education, employment or training; empty: not known",
        codes=IN_EET,
    ),
)

offence_match = Table(
    "offence_match",
    metadata,
    key("offence_match_id"),
    needed("child_id"),
    needed("matched_to", Date),
    needed("found", Boolean),
)

offence = Table(
    "offence",
    metadata,
    key("offence_id"),
    needed("child_id"),
    needed("charged_on", Date),
)
