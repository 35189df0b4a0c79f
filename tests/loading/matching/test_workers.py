"""Workers of several systems: one by decision, number, staff number, name within a unit; or two."""

from datetime import date

import pandas as pd
import pytest

from data_access.meeting_store.matches.tables import OPEN, SAME, TWO
from data_access.meeting_store.matches.workers import WorkerDecision, those_that_hold
from loading.matching.workers import with_matched_workers
from loading.sources.reading import Reading

AS_AT = date(2016, 9, 30)


def source(name: str, *workers: dict, **tables: list[dict]) -> Reading:
    """A reading whose workers have an id, and what else is said; "unit" is where each works."""
    posts = [
        {"post_id": f"{name}-{place}", "worker_id": one["worker_id"], "unit_id": unit}
        for place, one in enumerate(workers)
        for unit in one.get("units", ())
    ]
    rows = [{key: value for key, value in one.items() if key != "units"} for one in workers]
    frames = {"worker": rows, "post": posts, **tables}
    return Reading(name, AS_AT, {of: pd.DataFrame(its) for of, its in frames.items() if its})


def case(worker_id: str, name: str | None = None, **more) -> dict:
    return {"worker_id": worker_id, "name": name, **more}


def matched(*readings: Reading, decided=()) -> list[Reading]:
    return with_matched_workers(readings, those_that_hold(decided))


def ids(reading: Reading) -> list[str]:
    return [*reading.frames["worker"]["worker_id"]]


def rules(reading: Reading) -> list[str]:
    return [issue.rule for issue in reading.issues]


def second(one: dict, other: dict, **more) -> Reading:
    """What becomes of the second system's worker beside the first's."""
    return matched(source("case system", one), source("HR", other), **more)[1]


# Both systems tell of both units: each has a Dee Fox in one and a Gil Hay in the other.
DEE, GIL = case("P8", "Dee Fox", units=["U1"]), case("P9", "Gil Hay", units=["U2"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"registration_no": "SW1", "name": "Cy"}, {"registration_no": "swe 1"}),
        ({"staff_no": "0042"}, {"staff_no": "00-42"}),
        ({"staff_no": "0042", "name": "Ash Bell"}, {"staff_no": "0042", "name": "A Bell"}),
        ({"name": "Ash Bell"}, {"name": "BELL, Ash"}),
        ({"name": "Ash Bell", "units": ["U1"]}, {"name": "Ash Bell", "units": ["U1", "U2"]}),
        # Units of which the other system tells nothing are no other units.
        ({"name": "Ash Bell", "units": ["U1"]}, {"name": "Ash Bell", "units": ["East"]}),
    ],
)
def test_one_person_by_number_staff_number_or_name_has_one_id(one, other):
    found = second({"worker_id": "P1", **one}, {"worker_id": "H1", **other})
    assert ids(found) == ["P1"]
    assert not found.workers_in_doubt
    assert found.same_workers == {"H1": "P1"}


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        # Married, or mistyped: the number tells, and it is said.
        ({"registration_no": "SW1"}, {"registration_no": "SW1"}, "names_joined"),
        ({"staff_no": "0042"}, {"staff_no": "0042"}, "worker_in_doubt"),
    ],
)
def test_two_names_with_one_number_are_said(one, other, rule):
    first = {"worker_id": "P1", "name": "Ash Bell", **one}
    found = second(first, {"worker_id": "H1", "name": "Cam Dow", **other})
    assert rules(found) == [rule]
    assert ids(found) == (["P1"] if rule == "names_joined" else ["H1"])
    assert bool(found.workers_in_doubt) == (rule == "worker_in_doubt")


def test_a_staff_number_is_no_match_against_a_registration_number():
    one = case("P1", "Ash Bell", staff_no="42", registration_no="SW1")
    other = case("H1", "Ash Bell", staff_no="42", registration_no="SW2")
    found = second(one, other)
    assert ids(found) == ["H1"]
    assert found.workers_in_doubt == (("P1", "H1", "the staff number"),)


def test_two_numberings_of_staff_say_nothing_of_who_is_another():
    found = second(case("P1", "Ash Bell", staff_no="A7"), case("H1", "Ash Bell", staff_no="42"))
    assert ids(found) == ["P1"]


def test_of_one_numbering_two_numbers_are_two_people():
    readings = [
        source("cases", case("P1", "Ash Bell", staff_no="1"), case("P2", "Cy Day", staff_no="2")),
        source("HR", case("H1", "Ash Bell", staff_no="3"), case("H2", "Cy Day", staff_no="2")),
    ]
    assert ids(matched(*readings)[1]) == ["H1", "P2"]


def test_one_name_in_two_units_is_a_doubt_where_both_systems_tell_of_both_units():
    cases = source("cases", case("P1", "Ash Bell", units=["U1"]), DEE, GIL)
    staff = source("HR", case("H1", "Ash Bell", units=["U2"]), DEE, GIL)
    found = matched(cases, staff)[1]
    assert "H1" in ids(found)
    assert found.workers_in_doubt == (("P1", "H1", "the name"),)
    assert rules(found) == ["names_alike"]


def test_namesakes_are_told_apart_by_their_units():
    cases = source(
        "cases", case("P1", "Ash Bell", units=["U1"]), case("P2", "Ash Bell", units=["U2"])
    )
    staff = source("HR", case("H2", "Ash Bell", units=["U2"]), case("H1", "Ash Bell", units=["U1"]))
    found = matched(cases, staff)[1]
    assert ids(found) == ["P2", "P1"]
    assert [*found.frames["post"]["worker_id"]] == ["P2", "P1"]


def test_namesakes_of_one_unit_are_listed_and_never_guessed():
    cases = source(
        "cases", case("P1", "Ash Bell", units=["U1"]), case("P2", "Ash Bell", units=["U1"])
    )
    found = matched(cases, source("HR", case("H1", "Ash Bell", units=["U1"])))[1]
    assert ids(found) == ["H1"]
    assert found.workers_in_doubt == (("P1", "H1", "the name"), ("P2", "H1", "the name"))


def test_whom_a_number_tells_is_not_also_a_namesake():
    cases = source("cases", case("P1", "Ash Bell", registration_no="SW1"))
    staff = source("HR", case("H1", "Ash Bel", registration_no="SW1"), case("H2", "Ash Bell"))
    assert ids(matched(cases, staff)[1]) == ["P1", "H2"]


def test_what_was_decided_goes_before_names_and_numbers():
    one, other = case("P1", "Ash Bell"), case("H1", "Ash Bell")
    assert ids(second(one, other, decided=[WorkerDecision("H1", "P1", TWO)])) == ["H1"]
    unlike = case("H1", "Cam Dow", registration_no="SW9")
    numbered = one | {"registration_no": "SW8"}
    assert ids(second(numbered, unlike, decided=[WorkerDecision("P1", "H1", SAME)])) == ["P1"]
    number = {"registration_no": "SW1"}
    two = [WorkerDecision("P1", "H1", TWO)]
    assert ids(second(one | number, other | number, decided=two)) == ["H1"]
    staff_no = {"staff_no": "42"}
    assert ids(second(one | staff_no, other | staff_no, decided=two)) == ["H1"]


@pytest.mark.parametrize(("verdict", "asked"), [(TWO, False), (SAME, False), (OPEN, True)])
def test_only_what_is_not_decided_is_asked(verdict, asked):
    found = second(
        case("P1", "Ash Bell"),
        case("H1", "A Bell"),
        decided=[WorkerDecision("P1", "H1", verdict)],
    )
    assert bool(found.workers_in_doubt) == bool(rules(found)) == asked


def test_who_are_two_by_what_was_decided_of_others_are_two():
    readings = [
        source("cases", case("P1", "Ash Bell")),
        source("HR", case("H1", "Ash Bell")),
        source("time", case("T1", "Ash Bell")),
    ]
    decided = [WorkerDecision("P1", "H1", TWO), WorkerDecision("H1", "T1", SAME)]
    assert [ids(one) for one in matched(*readings, decided=decided)] == [["P1"], ["H1"], ["H1"]]


def test_two_of_one_system_who_were_decided_to_be_one_have_one_row():
    staff = source("HR", case("H1", "Ash Bell"), case("H2", "A. Bell", registration_no="SW1"))
    (found,) = matched(staff, decided=[WorkerDecision("H1", "H2", SAME)])
    assert found.frames["worker"].to_dict("records") == [
        {"worker_id": "H1", "name": "Ash Bell", "registration_no": "SW1"}
    ]


ABSENT = [
    {"absence_id": str(place), "worker_id": worker_id}
    for place, worker_id in enumerate(["P1", "sw 1", "42", "H1", "X"])
]


def test_rows_that_name_a_worker_by_number_or_another_system_s_id_are_the_worker_s():
    cases = source("cases", case("P1", "Ash Bell", registration_no="SW1", staff_no="42"))
    staff = source("HR", case("H1", "Ash Bell"))
    found = matched(cases, staff, source("sickness", absence=ABSENT))[2]
    assert [*found.frames["absence"]["worker_id"]] == ["P1", "P1", "P1", "P1", "X"]
    (said,) = found.issues
    assert said.rule == "worker_by_number"
    assert said.message.startswith("absence.worker_id: 2 ids are in no row of the worker table")


def test_a_staff_number_of_two_workers_names_neither():
    cases = source("cases", case("P1", "Ash Bell", staff_no="42"), case("P2", "Cy", staff_no="42"))
    found = matched(cases, source("sickness", absence=ABSENT))[1]
    assert "42" in [*found.frames["absence"]["worker_id"]]


def test_an_id_that_was_matched_before_is_the_same_worker_s_in_a_later_load():
    before = source("loaded before", case("P1", "Ash Bell"))
    before = Reading(before.source, AS_AT, before.frames, same_workers={"H1": "P1", "H2": "gone"})
    found = matched(before, source("sickness", absence=ABSENT))[1]
    assert [*found.frames["absence"]["worker_id"]] == ["P1", "sw 1", "42", "P1", "X"]


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [
        # A number that contradicts, whatever the names say; without one, the names.
        ({"name": "Kit Lane", "registration_no": "SW1"}, {"registration_no": "SW2"}, 1),
        ({"name": "Kit Lane", "registration_no": "SW1"}, {"name": "Bob Other"}, 1),
        ({"name": "Kit Lane", "staff_no": "42"}, {"name": "Bob Other", "staff_no": "42"}, 1),
        ({"name": "Kit Lane", "registration_no": "SW1"}, {"name": "K Lane"}, 0),
        ({"name": "Kit Lane", "registration_no": "SW1"}, {}, 0),
        ({"registration_no": "SW1"}, {"name": "Bob Other"}, 0),
    ],
)
def test_one_id_of_two_systems_for_two_workers_is_said(one, other, number):
    first, then = case("W1") | one | {"found_at": "A"}, case("W1") | other | {"found_at": "B"}
    found = second(first, then)
    assert ids(found) == ["W1"]
    assert rules(found) == ["workers_disagree"] * number
    assert all(issue.message.startswith("A; B: 1 id is given") for issue in found.issues)


def test_an_id_that_an_earlier_source_has_for_another_worker_is_said_of_a_third_source():
    readings = [
        source("cases", case("P1", "Kit Lane", registration_no="SW1")),
        source("HR", case("W1", "Kit Lane", registration_no="SW1")),
        source("time", case("W1", "Bob Other", registration_no="SW2")),
    ]
    assert [rules(one) for one in matched(*readings)] == [[], [], ["workers_disagree"]]


@pytest.mark.parametrize(
    ("own", "said"), [([case("P1", "Ash Bell")], ["worker_by_number"]), ([], [])]
)
def test_an_id_of_none_of_its_source_s_workers_that_is_another_s_staff_number_is_said(own, said):
    held = [{"allocation_id": "I9", "worker_id": "777"}]
    cases = source("cases", *own, allocation=held)
    assert rules(matched(cases, source("HR", case("777", staff_no="777")))[0]) == said
