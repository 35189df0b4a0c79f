"""One small council in five sources that contradict one another. Every child is invented."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from data_access.settings import NightlySource
from tests.loading import dirty
from tests.loading.returns.files import Content, child, cin_census, episode, ssda903
from tests.loading.tables_book.books import filled

DETAILS: Content = {
    "CINreferralDate": "2015-06-15",
    "ReferralSource": "6",
    "PrimaryNeedCode": "N1",
    "ReferralNFA": "0",
}
CP_PLAN: Content = {
    "CPPstartDate": "2016-01-18",
    "LatestCategoryOfAbuse": "NEG",
    "NumberOfPreviousCPP": "1",
}
HEADER = [
    {"CHILD": "1003", "SEX": "1", "DOB": "01/03/2004", "ETHNIC": "WBRI"},
    {"CHILD": "1004", "SEX": "1", "DOB": "31/01/2015"},
    {"CHILD": "2001", "SEX": "2", "DOB": "24/05/2011", "ETHNIC": "WOTH"},
]
EPISODES = [
    episode("1003", "2015-02-02", "P"),
    episode("1004", "2015-08-24", DEC="2016-02-10", REC="E4A"),
    episode("2001", "2015-05-13"),
]
REVIEWS = [{"CHILD": "1003", "DOB": "01/03/2004", "REVIEW": "15/09/2015", "REVIEW_CODE": "PN1"}]
OWN: Mapping[str, list[dict]] = {
    "child": [
        {"child_id": "1001", "name": "Kit", "born_on": "2009-05-06", "restricted": "no"},
        {"child_id": "1002", "name": "Lou", "born_on": "", "restricted": "yes"},
    ],
    "source_load": [{"data_to": "2016-10-31"}],
}


def census(path: Path) -> Path:
    """The children in need census: another birth date of Kit, Max and Rob, another sex of Lou."""
    case = {**DETAILS, "ChildProtectionPlans": CP_PLAN}
    children = [
        child("1001", DETAILS, born="2009-05-05"),
        child("1002", case, born="2012-11-30", sex="M"),
        child("1003", DETAILS, born="2004-03-02"),
        child("1004", DETAILS, born="2015-02-01", sex="F"),
        child("1006", DETAILS, born="2010-10-10", sex="F"),
    ]
    return cin_census(path, children)


# Each fact from the first that knows it: own tables, SSDA903, the census, Annex A.
BORN = {
    "1001": date(2009, 5, 6),
    "1002": date(2012, 11, 30),
    "1003": date(2004, 3, 1),
    "1004": date(2015, 1, 31),
    "1005": date(2008, 8, 8),
    "1006": date(2010, 10, 10),
    "2001": date(2011, 5, 24),
}
SEX = {"1001": "M", "1002": "M", "1003": "M", "1004": "M", "1005": "F", "1006": "F", "2001": "F"}
ETHNICITY = {"1001": "WBRI", "1002": "WBRI", "1003": "WBRI", "1004": "WBRI", "1005": "MWBC"}


def _of_a_child_here(book: Workbook) -> None:
    for sheet in book:
        for cell in (cell for row in sheet for cell in row if cell.value == "C1"):
            cell.value = "1001"


def sources(folder: Path) -> dict[str, NightlySource]:
    """By kind, the source's files as they are loaded."""
    looked_after = ssda903(folder / "903", header=HEADER, episodes=EPISODES, reviews=REVIEWS)
    at = {
        "ssda903": looked_after,
        "cin-census": census(folder / "cin.xml"),
        "annex-a": dirty.good_workbook(folder),
        "workbook": filled(folder, _of_a_child_here),
        "csv": dirty.csv_folder(folder / "own", OWN),
    }
    return {kind: NightlySource(kind, (str(place),)) for kind, place in at.items()}
