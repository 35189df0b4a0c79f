"""A survey goes into the database beside what stands, and takes the place of itself alone."""

from datetime import date, datetime

import pytest
from sqlalchemy import func, insert, select

from data_access import schema
from data_access.code_sets.survey_questions import SHIPPED
from data_access.database import connect, read, rebuild
from data_access.problems import Problem
from loading.loads import load
from loading.surveys.form import Form, Wave
from loading.surveys.known import known_at
from loading.surveys.reader import read_survey
from tests.databases import duckdb_file
from tests.worlds import SETTINGS, World

FIRST, SECOND = date(2015, 9, 21), date(2016, 9, 19)
FORM = Form(SHIPPED["staff"])


@pytest.fixture
def council(tmp_path) -> str:
    """A database of one unit, one child and one question of its own."""
    world = World().add("unit", unit_id="U1", name="Unit 1", kind="segmented")
    world.add("child", child_id="K1", restricted=False)
    said = {"child_id": "K1", "started_on": date(2016, 8, 1)}
    world.add("plan", kind="CIN", **said).add("allocation", lead=True, unit_id="U1", **said)
    own = {"survey": "staff", "question": "parking", "words": "I can park", "reversed": False}
    world.add("survey_question", **own)
    told = {"source": "test", "taken_at": datetime(2016, 10, 3), "rows_json": "{}"}
    world.add("source_load", load_id="1", data_to=date(2016, 9, 30), **told)
    url = duckdb_file(tmp_path)
    with rebuild(url) as connection:
        for name, rows in world.rows.items():
            connection.execute(insert(schema.metadata.tables[name]), world.of(name))
            assert rows
    return url


def added(url, folder, first_day: date, answers: list[str]):
    path = folder / "export.csv"
    path.write_text("\n".join(["enough_time_families", *answers]), encoding="utf-8")
    reading = read_survey([path], Wave("staff", first_day), FORM)
    return load(url, reading, SETTINGS, add=True)


def found(url: str, query) -> list[tuple]:
    engine = connect(url)
    try:
        return [tuple(row) for row in read(engine, query)]
    finally:
        engine.dispose()


def waves(url: str) -> dict[str, int]:
    wave = schema.survey_response.c.survey_wave_id
    return dict(found(url, select(wave, func.count()).group_by(wave)))


def test_a_wave_stands_beside_others_and_takes_its_own_place(council, tmp_path):
    added(council, tmp_path, FIRST, ["agree"] * 5 + ["who knows"])
    report = added(council, tmp_path, SECOND, ["agree"] * 12)
    assert waves(council) == {"staff-2015-09-21": 5, "staff-2016-09-19": 12}
    assert [issue.row_key for issue in report.issues if issue.rule == "unreadable"] == [
        "staff-2015-09-21:6:enough_time_families"
    ]
    corrected = added(council, tmp_path, FIRST, ["agree"] * 6)
    assert waves(council) == {"staff-2015-09-21": 6, "staff-2016-09-19": 12}
    assert "unreadable" not in {issue.rule for issue in corrected.issues}
    assert corrected.data_to == date(2016, 9, 30)
    assert found(council, select(func.count()).select_from(schema.plan)) == [(1,)]
    figure = schema.figure.c
    of_service = select(figure.month, figure.numerator, figure.denominator).where(
        figure.metric == "survey_positive", figure.unit_id == "*", figure.denominator > 0
    )
    counted = {month.isoformat(): numbers for month, *numbers in found(council, of_service)}
    assert counted["2016-09-01"] == [12, 12]


@pytest.mark.usefixtures("nothing_is_counted")
def test_a_file_of_which_most_is_not_understood_replaces_nothing(council, tmp_path):
    added(council, tmp_path, SECOND, ["agree"] * 12)
    with pytest.raises(Problem, match=r"nothing was replaced.*row 2, column 'enough_time_fam"):
        added(council, tmp_path, SECOND, ["oui"] * 12)
    with pytest.raises(Problem, match="2 rows for 12 in the load before"):
        added(council, tmp_path, SECOND, ["agree"] * 2)
    assert waves(council) == {"staff-2016-09-19": 12}


@pytest.mark.usefixtures("nothing_is_counted")
def test_what_the_database_knows_is_known_when_a_survey_is_read(council, tmp_path):
    added(council, tmp_path, SECOND, ["agree"])
    known = known_at(council, "staff")
    assert (known.questions[-1].code, known.questions[-1].words) == ("parking", "I can park")
    assert len(known.questions) == 26
    assert known.units == {"u1": "U1", "unit 1": "U1"}
    assert known.waves == {"staff-2016-09-19"}
    with pytest.raises(Problem, match="a survey is added to what stands: load the source"):
        known_at(duckdb_file(tmp_path), "staff")
