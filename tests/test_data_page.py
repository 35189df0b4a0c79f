"""What is said of each source is what it gives: docs/data.md, and loads of each source."""

import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import make_url, select

from data_access.database import connect, read
from data_access.schema import CANONICAL, figure
from data_access.sources.declaration import Source
from data_access.sources.known import ANNEX_A, CSV_FOLDER, SURVEY, WORKBOOK, WORKFORCE_CENSUS
from data_access.sources.returns import CIN_CENSUS, SSDA903
from data_access.sources.ssd import SSD, SSD_EXTENSION
from loading.combining import combine
from loading.loads import load
from loading.not_in_source import held_by
from loading.sources.annex_a.workbook import read_annex_a
from loading.sources.reading import Reading
from loading.sources.returns.cin_census.reader import read_cin_census
from loading.sources.returns.ssda903.reader import read_ssda903
from loading.sources.ssd.reader import read_ssd
from loading.sources.tables_book.reading import read_workbook
from loading.sources.workforce_census import read_workforce_census
from metrics.catalogue import CATALOGUE
from metrics.model import Need
from metrics.sources.available import BOTH_RETURNS, COLUMNS, NO, Together, given_by, told, why_not
from metrics.sources.held_in_part import place_of
from metrics.sources.written import in_markdown
from tests.loading import dirty
from tests.loading.extension.test_extension import extension
from tests.loading.returns.files import child, cin_census, episode, ssda903
from tests.loading.returns.test_cin_census import WHOLE
from tests.loading.ssd.small import changed, deployed
from tests.loading.tables_book.books import filled
from tests.worlds import SETTINGS

PAGE = Path(__file__).parents[1] / "docs" / "data.md"
HELD = [{"CHILD": "K1", "DOB": "14/05/2009", "REVIEW": "15/09/2015", "REVIEW_CODE": "PN1"}]
AWAY = [{"CHILD": "K1", "MISSING": "M", "MIS_START": "15/09/2015", "MIS_END": "16/09/2015"}]
MOTHER = {"moth_table_id": "M1", "moth_person_id": "P1", "moth_childs_person_id": "K1"}
EVERY = (SSDA903, CIN_CENSUS, ANNEX_A, WORKFORCE_CENSUS, SSD, SSD_EXTENSION, WORKBOOK)
of_every_source = pytest.mark.parametrize("source", EVERY, ids=lambda one: one.key)
# A reason names a table, or a column of one.
NAMES = {name for table in CANONICAL for name in (table.name, *table.c.keys())}


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
        SSD.key: read_ssd(
            make_url(deployed(f"sqlite:///{folder / 'ssd.sqlite'}", changed("ssd_mother", MOTHER)))
        ),
        SSD_EXTENSION.key: extension(),
        WORKBOOK.key: read_workbook(filled(folder)),
    }


@pytest.fixture(scope="module")
def readings(tmp_path_factory) -> dict[str, Reading]:
    return of_each_source(tmp_path_factory.mktemp("sources"))


def test_the_page_says_what_the_declarations_say():
    page = PAGE.read_text(encoding="utf-8")
    assert in_markdown() in page, "write docs/data.md anew: metrics.sources.written.in_markdown()"


@of_every_source
def test_a_source_fills_the_tables_that_it_declares_and_no_others(readings, source):
    filled = set(readings[source.key].frames)
    # The workbook of the tests has no factors: their column is one that may be absent.
    assert set(source.tables) - filled <= {"assessment_factor"}
    assert filled <= set(source.tables)


@of_every_source
def test_what_a_source_holds_in_part_and_lacks_is_what_it_declares(readings, source):
    reading = readings[source.key]
    assert (reading.partial, dict(reading.parts)) == (source.partial, dict(source.parts))
    # Of a database it says besides which of its columns are empty.
    assert reading.lacks.items() >= source.lacks.items()
    assert reading.lacks == source.lacks or source is SSD
    for place in source.never:
        table, column = place.split(".")
        rows = reading.frames[table]
        assert column not in rows or rows[column].isna().all()


@pytest.mark.parametrize(
    "source",
    [pytest.param(one, marks=pytest.mark.thorough) if one is not SSD else one for one in EVERY],
    ids=[one.key for one in EVERY],
)
def test_a_load_of_one_source_gives_figures_or_a_reason_and_never_a_figure_of_what_it_lacks(
    readings, source, tmp_path
):
    url = f"duckdb:///{tmp_path / 'case.duckdb'}"
    # Children whom a staff source alone does not know.
    lost = [table.name for table in CANONICAL]
    reasons = load(url, [readings[source.key]], SETTINGS, accept_loss=lost).not_in_source
    engine = connect(url)
    stored = read(engine, select(figure.c.metric).where(figure.c.denominator > 0).distinct())
    counted = {row.metric for row in stored}
    engine.dispose()
    declared = {key for key, metric in CATALOGUE.items() if why_not(metric, alone(source))}
    assert declared <= reasons.keys()
    assert not counted & reasons.keys()
    # What is told beside a figure is counted of tables that are there, too.
    lacks_children = {"allocation", "plan"} - {*source.tables}
    assert not (lacks_children and "caseload.unallocated" in counted)
    for key, why in reasons.items():
        assert NAMES & {*re.findall(r"\w+", why)} or "--covers-from" in why, (key, why)


def alone(source: Source) -> Together:
    return Together(source.name, (source,))


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
        whole = not any(
            place_of(need) in held.partial or (need.table in held.partial and not need.only)
            for need in metric.needs
        )
        if can:
            assert has, metric.key
        elif has and all(_is_filled(need, loaded.frames) for need in metric.needs):
            assert not whole, metric.key


def _is_filled(need: Need, frames: Mapping[str, pd.DataFrame]) -> bool:
    if need.column is None:
        return True
    values = frames[need.table][need.column]
    return bool((values == need.value).any() if need.value else values.notna().any())


def test_the_two_returns_together_give_what_neither_gives_alone():
    days = CATALOGUE["days_by_status"]
    returns = [one for one in COLUMNS if SSDA903 in one.sources or CIN_CENSUS in one.sources]
    assert [one.name for one in returns if told(days, one) == "yes"] == [BOTH_RETURNS.name]


def test_csv_files_give_every_figure_and_are_named_with_each():
    files = COLUMNS[0]
    assert all(told(metric, files) != NO for metric in CATALOGUE.values())
    assert all(files.name in given_by(metric) for metric in CATALOGUE.values())


def test_no_source_of_figures_is_without_a_column():
    assert {source.key for one in COLUMNS for source in one.sources} == {
        *(one.key for one in EVERY),
        CSV_FOLDER.key,
        SURVEY.key,
    }


def test_what_stands_beside_an_ssd_gives_what_it_never_holds():
    ssd, *extended = (one for one in COLUMNS if SSD in one.sources)
    for key in ("recorded_in_time", "caseload", "sickness", "distance_travelled"):
        metric = CATALOGUE[key]
        assert [told(metric, one) for one in (ssd, *extended)] == [NO, "yes", "yes"]
    assert "when a visit was recorded" in why_not(CATALOGUE["recorded_in_time"], ssd)
