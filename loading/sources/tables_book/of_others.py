"""The sheets of what schools, early help and services tell of children, joined by id."""

from datetime import date

from data_access import schema
from loading.sources.tables_book.sheet_of_table import SheetOfTable

_OF_WHOM = (
    " Give child_id, or family_id where it is for the whole family, as the case system has it."
)
OF_OTHERS = (
    SheetOfTable(
        schema.enrolment,
        "Schools",
        "a child on the roll of a school for a time",
        "Special needs are those of the latest census; empty: not known, which is never none. Use"
        " the child's id of the case system.",
        (
            {"enrolment_id": "N1", "child_id": "C1", "school": "Elm Primary", "urn": "900001"}
            | {"sen": "K", "started_on": date(2015, 9, 1)},
        ),
    ),
    SheetOfTable(
        schema.education_period,
        "Attendance",
        "what a child attended of a term or part of it, in sessions of half a day",
        "Ended on is the day after the last day of the period.",
        (
            {"education_period_id": "E1", "child_id": "C1", "started_on": date(2016, 4, 11)}
            | {"ended_on": date(2016, 7, 21), "possible": 128, "attended": 117}
            | {"authorised": 8, "unauthorised": 3},
        ),
    ),
    SheetOfTable(
        schema.exclusion,
        "Exclusions",
        "a child excluded from school",
        "Days are school days; empty where it is for good, or not known.",
        (
            {"exclusion_id": "X1", "child_id": "C1", "kind": "SUSP", "days": 2}
            | {"started_on": date(2016, 5, 9)},
        ),
    ),
    SheetOfTable(
        schema.early_help,
        "Early help",
        "early help of a child or a family for a time",
        "Led by is a service or a role, and nobody's name. Ended on is the first day without it."
        + _OF_WHOM,
        (
            {"early_help_id": "H1", "child_id": "C1", "kind": "Family support"}
            | {"led_by": "Children's centre", "started_on": date(2015, 2, 2)}
            | {"ended_on": date(2015, 8, 3), "end_reason": "completed"},
        ),
    ),
    SheetOfTable(
        schema.intervention,
        "Services",
        "a service or programme that a child or a family was given for a time",
        "Ended on is the first day without it." + _OF_WHOM,
        (
            {"intervention_id": "S1", "child_id": "C1", "name": "Parenting course"}
            | {"kind": "Parenting", "provider": "Family hub"}
            | {"started_on": date(2016, 6, 6), "ended_on": date(2016, 8, 15)}
            | {"end_reason": "completed"},
        ),
    ),
)
