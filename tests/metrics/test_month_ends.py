"""A month runs from its first day to its last, or to the last that the data cover."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from data_access.database import read
from metrics.catalogue import CATALOGUE
from metrics.model import Months, Period, Rows
from tests.each_metric import each_metric
from tests.metrics.plain import agreed_in
from tests.metrics.references import REFERENCES
from tests.worlds import SETTINGS, World, basis, loaded, months

# The last day before August, its first, its last, the first after it; the day before the data's
# last, that day, which is a Friday, and the day after. Hours double from day to day, and points
# rise by one, so that a sum tells which days are in it.
DAYS = (
    date(2016, 7, 31), date(2016, 8, 1), date(2016, 8, 31), date(2016, 9, 1),
    date(2016, 10, 13), date(2016, 10, 14), date(2016, 10, 15),
)  # fmt: skip


ANSWERED = {"parent_carer": SETTINGS.families_question, "staff": SETTINGS.staff_question}


def edges() -> World:
    """One unit, one worker; something of every kind on each of the days."""
    world = World().add("unit", unit_id="U1", name="Team U1", kind="segmented")
    said = {"role": "social_worker", "fte": 1.0, "agency": False, "newly_qualified": False}
    began = date(2016, 1, 4)
    world.add("worker", worker_id="Ann").add(
        "post", worker_id="Ann", unit_id="U1", started_on=began, **said
    )
    for at, day in enumerate(DAYS):
        of_the_day(world, at, day)
    for first, last in ((DAYS[0], DAYS[1]), (DAYS[2], DAYS[3]), (DAYS[5], DAYS[6])):
        sick = {"reason": "SIC", "half_day": False}
        world.add("absence", worker_id="Ann", first_day=first, last_day=last, **sick)
    return world


def of_the_day(world: World, at: int, day: date) -> None:
    hours = {"category": "direct_work", "hours": 2.0**at, "method": "diary"}
    world.add("time_record", worker_id="Ann", worked_on=day, **hours)
    lead = {"worker_id": "Ann", "unit_id": "U1", "lead": True}
    world.add("allocation", child_id=f"Held from {day}", started_on=day, **lead)
    closed = f"Closed on {day}"
    world.add(
        "referral", referral_id=closed, child_id=closed, received_on=began(day), closed_on=day
    )
    for scored_on, score in ((began(day), 0), (day, at)):
        scored = {"scale": "safety", "rater": "social_worker", "best": "high"}
        world.add("scale_score", child_id=closed, scored_on=scored_on, score=score, **scored)
    world.add("assessment", child_id="Kit", started_on=began(day), authorised_on=day)
    enquiry = f"Asked before {day}"
    world.add("enquiry", enquiry_id=enquiry, child_id="Kit", started_on=began(day))
    met = {"kind": "initial", "transfer_in": False, "enquiry_id": enquiry}
    world.add("conference", child_id="Kit", held_on=day, **met)
    world.add("complaint", received_on=day, stage=1)
    for survey, question in ANSWERED.items():
        said = {"survey": survey, "question": question, "answer": 5}
        world.add("survey_response", response_id=f"{survey} {at}", answered_on=day, **said)
    # Due four weeks later, and never seen.
    world.add("plan", child_id=f"Due on {day}", kind="CP", started_on=began(day))
    made = {"child_id": "Seen", "kind": "CIN", "seen": True}
    world.add("visit", visited_on=day, recorded_on=day, **made)


def began(day: date) -> date:
    return day - timedelta(weeks=4)


# By month: those held at its end and one worker; hours; 2 of 22 days lost, and of October's ten
# working days one; points from 0 and closures; visits due and missed, but for one due on the data's
# last day, which is not over; visits recorded at once.
AUGUST = {
    "caseload": (3, 1),
    "direct_work": (2 + 4, 2 + 4),
    "sickness": (2, 22),
    "distance_travelled": (1 + 2, 2),
    "visits_out_of_timescale": (2, 2),
    "recorded_in_time": (2, 2),
}
OCTOBER = {
    "caseload": (6, 1),
    "direct_work": (16 + 32, 16 + 32),
    "sickness": (1, 10),
    "distance_travelled": (4 + 5, 2),
    "visits_out_of_timescale": (1, 1),
    "recorded_in_time": (2, 2),
}


@pytest.fixture(scope="module")
def over_edges(shared_engine):
    with loaded(shared_engine, edges()) as engine:
        yield engine


@pytest.mark.parametrize("key", AUGUST)
def test_a_month_counts_its_first_day_and_its_last_that_the_data_cover(over_edges, key):
    found = read(over_edges, CATALOGUE[key].rows(months(), basis()))
    rows, expected = [dict(row._mapping) for row in found], REFERENCES[key](edges())
    assert sum_of("2016-08", rows, expected) == AUGUST[key]
    assert sum_of("2016-10", rows, expected) == OCTOBER[key]


def sum_of(month: str, rows: list[dict], expected: list[dict]) -> tuple[float, float]:
    tallies = agreed_in(month, rows, expected, "unit_id").values()
    return sum(n for n, _ in tallies), sum(d for _, d in tallies)


# By hand as well: those that end, are received or answered on the days are two; CP plans begin four
# weeks before them and go on.
OUTCOMES = {
    "agency_share": ((0, 1), (0, 1)),
    "assessments_in_45_days": ((2, 2), (2, 2)),
    "children_on_cp_plan": ((4, 4), (7, 7)),
    "closed": ((2, 3), (2, 3)),
    "complaints": ((2, 3), (2, 6)),
    "days_by_status": ((31 + 31 + 29 + 28,) * 2, (7 * 14,) * 2),
    "families_positive": ((2, 2), (2, 2)),
    "icpc_in_15_days": ((0, 2), (0, 2)),
    "re_referral": ((0, 2), (0, 0)),
    "reassessed": ((2, 2), (0, 0)),
    "repeat_cp_plan": ((0, 2), (0, 0)),
    "step_up": ((0, 2), (0, 7)),
    "survey_positive": ((2, 2), (2, 2)),
    "training_time": ((0, 2 + 4), (0, 16 + 32)),
    "turnover": ((0, 1), (0, 1)),
}


@pytest.mark.parametrize("key", OUTCOMES)
def test_a_month_of_an_outcome_has_its_first_day_and_its_last_that_the_data_cover(over_edges, key):
    rows = read(over_edges, CATALOGUE[key].rows(months(), basis()))
    for month, expected in zip((8, 10), OUTCOMES[key], strict=True):
        of_month = [row for row in rows if row.month.month == month]
        found = sum(row.numerator for row in of_month), sum(row.denominator for row in of_month)
        assert found == expected, month


def counted(engine: Engine, rows: Rows, asked: Months) -> Counter:
    return Counter(map(tuple, read(engine, rows(asked, basis()))))


@each_metric
def test_what_is_asked_of_one_month_is_of_that_month_only(over_edges, metric):
    """Else a visit due on 1 September would be listed behind August's figure.

    Of July too: the day after it is a Monday, on which a week's time records begin.
    """
    for rows in (metric.rows, *(one.rows for one in metric.beside.companions)):
        of_all = read(over_edges, rows(months(), basis()))
        for month in (Period(2016, 7), Period(2016, 8)):
            of_month = Counter(tuple(row) for row in of_all if row.month == month.start)
            assert counted(over_edges, rows, Months(month, month)) == of_month
