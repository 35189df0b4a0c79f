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
from calendar import isleap
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import parse

from data_access.problems import Problem
from loading.sources import cells
from loading.sources.reading import ERROR, WARNING, Gathering, Issue, Reading

SOURCE = "workforce_census"
NO_UNIT = "NOT_IN_SOURCE"
WORKING_DAYS_A_YEAR = 253
ROLES = {
    "1": "team_manager",
    "2": "team_manager",
    "3": "team_manager",
    "4": "senior_practitioner",
    "5": "social_worker",
    "6": "social_worker",
}
NEWLY_QUALIFIED_ORIGIN = "1"
LACKS = {
    "allocation": "The workforce census gives workers and FTE but no children: add Annex A.",
    "time_record": "The workforce census does not say how time was spent: add time_record.csv.",
    "absence": (
        "The workforce census gives only the year's days lost to sickness, for the DfE's annual"
        " rate: add absence.csv for months."
    ),
    "referral": "The workforce census holds no children: add Annex A.",
    "scale_score": "The workforce census holds no scale scores: add scale_score.csv.",
    "plan": "The workforce census holds no children: add Annex A.",
    "visit": "The workforce census holds no visits: add visit.csv.",
}


def read_workforce_census(path: Path, data_to: date | None = None) -> Reading:
    """Workers and posts of one return, and the DfE's annual sickness rate.

    `data_to` is the return's reference date, 30 September of its year, unless said otherwise.
    """
    root = _root(path)
    until = data_to or _reference_date(path, root)
    gathering = Gathering()
    gathering.offer("unit", unit_id=NO_UNIT, name="Unit not in this source", kind="other")
    workers = list(root.iter("CSWWWorker"))
    for place, element in enumerate(workers, start=1):
        _gather(gathering, element, f"{path.name}, worker {place}")
    return Reading(
        SOURCE,
        until,
        gathering.frames(),
        tuple(gathering.issues),
        gathering.read,
        gathering.left_out,
        LACKS,
        published=published_sickness(workers, until),
    )


def _root(path: Path) -> Any:
    if not path.is_file():
        raise Problem(f"There is no file {path}: give the path of a workforce census return.")
    try:
        root = parse(path, forbid_dtd=True).getroot()
    except (ParseError, DefusedXmlException, UnicodeDecodeError) as fault:
        raise Problem(
            f"{path.name} is not XML that can be read: export the return again, and do not edit it."
        ) from fault
    for element in root.iter():
        element.tag = re.sub(r"^\{.*\}", "", str(element.tag))
    if root.find(".//CSWWWorker") is None:
        raise Problem(
            f"{path.name} is not a workforce census return: it has no CSWWWorker."
            " Give the XML that is sent to the DfE."
        )
    return root


def _reference_date(path: Path, root: Any) -> date:
    said = root.findtext(".//CollectionDetails/ReferenceDate")
    year = root.findtext(".//CollectionDetails/Year")
    try:
        if said:
            return date.fromisoformat(said.strip())
        return date(int(year or ""), 9, 30)
    except ValueError:
        raise Problem(
            f"{path.name} has no ReferenceDate that can be read: add it to the header,"
            " as in <ReferenceDate>2025-09-30</ReferenceDate>."
        ) from None


def _gather(gathering: Gathering, element: Any, where: str) -> None:
    number = cells.identifier(element.findtext("SWENo"))
    if number is None:
        gathering.leave_out("worker", _issue("missing_value", "worker", None, f"{where}: no SWENo"))
        gathering.pass_over("post", "missing_value")
        return
    gathering.offer(
        "worker", worker_id=number.upper(), registration_no=number.upper(), found_at=where
    )
    try:
        post = _post(element, number.upper())
    except cells.Unreadable as wanted:
        gathering.leave_out("post", _issue("unreadable", "post", number, f"{where}: {wanted}"))
        return
    if post["started_on"] is None:
        why = f"{where}: no RoleStartDate, so nobody knows which months the post covers"
        gathering.leave_out("post", _issue("missing_value", "post", number, why))
        return
    if post["fte"] == 0:
        gathering.issues.append(_without_fte(number, where))
    gathering.offer("post", **post, found_at=where)


def _post(element: Any, number: str) -> dict:
    started_on = cells.day(element.findtext("RoleStartDate"))
    last_day = cells.day(element.findtext("RoleEndDate"))
    role = cells.text(element.findtext("OrgRole"))
    return {
        "post_id": f"{number}-{started_on}",
        "worker_id": number,
        "unit_id": NO_UNIT,
        "role": ROLES.get(role or "", "other"),
        "fte": cells.number(element.findtext("FTE")) or 0.0,
        "agency": cells.yes_or_no(element.findtext("AgencyWorker")),
        "newly_qualified": element.findtext("StartOrigin") == NEWLY_QUALIFIED_ORIGIN,
        "started_on": started_on,
        "ended_on": last_day and last_day + timedelta(days=1),
    }


def _without_fte(number: str, where: str) -> Issue:
    return Issue(
        "not_a_worker_in_post",
        "post",
        number.upper(),
        WARNING,
        f"{where}: no FTE, as for leavers; the post counts in no denominator. If the worker is"
        " still in post, enter the FTE.",
    )


def _issue(rule: str, table: str, key: str | None, said: str) -> Issue:
    ending = "; the row is left out. Correct the return."
    return Issue(rule, table, key and key.upper(), ERROR, said + ending)


def published_sickness(workers: Iterable[Any], year_end: date) -> dict[str, object]:
    """The DfE's annual rate: days lost to sickness ÷ (year-end FTE × 253, or 254 in a leap year).

    Agency workers are left out, as the DfE leaves them out. No rate where nobody has an FTE. The
    year is the one that ends with `year_end`; it is a leap year if its 29 February lies in it.
    """
    own = [one for one in workers if one.findtext("AgencyWorker") != "1"]
    lost = sum(_decimal(one, "WorkingDaysLost") for one in own)
    fte = sum(_decimal(one, "FTE") for one in own if not one.findtext("RoleEndDate"))
    days = WORKING_DAYS_A_YEAR + isleap(year_end.year)
    if fte == 0:
        return {}
    return {
        "annual_sickness": {
            "label": (
                f"DfE annual rate, year to {year_end.day} {year_end:%B %Y}: days lost ÷"
                f" (year-end FTE × {days})"
            ),
            "numerator": lost,
            "denominator": fte * days,
            "year_end": year_end.isoformat(),
        }
    }


def _decimal(element: Any, tag: str) -> float:
    try:
        return cells.number(element.findtext(tag)) or 0.0
    except cells.Unreadable:
        return 0.0
