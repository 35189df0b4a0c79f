"""The days between rare events: which days they are, and what is said of them."""

from datetime import date

import pytest
from sqlalchemy import Select, literal, select

from data_access.database import read
from data_access.schema import calendar_day, complaint
from metrics.catalogue import CATALOGUE
from metrics.kinds.days_between import days_it_happened, gaps_reading, gaps_sentence
from metrics.model import FigureKind, Need, Period, Scope, View
from tests.kinds import COUNTED, made_up
from tests.test_every_metric import derived
from tests.worlds import World, basis


def rows(months, basis) -> Select:
    """A complaint received in the month."""
    return (
        select(
            calendar_day.c.month,
            complaint.c.unit_id,
            literal(None).label("worker_id"),
            complaint.c.child_id,
            literal(1).label("numerator"),
            literal(0).label("denominator"),
            complaint.c.received_on,
        )
        .select_from(complaint.join(calendar_day, calendar_day.c.day == complaint.c.received_on))
        .where(complaint.c.received_on.between(months.first.start, months.last.last_day))
    )


RARE = made_up(
    "made_complaints",
    910,
    FigureKind.MONTHLY,
    rows=rows,
    needs=(Need("complaint"),),
    drill_down={"received_on": "Received"},
    happened_on="received_on",
    identified_by=(),
    **COUNTED,
)
DAYS = [date(2016, 5, 31), date(2016, 8, 1), date(2016, 8, 1), date(2016, 9, 30)]


@pytest.fixture
def found(shared_engine, monkeypatch):
    """The days of a unit or the service, up to September."""
    monkeypatch.setitem(CATALOGUE, RARE.key, RARE)
    world = World()
    for unit_id in ("U1", "U2"):
        world.add("unit", unit_id=unit_id, name=unit_id, kind="other")
    for day in (*DAYS, date(2016, 10, 1)):
        world.add("complaint", unit_id="U1", received_on=day, stage=1)
    world.add("complaint", unit_id="U2", received_on=date(2016, 9, 1), stage=1)
    derived(shared_engine, world)

    def days(scope: Scope) -> list[date]:
        query = days_it_happened(RARE, View(Period(2016, 9), scope), basis())
        return [row.day for row in read(shared_engine, query)]

    return days


def test_each_counts_up_to_the_month_s_end_in_its_own_unit(found):
    assert found(Scope("U1")) == DAYS
    assert len(found(Scope())) == 5


def test_the_latest_gap_is_told_and_how_long_it_has_been_since():
    reading = gaps_reading(RARE, DAYS)
    assert reading is not None
    said = gaps_sentence(reading, DAYS, date(2016, 10, 14))
    assert said.startswith("60 days up to 30 September 2016. Only 3 gaps: no limits yet.")
    assert said.endswith("14 days since then, to 14 October 2016.")


def test_two_on_one_day_are_no_days_apart():
    reading = gaps_reading(RARE, DAYS)
    assert reading and [point.value for point in reading.points] == [62, 0, 60]


def test_of_one_event_there_is_no_gap_to_tell():
    assert gaps_reading(RARE, DAYS[:1]) is None
