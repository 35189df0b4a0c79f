"""SSDA903 files: periods of care, placements and reviews."""

from datetime import date

import pytest

from data_access.problems import Problem
from loading.sources.returns.ssda903.reader import read_ssda903
from tests.loading.returns.files import episode, ssda903

KIT = {"CHILD": "K1", "SEX": "1", "DOB": "04/05/2009", "ETHNIC": "WBRI"}


def read(folder, *episodes, **lists):
    usual = {"header": [KIT], "episodes": episodes}
    return read_ssda903([ssda903(folder / "2016", **usual | lists)])


def rows(reading, table: str) -> list[dict]:
    frame = reading.frames.get(table)
    return [] if frame is None else frame.to_dict("records")


def plans(reading) -> list[tuple]:
    names = ("started_on", "ended_on", "end_reason", "legal_status")
    return [tuple(row[name] for name in names) for row in rows(reading, "plan")]


def told(reading) -> list:
    """The issues, but for days of these few rows that could be read in two orders."""
    return [issue for issue in reading.issues if issue.rule != "read_with_doubt"]


def rules(reading) -> list[str]:
    return [issue.rule for issue in told(reading)]


def test_episodes_without_a_day_between_them_are_one_period_with_its_placements(tmp_path):
    reading = read(
        tmp_path,
        episode("K1", "2015-05-01", DEC="2015-06-01", REC="X1", PLACE="U6"),
        episode("K1", "2015-06-01", "L", DEC="2015-09-01", REC="X1", PLACE="U6", LS="C1"),
        episode("K1", "2015-09-01", "P", DEC="2016-01-10", REC="E4A", LS="C2"),
    )
    assert plans(reading) == [(date(2015, 5, 1), date(2016, 1, 10), "E4A", "C2")]
    placed = [
        (row["started_on"], row["ended_on"], row["kind"], row["long_term"])
        for row in rows(reading, "placement")
    ]
    assert placed == [
        (date(2015, 5, 1), date(2015, 9, 1), "U6", False),
        (date(2015, 9, 1), date(2016, 1, 10), "U4", True),
    ]
    assert rules(reading) == []


@pytest.mark.parametrize("reason", ["E4A", "E4B", "E13", "E45", "E8", "E17"])
def test_the_reason_for_which_care_ceased_is_kept(tmp_path, reason):
    reading = read(tmp_path, episode("K1", "2015-05-01", DEC="2015-06-01", REC=reason))
    assert plans(reading)[0][2] == reason


def test_care_that_begins_again_is_a_period_of_its_own(tmp_path):
    reading = read(
        tmp_path,
        episode("K1", "2015-05-01", DEC="2015-06-01", REC="E4A"),
        episode("K1", "2015-08-01"),
    )
    assert [one[:2] for one in plans(reading)] == [
        (date(2015, 5, 1), date(2015, 6, 1)),
        (date(2015, 8, 1), None),
    ]


def test_x1_allows_the_next_episode_to_begin_a_day_later(tmp_path):
    reading = read(
        tmp_path,
        episode("K1", "2015-05-01", DEC="2015-06-01", REC="X1"),
        episode("K1", "2015-06-02", "P"),
    )
    assert len(plans(reading)) == 1
    assert rules(reading) == []


@pytest.mark.parametrize(
    ("ended", "reason", "goes_on"),
    [
        ("2015-06-03", "X1", "2015-06-05"),
        ("2015-06-04", "", "2015-06-05"),
        ("2015-06-05", "E4A", "2015-06-05"),
    ],
)
def test_an_episode_that_goes_on_from_none_is_said_and_the_one_before_has_ended(
    tmp_path, ended, reason, goes_on
):
    reading = read(
        tmp_path,
        episode("K1", "2015-05-01", DEC=ended, REC=reason),
        episode("K1", goes_on, "P"),
    )
    assert [one[:2] for one in plans(reading)] == [
        (date(2015, 5, 1), date.fromisoformat(ended)),
        (date.fromisoformat(goes_on), None),
    ]
    assert rules(reading) == ["episodes_apart"]
    assert "row 3" in told(reading)[0].message


def test_x1_before_a_start_of_care_or_a_short_break_is_no_care_that_goes_on(tmp_path):
    ended = {"DEC": "2015-06-01", "REC": "X1"}
    anew = read(
        tmp_path / "a", episode("K1", "2015-05-01", **ended), episode("K1", "2015-06-01", "S")
    )
    assert [one[1] for one in plans(anew)] == [date(2015, 6, 1), None]
    assert rules(anew) == ["episodes_apart"]
    breaks = read(
        tmp_path / "b",
        episode("K1", "2015-05-01", **ended),
        episode("K1", "2015-06-01", "L", LS="V4"),
    )
    assert [one[1] for one in plans(breaks)] == [date(2015, 6, 1)]
    assert rules(breaks) == ["short_break"]


@pytest.mark.parametrize("why", ["P", "S"])
def test_care_ends_with_the_last_of_its_episodes_to_end_and_it_is_said(tmp_path, why):
    reading = read(
        tmp_path,
        episode("K1", "2015-05-01", DEC="2015-11-01", REC="E4A"),
        episode("K1", "2015-06-01", why, DEC="2015-07-01", REC="X1"),
    )
    assert [one[:3] for one in plans(reading)] == [(date(2015, 5, 1), date(2015, 11, 1), "E4A")]
    (issue,) = told(reading)
    assert issue.rule == "episode_runs_on"
    assert "row 2" in issue.message and "2015-06-01" in issue.message
    placed = [row["ended_on"] for row in rows(reading, "placement")]
    assert placed == [date(2015, 11, 1), date(2015, 7, 1)]


def test_care_goes_on_from_an_episode_within_which_another_lay(tmp_path):
    reading = read(
        tmp_path,
        episode("K1", "2015-05-01", DEC="2015-11-01", REC="X1"),
        episode("K1", "2015-06-01", "L", DEC="2015-07-01", REC="X1", LS="C1"),
        episode("K1", "2015-11-01", "P", LS="C2"),
    )
    assert plans(reading) == [(date(2015, 5, 1), None, None, "C2")]
    assert rules(reading) == ["episode_runs_on"]
    placed = [(row["started_on"], row["ended_on"]) for row in rows(reading, "placement")]
    assert placed == [(date(2015, 5, 1), date(2015, 11, 1)), (date(2015, 11, 1), None)]


def test_an_episode_left_open_under_one_that_ended_care_has_ended(tmp_path):
    reading = read(
        tmp_path,
        episode("K1", "2015-05-01"),
        episode("K1", "2015-06-01", "P", DEC="2015-07-01", REC="E4A"),
    )
    assert plans(reading) == [(date(2015, 5, 1), date(2015, 7, 1), "E4A", "V2")]
    assert rules(reading) == ["episode_not_ended"]


def test_episodes_that_begin_on_one_day_are_one_period(tmp_path):
    reading = read(
        tmp_path,
        episode("K1", "2015-05-01", DEC="2015-05-01", REC="E4A"),
        episode("K1", "2015-05-01"),
    )
    assert plans(reading) == [(date(2015, 5, 1), None, None, "V2")]


def test_whose_care_began_before_the_first_episode_is_said_and_the_start_is_not_whole(tmp_path):
    reading = read(tmp_path, episode("K1", "2014-02-01", "P"))
    (issue,) = told(reading)
    assert issue.rule == "care_began_before"
    assert "row 2" in issue.message
    assert "plan.started_on" in reading.partial
    assert "plan.started_on" not in read(tmp_path, episode("K1", "2014-02-01")).partial


def test_short_breaks_are_left_out_and_the_care_after_them_has_a_known_start(tmp_path):
    reading = read(
        tmp_path,
        episode("K1", "2015-05-01", DEC="2015-06-01", REC="X1", LS="V4"),
        episode("K1", "2015-06-01", "L", LS="C2"),
    )
    assert plans(reading) == [(date(2015, 6, 1), None, None, "C2")]
    assert reading.left_out == {"plan": {"short_break": 1}}
    assert rules(reading) == ["short_break"]


def test_an_episode_that_is_not_ended_ends_with_the_next_and_is_said(tmp_path):
    reading = read(tmp_path, episode("K1", "2015-05-01"), episode("K1", "2015-06-01", "P"))
    assert len(plans(reading)) == 1
    assert rows(reading, "placement")[0]["ended_on"] == date(2015, 6, 1)
    assert rules(reading) == ["episode_not_ended"]


def test_x1_with_nothing_after_it_is_care_that_goes_on_and_is_said(tmp_path):
    reading = read(tmp_path, episode("K1", "2015-05-01", DEC="2016-03-31", REC="X1"))
    assert plans(reading) == [(date(2015, 5, 1), None, None, "V2")]
    assert rules(reading) == ["nothing_after_x1"]


def test_a_return_holds_its_year_to_31_march(tmp_path):
    reading = read(tmp_path, episode("K1", "2015-05-01", DEC="2016-02-10", REC="E4A"))
    assert (reading.data_from, reading.data_to) == (date(2015, 4, 1), date(2016, 3, 31))
    assert "the end of the year" in reading.data_to_from


def test_a_review_is_of_a_looked_after_child_and_was_held(tmp_path):
    held = [{"CHILD": "K1", "DOB": "04/05/2009", "REVIEW": "01/07/2015", "REVIEW_CODE": "PN1"}]
    reading = read(tmp_path, episode("K1", "2015-05-01"), reviews=held)
    (review,) = rows(reading, "review")
    assert (review["kind"], review["held_on"], review["cancelled"]) == (
        "CLA",
        date(2015, 7, 1),
        False,
    )


def test_when_a_child_was_missing_is_kept_and_one_who_was_not_found_is_missing_still(tmp_path):
    away = {"CHILD": "K1", "DOB": "04/05/2009", "MISSING": "M", "MIS_START": "13/07/2015"}
    later = {"MISSING": "A", "MIS_START": "20/02/2016", "MIS_END": ""}
    missing = [away | {"MIS_END": "14/07/2015"}, away | later]
    reading = read(tmp_path, episode("K1", "2015-05-01"), missing=missing)
    told_of = [
        (row["child_id"], row["kind"], row["started_on"], row["ended_on"])
        for row in rows(reading, "missing_episode")
    ]
    assert told_of == [
        ("K1", "M", date(2015, 7, 13), date(2015, 7, 14)),
        ("K1", "A", date(2016, 2, 20), None),
    ]
    assert rules(reading) == []


def test_who_was_missing_when_a_return_ended_is_as_the_next_return_says(tmp_path):
    away = {"CHILD": "K1", "MISSING": "M", "MIS_START": "20/03/2015"}
    folders = both_years(tmp_path, [episode("K1", "2014-06-01")], [episode("K1", "2014-06-01")])
    ssda903(folders[1], missing=[away])
    ssda903(folders[0], missing=[away | {"MIS_END": "02/04/2015"}])
    (row,) = rows(read_ssda903(folders), "missing_episode")
    assert row["ended_on"] == date(2015, 4, 2)


def test_a_child_whom_the_header_lacks_is_there_from_the_episodes(tmp_path):
    reading = read(tmp_path, episode("K1", "2015-05-01"), episode("K2", "2015-05-01"))
    children = rows(reading, "child")
    assert [row["child_id"] for row in children] == ["K1", "K2"]
    assert (children[0]["born_on"], children[0]["sex"]) == (date(2009, 5, 4), "M")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"DECOM": "31/02/2015"}, "column DECOM"),
        ({"DECOM": ""}, "DECOM is empty"),
        ({"CHILD": ""}, "CHILD is empty"),
    ],
)
def test_an_episode_without_what_it_needs_is_left_out_by_file_row_and_column(tmp_path, wrong, says):
    reading = read(tmp_path, episode("K1", "2015-05-01"), episode("K2", "2015-05-13") | wrong)
    assert len(rows(reading, "plan")) == 1
    (issue,) = told(reading)
    assert "2016/SSDA903_episodes.csv, row 3" in issue.message
    assert says in issue.message
    assert sum(reading.sheets["2016/SSDA903_episodes.csv"]["left_out"].values()) == 1


def test_a_code_that_is_none_is_left_empty_and_said(tmp_path):
    reading = read(tmp_path, episode("K1", "2015-05-01", LS="Q9"))
    assert plans(reading)[0][3] is None
    assert rules(reading) == ["unknown_code"]
    assert "column LS" in told(reading)[0].message


def test_files_that_no_figure_needs_are_passed_over_in_silence_and_others_are_said(tmp_path):
    ssda903(tmp_path / "2016", uasc=[{"CHILD": "K1", "DUC": "01/01/2020"}])
    (tmp_path / "2016" / "notes.csv").write_text("Who,What\nme,this\n")
    reading = read(tmp_path, episode("K1", "2015-05-01"))
    assert rules(reading) == ["unknown_file"]


def test_a_folder_without_episodes_is_refused(tmp_path):
    with pytest.raises(Problem, match="no file of episodes"):
        read_ssda903([ssda903(tmp_path / "2016", header=[KIT])])


def test_two_files_of_one_list_are_refused_with_both_names(tmp_path):
    folder = ssda903(tmp_path / "2016", episodes=[episode("K1", "2015-05-01")])
    (folder / "a.csv").write_bytes((folder / "SSDA903_episodes.csv").read_bytes())
    with pytest.raises(Problem, match=r"SSDA903_episodes.csv and a.csv|a.csv and SSDA903"):
        read_ssda903([folder])


def both_years(tmp_path, first, second):
    return [
        ssda903(tmp_path / "2016", header=[KIT], episodes=first),
        ssda903(tmp_path / "2015", header=[KIT], episodes=second),
    ]


def test_of_two_years_an_episode_is_as_the_later_says_and_history_is_of_both(tmp_path):
    of_2016 = [
        episode("K1", "2014-06-01", DEC="2015-07-01", REC="X1"),
        episode("K1", "2015-07-01", "P", DEC="2016-01-10", REC="E4A"),
    ]
    reading = read_ssda903(both_years(tmp_path, of_2016, [episode("K1", "2014-06-01")]))
    assert [one[:3] for one in plans(reading)] == [(date(2014, 6, 1), date(2016, 1, 10), "E4A")]
    assert (reading.data_from, reading.data_to) == (date(2014, 4, 1), date(2016, 3, 31))


def test_an_open_episode_that_the_next_year_lacks_ended_with_its_own_and_is_said(tmp_path):
    of_2016 = [episode("K2", "2015-06-01")]
    reading = read_ssda903(both_years(tmp_path, of_2016, [episode("K1", "2014-06-01")]))
    assert plans(reading)[0][:3] == (date(2014, 6, 1), date(2015, 4, 1), None)
    assert rules(reading) == ["gone_from_the_next_return"]


def test_two_returns_of_one_year_are_refused(tmp_path):
    one, other = [episode("K1", "2015-06-01")], [episode("K2", "2015-07-01")]
    with pytest.raises(Problem, match="both of the year to 2016-03-31"):
        read_ssda903(both_years(tmp_path, one, other))
