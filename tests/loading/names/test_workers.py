"""One worker in many spellings is one; two people are never joined because they are alike."""

import unicodedata
from itertools import combinations

import pytest

from loading.names.worker_names import worker_name
from loading.names.workers import alike, pairs_alike, worker_id_of, workers_named

SAME = [
    ("Ash Bell", "ASH BELL", "ash  bell", "Ash\xa0Bell", "Bell, Ash", "BELL , ASH", "Ms Ash Bell",
     "Mrs. Ash Bell", "Bell, Ms Ash", "Bell, Ash (Mrs)", "Dr Ash Bell", "Ash\u200b Bell"),
    ("Siân O'Brien", "Siân O’Brien", "SIÂN O´BRIEN", "O‘Brien, Siân", "Miss Siân OʼBrien"),
    ("Ann Smith-Jones", "Ann Smith‑Jones", "Ann Smith–Jones", "Ann Smith - Jones",
     "Smith-Jones, Ann"),
    ("Łukasz Żółć", "ŁUKASZ ŻÓŁĆ", "Żółć, Łukasz"),
    ("Nguyễn Thị Hằng", "NGUYỄN THỊ HẰNG"),
    ("Иван Петров", "ИВАН ПЕТРОВ", "Петров, Иван"),
    ("محمد علي", "\u200fمحمد علي\u200e", "علي، محمد"),
    ("عائشہ خان", "خان، عائشہ"),
    ("王伟", "王\u200b伟"),
    ("Groß Ä", "GROSS Ä"),
]  # fmt: skip
APART = [
    "Jon Smith", "John Smith", "J Smith", "Joan Smith", "Smith John", "Jose Nunez", "José Núñez",
    "Lukasz Nowak", "Łukasz Nowak", "محمد علي", "محمود علي", "محمد على", "王伟", "王芳",
    "Иван Петров", "Иван Петрова", "Sian Owen", "Siân Owen", "Nguyen Thi Hang", "Nguyễn Thị Hằng",
    "Mr Bell", "Ms Bell",
    "Anna-Maria Lis", "Annamaria Lis", "राम कुमार", "रमा कुमार", "Ash Bell", "Ash Bell 2",
]  # fmt: skip


def one_id_each(*names: str) -> list[tuple[str, ...]]:
    return [one.spellings for one in workers_named(dict.fromkeys(names, 1))]


@pytest.mark.parametrize("names", SAME, ids=lambda names: names[0])
def test_one_worker_in_many_spellings_is_one(names):
    forms = {unicodedata.normalize(form, name) for name in names for form in ("NFC", "NFD")}
    assert len(one_id_each(*forms, *names)) == 1
    assert len({worker_id_of(name) for name in forms}) == 1


def test_names_that_are_only_alike_are_different_workers():
    assert len(one_id_each(*APART)) == len(APART)
    assert not [
        pair for pair in combinations(APART, 2) if worker_id_of(pair[0]) == worker_id_of(pair[1])
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jon Smith", "John Smith"), ("J Smith", "John Smith"), ("Smith John", "John Smith"),
        ("José Núñez", "Jose Nunez"), ("Łukasz Nowak", "Lukasz Nowak"), ("Ash Bell", "Ash J Bell"),
        ("Nguyễn Thị Hằng", "Nguyen Thi Hang"), ("محمد علي", "محمد على"), ("Bell", "Ash Bell"),
        ("Ann Smith Jones", "Ann Smith-Jones"), ("Ann OBrien", "Ann O'Brien"),
        ("Ash Bell (Agency)", "Ash Bell"), ("Sam Dow", "Samantha Dow"), ("Аsh Bell", "Ash Bell"),
        ("Mr Ash Bell", "Ms Ash Bell"), ("Ash Bell (SW1)", "Ash Bell (0042)"),
        ("Ａsh Bell", "Ash Bell"),
    ],
)  # fmt: skip
def test_what_could_be_one_worker_is_a_doubt(one, other):
    assert alike(one, other)
    assert alike(other, one)
    assert pairs_alike([one, "Zed Other", other]) == [(one, other)]
    assert len(one_id_each(one, other)) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ash Bell", "Cam Dow"), ("Ash Bell", "Cam Bell"), ("Ash Bell", "Ash Dow"),
        ("王伟", "王芳"),
        ("Ash Bell (SW1)", "Ash Bell (SW2)"), ("J Smith", "K Smith"), ("राम कुमार", "सीता कुमार"),
        ("محمد علي", "سارة علي"),
    ],
)  # fmt: skip
def test_whoever_merely_shares_a_name_is_no_doubt(one, other):
    assert not alike(one, other)
    assert not pairs_alike([one, other])


@pytest.mark.parametrize(
    "written",
    ["Ash Bell (SW12345)", "Ash Bell [SW 12345]", "Bell, Ash - SW12345", "SWE12345 Ash Bell",
     "Ash Bell SW12345", "Ms Ash Bell (sw-12345)", "Bell, Ash (SW12345)", "Bell (SW12345), Ash"],
)  # fmt: skip
def test_a_registration_number_beside_a_name_is_the_number(written):
    name = worker_name(written)
    assert (name.words, name.registration_no) == ("ash bell", "SW12345")
    (worker,) = workers_named({written: 1, "Ash Bell": 3})
    assert (worker.spellings[0], worker.registration_no) == ("Ash Bell", "SW12345")


def test_a_council_s_own_number_is_not_a_registration():
    name = worker_name("Jane Doe (00421)")
    assert (name.words, name.registration_no, name.staff_no) == ("jane doe", None, "00421")


def test_two_numbers_of_one_name_are_two_people_and_the_bare_name_is_neither():
    names = ("Jane Doe (SW1)", "Jane Doe (SW2)", "Jane Doe")
    assert sorted(one_id_each(*names)) == [("Jane Doe",), ("Jane Doe (SW1)",), ("Jane Doe (SW2)",)]
    assert pairs_alike(names) == [("Jane Doe (SW1)", "Jane Doe"), ("Jane Doe (SW2)", "Jane Doe")]


def test_mr_and_ms_of_one_name_are_two_people():
    assert len(one_id_each("Mr Alex Bell", "Ms Alex Bell", "Mrs Alex Bell", "Alex Bell")) == 3


def test_one_registration_number_is_one_person_whatever_the_surname():
    (worker,) = workers_named({"Jane Doe (SW1)": 1, "Jane Smith (SW1)": 1, "Doe, Jane": 1})
    assert not worker.has_one_name
    assert worker.spellings == ("Doe, Jane", "Jane Doe (SW1)", "Jane Smith (SW1)")
