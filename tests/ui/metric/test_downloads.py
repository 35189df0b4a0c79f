"""What the Metric page gives as a file: numbers are numbers there, below nothing too."""

import csv
import io

from tests.exports.made_up import PLAIN, Counted, figures
from ui.address import read_address
from ui.metric.chart import trend_csv

FALLING: Counted = {"distance_travelled": {"U1": (-1, 2), "U2": (0, 0)}}


def months(unit: str) -> list[dict[str, str]]:
    made = figures({**PLAIN, **FALLING})
    said = {"metric": "distance_travelled", "month": "2016-09", "unit": unit}
    text = trend_csv(read_address(said, made), made)
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_fall_is_a_number_in_the_months_file():
    for row in months("U1"):
        assert (row["Value"], row["Numerator"], row["Denominator"]) == ("-0.5", "-1.0", "2.0")


def test_a_month_without_a_value_says_why_and_is_not_0():
    assert {row["Value"][:1] for row in months("U2")} == {"–"}


def test_a_share_is_written_unrounded():
    made = figures()
    text = trend_csv(read_address({"metric": "direct_work", "month": "2016-09"}, made), made)
    first = next(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert float(first["Value"]) == 100 * (227.5 + 212 + 2082) / (815.75 + 750 + 7891)
