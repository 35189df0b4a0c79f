"""Returns loaded whole, alone: what is counted of them, and what is said to be lacking."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from childstat import main
from data_access.database import connect, read
from data_access.load_info import read_load
from data_access.schema import metadata
from tests.loading.returns.files import child, cin_census, episode, ssda903
from tests.loading.returns.test_cin_census import WHOLE

HEADER = [
    {"CHILD": "K1", "SEX": "1", "DOB": "14/05/2009", "ETHNIC": "WBRI"},
    {"CHILD": "K2", "SEX": "2", "DOB": "24/05/2011", "ETHNIC": "WBRI"},
]
EPISODES = [episode("K1", "2015-05-13", DEC="2016-01-20", REC="E4A"), episode("K2", "2015-08-24")]
REVIEWS = [{"CHILD": "K2", "DOB": "24/05/2011", "REVIEW": "15/09/2015", "REVIEW_CODE": "PN1"}]


def run(*words: object) -> str:
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def url(duckdb_url: str) -> str:
    return duckdb_url


def of_903(folder: Path) -> Path:
    return ssda903(folder / "903", header=HEADER, episodes=EPISODES, reviews=REVIEWS)


def of_census(folder: Path) -> Path:
    return cin_census(folder / "cin.xml", [child("K1", WHOLE), child("K3", WHOLE)])


def counted(url: str, key: str, month: date) -> float | None:
    table = metadata.tables["figure"]
    engine = connect(url)
    rows = read(engine, table.select().where(table.c.metric == key, table.c.unit_id == "*"))
    engine.dispose()
    return next((row.numerator for row in rows if row.month == month), None)


def not_in_source(url: str) -> dict[str, str]:
    engine = connect(url)
    load = read_load(engine)
    engine.dispose()
    return dict(load.not_in_source)


def test_ssda903_files_give_who_is_looked_after(tmp_path, url):
    output = run("load", "ssda903", of_903(tmp_path), "--into", url)
    assert "plan                   read        2  written        2" in output
    assert "The data cover all days to 2016-03-31" in output
    looked_after = [counted(url, "children_looked_after", date(2015, m, 1)) for m in (5, 8, 12)]
    assert looked_after == [1, 2, 2]
    assert counted(url, "children_looked_after", date(2016, 1, 1)) == 1
    assert counted(url, "returned_home", date(2016, 1, 1)) == 1


def test_a_children_in_need_census_gives_cases_and_plans(tmp_path, url):
    run("load", "cin-census", of_census(tmp_path), "--into", url)
    assert counted(url, "children_on_cp_plan", date(2015, 12, 1)) == 2
    assert counted(url, "assessments_in_45_days", date(2015, 7, 1)) == 2
    assert counted(url, "icpc_in_15_days", date(2015, 7, 1)) == 2
    assert counted(url, "closed", date(2016, 2, 1)) == 2


def test_added_returns_stay_beside_each_other_and_a_return_takes_its_own_place(tmp_path, url):
    run("load", "ssda903", of_903(tmp_path), "--into", url)
    assert "children_on_cp_plan" in not_in_source(url)
    run("load", "cin-census", of_census(tmp_path), "--into", url, "--add")
    both = not_in_source(url)
    assert not {"children_looked_after", "children_on_cp_plan", "days_by_status"} & both.keys()
    assert counted(url, "children_looked_after", date(2015, 8, 1)) == 2
    assert counted(url, "children_on_cp_plan", date(2015, 12, 1)) == 2
    run("load", "ssda903", of_903(tmp_path), "--into", url, "--add")
    assert counted(url, "children_looked_after", date(2015, 8, 1)) == 2
    assert not_in_source(url) == both
