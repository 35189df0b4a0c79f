"""The last day that the data cover, against the dates that the data hold."""

from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from childstat import main
from data_access.london import today
from loading.checks.checks import find_issues, mend
from loading.checks.last_day import CHECKS
from loading.sources.csv_folder import read_csv_folder
from tests.loading import dirty
from tests.loading.test_checks import AS_AT, SETTINGS, fill

LATEST = AS_AT - timedelta(35)


def told(connection, as_at: date, *days: date) -> list[tuple[str, str]]:
    """What is said of the last day where visits were made on these days, and nothing else."""
    visits = [("visit", {"visit_id": f"V{n}", "visited_on": day}) for n, day in enumerate(days)]
    fill(connection, ("time_record", {"worked_on": date(2016, 9, 1)}), *visits)
    rules = {check.rule for check in CHECKS}
    issues = find_issues(connection, SETTINGS, as_at)
    assert all((i.table_name, i.row_key) == ("source_load", "data_to") for i in issues
               if i.rule in rules)  # fmt: skip
    return [(issue.rule, issue.message) for issue in issues if issue.rule in rules]


def test_one_date_after_the_last_day_is_told_of_its_row_alone(connection):
    assert told(connection, AS_AT, AS_AT, AS_AT + timedelta(1)) == []


def test_several_dates_after_the_last_day_may_be_right_and_the_day_wrong(connection):
    after = [AS_AT + timedelta(days) for days in (0, 1, 9)]
    ((rule, said),) = told(connection, AS_AT, *after)
    assert rule == "dates_after_the_last_day"
    assert said.startswith(
        "2 dates of what has happened, from 1 November 2016 to 9 November 2016, lie after 31"
        " October 2016, the last day"
    )
    assert "--data-to" in said


def test_dates_after_the_last_day_are_told_before_their_rows_are_left_out(connection):
    visits = [("visit", {"visit_id": f"V{n}", "visited_on": date(2016, 11, n)}) for n in (1, 2)]
    fill(connection, *visits)
    rules = [issue.rule for issue, _ in mend(connection, SETTINGS, AS_AT)]
    future = ["visit_in_the_future", "visit_in_the_future"]
    assert rules == ["dates_after_the_last_day", *future, "detail_of_no_visit"]


def made_up_to(latest: date, days: int) -> list[date]:
    return [latest - timedelta(n) for n in range(days)]


# The good rows have eighteen dates before the visits below; the rest is up to each test.
@pytest.mark.parametrize(
    ("days", "is_told"),
    [
        (made_up_to(LATEST, 40), True),
        # One date: the last day itself, or another, however many rows lie on it.
        ([*made_up_to(LATEST, 40), AS_AT], True),
        ([*made_up_to(LATEST, 40), AS_AT, AS_AT], True),
        ([*made_up_to(LATEST, 40), AS_AT, AS_AT - timedelta(1)], False),
        ([*made_up_to(LATEST + timedelta(2), 40)], False),
        # Of so few dates nobody can say that they come to an end.
        (made_up_to(LATEST, 1), False),
    ],
)
def test_a_last_day_long_after_the_data_or_on_one_date_alone_is_in_doubt(connection, days, is_told):
    far = AS_AT + timedelta(366)
    shift = far - AS_AT
    issues = told(connection, far, *(day + shift for day in days))
    assert [rule for rule, _ in issues] == ["last_day_in_doubt"] * is_told
    assert all("the latest date before is 27 September 2017" in said for _, said in issues)


def test_when_a_visit_was_recorded_says_nothing_of_the_last_day(connection):
    entered = [
        ("visit", {"visit_id": f"W{n}", "visited_on": LATEST - timedelta(n),
                   "recorded_on": AS_AT - timedelta(n)})
        for n in range(30)
    ]  # fmt: skip
    fill(connection, ("plan", {"started_on": date(2016, 5, 20)}),
         ("visit", {"visited_on": date(2016, 9, 1)}),
         ("time_record", {"worked_on": date(2016, 9, 1)}),
         ("absence", {"first_day": date(2016, 9, 1)}),
         ("complaint", {"received_on": date(2016, 9, 1)}), *entered)  # fmt: skip
    assert "last_day_in_doubt" in {one.rule for one in find_issues(connection, SETTINGS, AS_AT)}


def run(*words: str) -> str:
    result = CliRunner().invoke(main, list(words))
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.usefixtures("nothing_is_counted")
def test_a_load_and_a_check_say_where_the_last_day_is_from_and_how_to_give_another(
    duckdb_url, tmp_path
):
    folder = str(dirty.csv_folder(tmp_path / "extract", dirty.tables()))
    said = (
        "The data cover all days to 2016-10-31: as source_load.csv says. Say another by --data-to,"
        " where that is not so."
    )
    assert said in run("load", "csv", folder, "--into", duckdb_url)
    assert said in run("check", "--database", duckdb_url)
    worker = {"SWENo": "SW1", "RoleStartDate": "2015-01-05", "FTE": "1", "AgencyWorker": "0"}
    census = str(dirty.census(tmp_path / "census.xml", [worker], year="2017"))
    # A return of workers adds no day, and no word of its own.
    assert said in run("load", "workforce-census", census, "--into", duckdb_url, "--add")
    assert said in run("check", "--database", duckdb_url)
    given = run("load", "csv", folder, "--into", duckdb_url, "--data-to", "2016-11-05")
    assert "The data cover all days to 2016-11-05: as --data-to says.\n" in given


def test_a_folder_that_names_no_last_day_says_that_today_was_taken(tmp_path):
    content = dirty.tables()
    del content["source_load"]
    (reading,) = read_csv_folder(dirty.csv_folder(tmp_path / "extract", content))
    assert (reading.data_to, reading.data_to_from) == (
        today(),
        "today, as neither --data-to nor source_load.csv says another day",
    )


@pytest.mark.parametrize(("days_ahead", "rules"), [(0, []), (1, ["last_day_to_come"])])
def test_a_last_day_that_is_still_to_come_is_told_and_today_is_not(connection, days_ahead, rules):
    found = told(connection, today() + timedelta(days_ahead))
    assert [rule for rule, _ in found] == rules
    assert all("visits that fall due until then count as not made" in said for _, said in found)
