"""A number without limits is an item by how its change over a year is written."""

from dataclasses import replace
from datetime import date

import pytest

from metrics.agenda_rules import worth_the_rooms_time
from metrics.figures import Figures
from metrics.model import SERVICE, Period, Tally
from tests.exports.made_up import LOAD, SEPTEMBER, UNITS, settings


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        # 9.97%, which is written 10%.
        (321, 353, "32 more children looked after than a year before, 10% of 321."),
        (0, 40, "40 more children looked after than a year before, when there were none."),
    ],
)
def test_a_change_that_is_written_as_enough_is_enough_and_from_none_it_always_is(before, now, said):
    of_months = [now, *[before] * 12]
    tallies: dict[tuple[str, str | None, Period], Tally] = {
        ("children_looked_after", SERVICE, SEPTEMBER.shift(-ago)): Tally(number, number)
        for ago, number in enumerate(of_months)
    }
    load = replace(LOAD, data_to=date(2016, 12, 31))
    made = Figures(load, settings(), tallies, {**UNITS, SERVICE: "Service"})
    (item,) = worth_the_rooms_time(made, SEPTEMBER).items
    assert item.moved == said
