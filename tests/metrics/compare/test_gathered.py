"""One cohort from all entries: who is of it, and who is counted beside it."""

from datetime import date

from metrics.compare.entries import Entry
from metrics.compare.gathered import gathered
from metrics.compare.outcomes import OUTCOMES, Known

FIRST, UNTIL = date(2015, 6, 1), date(2016, 6, 1)
KNOWN = Known(date(2016, 10, 31))


def entry(child_id: str, day: date, unit_id: str = "U1", **known) -> Entry:
    return Entry(child_id, f"R-{child_id}", unit_id, day, day, **known)


def test_a_cohort_is_of_its_units_and_days_of_entry():
    entered = [
        entry("first day", FIRST),
        entry("last day", date(2016, 5, 31)),
        entry("before", date(2015, 5, 31)),
        entry("after", UNTIL),
        entry("another unit", FIRST, "U2"),
    ]
    found = gathered("Unit 1", entered, {"U1"}, FIRST, UNTIL, OUTCOMES["closed"], KNOWN)
    assert [one.child_id for one in found.cohort.cases] == ["first day", "last day"]
    assert (found.cohort.name, found.cohort.as_at) == ("Unit 1", date(2016, 10, 31))


def test_who_is_left_out_and_why_others_were_lost_is_counted():
    entered = [
        entry("legacy", FIRST, opened_on=date(2015, 6, 2)),
        entry("of age", FIRST, born_on=date(1997, 5, 31)),
        entry("closed", FIRST, closed_on=date(2015, 9, 1), closure_reason="RC7"),
        entry("died", FIRST, closed_on=date(2015, 9, 1), closure_reason="RC2"),
        entry("moved", FIRST, moved_on=date(2015, 9, 1)),
        entry("open", FIRST),
    ]
    found = gathered("Unit 1", entered, {"U1"}, FIRST, UNTIL, OUTCOMES["closed"], KNOWN)
    assert (len(found.cohort.cases), found.legacy, found.could_not) == (4, 1, 1)
    assert found.last_seen == {"died": 1, "another unit": 1, "end of data": 1}
    assert found.cohort.naive.numerator == 1
