"""What is said of each source is what it gives: docs/data.md, and loads of each source."""

from pathlib import Path

import pytest

from data_access.sources.known import ANNEX_A, WORKFORCE_CENSUS
from data_access.sources.returns import CIN_CENSUS, SSDA903
from loading.combining import combine
from loading.not_in_source import held_by
from loading.sources.annex_a.workbook import read_annex_a
from loading.sources.reading import Reading
from loading.sources.returns.cin_census.reader import read_cin_census
from loading.sources.returns.ssda903.reader import read_ssda903
from loading.sources.workforce_census import read_workforce_census
from metrics.catalogue import CATALOGUE
from metrics.sources.available import (
    BOTH_RETURNS,
    COLUMNS,
    EXTENDED_SSD,
    given_by,
    told,
    why_not,
)
from metrics.sources.written import in_markdown
from tests.loading import dirty
from tests.loading.returns.files import child, cin_census, episode, ssda903
from tests.loading.returns.test_cin_census import WHOLE

PAGE = Path(__file__).parents[1] / "docs" / "data.md"
HELD = [{"CHILD": "K1", "DOB": "14/05/2009", "REVIEW": "15/09/2015", "REVIEW_CODE": "PN1"}]
AWAY = [{"CHILD": "K1", "MISSING": "M", "MIS_START": "15/09/2015", "MIS_END": "16/09/2015"}]


def of_each_source(folder: Path) -> dict[str, Reading]:
    """The fullest file of each source that declares what it lacks."""
    episodes = [episode("K1", "2014-02-13", "P", DEC="2016-01-20", REC="E4A")]
    files = ssda903(folder / "903", episodes=episodes, reviews=HELD, missing=AWAY)
    return {
        SSDA903.key: read_ssda903([files]),
        CIN_CENSUS.key: read_cin_census([cin_census(folder / "cin.xml", [child("K1", WHOLE)])]),
        ANNEX_A.key: read_annex_a(
            [dirty.workbook(folder / "a.xlsx", dirty.sheets())], dirty.DATA_TO
        ),
        WORKFORCE_CENSUS.key: read_workforce_census(
            dirty.census(folder / "csww.xml", [dirty.ASH], "2016")
        ),
    }


@pytest.fixture(scope="module")
def readings(tmp_path_factory) -> dict[str, Reading]:
    return of_each_source(tmp_path_factory.mktemp("sources"))


def test_the_page_says_what_the_declarations_say():
    page = PAGE.read_text(encoding="utf-8")
    assert in_markdown() in page, "write docs/data.md anew: metrics.sources.written.in_markdown()"


@pytest.mark.parametrize("source", [SSDA903, CIN_CENSUS, ANNEX_A, WORKFORCE_CENSUS])
def test_a_source_fills_the_tables_that_it_declares_and_no_others(readings, source):
    filled = set(readings[source.key].frames)
    # The workbook of the tests has no factors: their column is one that may be absent.
    assert set(source.tables) - filled <= {"assessment_factor"}
    assert filled <= set(source.tables)


@pytest.mark.parametrize("source", [SSDA903, CIN_CENSUS, ANNEX_A, WORKFORCE_CENSUS])
def test_what_a_source_holds_in_part_and_lacks_is_what_it_declares(readings, source):
    reading = readings[source.key]
    assert (reading.partial, dict(reading.parts)) == (source.partial, dict(source.parts))
    assert reading.lacks == source.lacks


@pytest.mark.parametrize("together", COLUMNS, ids=lambda one: one.name)
def test_a_figure_that_a_source_can_give_needs_no_table_that_it_lacks(readings, together):
    keys = [source.key for source in together.sources if source.key in readings]
    if not keys:
        return
    loaded = combine([readings[key] for key in keys])
    held, tables = held_by(loaded.readings), loaded.frames.keys()
    for metric in CATALOGUE.values():
        can = not why_not(metric, together)
        has = set(metric.tables) <= tables
        whole = not any(need.table in held.partial and not need.only for need in metric.needs)
        if can:
            assert has, metric.key
        elif has:
            assert not whole or "plan.started_on" in held.partial, metric.key


def test_the_two_returns_together_give_what_neither_gives_alone():
    alone = {key for key in CATALOGUE if "Folder" not in given_by(CATALOGUE[key])}
    assert not alone
    days = CATALOGUE["days_by_status"]
    assert [one.name for one in COLUMNS if told(days, one) == "yes"] == [
        "Folder of CSV files",
        "Standard Safeguarding Dataset",
        EXTENDED_SSD.name,
        BOTH_RETURNS.name,
        "Annex A",
    ]


def test_no_source_without_a_reason_lacks_a_figure():
    for together in COLUMNS:
        for metric in CATALOGUE.values():
            assert (told(metric, together) != "no") or together.name != "Folder of CSV files"


def test_tables_beside_an_ssd_give_what_it_never_holds():
    ssd, extended = COLUMNS[1], EXTENDED_SSD
    for key in ("recorded_in_time", "caseload", "sickness", "distance_travelled"):
        assert (told(CATALOGUE[key], ssd), told(CATALOGUE[key], extended)) == ("no", "yes")
    assert "when a visit was recorded" in why_not(CATALOGUE["recorded_in_time"], ssd)
    assert told(CATALOGUE["complaints"], extended) == "no"
