"""Sources of files: CSV files, the workbook, Annex A, the workforce census and surveys.

Sources: Ofsted, Annex A guidance and codes, August 2019; DfE, Children's social work workforce
census guide, 2022 to 2025.
"""

from data_access.schema import CANONICAL
from data_access.sources.declaration import Source

MONTHS_OF_ANNEX_A = 6
_NO_LIST_5 = (
    "No row of List 5 (section 47 enquiries) says so: add the list to the workbook, or {table}.csv."
)
_ANNEX_A_LACKS = {
    "post": "Annex A gives no FTE: add the workforce census, and worker.csv to match names.",
    "time_record": "Annex A holds no record of how time was spent: add time_record.csv.",
    "absence": "Annex A holds no staff absence: add absence.csv.",
    "scale_score": "Annex A holds no scale scores: add scale_score.csv.",
    "visit": (
        "Annex A holds only each child's latest visit, and not when it was recorded, so visits that"
        " fell due cannot be told from visits made: add visit.csv."
    ),
    "review": (
        "Annex A holds each plan's latest review only, so reviews that fell due can't be told from"
        " reviews held: add review.csv."
    ),
    "allocation.started_on": (
        "Annex A says who held each child last, and not who did before, so nobody can see a child"
        " pass from one to another: add allocation.csv."
    ),
    "enquiry": _NO_LIST_5.format(table="enquiry"),
    "conference": _NO_LIST_5.format(table="conference"),
    "vacancy": "Annex A holds no posts that stand empty: add vacancy.csv.",
    "complaint": "Annex A holds no complaints: add complaint.csv.",
    "survey_response": "Annex A holds no survey: add survey_response.csv.",
    "referral.closed_on": (
        "No row of List 6 (children in need) closes a referral that the lists have: add"
        " referral.csv with closed_on."
    ),
    "assessment.authorised_on": (
        "No row of List 4 (assessments) has a date of authorisation: add it, or assessment.csv."
    ),
    "plan.end_reason": (
        "No row of List 8 (looked-after children) says why care ended: add it, or plan.csv."
    ),
    "conference.held_on": (
        "No row of List 5 has the date of a conference: add it, or conference.csv."
    ),
}
_WORKFORCE_LACKS = {
    "allocation": (
        "The workforce census gives workers and FTE but no children: add Annex A, or"
        " allocation.csv."
    ),
    "time_record": "The workforce census does not say how time was spent: add time_record.csv.",
    "absence": (
        "The workforce census gives only the year's days lost to sickness, for the DfE's annual"
        " rate: add absence.csv for months."
    ),
    "referral": "The workforce census holds no children: add Annex A, or referral.csv.",
    "scale_score": "The workforce census holds no scale scores: add scale_score.csv.",
    "plan": "The workforce census holds no children: add Annex A, or plan.csv.",
    "visit": "The workforce census holds no visits: add visit.csv.",
    "vacancy": (
        "The workforce census gives one number of vacancies for the authority and one day: add"
        " vacancy.csv."
    ),
}
CSV_FOLDER = Source(
    "csv_folder",
    "Folder of CSV files",
    "load csv FOLDER",
    tuple(table.name for table in CANONICAL),
)
ANNEX_A = Source(
    "annex_a",
    "Annex A",
    "load annex-a FILE",
    (
        *("unit", "worker", "child", "referral", "assessment", "assessment_factor", "plan"),
        *("placement", "allocation", "visit", "enquiry", "conference", "review"),
    ),
    partial=frozenset({"visit", "review", "allocation.started_on"}),
    lacks=_ANNEX_A_LACKS,
    months_held=MONTHS_OF_ANNEX_A,
    never=frozenset({"unit.kind"}),
)
WORKFORCE_CENSUS = Source(
    "workforce_census",
    "Workforce census",
    "load workforce-census FILE",
    ("unit", "worker", "post"),
    lacks=_WORKFORCE_LACKS,
)
SURVEY = Source(
    "survey",
    "Survey",
    "load survey FILE",
    ("survey_wave", "survey_response", "survey_respondent"),
)
WORKBOOK = Source(
    "workbook",
    "Workbook",
    "load workbook FILE",
    (
        *("unit", "worker", "post", "absence", "time_record", "scale_score", "visit_interval"),
        *("visit_detail", "complaint", "survey_wave", "survey_respondent", "survey_response"),
        *("vacancy", "supervision", "supervision_child"),
        *("enrolment", "education_period", "exclusion", "early_help", "intervention"),
    ),
    adds=frozenset({"visit.recorded_on"}),
)
