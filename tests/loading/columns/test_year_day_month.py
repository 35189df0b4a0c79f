"""A column that may be year, day, month is refused, however its dates are written."""

import pytest

from loading.columns.column_read import ColumnRefused
from loading.columns.days import read


@pytest.mark.parametrize(
    "cells",
    [
        ["2016-13-01", "2016-05-01"],
        ["20161301", "20160501", "20162510"],
        ["Wed 2016-13-01", "2016-05-01"],
        # Four times of one day are one date, which is too few to tell.
        [*(f"2016-05-13 09:{minute:02}" for minute in (0, 15, 30, 45)), "2016-13-01 09:00"],
    ],
)
def test_where_nobody_can_tell_days_from_months_the_column_is_refused(cells):
    with pytest.raises(ColumnRefused):
        read(cells)


def test_one_date_that_four_others_contradict_is_a_mistake_of_its_own():
    written = [f"201605{day}" for day in (13, 14, 15, 16)]
    found = read([*written, "20161301"])
    assert list(found.refused) == ["20161301"]
