"""Visits that stand both among CIN visits and among those of a CP plan or of care."""

import pytest

from tests.loading.ssd.small import Rows, changed, day
from tests.loading.ssd.test_reader import rows

ON = day("2016-02-03")
Said = tuple[str | None, str | None]


def visits(prefix: str, kind: str, said: tuple[Said, ...], child: str) -> list[dict]:
    return [
        {
            f"{prefix}_{kind}_visit_id": f"{number}",
            f"{prefix}_person_id": child,
            f"{prefix}_{kind}_visit_date": ON,
            f"{prefix}_{kind}_visit_seen": seen,
            f"{prefix}_{kind}_visit_seen_alone": alone,
        }
        for number, (seen, alone) in enumerate(said, start=1)
    ]


def of_the_day(
    *,
    cin: tuple[Said, ...] = (),
    cp: tuple[Said, ...] = (),
    cla: tuple[Said, ...] = (),
    child: str = "K1",
) -> Rows:
    """The small SSD with these visits of one child and day, each as seen and seen alone."""
    small = changed("ssd_cin_visits", *visits("cinv", "cin", cin, child))
    small = changed("ssd_cp_visits", *visits("cppv", "cp", cp, "K1"), small=small)
    return changed("ssd_cla_visits", *visits("clav", "cla", cla, "K1"), small=small)


def kept(reading) -> list[tuple]:
    return [(row["visit_id"], row["seen"], row["seen_alone"]) for row in rows(reading, "visit")]


def at_odds(reading) -> list[str]:
    return [one.message for one in reading.issues if one.rule == "visits_at_odds"]


@pytest.mark.parametrize("kind", ["cp", "cla"])
@pytest.mark.parametrize("own_alone", ["N", None])
def test_a_child_whom_the_cin_row_has_as_seen_was_seen_and_it_is_said(reads, kind, own_alone):
    tried = (("N", own_alone),)
    cin = (("Y", "Y"),)
    of = of_the_day(cin=cin, cp=tried) if kind == "cp" else of_the_day(cin=cin, cla=tried)
    reading = reads(of)
    assert kept(reading) == [(f"{kind.upper()}-1", True, True)]
    (message,) = at_odds(reading)
    assert message.startswith("1 visit stands twice")
    assert f"ssd_{kind}_visits 1" in message and "ssd_cin_visits 1" in message


@pytest.mark.parametrize(
    ("cp", "cin", "counts"),
    [
        ((None, None), ("Y", "N"), (True, False)),
        ((None, None), ("N", None), (False, None)),
        ((None, "Y"), ("Y", "N"), (True, True)),
        (("Y", None), ("Y", "Y"), (True, True)),
        (("Y", "N"), ("Y", "Y"), (True, False)),
        (("Y", None), (None, "Y"), (True, None)),
        (("N", None), (None, None), (False, None)),
        (("N", None), ("N", None), (False, None)),
    ],
)
def test_what_a_visit_does_not_say_is_as_its_cin_row_says_and_no_fault(reads, cp, cin, counts):
    reading = reads(of_the_day(cin=(cin,), cp=(cp,)))
    assert kept(reading) == [("CP-1", *counts)]
    assert at_odds(reading) == []


def test_a_cin_row_that_has_a_seen_child_as_not_seen_is_said_and_changes_nothing(reads):
    reading = reads(of_the_day(cin=(("N", "Y"),), cp=(("Y", None),)))
    assert kept(reading) == [("CP-1", True, None)]
    assert len(at_odds(reading)) == 1


def test_an_attempt_and_a_visit_of_one_day_stay_two_where_both_stand_again(reads):
    reading = reads(of_the_day(cin=(("N", None), ("Y", "Y")), cp=(("N", None), ("Y", None))))
    assert kept(reading) == [("CP-1", False, None), ("CP-2", True, True)]
    assert at_odds(reading) == []


def test_an_attempt_stays_one_where_the_visit_that_stands_again_is_of_another_kind(reads):
    reading = reads(of_the_day(cin=(("Y", None),), cp=(("N", None),), cla=(("Y", None),)))
    assert kept(reading) == [("CP-1", False, None), ("CLA-1", True, None)]
    assert at_odds(reading) == []


def test_of_two_attempts_one_takes_what_a_single_row_has(reads):
    reading = reads(of_the_day(cin=(("Y", None),), cp=(("N", None), ("N", None))))
    assert kept(reading) == [("CP-1", True, None), ("CP-2", False, None)]
    assert len(at_odds(reading)) == 1


def test_another_child_s_visit_of_that_day_says_nothing_of_this_one(reads):
    reading = reads(of_the_day(cin=(("Y", "Y"),), cp=(("N", None),), child="K2"))
    assert kept(reading) == [("CIN-1", True, True), ("CP-1", False, None)]
