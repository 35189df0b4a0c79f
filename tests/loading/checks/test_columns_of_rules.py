"""Of which column each rule is: there a copy of a workbook marks what breaks it."""

from datetime import date

from loading.checks.breaches import Situation
from loading.checks.checks import CHECKS
from tests.worlds import SETTINGS

SITUATION = Situation(date(2016, 9, 30), SETTINGS)
# Of rows as a whole, of all rows of a worker or child, or of no row.
OF_NO_COLUMN = {
    "same_row_twice",
    "holder_without_fte",
    "held_by_no_lead",
    "hours_twice",
    "more_than_one_fte",
    "dates_after_the_last_day",
    "last_day_to_come",
    "last_day_in_doubt",
}


def test_a_rule_names_a_column_of_its_table_unless_it_is_of_none():
    named = {
        (check.rule, breach.column is not None and breach.column in breach.table.c)
        for check in CHECKS
        for breach in check.finds(SITUATION)
    }
    assert named == {(check.rule, check.rule not in OF_NO_COLUMN) for check in CHECKS}
