"""Several sources of the same children: each fact is told once, by the first in order."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from data_access.sources.order import place_of
from loading.combining import combine
from loading.not_in_source import held_by
from loading.precedence.replaced import without_replaced
from loading.sources.reading import Reading
from loading.sources.returns.cin_census.reader import read_cin_census
from loading.sources.returns.ssda903.reader import read_ssda903
from tests.loading.returns.files import child, cin_census, episode, ssda903
from tests.loading.returns.test_cin_census import WHOLE

CARE = {"child_id": "K1", "kind": "CLA", "found_at": "List 8, row 4"}


def of_903(folder, *episodes) -> Reading:
    return read_ssda903([ssda903(folder / "903", episodes=episodes)])


def of_census(folder, *details) -> Reading:
    return read_cin_census([cin_census(folder / "cin.xml", [child("K1", *details)])])


def annex_a(table: str, *rows: dict, last=date(2016, 9, 30), first=date(2016, 4, 1)) -> Reading:
    frames = {"child": [{"child_id": "K1", "restricted": False}], table: rows}
    made = {name: pd.DataFrame(list(some), dtype=object) for name, some in frames.items()}
    return Reading("annex_a", last, made, data_from=first)


def told(readings, table: str, *names: str) -> list[tuple]:
    rows = combine(readings).frames[table].astype(object).to_dict("records")
    days = [{name: _plain(one) for name, one in row.items()} for row in rows]
    return [tuple(row[name] for name in names) for row in days]


def _plain(value: object) -> object:
    return None if pd.isna(value) else value.date() if isinstance(value, pd.Timestamp) else value


def rules(combined) -> list[str]:
    passing = {"read_with_doubt", "sources_end_apart"}
    return [issue.rule for issue in combined.issues if issue.rule not in passing]


def test_the_order_is_own_tables_then_ssda903_then_the_census_then_annex_a():
    order = ["csv_folder", "ssda903", "cin_census", "annex_a", "workforce_census"]
    assert [place_of(source) for source in order] == [0, 1, 2, 3, 4]


def test_ssda903_and_the_census_together_hold_every_plan(tmp_path):
    care, cases = of_903(tmp_path, episode("K2", "2015-08-24")), of_census(tmp_path, WHOLE)
    assert "plan" in held_by([care]).partial
    assert "plan" in held_by([cases]).partial
    assert "plan" not in held_by([care, cases]).partial
    kinds = sorted(kind for (kind,) in told([care, cases], "plan", "kind"))
    assert kinds == ["CIN", "CLA", "CP"]


@pytest.mark.parametrize("turned", [False, True])
def test_care_that_two_sources_tell_is_one_with_its_end_from_the_later(tmp_path, turned):
    care = of_903(tmp_path, episode("K1", "2015-08-24"))
    ended = {"started_on": date(2015, 8, 24), "ended_on": date(2016, 6, 1), "end_reason": "E4A"}
    readings = [care, annex_a("plan", {"plan_id": "A1", **CARE, **ended})]
    found = told(readings[::-1] if turned else readings, "plan", "plan_id", "ended_on")
    assert found == [("ssda903:K1:CLA:2015-08-24", date(2016, 6, 1))]


def test_a_start_that_lies_before_the_days_of_the_return_is_from_the_other_source(tmp_path):
    care = of_903(tmp_path, episode("K1", "2015-02-01", "P"), episode("K2", "2015-09-01"))
    began = {"started_on": date(2012, 3, 1)}
    found = told([care, annex_a("plan", {"plan_id": "A1", **CARE, **began})], "plan", "started_on")
    assert found == [(date(2012, 3, 1),), (date(2015, 9, 1),)]


def test_what_the_first_source_would_have_and_has_not_is_left_out_and_said(tmp_path):
    care = of_903(tmp_path, episode("K2", "2015-08-24"))
    within = {"plan_id": "A1", **CARE, "started_on": date(2015, 10, 5)}
    combined = combine([care, annex_a("plan", within)])
    assert [*combined.frames["plan"]["child_id"]] == ["K2"]
    assert rules(combined) == ["not_in_the_source_before"]
    (said,) = [one for one in combined.issues if one.rule == "not_in_the_source_before"]
    assert "List 8, row 4" in said.message
    assert combined.left_out[1]["plan"] == {"a source that goes first covers the day": 1}


def test_what_lies_after_the_days_of_the_first_or_is_of_another_kind_stays(tmp_path):
    care = of_903(tmp_path, episode("K2", "2015-08-24"))
    after = {"plan_id": "A1", **CARE, "started_on": date(2016, 5, 5)}
    other = {"plan_id": "A2", **CARE, "kind": "CP", "started_on": date(2015, 10, 5)}
    combined = combine([care, annex_a("plan", after, other)])
    assert len(combined.frames["plan"]) == 3
    assert rules(combined) == []


def test_own_tables_without_a_first_day_tell_of_all_days_up_to_their_last(tmp_path):
    care = of_903(tmp_path, episode("K2", "2015-08-24"))
    own = annex_a("plan", {"plan_id": "P1", **CARE, "started_on": date(2014, 1, 6)}, first=None)
    own = Reading("csv_folder", own.data_to, own.frames)
    assert told([care, own], "plan", "plan_id") == [("P1",)]


def test_what_hangs_on_a_referral_that_the_census_tells_hangs_on_the_census_s(tmp_path):
    cases = of_census(tmp_path, WHOLE)
    given = {"referral_id": "R1", "child_id": "K1", "received_on": date(2015, 6, 15)}
    lists = annex_a("referral", given)
    held = {"allocation_id": "H1", "child_id": "K1", "referral_id": "R1", "lead": True}
    held |= {"started_on": date(2016, 4, 1), "worker_id": None, "unit_id": None}
    frames = {**lists.frames, "allocation": pd.DataFrame([held], dtype=object)}
    lists = Reading("annex_a", lists.data_to, frames, data_from=lists.data_from)
    assert told([cases, lists], "allocation", "referral_id") == [("cin_census:K1:R:2015-06-15",)]
    assert len(told([cases, lists], "referral", "referral_id")) == 1


def test_a_table_of_two_parts_is_held_since_the_later_of_them_began(tmp_path):
    care = of_903(tmp_path, episode("K1", "2014-05-13", DEC="2014-09-20", REC="E4A"))
    cases = of_census(tmp_path, WHOLE)
    assert combine([care]).covers_from["plan"] == date(2014, 4, 1)
    assert combine([care, cases]).covers_from["plan"] == date(2015, 4, 1)


def test_a_part_that_ends_before_the_other_sources_makes_nothing_whole(tmp_path):
    care, cases = of_903(tmp_path, episode("K2", "2015-08-24")), of_census(tmp_path, WHOLE)
    later = replace(cases, data_to=date(2017, 3, 31))
    held = held_by([care, later])
    assert "plan" in held.partial
    assert held.parts["plan"].values == ("CIN", "CP")


@pytest.mark.parametrize("own", [False, True])
def test_what_stands_of_a_return_is_in_part_still_when_another_source_is_added(tmp_path, own):
    """Of tables in which nothing stays there is nothing left to be in part."""
    care = of_903(tmp_path, episode("K2", "2015-08-24"))
    if own:
        plans = care.frames["plan"].assign(plan_id="P1")
        care = replace(care, frames={**care.frames, "plan": plans})
    added = annex_a("plan", {"plan_id": "A1", **CARE, "started_on": date(2016, 5, 5)})
    stays = without_replaced(care, [added])
    assert ("plan" in stays.partial, "plan" in stays.parts) == (not own, not own)
