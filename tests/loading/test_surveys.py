"""A survey tool's export, read as one wave: answers, respondents, and what is said of the rest."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from data_access.code_sets.survey_questions import SHIPPED, Question
from data_access.problems import Problem
from data_access.settings import DEFAULT_LIMITS
from loading.surveys.form import Form, Wave
from loading.surveys.headings import read_mapping
from loading.surveys.reader import read_survey

LOADING = (Path(__file__).parents[2] / "docs" / "loading.md").read_text(encoding="utf-8")
SEPTEMBER = Wave("staff", date(2016, 9, 19), date(2016, 9, 30))
FAMILIES = Wave("parent_carer", date(2016, 9, 1), date(2016, 9, 30))
STAFF_FORM = Form(SHIPPED["staff"], {"u1": "U1", "unit 1": "U1"})
FAMILY_FORM = Form(SHIPPED["parent_carer"], {"u1": "U1"})


def form(**other) -> Form:
    return Form(STAFF_FORM.questions, STAFF_FORM.units, **other)


def written(folder, text: str, name="export.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def read(folder, text: str, wave=SEPTEMBER, of=STAFF_FORM):
    return read_survey([written(folder, text)], wave, of)


def rows(reading, table="survey_response") -> list[dict]:
    return reading.frames[table].to_dict("records") if table in reading.frames else []


def given(reading) -> list[tuple]:
    return [(row["question"], row["answer"]) for row in rows(reading)]


def said(reading) -> list[str]:
    return [issue.message for issue in reading.issues]


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("Strongly agree", 5), ("AGREE", 4), ("neither agree nor disagree", 3), ("Disagree", 2),
        ("strongly  disagree", 1), ("5 - Strongly agree", 5), ("1 (strongly agree)", 5),
        ("Disagree (2)", 2),
    ],
)  # fmt: skip
def test_words_are_answers_whatever_number_stands_beside_them(tmp_path, cell, answer):
    assert given(read(tmp_path, f"enjoy_work\n{cell}\n")) == [("enjoy_work", answer)]


@pytest.mark.parametrize("cell", ["", "Does not apply", "n/a", "Don't know", "prefer not to say"])
def test_what_says_nothing_is_no_answer(tmp_path, cell):
    reading = read(tmp_path, f"enjoy_work,appreciated\n{cell},agree\n")
    assert given(reading) == [("appreciated", 4)]
    assert reading.left_out == {"survey_response": {"no answer": 1}}
    assert not reading.issues


@pytest.mark.parametrize(
    ("first_column", "answers"), [("agree", [5, 4, 3, 2, 1]), ("disagree", [1, 2, 3, 4, 5])]
)
def test_of_numbers_somebody_has_to_say_which_end_is_one(tmp_path, first_column, answers):
    text = "enjoy_work\n1\n2\n3.0\n4\n5\n"
    found = given(read(tmp_path, text, of=form(first_column=first_column)))
    assert [answer for _, answer in found] == answers
    with pytest.raises(Problem) as refused:
        read(tmp_path, "enjoy_work\nagree\n1\n")
    assert str(refused.value).startswith(
        "export.csv, row 3, column 'enjoy_work': '1' is a number, and nobody has said which end"
    )
    assert "--first-column agree or --first-column disagree" in str(refused.value)


def test_a_file_whose_own_labels_say_the_other_end_is_refused(tmp_path):
    text = "enjoy_work\n1 - strongly agree\n2\n"
    assert given(read(tmp_path, text, of=form(first_column="agree"))) == [
        ("enjoy_work", 5),
        ("enjoy_work", 4),
    ]
    with pytest.raises(Problem, match=r"row 2.*says that agree is the first column.*row 3"):
        read(tmp_path, text, of=form(first_column="disagree"))


def test_the_middle_of_the_scale_tells_no_end(tmp_path):
    text = "enjoy_work\n3 - neutral\n2\n"
    assert given(read(tmp_path, text, of=form(first_column="disagree"))) == [
        ("enjoy_work", 3),
        ("enjoy_work", 2),
    ]


@pytest.mark.parametrize(
    "cell",
    ["6", "0", "somewhat agree", "2.5", "Tuesday", "3 - agreed", "SA", "4/5", "80%", "Yes"]
    + ["٤", "同意", "👍", "agree / strongly agree"],
)
def test_what_is_not_understood_is_one_sentence_with_its_place(tmp_path, cell):
    text = f"enjoy_work,appreciated\nagree,{cell}\n"
    reading = read(tmp_path, text, of=form(first_column="agree"))
    assert given(reading) == [("enjoy_work", 4)]
    (issue,) = reading.issues
    assert issue.rule == "unreadable"
    assert issue.message.startswith("export.csv, row 2, column 'appreciated': ")
    assert issue.message.endswith("the answer is left out. Correct it.")
    assert reading.left_out == {"survey_response": {"unreadable": 1}}


def test_no_message_shows_an_address_or_somebody_s_own_words(tmp_path):
    words = "My manager Ash shouted at me in March and it was hushed up"
    text = f'enjoy_work,appreciated\nash@example.org,"{words}"\n'
    told = " ".join(said(read(tmp_path, text)))
    assert "ash@" not in told
    assert "shouted" not in told


def test_headings_are_codes_or_the_catalogue_s_words_numbered_or_not(tmp_path):
    text = '"Enjoy work","Q2. I can reach somebody with special knowledge when a case needs it"\n'
    reading = read(tmp_path, text + "agree,disagree\n")
    assert given(reading) == [("enjoy_work", 4), ("access_expertise", 2)]


@pytest.mark.parametrize(
    "heading",
    [
        "How far do you agree? [{}]",
        "How far do you agree? - {}",
        "Q3: {} *",
        "3.\N{NO-BREAK SPACE}{}:",
    ]
    + ["Q7_1 - How far do you agree? - {}", "How far: {}", "{}.", "{} ?!", "“{}”"],
)
def test_a_statement_under_a_stem_is_read_as_tools_head_it(tmp_path, heading):
    """Google's forms put it in brackets, others behind a dash."""
    words = next(one.words for one in SHIPPED["staff"] if one.code == "enjoy_work")
    for asked in (words, words.upper(), words.title()):
        found = given(read(tmp_path, f'"{heading.format(asked)}"\nagree\n'))
        assert found == [("enjoy_work", 4)]


@pytest.mark.parametrize("total", ["Total", "total:", "Average", "GRAND TOTAL", "Mean"])
def test_a_row_of_totals_is_no_respondent_and_is_said(tmp_path, total):
    text = f"Respondent ID,enjoy_work\nR1,4\nR2,5\n,\n{total},4\n"
    reading = read(tmp_path, text, of=form(first_column="disagree"))
    assert given(reading) == [("enjoy_work", 4), ("enjoy_work", 5)]
    assert len({row["respondent_id"] for row in rows(reading)}) == 2
    (issue,) = reading.issues
    assert issue.rule == "row_of_totals"
    assert issue.message.startswith("export.csv, row 5: ")
    assert reading.left_out == {"survey_respondent": {"row_of_totals": 1}}


@pytest.mark.parametrize(
    "text",
    ["enjoy_work\n", "enjoy_work\nTotal\n", "Question,Agree,Disagree\nenjoy_work,12,3\n"],
)
def test_a_file_of_no_respondent_is_refused_and_never_a_wave_that_nobody_answered(tmp_path, text):
    with pytest.raises(Problem, match="no row of a respondent below its headings"):
        read(tmp_path, text)


def test_a_column_without_a_heading_is_said_by_its_place(tmp_path):
    reading = read(tmp_path, ",enjoy_work\n7,agree\n")
    assert said(reading) == [
        "export.csv has a column 1, without a heading, that is not read. Rename it, map it, or drop"
        " it."
    ]


def test_a_council_s_own_question_is_read_by_its_words(tmp_path):
    own = (*SHIPPED["staff"], Question("parking", "I can park where I work"))
    reading = read(tmp_path, "I can park where I work?\nagree\n", of=Form(own))
    assert given(reading) == [("parking", 4)]


def test_a_column_that_nobody_knows_is_said_with_the_nearest(tmp_path):
    reading = read(tmp_path, "enjoy_work,apreciated,Any comments\nagree,agree,Nothing\n")
    assert given(reading) == [("enjoy_work", 4)]
    assert [issue.rule for issue in reading.issues] == ["unknown_column"] * 2
    assert "a column 'apreciated' that is not read; the nearest is appreciated" in said(reading)[0]
    assert "Nothing" not in " ".join(said(reading))


def test_a_mapping_says_what_headings_mean_and_which_are_passed_over(tmp_path):
    mapped = "heading,question\nHow happy are you?,enjoy_work\nStart time,\n"
    mapping = read_mapping(written(tmp_path, mapped, "map.csv"), STAFF_FORM, DEFAULT_LIMITS)
    text = "Start time,How happy are you?\n2016-09-20,agree\n"
    reading = read(tmp_path, text, of=form(mapping=mapping))
    assert given(reading) == [("enjoy_work", 4)]
    assert not reading.issues


def test_a_mapping_to_no_question_is_refused_with_the_nearest(tmp_path):
    mapped = written(tmp_path, "heading,question\nHappy?,enjoy_wrok\n", "map.csv")
    with pytest.raises(Problem, match=r"map.csv, row 2: .*'enjoy_wrok'; did you mean enjoy_work\?"):
        read_mapping(mapped, STAFF_FORM, DEFAULT_LIMITS)


@pytest.mark.parametrize(
    "column",
    ["Your name\nAsh Bell", "E-mail\nash", "Contact\nzzz", "Reply\nash@example.org"]
    + ["Call me\n020 7946 0123", "Respondent ID\nash.bell@example.org7"],
)
def test_what_names_people_is_not_read_and_that_is_said_without_it(tmp_path, column):
    heading, cell = column.split("\n")
    reading = read(tmp_path, f"{heading},enjoy_work\n{cell},agree\n")
    (issue,) = reading.issues
    assert issue.rule == "column_names_people"
    assert issue.message.startswith("export.csv, column 1: ")
    kept = str([rows(reading, table) for table in reading.frames]) + issue.message
    assert cell not in kept


def test_a_day_is_no_telephone_number(tmp_path):
    reading = read(tmp_path, "Start time,enjoy_work\n2016-09-20 14:03,agree\n")
    assert [issue.rule for issue in reading.issues] == ["unknown_column"]


def test_a_name_in_place_of_a_number_makes_no_respondent(tmp_path):
    reading = read(tmp_path, "Respondent ID,enjoy_work\nAsh,agree\nAsh,agree\n")
    assert [issue.rule for issue in reading.issues] == ["column_names_people"]
    assert len({row["respondent_id"] for row in rows(reading)}) == 2


def test_a_respondent_is_the_same_in_every_wave_and_never_under_the_id_that_was_given(tmp_path):
    text = "Respondent ID,enjoy_work\nR-77,agree\nr-77,disagree\nR-78,agree\n"
    first = read(tmp_path, text)
    later = read(tmp_path, text, Wave("staff", date(2017, 9, 18)))
    ids = [row["respondent_id"] for row in rows(first)]
    assert ids[0] == ids[1] != ids[2]
    assert ids == [row["respondent_id"] for row in rows(later)]
    assert "77" not in str(rows(first, "survey_respondent")).replace(ids[0], "")
    families = read(tmp_path, text.replace("enjoy_work", "fair"), FAMILIES, FAMILY_FORM)
    assert ids[0] not in [row["respondent_id"] for row in rows(families)]


def test_rows_of_two_files_are_of_different_people(tmp_path):
    paths = [written(tmp_path, "ID,enjoy_work\n1,agree\n", name) for name in ("a.csv", "b.csv")]
    reading = read_survey(paths, SEPTEMBER, STAFF_FORM)
    assert len({row["respondent_id"] for row in rows(reading)}) == 2
    assert len({row["response_id"] for row in rows(reading)}) == 2


def test_a_wave_is_who_was_asked_when_and_by_whom(tmp_path):
    wave = Wave("staff", date(2016, 9, 19), date(2016, 9, 30), "U1", 20, "independent")
    reading = read(tmp_path, "enjoy_work\nagree\n", wave)
    (row,) = rows(reading, "survey_wave")
    assert (row["survey_wave_id"], row["asked"], row["asked_by"]) == (
        "staff-2016-09-19-U1",
        20,
        "independent",
    )
    (answer,) = rows(reading)
    assert (answer["unit_id"], answer["answered_on"]) == ("U1", date(2016, 9, 19))


def test_a_row_s_own_unit_goes_before_the_wave_s_and_an_unknown_one_is_said(tmp_path):
    reading = read(tmp_path, "Team,enjoy_work\nunit 1,agree\nUnit 9,agree\n,agree\n")
    assert [row["unit_id"] for row in rows(reading)] == ["U1", None, None]
    (issue,) = reading.issues
    assert "row 3, column 'Team': 'Unit 9' is no unit of the case database" in issue.message


def test_staff_have_a_role_and_a_band_and_families_have_none(tmp_path):
    text = "Role,Direct time band,{question}\nSocial worker,50-74%,agree\nunknowable,n/a,agree\n"
    reading = read(tmp_path, text.format(question="enjoy_work"))
    first, second = rows(reading, "survey_respondent")
    assert (first["role"], first["direct_time_band"]) == ("social_worker", "50_to_74")
    assert (second["role"], second["direct_time_band"]) == (None, None)
    assert [issue.rule for issue in reading.issues] == ["unknown_code"]
    families = read(tmp_path, text.format(question="fair"), FAMILIES, FAMILY_FORM)
    assert {row["role"] for row in rows(families, "survey_respondent")} == {None}


def test_a_family_s_answer_needs_its_day_unless_the_wave_is_of_one_month(tmp_path):
    open_end = Wave("parent_carer", date(2016, 9, 1))
    with pytest.raises(Problem, match="no column with the day on which each family answered"):
        read(tmp_path, "fair\nagree\n", open_end, FAMILY_FORM)
    assert len(rows(read(tmp_path, "fair\nagree\n", FAMILIES, FAMILY_FORM))) == 1
    text = "Date,fair\n03/10/2016,agree\n13/10/2016,agree\n,agree\n"
    dated = read(tmp_path, text, open_end, FAMILY_FORM)
    assert [row["answered_on"].day for row in rows(dated)] == [3, 13]
    (issue,) = dated.issues
    assert issue.message.startswith("export.csv, row 4: no day on which it was answered is known")


def test_a_row_outside_the_wave_is_left_out_and_said(tmp_path):
    text = "Date,enjoy_work,appreciated\n2016-09-18,agree,agree\n2016-09-30,agree,agree\n"
    reading = read(tmp_path, text)
    assert {row["answered_on"] for row in rows(reading)} == {date(2016, 9, 30)}
    (issue,) = reading.issues
    assert issue.rule == "answered_outside_wave"
    assert "row 2: it was answered on 2016-09-18" in issue.message
    assert reading.left_out["survey_response"] == {"answered_outside_wave": 2}


def test_what_a_worker_says_of_a_family_is_of_no_unit_and_no_respondent(tmp_path):
    wave = Wave("parent_carer", date(2016, 9, 1), date(2016, 9, 30), "U1")
    reading = read(tmp_path, "truthful,fair\nagree,agree\n", wave, FAMILY_FORM)
    of = {row["question"]: (row["unit_id"], row["respondent_id"] is None) for row in rows(reading)}
    assert of == {"truthful": (None, True), "fair": ("U1", False)}


def test_a_file_without_a_question_is_refused_and_says_what_to_do(tmp_path):
    with pytest.raises(Problem, match="no column is a question of the survey 'staff'.*--mapping"):
        read(tmp_path, "fair,listen\nagree,agree\n")


def test_that_the_figure_s_question_is_lacking_or_more_answered_than_were_asked_is_said(tmp_path):
    wave = Wave("staff", date(2016, 9, 19), asked=1)
    reading = read(tmp_path, "enjoy_work\nagree\nagree\n", wave, form(counted="appreciated"))
    assert [issue.rule for issue in reading.issues] == [
        "more_answered_than_asked",
        "question_of_figure_missing",
    ]


def workbook(folder, *sheets: Sequence[Sequence[object]]):
    book = Workbook()
    book.remove(book.active)
    for number, sheet_rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Sheet{number}")
        for row in sheet_rows:
            sheet.append(row)
    path = folder / "export.xlsx"
    book.save(path)
    return path


def test_a_workbook_is_read_with_a_title_above_and_other_sheets_beside(tmp_path):
    answers: list[list] = [
        ["Staff survey 2016"],
        [],
        ["Role", "enjoy_work"],
        ["other", 5],
        [],
        [None, "agree"],
    ]
    path = workbook(tmp_path, [["About this survey"]], answers)
    reading = read_survey([path], SEPTEMBER, form(first_column="disagree"))
    assert [(row["answer"], row["found_at"]) for row in rows(reading)] == [
        (5, "export.xlsx, row 4, column 'enjoy_work'"),
        (4, "export.xlsx, row 6, column 'enjoy_work'"),
    ]


def test_answers_on_two_sheets_or_under_one_heading_twice_are_refused(tmp_path):
    sheet = [["enjoy_work"], ["agree"]]
    with pytest.raises(Problem, match="answers on several sheets, 'Sheet1' and 'Sheet2'"):
        read_survey([workbook(tmp_path, sheet, sheet)], SEPTEMBER, STAFF_FORM)
    twice = [["enjoy_work", "Enjoy work"], ["agree", "disagree"]]
    with pytest.raises(Problem, match="columns 1 and 2 are both 'Enjoy work'"):
        read_survey([workbook(tmp_path, twice)], SEPTEMBER, STAFF_FORM)


def rows_of_forms() -> list[str]:
    """The rows of the table of questions in docs/loading.md: each part of a form once."""
    rows = []
    for form_name, survey in (
        ("`staff`", "staff"),
        ("`parent_carer`, `step_down`", "parent_carer"),
    ):
        parts: dict[str, list[str]] = {}
        for one in SHIPPED[survey]:
            code = f"{one.code} R" if one.reversed else one.code
            parts.setdefault(one.theme or one.section or "", []).append(code)
        for number, (part, codes) in enumerate(parts.items()):
            rows.append(f"| {form_name if number == 0 else ''} | {part} | {', '.join(codes)} |")
    return rows


def test_loading_lists_every_shipped_question_under_its_theme_and_which_is_turned_round():
    under = LOADING.split("\n## A survey\n")[1].split("\n## ")[0]
    told = [re.sub(" +", " ", line) for line in under.splitlines() if line.startswith("| ")][1:]
    assert told == [re.sub(" +", " ", row) for row in rows_of_forms()]
