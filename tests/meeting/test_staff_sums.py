"""What a room is told of people who work: never of fewer than six."""

from types import SimpleNamespace

import pytest

from meeting.staff_sums import FEWEST_PEOPLE, sums_of
from metrics.catalogue import CATALOGUE
from metrics.model import Basis, Metric, Months, Period, Tally
from tests.exports.made_up import LOAD, settings

LITERAL = {"literal_binds": True}
BASIS = Basis(settings(), LOAD.as_at)


def posts(**roles: int) -> list:
    """So many people a role, each with a day lost of twenty."""
    return [
        SimpleNamespace(part=role, worker_id=f"{role}-{at}", numerator=1, denominator=20)
        for role, people in roles.items()
        for at in range(people)
    ]


def told(rows: list) -> list[tuple[set, int]]:
    return [(set(one.parts), len(one.workers)) for one in sums_of(rows)]


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        (posts(worker=7, senior=6), [({"worker"}, 7), ({"senior"}, 6)]),
        (posts(worker=9, manager=4, analyst=2), [({"worker"}, 9), ({"manager", "analyst"}, 6)]),
        # Two managers are told by what is left of the whole, so the next smallest joins them.
        (posts(worker=9, senior=8, manager=2), [({"worker"}, 9), ({"senior", "manager"}, 10)]),
        (posts(worker=3, manager=2), []),
        ([], []),
    ],
)
def test_a_part_is_shown_of_six_people_or_more_alone_or_with_others(rows, shown):
    assert told(rows) == shown


def test_one_who_works_in_two_parts_is_one_person_when_they_are_added_together():
    twice = posts(worker=5) + [
        SimpleNamespace(part="manager", worker_id=f"worker-{at}", numerator=0, denominator=1)
        for at in range(5)
    ]
    assert sums_of(twice) == []


def test_nothing_is_lost_in_the_sums():
    rows = posts(worker=9, manager=2, analyst=1)
    assert sum((one.tally for one in sums_of(rows)), Tally()) == Tally(12, 240)
    assert all(len(one.workers) >= FEWEST_PEOPLE for one in sums_of(rows))


def test_a_metric_s_own_rows_say_whether_they_are_about_children():
    about = {key: metric.is_of_children for key, metric in CATALOGUE.items()}
    assert about == {key: _names_children(metric) for key, metric in CATALOGUE.items()}
    assert not about["sickness"] and not about["direct_work"]
    assert about["caseload"] and about["visits_out_of_timescale"]


def _names_children(metric: Metric) -> bool:
    """Whether the metric's query brings a child's id, or NULL in its place, also of a union."""
    month = Period.of(LOAD.as_at)
    column = metric.rows(Months(month, month), BASIS).selected_columns["child_id"]
    behind = (getattr(one, "element", one) for one in column.base_columns)
    return {str(one.compile(compile_kwargs=LITERAL)) for one in behind} != {"NULL"}
