"""Who stood as restricted before a load is not open after it without somebody's having said so."""

from datetime import date

import pandas as pd
import pytest
from sqlalchemy import select

from data_access.database import changing, connect, read
from data_access.problems import Problem
from data_access.schema import child, child_told, data_issue
from data_access.settings import NightlySource
from data_access.settings_file.reading import read_settings
from loading.checks.check import WHO_SENT_IT
from loading.checks.checklist import who_mends
from loading.loads import load
from loading.precedence.still_restricted import restricted_at
from loading.sources.reading import Reading
from tests.loading.nightly.council import csv, extract, nightly
from tests.loading.ssd.small import SMALL, deployed

pytestmark = pytest.mark.usefixtures("nothing_is_counted")

SETTINGS = read_settings()
FIVE = tuple(f"C{number}" for number in range(1, 6))


def reading(source: str, restricted: bool | None, *ids: str) -> Reading:
    """Children of one source, which says of all the same, or has no such column."""
    told = {} if restricted is None else {"restricted": restricted}
    rows = [{"child_id": child_id, **told} for child_id in ids]
    return Reading(source, date(2016, 10, 31), {"child": pd.DataFrame(rows, dtype=object)})


def restricted(url: str) -> set[str]:
    return asked(url, select(child.c.child_id).where(child.c.restricted))


def told(url: str) -> list[str]:
    rules = ("restricted_kept", "restricted_opened")
    return sorted(asked(url, select(data_issue.c.message).where(data_issue.c.rule.in_(rules))))


def asked(url: str, query) -> set[str]:
    engine = connect(url)
    try:
        return {row[0] for row in read(engine, query)}
    finally:
        engine.dispose()


@pytest.mark.parametrize(
    "others", [[], [reading("returns", None, "C1"), reading("r2", True, "C9")]]
)
def test_a_child_of_whom_no_source_tells_stays_restricted_load_after_load(duckdb_url, others):
    load(duckdb_url, [reading("csv_folder", True, "C1"), reading("ssd", None, "C2")], SETTINGS)
    for _ in range(2):
        load(duckdb_url, [reading("ssd", None, "C1", "C2"), *others], SETTINGS)
        assert restricted(duckdb_url) - {"C9"} == {"C1"}
        (said,) = told(duckdb_url)
        assert said.startswith("child: 1 child stood as restricted, of whom no source")
        assert "C1" not in said


def test_a_child_whose_source_says_so_again_is_no_issue(duckdb_url):
    for _ in range(2):
        load(duckdb_url, reading("csv_folder", True, *FIVE), SETTINGS)
        assert (restricted(duckdb_url), told(duckdb_url)) == ({*FIVE}, [])


def test_a_source_that_says_no_opens_and_it_is_said_how_many(duckdb_url):
    load(duckdb_url, reading("csv_folder", True, *FIVE), SETTINGS)
    parted = [reading("csv_folder", False, *FIVE[:4]), reading("csv_folder", True, FIVE[4])]
    load(duckdb_url, parted, SETTINGS)
    assert restricted(duckdb_url) == {FIVE[4]}
    (said,) = told(duckdb_url)
    assert said.startswith("child: 4 children stood as restricted, of whom this load says")
    assert not [one for one in FIVE if one in said]


@pytest.mark.parametrize("untold", [(), ("C6",)])
def test_a_column_that_says_no_of_all_is_refused_until_it_is_accepted(duckdb_url, untold):
    load(duckdb_url, reading("csv_folder", True, *FIVE, *untold), SETTINGS)
    opened = [reading("csv_folder", False, *FIVE), reading("ssd", None, *FIVE, *untold)]
    with pytest.raises(Problem, match=r"Of child: all 5 children .*--accept-loss child"):
        load(duckdb_url, [*opened], SETTINGS)
    assert restricted(duckdb_url) == {*FIVE, *untold}
    load(duckdb_url, [*opened], SETTINGS, accept_loss=["child"])
    assert restricted(duckdb_url) == {*untold}
    assert len(told(duckdb_url)) == 1 + len(untold)


def test_of_fewer_than_five_all_may_be_opened(duckdb_url):
    load(duckdb_url, reading("csv_folder", True, *FIVE[:4]), SETTINGS)
    load(duckdb_url, reading("csv_folder", False, *FIVE[:4]), SETTINGS)
    assert restricted(duckdb_url) == set()
    assert len(told(duckdb_url)) == 1


def test_an_invented_child_restricts_no_real_one(duckdb_url):
    load(duckdb_url, reading("demo", True, "C1"), SETTINGS)
    load(duckdb_url, reading("ssd", None, "C1"), SETTINGS)
    assert (restricted(duckdb_url), told(duckdb_url)) == (set(), [])


def test_the_nightly_run_opens_nobody_whose_list_is_no_longer_among_its_sources(
    duckdb_url, tmp_path
):
    case_records = NightlySource("ssd", (deployed(f"sqlite:///{tmp_path / 'ssd.sqlite'}", SMALL),))
    listed = {"child": [{"child_id": "K1", "restricted": "yes"}]}
    nightly(duckdb_url, case_records, csv(extract(tmp_path / "listed", listed)))
    assert nightly(duckdb_url, case_records)
    assert restricted(duckdb_url) == {"K1"}
    assert len(told(duckdb_url)) == 1


def test_where_no_child_can_be_read_none_stands_as_restricted(duckdb_url):
    assert restricted_at(duckdb_url, [{"source": "ssd"}]) == frozenset()


@pytest.mark.parametrize("between", [1, 2])
def test_who_has_gone_from_the_data_comes_back_as_restricted_as_before(duckdb_url, between):
    load(duckdb_url, reading("csv_folder", True, "C1"), SETTINGS)
    for _ in range(between):
        load(duckdb_url, reading("ssd", None, "C2"), SETTINGS)
        assert (restricted(duckdb_url), told(duckdb_url)) == (set(), [])
    load(duckdb_url, reading("ssd", None, "C1", "C2"), SETTINGS)
    assert restricted(duckdb_url) == {"C1"}
    (said,) = told(duckdb_url)
    assert said.startswith("child: 1 child stood as restricted, of whom no source")


def test_of_who_has_gone_no_more_is_kept_and_only_of_who_was_restricted(duckdb_url):
    load(duckdb_url, [reading("csv_folder", True, "C1"), reading("ssd", None, "C2")], SETTINGS)
    load(duckdb_url, reading("ssd", None, "C3"), SETTINGS)
    kept = select(child_told.c.child_id).where(child_told.c.restricted)
    assert asked(duckdb_url, kept) == {"C1"}
    assert asked(duckdb_url, select(child_told.c.child_id)) == {"C1", "C3"}


def test_who_comes_back_is_opened_by_a_source_that_says_so_and_stays_open(duckdb_url):
    load(duckdb_url, reading("csv_folder", True, "C1"), SETTINGS)
    load(duckdb_url, reading("ssd", None, "C2"), SETTINGS)
    load(duckdb_url, reading("csv_folder", False, "C1", "C2"), SETTINGS)
    assert restricted(duckdb_url) == set()
    assert len(told(duckdb_url)) == 1
    load(duckdb_url, reading("ssd", None, "C2"), SETTINGS)
    load(duckdb_url, reading("ssd", None, "C1", "C2"), SETTINGS)
    assert restricted(duckdb_url) == set()


def test_who_has_gone_and_is_added_again_is_restricted(duckdb_url):
    load(duckdb_url, reading("csv_folder", True, "C1"), SETTINGS)
    load(duckdb_url, reading("ssd", None, "C2"), SETTINGS)
    load(duckdb_url, reading("returns", None, "C1"), SETTINGS, add=True)
    assert restricted(duckdb_url) == {"C1"}


@pytest.mark.parametrize(("before", "after"), [("0012", "12"), ("12", "0012"), ("0012", "012")])
def test_an_id_with_other_leading_zeros_opens_nobody(duckdb_url, before, after):
    load(duckdb_url, reading("csv_folder", True, before), SETTINGS)
    for _ in range(2):
        load(duckdb_url, reading("ssd", None, after, "0100", "12000"), SETTINGS)
        assert restricted(duckdb_url) == {after}
        (said,) = told(duckdb_url)
        assert said.startswith("child: 1 child stood as restricted, of whom no source")


def test_who_is_opened_under_an_id_with_other_zeros_stays_open(duckdb_url):
    load(duckdb_url, reading("csv_folder", True, "0012"), SETTINGS)
    load(duckdb_url, reading("csv_folder", False, "12"), SETTINGS)
    assert (restricted(duckdb_url), len(told(duckdb_url))) == (set(), 1)
    load(duckdb_url, reading("ssd", None, "12"), SETTINGS)
    assert (restricted(duckdb_url), told(duckdb_url)) == (set(), [])


def test_another_child_s_id_with_other_zeros_restricts_nobody_while_the_first_is_here(duckdb_url):
    load(duckdb_url, reading("csv_folder", True, "0012"), SETTINGS)
    parted = [reading("csv_folder", True, "0012"), reading("csv_folder", False, "12", "0100")]
    load(duckdb_url, parted, SETTINGS)
    assert restricted(duckdb_url) == {"0012"}


def kept_closed(url: str) -> int:
    said = asked(url, select(data_issue.c.message).where(data_issue.c.rule == "sources_disagree"))
    return len([one for one in said if "They stay restricted" in one])


def anew(url: str, source: str, says: bool | None) -> tuple[set[str], int, int]:
    """Who is restricted once the source is read anew beside others, and what is said of it."""
    load(url, reading(source, says, "C1"), SETTINGS, add=True, anew=[source])
    return restricted(url), kept_closed(url), len(told(url))


def test_who_was_restricted_by_a_source_alone_is_opened_by_it_when_it_is_read_anew(duckdb_url):
    load(duckdb_url, reading("annex_a", None, "C1"), SETTINGS)
    load(duckdb_url, reading("csv_folder", True, "C1"), SETTINGS, add=True)
    load(duckdb_url, reading("csv_folder", False, "C1"), SETTINGS, add=True)
    assert (restricted(duckdb_url), kept_closed(duckdb_url)) == ({"C1"}, 1)
    assert anew(duckdb_url, "csv_folder", None) == ({"C1"}, 0, 0)
    assert anew(duckdb_url, "ssd", False) == ({"C1"}, 1, 0)
    assert anew(duckdb_url, "csv_folder", False) == (set(), 0, 1)
    assert anew(duckdb_url, "csv_folder", False) == (set(), 0, 0)


def test_no_source_opens_whom_another_that_stands_restricts(duckdb_url):
    load(duckdb_url, reading("returns", True, "C1"), SETTINGS)
    load(duckdb_url, reading("csv_folder", True, "C1"), SETTINGS, add=True)
    for _ in range(2):
        assert anew(duckdb_url, "csv_folder", False) == ({"C1"}, 1, 0)
    assert anew(duckdb_url, "returns", False) == (set(), 0, 1)


def test_where_nobody_is_known_to_have_restricted_a_child_each_who_tells_of_it_may(duckdb_url):
    load(duckdb_url, reading("returns", True, "C1"), SETTINGS)
    load(duckdb_url, reading("csv_folder", None, "C1"), SETTINGS, add=True)
    with changing(duckdb_url) as connection:
        connection.execute(child_told.update().values(restricted=None))
    assert anew(duckdb_url, "csv_folder", True) == ({"C1"}, 0, 0)
    assert anew(duckdb_url, "csv_folder", False) == ({"C1"}, 1, 0)


def test_the_nightly_run_opens_nobody_who_was_missing_for_a_night(duckdb_url, tmp_path):
    case_records = deployed(f"sqlite:///{tmp_path / 'ssd.sqlite'}", SMALL)
    listed = {"child": [{"child_id": "K1", "restricted": "yes"}]}
    others = {"child": [{"child_id": "K9", "restricted": "no"}]}
    nightly(duckdb_url, csv(extract(tmp_path / "listed", listed)))
    nightly(duckdb_url, csv(extract(tmp_path / "others", others)), accept_loss=["child"])
    assert restricted(duckdb_url) == set()
    nightly(duckdb_url, NightlySource("ssd", (case_records,)))
    assert restricted(duckdb_url) == {"K1"}


@pytest.mark.parametrize("rule", ["restricted_kept", "restricted_opened"])
def test_whoever_sent_the_source_mends_what_it_does_not_say_of_restricted(rule):
    assert who_mends(rule) == WHO_SENT_IT
