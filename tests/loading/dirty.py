"""Makes files as councils send them, good and bad. Every person in them is invented."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook

from loading.sources.absent_columns import FOLLOWS

CHILD = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age"]
HOLDER = ["Allocated Team", "Allocated Worker"]
HEADINGS: dict[int, list[str]] = {
    1: [*CHILD, "Date of Contact", "Contact Source"],
    3: [*CHILD, "Date of Referral", "Referral Source", "Referral NFA?", *HOLDER],
    4: [
        *CHILD,
        "Continuous Assessment Start Date",
        "Continuous Assessment Date of Authorisation",
        *HOLDER,
    ],
    5: [
        *CHILD,
        "Strategy discussion initiating Section 47 Enquiry Start Date",
        "Was an Initial Child Protection Conference deemed unnecessary?",
        "Date of Initial Child Protection Conference",
        "Did the Initial Child Protection Conference Result in a Child Protection Plan",
        *HOLDER,
    ],
    6: [
        *CHILD,
        "CIN Start Date",
        "Primary Need Code",
        "Date Child Was Last Seen",
        "CIN Closure Date",
        "Reason for Closure",
        "Case Status",
        *HOLDER,
    ],
    7: [
        *CHILD,
        "Child Protection Plan Start Date",
        "Latest Category of Abuse",
        "Date of the Last Statutory Visit",
        "Was the Child Seen Alone?",
        "Child Protection Plan End Date",
        "Date of latest review conference",
        "Number of Previous Child Protection Plans",
        *HOLDER,
    ],
    8: [
        *CHILD,
        "Date Started to be Looked After",
        "Child's Category of Need",
        "Child's Legal Status",
        "Date of Last Social Work Visit",
        "Date Ceased to be Looked After",
        "Reason Ceased to be Looked After",
        "Start Date of Most Recent Placement",
        "Placement Type",
        "Date of Latest Statutory Review",
        *HOLDER,
    ],
}


def day(text: str) -> datetime:
    """A date as openpyxl writes one: "2016-10-03"."""
    return datetime.fromisoformat(text)


KIT = [1001, "a) Male", "a) WBRI", day("2009-05-04"), 7]
LOU = [1002, "b) Female", "k) APKN", day("2012-11-30"), 3]
MAX = [1003, "a) Male", "s) NOBT", day("2004-02-29"), 12]
ROB = [1004, "b) Female", "a) WBRI", day("2015-01-31"), 1]
IDA = [1005, "b) Female", "f) MWBC", day("2008-08-08"), 8]
EAST = ["East Team", "Ash Bell"]
WEST = ["West Team", "Cam Dow"]

# Kit: CIN plan. Lou: CP plan. Max: looked after. Rob: closed. Ida: short breaks, on a CIN plan.
ROWS: dict[int, list[list]] = {
    1: [[*KIT, day("2016-09-01"), "q) 6: Police"]],
    3: [
        [*KIT, day("2016-09-01"), "q) 6: Police", "No", *EAST],
        [*ROB, day("2016-06-01"), "t) 9: Anonymous", "a) Yes", *WEST],
    ],
    4: [[*KIT, day("2016-09-05"), day("2016-10-03"), *EAST]],
    5: [
        [*IDA, day("2016-06-01"), "b) No", day("2016-06-21"), "b) No", *WEST],
        [*KIT, day("2016-09-07"), "a) Yes", None, None, *EAST],
    ],
    6: [
        [*KIT, day("2016-09-01"), "N1 - Abuse or neglect", day("2016-10-20"), None, None,
         "c) Child in need plan", *EAST],
        [*LOU, day("2015-03-01"), "N5 - Family dysfunction", day("2016-10-12"), None, None,
         "b) Child Protection plan", *EAST],
        [*MAX, day("2012-03-01"), "N1 - Abuse or neglect", day("2016-10-28"), None, None,
         "a) Looked after child", *WEST],
        [*ROB, day("2016-05-10"), "N4 - Family in acute stress", day("2016-07-01"),
         day("2016-08-15"), "RC8 - Case closed after assessment", "e) Closed episode", *WEST],
        [*IDA, day("2014-01-06"), "N2 - Child's disability", day("2016-10-05"), None, None,
         "c) Child in need plan", *WEST],
    ],
    7: [[*LOU, day("2016-01-18"), "b) Physical abuse", day("2016-10-12"), "a) Yes", None,
         day("2016-10-10"), 1, *EAST]],
    8: [
        [*MAX, day("2014-06-02"), "N1 - Abuse or neglect", "C2: FCO", day("2016-10-31"), None, None,
         day("2015-02-02"), "d) U4: Foster placement - long term",
         day("2016-06-06"), *WEST],
        [*IDA, day("2015-01-06"), "N2 - Child's disability", "V4: Short term breaks",
         day("2016-10-05"), None, None, None, None, None, *WEST],
    ],
}  # fmt: skip
DATA_TO = date(2016, 10, 31)
SAVED_ON = datetime(2016, 11, 7)
TITLES = {number: f"List {number}" for number in ROWS}
Sheets = dict[str, list[list]]


def sheets() -> Sheets:
    """A good return: sheet titles and their rows, headings first. Change it, then write it."""
    return {TITLES[number]: [list(HEADINGS[number]), *map(list, ROWS[number])] for number in ROWS}


def workbook(path: Path, content: Mapping[str, Iterable[Sequence]], saved_on=SAVED_ON) -> Path:
    """A workbook with these sheets and rows, last saved on that day."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in content.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    if not content:
        book.create_sheet("Sheet1")
    # openpyxl would otherwise stamp the day on which the test runs.
    book.save(path)
    return _stamped(path, saved_on)


def _stamped(path: Path, saved_on: datetime) -> Path:
    import re
    import zipfile

    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    stamp = f"{saved_on:%Y-%m-%dT%H:%M:%SZ}".encode()
    core = parts["docProps/core.xml"]
    parts["docProps/core.xml"] = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z", stamp, core)
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return path


def good_workbook(folder: Path) -> Path:
    """The good return as a file."""
    return workbook(folder / "annex_a.xlsx", sheets())


# The same service as canonical tables, with what Annex A lacks.
TABLES: dict[str, list[dict]] = {
    "unit": [
        {"unit_id": "U1", "name": "Unit 1", "kind": "segmented"},
        {"unit_id": "U2", "name": "Unit 2", "kind": "area"},
    ],
    "worker": [
        {"worker_id": "W1", "name": "Ash Bell", "registration_no": "SW1"},
        {"worker_id": "W2", "name": "Cam Dow", "registration_no": "SW2"},
    ],
    "post": [
        {"post_id": "P1", "worker_id": "W1", "unit_id": "U1", "role": "social_worker",
         "fte": "0.8", "agency": "no", "newly_qualified": "false", "started_on": "2014-01-06",
         "ended_on": ""},
        {"post_id": "P2", "worker_id": "W2", "unit_id": "U2", "role": "social_worker",
         "fte": "1", "agency": "0", "newly_qualified": "0", "started_on": "13/01/2014",
         "ended_on": "9999-12-31"},
    ],
    "child": [
        {"child_id": "C1", "name": "Kit", "born_on": "2009-05-04", "sex": "M", "restricted": "no"},
        {"child_id": "C2", "name": "Lou", "born_on": "1900-01-01", "sex": "F", "restricted": "yes"},
    ],
    "referral": [
        {"referral_id": "R1", "child_id": "C1", "received_on": "2016-05-02",
         "closed_on": "2016-10-20", "closure_reason": "RC7"},
    ],
    "plan": [
        {"plan_id": "N1", "child_id": "C1", "kind": "CIN", "started_on": "2016-05-20",
         "ended_on": "2016-10-20"},
        {"plan_id": "N2", "child_id": "C2", "kind": "CP", "started_on": "2016-01-18",
         "ended_on": ""},
    ],
    "allocation": [
        {"allocation_id": "A1", "child_id": "C1", "worker_id": "W1", "unit_id": "U1",
         "lead": "yes", "started_on": "2016-05-02", "ended_on": "2016-10-20"},
        {"allocation_id": "A2", "child_id": "C2", "worker_id": "W2", "unit_id": "U2",
         "lead": "yes", "started_on": "2016-01-18", "ended_on": ""},
    ],
    "visit": [
        {"visit_id": "V1", "child_id": "C2", "kind": "CP", "visited_on": "2016-10-03",
         "recorded_on": "2016-10-04"},
        {"visit_id": "V2", "child_id": "C1", "kind": "CIN", "visited_on": "2016-06-01",
         "recorded_on": "2016-06-01"},
    ],
    "scale_score": [
        {"scale_score_id": "S1", "child_id": "C1", "referral_id": "R1", "scale": "safety",
         "rater": "social_worker", "scored_on": "2016-05-05", "score": "3", "best": "high"},
        {"scale_score_id": "S2", "child_id": "C1", "referral_id": "R1", "scale": "safety",
         "rater": "social_worker", "scored_on": "2016-10-10", "score": "7.5", "best": "high"},
    ],
    "time_record": [
        {"time_record_id": "T1", "worker_id": "W1", "worked_on": "2016-10-03",
         "category": "direct_work", "hours": "4.5", "method": "diary"},
    ],
    "absence": [
        {"absence_id": "B1", "worker_id": "W2", "reason": "SIC", "first_day": "2016-10-03",
         "last_day": "2016-10-04", "half_day": "no"},
    ],
    "source_load": [{"load_id": "1", "data_to": "2016-10-31"}],
}  # fmt: skip


def tables() -> dict[str, list[dict]]:
    """Good rows of every table that the five figures need. Change them, then write them."""
    return {name: [dict(row) for row in rows] for name, rows in TABLES.items()}


def csv_folder(
    folder: Path,
    content: Mapping[str, list[dict]],
    encoding: str = "utf-8",
    is_whole: bool = True,
) -> Path:
    """A folder with one CSV file per table: whole, with each column that a figure depends on."""
    folder.mkdir(exist_ok=True)
    for name, rows in content.items():
        headings = list(dict.fromkeys(key for row in rows for key in row))
        if is_whole and name in TABLES:
            headings += [one for one in _of_figures(name) if one not in headings]
        with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, headings)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def _of_figures(table: str) -> list[str]:
    places = (place.split(".") for place in FOLLOWS)
    return [column for of_table, column in places if of_table == table]


def census(path: Path, workers: Iterable[Mapping[str, object]], year: str = "2016") -> Path:
    """A workforce census return: one CSWWWorker per mapping of tags to values."""
    said = "".join(
        "<CSWWWorker>"
        + "".join(f"<{tag}>{value}</{tag}>" for tag, value in one.items())
        + "</CSWWWorker>"
        for one in workers
    )
    head = (
        "<Header><CollectionDetails><Collection>CSWW</Collection>"
        f"<Year>{year}</Year><ReferenceDate>{year}-09-30</ReferenceDate>"
        "</CollectionDetails></Header><LALevelVacancies/>"
    )
    path.write_text(f"<Message>{head}{said}</Message>", encoding="utf-8")
    return path


ASH = {
    "AgencyWorker": 0,
    "SWENo": "SW1",
    "FTE": 0.8,
    "OrgRole": 5,
    "RoleStartDate": "2014-01-06",
    "StartOrigin": 2,
    "WorkingDaysLost": 6,
}


def cut_short(database: Path) -> None:
    """Leaves the first half of a file, as a copy that was interrupted does."""
    whole = database.read_bytes()
    database.write_bytes(whole[: len(whole) // 2])
