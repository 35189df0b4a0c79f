"""The command that judges any file: its keys, its words, and one sentence for each mistake."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from childstat import main
from metrics.model import Period

MONTHS = Period(2016, 9).run_up(20)


@pytest.fixture
def written(tmp_path):
    def write(text: str) -> Path:
        file = tmp_path / "values.csv"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def csv_of(values: list) -> str:
    rows = [f"{month.key},{value}" for month, value in zip(MONTHS, values, strict=False)]
    return "\n".join(["month,value", *rows])


def run(file: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["spc", str(file), *words])


def test_json_is_one_object_with_the_keys_that_programs_rely_on(written):
    done = run(
        written(csv_of([9, 11] * 9 + [9, 30])),
        "--better",
        "lower",
        "--target",
        "40",
        "--format",
        "json",
    )
    found = json.loads(done.stdout)
    assert list(found) == ["points", "variation", "assurance", "sentence"]
    assert list(found["points"][0]) == ["month", "value", "mean", "lower", "upper", "rule", "point"]
    last = found["points"][-1]
    assert (last["month"], last["value"], last["rule"]) == ("2016-09", 30, "outside")
    assert (last["point"], found["variation"]) == ("concern", "concern_high")
    assert found["assurance"] == "pass"
    assert found["sentence"].startswith("30 in September 2016. Concerning: above the usual range")
    mean = (9 * 10 + 11 * 9 + 30) / 20
    assert last["mean"] == pytest.approx(mean)
    assert last["upper"] == pytest.approx(mean + 2.66 * (2 * 18 + 21) / 19)


def test_csv_has_one_line_a_month_and_missing_months_are_rows_without_a_value(written):
    done = run(
        written("value,month\n3,2016-01\n5,2016-04\n"), "--better", "higher", "--format", "csv"
    )
    assert done.stdout.splitlines() == [
        "month,value,mean,lower,upper,rule,point",
        "2016-01,3.0,,,,,",
        "2016-02,,,,,,",
        "2016-03,,,,,,",
        "2016-04,5.0,,,,,",
    ]


def test_the_table_ends_with_the_sentence_and_why(written):
    done = run(written("month,value\n2016-01,3\n"), "--better", "neither")
    assert done.stdout.splitlines()[-2:] == [
        "3 in January 2016. Only 1 month: no limits yet.",
        "A plain line: limits need 13 months.",
    ]


def test_a_latest_month_without_a_value_has_no_icon(written):
    done = run(written(csv_of([9, 11] * 9 + [30, ""])), "--better", "lower", "--format", "json")
    found = json.loads(done.stdout)
    assert found["variation"] is None
    assert found["sentence"].startswith("No data for September 2016.")


def test_run_length_screening_and_rebasing_reach_the_limits(written):
    rising = written(csv_of([9, 11] * 7 + [8, 9, 10, 11, 12, 13]))
    for length, variation in (("7", "common_cause"), ("6", "improvement_high")):
        done = run(rising, "--better", "higher", "--run-length", length, "--format", "json")
        assert json.loads(done.stdout)["variation"] == variation
    spiked = written(csv_of([9, 11] * 7 + [60, 9, 10, 11, 9, 11]))
    widths = []
    for words in ((), ("--screen",)):
        done = run(spiked, "--better", "higher", *words, "--format", "json")
        point = json.loads(done.stdout)["points"][0]
        widths.append(point["upper"] - point["mean"])
    assert widths[1] < widths[0] / 2
    done = run(rising, "--better", "higher", "--rebase", "2016-04", "--format", "json")
    points = json.loads(done.stdout)["points"]
    assert (points[13]["mean"], points[14]["mean"]) == (10, None)


@pytest.mark.parametrize(
    "month",
    ["2016-09", "2016-09-01", "01/09/2016", "09/2016", "Sep 2016", "Sep-16", "September 2016"],
)
def test_months_are_read_as_people_write_them(written, month):
    done = run(
        written(f"Month,Value,Note\n{month},3,x\n\n"), "--better", "lower", "--format", "csv"
    )
    assert done.stdout.splitlines()[1].startswith("2016-09,3.0")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty: its first row should be headings, as in 'month,value'."),
        ("month,value\n", "values.csv holds no months: put one row under the header for each."),
        ("2016-01,3\n", "row 1: there is no column 'month'; the header should be 'month,value'."),
        ("month,rate\n2016-01,3\n", "row 1: there is no column 'value'; the header"),
        (
            "month,value\n2016-01,3\n2016-02,4\nJan 2016,5\n",
            "values.csv, row 4: January 2016 is in row 2 already; keep one.",
        ),
        ("month,value\n2016-01,3\n2016-13,4\n", "row 3: '2016-13' is not a month; write it as"),
        ("month,value\n,3\n", "row 2: the month is missing; write it as 2016-09."),
        ("month,value\n2016-01,three\n", "row 2: 'three' is not a number; leave it blank if"),
        ("month,value\n2016-01,31%\n", "row 2: '31%' is not a number; leave it blank if"),
        ("month,value\n2016-01,inf\n", "row 2: 'inf' is not a number; leave it blank if"),
        ("month,value\n2016-01,1e300\n", "row 2: '1e300' is not a number that can be drawn."),
        ("month,value\n0216-01,3\n2016-01,3\n", "is one of them mistyped?"),
    ],
)
def test_a_file_that_can_t_be_read_is_one_sentence_with_its_row(written, text, said):
    done = run(written(text), "--better", "higher")
    assert done.exit_code == 1
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


def test_a_file_that_is_not_text_is_one_sentence(tmp_path):
    file = tmp_path / "values.csv"
    file.write_bytes(b"month,value\n2016-01,\xa33\n")
    done = run(file, "--better", "higher")
    assert (done.exit_code, len(done.stderr.splitlines())) == (1, 1)
    assert "values.csv, row 2: '£3' is not a number" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--rebase", "2019-01"),
            "--rebase 2019-01: the file runs from February 2015 to September",
        ),
        (("--rebase", "spring"), "'spring' is not a month: write it as 2016-09."),
        (("--target", "nan"), "not a number that can be drawn"),
        (("--run-length", "3"), "6<=x<=9"),
        (("--format", "xml"), "'xml' is not one of"),
    ],
)
def test_wrong_use_is_status_2(written, words, said):
    done = run(written(csv_of([9, 11] * 10)), "--better", "lower", *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_which_way_is_better_must_be_said(written):
    done = run(written(csv_of([9, 11] * 10)))
    assert done.exit_code == 2
    assert "--better" in done.stderr


def test_a_file_that_is_not_there(tmp_path):
    done = run(tmp_path / "none.csv", "--better", "lower")
    assert done.exit_code == 2
    assert "does not exist" in done.stderr
