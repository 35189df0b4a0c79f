"""The children's social work workforce census."""

from datetime import date

import pytest

from data_access.problems import Problem
from loading.sources.workforce_census import read_workforce_census
from tests.left_out import BESIDE, needs
from tests.loading import dirty

REAL = BESIDE / "reference" / "workforce" / "social_work_workforce_2022.xml"


def read(path, *workers, year="2016", **options):
    return read_workforce_census(dirty.census(path / "csww.xml", workers, year), **options)


def posts(reading) -> list[dict]:
    return reading.frames["post"].to_dict("records")


def test_a_worker_in_post_is_a_worker_and_a_post(tmp_path):
    reading = read(tmp_path, dirty.ASH)
    (post,) = posts(reading)
    assert post["fte"] == 0.8
    assert (post["agency"], post["newly_qualified"]) == (False, False)
    assert (post["role"], post["unit_id"]) == ("social_worker", "NOT_IN_SOURCE")
    assert (post["started_on"], post["ended_on"]) == (date(2014, 1, 6), None)
    (worker,) = reading.frames["worker"].to_dict("records")
    assert worker["registration_no"] == "SW1"
    assert reading.data_to == date(2016, 9, 30)


def test_the_last_day_in_post_is_still_in_post(tmp_path):
    (post,) = posts(read(tmp_path, dirty.ASH | {"RoleEndDate": "2016-02-29"}))
    assert post["ended_on"] == date(2016, 3, 1)


@pytest.mark.parametrize(
    ("code", "role"),
    [(1, "team_manager"), (3, "team_manager"), (4, "senior_practitioner"), (5, "social_worker"),
     (6, "social_worker"), ("", "other")],
)  # fmt: skip
def test_a_role_s_code_is_a_role(tmp_path, code, role):
    assert posts(read(tmp_path, dirty.ASH | {"OrgRole": code}))[0]["role"] == role


def test_origin_1_is_newly_qualified(tmp_path):
    assert posts(read(tmp_path, dirty.ASH | {"StartOrigin": 1}))[0]["newly_qualified"] is True


def test_a_leaver_without_fte_is_said_and_counts_in_no_denominator(tmp_path):
    leaver = dirty.ASH | {"FTE": 0, "FTE30": 0.6, "RoleEndDate": "2016-08-31"}
    reading = read(tmp_path, leaver)
    assert posts(reading)[0]["fte"] == 0
    assert [issue.rule for issue in reading.issues] == ["not_a_worker_in_post"]


def test_why_a_leaver_left_and_where_to_is_read_and_a_wrong_code_is_said(tmp_path):
    leaver = dirty.ASH | {"RoleEndDate": "2016-08-31", "ReasonLeave": 1, "LeaverDestination": 3}
    (post,) = posts(read(tmp_path, leaver))
    assert (post["leaving_reason"], post["leaving_to"]) == ("1", "3")
    reading = read(tmp_path, leaver | {"ReasonLeave": 77})
    assert posts(reading)[0]["leaving_reason"] is None
    (issue,) = reading.issues
    assert issue.rule == "unknown_code"
    assert "ReasonLeave" in issue.message and "it is left empty" in issue.message


def test_the_census_s_one_number_of_vacancies_makes_no_months_of_them(tmp_path):
    reading = read(tmp_path, dirty.ASH)
    assert "vacancy" not in reading.frames
    assert "one number of vacancies" in reading.lacks["vacancy"]


def test_a_post_without_a_start_is_left_out_and_said(tmp_path):
    reading = read(tmp_path, dirty.ASH | {"RoleStartDate": ""})
    assert "post" not in reading.frames
    assert [issue.rule for issue in reading.issues] == ["missing_value"]
    assert reading.left_out == {"post": {"missing_value": 1}}


def test_the_annual_sickness_rate_is_labelled_as_the_dfe_s(tmp_path):
    agency = dirty.ASH | {"SWENo": "SW9", "AgencyWorker": 1, "WorkingDaysLost": 100}
    leaver = dirty.ASH | {"SWENo": "SW8", "FTE": 0, "RoleEndDate": "2016-08-31"}
    said = read(tmp_path, dirty.ASH, agency, leaver, year="2017").published["annual_sickness"]
    assert said["numerator"] == 6 + 6
    assert said["denominator"] == 0.8 * 253
    assert said["label"] == (
        "DfE annual rate, year to 30 September 2017: days lost ÷ (year-end FTE × 253)"
    )


def test_a_leap_year_has_254_working_days(tmp_path):
    said = read(tmp_path, dirty.ASH, year="2016").published["annual_sickness"]
    assert said["denominator"] == 0.8 * 254


def test_no_annual_rate_where_nobody_has_an_fte(tmp_path):
    assert read(tmp_path, dirty.ASH | {"FTE": 0}).published == {}


def test_the_census_has_no_months_of_sickness(tmp_path):
    reading = read(tmp_path, dirty.ASH)
    assert "absence" not in reading.frames
    assert "annual rate" in reading.lacks["absence"]


def test_a_file_that_is_no_xml_is_said(tmp_path):
    path = tmp_path / "csww.xml"
    path.write_text("<Message><CSWWWorker>")
    with pytest.raises(
        Problem, match="csww.xml is not whole: it ends in line 1, before its last tag"
    ):
        read_workforce_census(path)


def test_an_entity_that_reads_files_is_refused(tmp_path):
    path = tmp_path / "csww.xml"
    path.write_text(
        '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/hostname">]><Message>&x;</Message>'
    )
    with pytest.raises(Problem, match="declares a document type or entities"):
        read_workforce_census(path)


def test_xml_of_something_else_is_said(tmp_path):
    path = tmp_path / "csww.xml"
    path.write_text("<Message><Child/></Message>")
    with pytest.raises(Problem, match="is not a workforce census return"):
        read_workforce_census(path)


def test_a_return_without_its_date_is_said(tmp_path):
    path = tmp_path / "csww.xml"
    path.write_text("<Message><CSWWWorker><SWENo>SW1</SWENo></CSWWWorker></Message>")
    with pytest.raises(Problem, match="has no ReferenceDate"):
        read_workforce_census(path)


@needs(REAL)
def test_a_real_return_is_read_whole():
    reading = read_workforce_census(REAL)
    assert reading.data_to == date(2022, 9, 30)
    assert reading.read == {"unit": 1, "worker": 30, "post": 30}
    assert len(reading.frames["post"]) == 26
    assert reading.left_out == {"post": {"missing_value": 4}}


BOMB = (
    '<!DOCTYPE m [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    "<Message><CSWWWorker>&c;</CSWWWorker></Message>"
)
OTHER_FILE = '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/hostname">]><Message>&x;</Message>'
WHOLE = "<Message><CSWWWorker/></Message>"


@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        (BOMB.encode(), "declares a document type or entities, which no return does"),
        (OTHER_FILE.encode(), "declares a document type or entities, which no return does"),
        (b'<!DOCTYPE m SYSTEM "http://127.0.0.1/x.dtd"><Message/>', "declares a document type"),
        (b" \n", "csww.xml is empty"),
        (WHOLE.encode()[:-4], "is not whole: it ends in line 1, before its last tag"),
        (b"<a>" * 100_000, "is not whole: it ends in line 1, before its last tag"),
        (b"SWENo,FTE\nSW1,1\n", "is not XML that can be read: syntax error in line 1"),
        (b"<a>\n<b></a>", "is not XML that can be read: mismatched tag in line 2"),
        (b"<Payroll/>", "it begins with <Payroll> and has no CSWWWorker"),
        (
            b'<?xml version="1.0" encoding="utf-8"?>\n<Message>\xe9</Message>',
            "is not in the encoding that it declares: line 2 can't be read",
        ),
        (
            b'<?xml version="1.0" encoding="utf-16"?><Message/>',
            "is not in the encoding that it declares",
        ),
        (
            '<?xml version="1.0" encoding="utf-8"?><Message/>'.encode("utf-16"),
            "is not in the encoding that it declares",
        ),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "an encoding that can't be read"),
        (b'<?xml version="1.0" encoding="shift_jis"?><a/>', "an encoding that can't be read"),
        (b"<Message>\0</Message>", "is not XML that can be read: not well-formed"),
    ],
    ids=lambda one: repr(one)[:40],
)
def test_a_return_that_can_t_be_read_is_one_sentence_with_the_cause(tmp_path, raw, cause):
    path = tmp_path / "csww.xml"
    path.write_bytes(raw)
    with pytest.raises(Problem) as problem:
        read_workforce_census(path)
    assert cause in str(problem.value)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_a_return_in_the_encoding_that_it_declares_is_read(tmp_path, encoding):
    path = dirty.census(tmp_path / "csww.xml", [dirty.ASH])
    said = "utf-8" if encoding == "utf-8-sig" else encoding
    text = f'<?xml version="1.0" encoding="{said}"?>{path.read_text()}'
    path.write_bytes(text.encode(encoding))
    assert read_workforce_census(path).data_to == date(2016, 9, 30)
