"""A load's report: made once, kept with the others, the same as text, as JSON and on its page."""

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from childstat import main
from data_access.database import connect
from loading.kept import earlier
from loading.kept.coverage import figures_moved
from loading.kept.earlier import read_reports
from loading.kept.report import (
    IssuesOfRule,
    KeptReport,
    MetricCoverage,
    RowsOfTable,
    from_json,
)
from loading.kept.sections import sections_of
from loading.kept.summary import summary_of
from loading.loads import load
from loading.sources.csv_folder import read_csv_folder
from metrics.model import Period, Tally
from tests.databases import duckdb_file
from tests.loading import dirty
from tests.worlds import SETTINGS

FIRST_DAY, SECOND_DAY = date(2016, 10, 24), date(2016, 10, 31)
VISITS = 12


def tables() -> dict[str, list[dict]]:
    """A good extract whose visits have no recording date; K1 has a visit in each month."""
    made = dirty.tables()
    visit = made["visit"][0] | {"recorded_on": None}
    made["visit"] = [
        visit | {"visit_id": f"V{number}", "visited_on": f"2016-09-{number + 1:02}"}
        for number in range(VISITS)
    ]
    return made


def loaded(url: str, folder: Path, rows: dict[str, list[dict]], day: date, **how) -> KeptReport:
    (reading,) = read_csv_folder(dirty.csv_folder(folder, rows), day)
    report = load(url, reading, SETTINGS, **how).kept
    assert report is not None
    return report


@pytest.fixture(scope="module")
def council(tmp_path_factory) -> tuple[str, list[KeptReport]]:
    """Four loads, of which three are kept: each is about what the tests below say of it."""
    folder = tmp_path_factory.mktemp("council")
    url = duckdb_file(folder)
    first, second = tables(), tables()
    again = second["visit"][0]
    second["visit"] += [
        again | {"visit_id": "NEW", "visited_on": "2016-09-20"},
        again | {"visit_id": "LOST", "child_id": "C9"},
    ]
    without = {name: rows for name, rows in first.items() if name != "visit"}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(earlier, "REPORTS_KEPT", 3)
        return url, [
            loaded(url, folder / "1", first, FIRST_DAY),
            loaded(url, folder / "2", second, SECOND_DAY),
            loaded(url, folder / "3", second, SECOND_DAY),
            loaded(url, folder / "4", without, SECOND_DAY, accept_loss=["visit"]),
        ]


def of_table(report: KeptReport, name: str):
    (found,) = [one for one in report.rows if one.table == name]
    return found


def of_rule(report: KeptReport, rule: str):
    (found,) = [one for one in report.issues if one.rule == rule]
    return found


def test_rows_are_told_read_written_left_out_and_why_beside_the_load_before(council):
    first, second, *_ = council[1]
    assert of_table(first, "visit").written_before is None
    visit = of_table(second, "visit")
    assert (visit.read, visit.written, visit.written_before) == (VISITS + 2, VISITS + 1, VISITS)
    assert visit.left_out == {"child_in_no_table": 1}


def test_rows_that_a_team_map_adds_are_none_that_a_source_gave(council):
    posts = RowsOfTable("csv_folder", "post", 304, 310, {"unreadable": 7}, 310, added=13)
    report = replace(council[1][0], rows=(posts,))
    (row,) = sections_of(report)[0].rows
    assert row[2:5] == (304, 310, "7 unreadable; 13 more by the team map")
    first, *_ = summary_of(report)
    assert first == "304 rows read, 13 more by the team map, 310 written, 7 left out."


def test_loads_are_numbered_and_each_says_which_was_before_it(council):
    assert [(one.number, one.before) for one in council[1]] == [(1, None), (2, 1), (3, 2), (4, 3)]


def test_issues_are_counted_beside_those_of_the_load_before_and_say_who_can_mend_them(council):
    _, second, third, fourth = council[1]
    issue = of_rule(second, "child_in_no_table")
    assert (issue.mended_by, issue.table) == ("the performance team, in the extract", "visit")
    assert [
        (one.rows, one.rows_before)
        for one in (of_rule(of, "child_in_no_table") for of in (second, third, fourth))
    ] == [(1, 0), (1, 1), (0, 1)]


def test_the_same_extract_again_moves_no_figure_and_loses_nothing(council):
    again = council[1][2]
    assert again.figures_moved == ()
    assert again.tables_gone == ()
    assert all(one.written == one.written_before for one in again.rows)


def test_a_metric_that_is_counted_no_more_is_told_and_so_is_its_table(council):
    last = council[1][3]
    (seen,) = [one for one in last.coverage if one.metric == "visits_out_of_timescale"]
    assert (seen.had_figures, seen.has_figures) == (True, False)
    assert "visit.csv" in seen.why_not
    assert last.tables_gone == ("visit",)


def test_open_children_without_a_visit_are_told_and_nothing_where_no_table_could_tell(council):
    first, last = council[1][0], council[1][3]
    assert sum(one.children for one in first.open_children) > 0
    assert {one.no_visit is None for one in first.open_children} == {False}
    assert {one.no_visit for one in last.open_children} == {None}


def test_the_reports_of_the_last_loads_are_kept_as_they_were_and_no_more(council):
    url, (_, *kept) = council
    engine = connect(url)
    try:
        assert read_reports(engine) == kept
    finally:
        engine.dispose()


def test_a_report_of_an_earlier_version_that_told_less_can_be_read(council):
    whole = council[1][0].as_json()
    told = {name: whole[name] for name in ("number", "taken_at", "data_to", "sources")}
    assert from_json({**told, "no_longer_told": 1}).rows == ()


def test_a_figure_that_is_not_what_it_was_is_told_by_the_month_that_moved_most():
    june, july = (("sickness", Period(2016, month)) for month in (6, 7))
    before = {june: Tally(4, 100), july: Tally(4, 100)}
    now = {june: Tally(5, 100), july: Tally(9, 100)}
    (moved,) = figures_moved(now, before, date(2016, 7, 31))
    assert (moved.moved, moved.months, moved.month) == (2, 2, "2016-07")
    # The month that had not ended was still to change.
    (moved,) = figures_moved(now, before, date(2016, 7, 30))
    assert (moved.moved, moved.months, moved.month) == (1, 1, "2016-06")
    assert moved.before != moved.now
    assert figures_moved(before, before, date(2016, 7, 31)) == ()


def test_what_is_added_up_in_another_order_has_not_moved():
    june = ("sickness", Period(2016, 6))
    before, now = {june: Tally(0.1 + 0.2, 100)}, {june: Tally(0.3, 100)}
    assert before != now
    assert figures_moved(now, before, date(2016, 7, 31)) == ()


def test_a_load_that_brought_less_says_so_first():
    less = KeptReport(
        2,
        datetime(2016, 10, 31, 9),
        ("csv_folder",),
        SECOND_DAY,
        before=1,
        rows=(RowsOfTable("csv_folder", "visit", 70, 69, {"unreadable": 1}, 100),),
        coverage=(
            MetricCoverage("sickness", "Sickness", months=19, had_figures=True, months_before=127),
            MetricCoverage("caseload", "Caseload", months=31, had_figures=True, months_before=31),
        ),
        issues=(IssuesOfRule("whoever", "fewer_than_before", "visit", "warning", 1, 0),),
    )
    assert summary_of(less)[:3] == (
        "70 rows read, 69 written, 1 left out.",
        "Far fewer rows than before in visit: see that the source is whole.",
        "Fewer months have a figure than before in 1 metric.",
    )
    (covered,) = [one for one in sections_of(less) if one.key == "coverage"]
    assert [row[0] for row in covered.rows] == ["Sickness"] and "108 months fewer" in covered.rows[
        0
    ]


def run(*words: str):
    return CliRunner().invoke(main, list(words))


def test_the_command_prints_the_newest_or_the_one_that_is_asked_for(council):
    url, _ = council
    newest = run("loads", "--database", url)
    assert newest.exit_code == 0, newest.output
    assert newest.stdout.startswith("Load 4 of ")
    assert "left out: 1 child_in_no_table" in run("loads", "2", "--database", url).stdout
    refused = run("loads", "9", "--database", url)
    assert refused.exit_code == 1
    assert "There is no report of load 9: kept are 2 to 4." in refused.stderr


def test_json_holds_all_that_the_text_is_made_of(council):
    url, (_, *kept) = council
    told = json.loads(run("loads", "--database", url, "--format", "json").stdout)
    assert from_json(told) == kept[-1]
    listed = json.loads(run("loads", "--all", "--database", url, "--format", "json").stdout)
    assert [from_json(one) for one in reversed(listed)] == kept


def test_the_list_of_loads_has_a_line_of_each(council):
    lines = run("loads", "--all", "--database", council[0]).stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["Load", "4", "3", "2"]


def test_every_part_of_a_report_has_its_rows_in_its_columns(council):
    for report in council[1]:
        for section in sections_of(report):
            rows = (*section.rows, *section.usual)
            assert all(len(row) == len(section.columns) for row in rows), section.key
