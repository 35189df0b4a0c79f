"""Reads the children's social work workforce census (CSWW, an XML return) into canonical rows.

What the census says, and how it is read:

- A worker is told apart by the Social Work England number (SWENo); there is no name and no team:
  every post is in one unit, "Unit not in this source".
- FTE is the worker's contract at 30 September, for workers still in post. A leaver's FTE is 0 or
  absent and FTE30 has the FTE of the caseload at 30 September: for a leaver neither is the FTE of
  the post that ended, so such a post is written with FTE 0 and said. FTE30 is never used.
- RoleEndDate is the last day in post: the spell ends the day after.
- A post without RoleStartDate is not written: nobody knows which months it covers.
- WorkingDaysLost is the year's days lost to sickness: the DfE's published annual rate divides the
  total by year-end FTE × 253 working days (254 in a leap year). It is never a month's figure.

Source: DfE, Children's social work workforce census guide and schema, 2022 to 2025.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from data_access.problems import Problem
from data_access.settings import DEFAULT_LIMITS, LoadingLimits
from data_access.sources.known import WORKFORCE_CENSUS
from loading.columns import days
from loading.columns.column_read import UNKNOWN_CODE, ColumnRefused
from loading.sources.annual_sickness import published_sickness
from loading.sources.reading import (
    AS_OPTION_SAYS,
    ERROR,
    WARNING,
    Gathering,
    Issue,
    Reading,
)
from loading.sources.workforce_cells import ReturnedWorker, returned_workers
from loading.sources.workforce_xml import root_of_return

SOURCE = WORKFORCE_CENSUS.key
NO_UNIT = "NOT_IN_SOURCE"
OF_A_POST = ("RoleStartDate", "RoleEndDate", "FTE", "AgencyWorker")
# Without these a post still counts: its role is then "other", it isn't new, and nobody knows why
# who held it left.
DESCRIBING_A_POST = {
    "OrgRole": "counts as other",
    "StartOrigin": "counts as other",
    "ReasonLeave": "is left empty",
    "LeaverDestination": "is left empty",
}
ROLES = {
    "1": "team_manager",
    "2": "team_manager",
    "3": "team_manager",
    "4": "senior_practitioner",
    "5": "social_worker",
    "6": "social_worker",
}
NEWLY_QUALIFIED_ORIGIN = "1"


def read_workforce_census(
    path: Path, data_to: date | None = None, limits: LoadingLimits = DEFAULT_LIMITS
) -> Reading:
    """Workers and posts of one return, and the DfE's annual sickness rate.

    `data_to` is the return's reference date, 30 September of its year, unless said otherwise.
    """
    root = root_of_return(path, limits)
    until = data_to or _reference_date(path, root)
    gathering = Gathering()
    gathering.offer("unit", unit_id=NO_UNIT, name="Unit not in this source")
    workers = returned_workers(path.name, list(root.iter("CSWWWorker")), gathering.issues)
    for worker in workers:
        _gather(gathering, worker)
    published = published_sickness(workers, until, gathering.issues)
    return Reading(
        SOURCE,
        until,
        gathering.frames(),
        tuple(gathering.issues),
        gathering.read,
        gathering.left_out,
        WORKFORCE_CENSUS.lacks,
        published=published,
        data_to_from=AS_OPTION_SAYS if data_to else f"the reference date of {path.name}",
    )


def _reference_date(path: Path, root: Any) -> date:
    date_text = root.findtext(".//CollectionDetails/ReferenceDate")
    year = root.findtext(".//CollectionDetails/Year")
    day = _sure_day(date_text) if date_text else _end_of_september(year)
    if day is None:
        raise Problem(
            f"{path.name} has no ReferenceDate that can be read: add it to the header,"
            " as in <ReferenceDate>2025-09-30</ReferenceDate>."
        )
    return day


def _sure_day(date_text: str) -> date | None:
    try:
        read = days.read([date_text])
    except ColumnRefused:
        return None
    day = read.values[date_text]
    return day if isinstance(day, date) and not read.remarks else None


def _end_of_september(year: str | None) -> date | None:
    words = (year or "").strip()
    return date(int(words), 9, 30) if re.fullmatch("[12][0-9]{3}", words) else None


def _gather(gathering: Gathering, worker: ReturnedWorker) -> None:
    number = worker.values["SWENo"]
    if number is None:
        rule = "unreadable" if "SWENo" in worker.refused else "missing_value"
        wrong = [worker.refused.get("SWENo", "no SWENo"), *_wrong_of_post(worker)]
        why = f"{worker.where}: {'; '.join(wrong)}"
        gathering.leave_out("worker", _issue(rule, "worker", None, why))
        gathering.pass_over("post", rule)
        return
    gathering.offer(
        "worker", worker_id=number.upper(), registration_no=number.upper(), found_at=worker.where
    )
    wrong = _wrong_of_post(worker)
    if not wrong:
        _gather_post(gathering, worker, number.upper())
        return
    rule = "unreadable" if any(tag in worker.refused for tag in OF_A_POST) else "missing_value"
    why = f"{worker.where}: {'; '.join(wrong)}"
    gathering.leave_out("post", _issue(rule, "post", number, why))


def _wrong_of_post(worker: ReturnedWorker) -> list[str]:
    """Everything for which the worker's post can't be used."""
    wrong = [worker.refused[tag] for tag in OF_A_POST if tag in worker.refused]
    if "RoleStartDate" not in worker.refused and worker.values["RoleStartDate"] is None:
        wrong.append("no RoleStartDate, so nobody knows which months the post covers")
    return wrong


def _gather_post(gathering: Gathering, worker: ReturnedWorker, number: str) -> None:
    fte = worker.values["FTE"] or 0.0
    started_on, last_day = worker.values["RoleStartDate"], worker.values["RoleEndDate"]
    if fte == 0:
        gathering.issues.append(_without_fte(number, worker.where))
    gathering.issues.extend(_unknown_codes(worker, number))
    gathering.offer(
        "post",
        post_id=f"{number}-{started_on}",
        worker_id=number,
        unit_id=NO_UNIT,
        role=ROLES.get(worker.values["OrgRole"] or "", "other"),
        fte=fte,
        agency=worker.values["AgencyWorker"],
        newly_qualified=worker.values["StartOrigin"] == NEWLY_QUALIFIED_ORIGIN,
        started_on=started_on,
        ended_on=last_day and last_day + timedelta(days=1),
        leaving_reason=worker.values["ReasonLeave"],
        leaving_to=worker.values["LeaverDestination"],
        found_at=worker.where,
    )


def _unknown_codes(worker: ReturnedWorker, number: str) -> Iterator[Issue]:
    for tag, instead in DESCRIBING_A_POST.items():
        if tag in worker.refused:
            why = f"{worker.where}: {worker.refused[tag]}; it {instead}. Correct the return."
            yield Issue(UNKNOWN_CODE, "post", number, WARNING, why)


def _without_fte(number: str, where: str) -> Issue:
    return Issue(
        "not_a_worker_in_post",
        "post",
        number.upper(),
        WARNING,
        f"{where}: no FTE, as for leavers; the post counts in no denominator. If the worker is"
        " still in post, enter the FTE.",
    )


def _issue(rule: str, table: str, key: str | None, fault: str) -> Issue:
    ending = "; the row is left out. Correct the return."
    return Issue(rule, table, key and key.upper(), ERROR, fault + ending)
