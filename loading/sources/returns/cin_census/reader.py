"""Reads the children in need census (an XML return to the DfE) into canonical rows.

What the census says, and how it is read:

- It holds each case that was open on any day of the year to 31 March, so history begins on 1 April;
  of several years a referral, assessment, plan, enquiry or review is as the latest return says.
- A group CINdetails is a referral, with its assessments, section 47 enquiries and plans.
- A conference is where a date of one stands: after an enquiry, or in CINdetails by itself, as for
  a child who came with a plan from elsewhere, which the census does not say.
- Plans are child in need and child protection plans; it does not hold who is looked after.
- End dates are the first day not included, as in the DfE's counts at 31 March.

Source: DfE, Children in need census: guide and specification, 2023 to 2025.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data_access.problems import Problem
from data_access.settings import DEFAULT_LIMITS, LoadingLimits
from data_access.sources.returns import CIN_CENSUS
from loading.columns import days
from loading.columns.column_read import ColumnRefused
from loading.sources.reading import AS_OPTION_SAYS, Gathering, Reading
from loading.sources.returns.children import gather_children
from loading.sources.returns.cin_census import modules
from loading.sources.returns.cin_census.modules import Lists, lists_of
from loading.sources.returns.cin_census.rows import gather_cases
from loading.sources.returns.module import Module
from loading.sources.returns.xml_file import root_of
from loading.sources.returns.years import Year, held_from, in_order, told_last

SOURCE = CIN_CENSUS.key
# By module, what makes a row the same as one of another year, the end of it, and its table.
FACTS: dict[Module, tuple[str, str, str]] = {
    modules.DETAILS: ("received_on", "closed_on", "referral"),
    modules.ASSESSMENTS: ("started_on", "", "assessment"),
    modules.CIN_PLANS: ("started_on", "ended_on", "plan"),
    modules.ENQUIRIES: ("started_on", "", "enquiry"),
    modules.CP_PLANS: ("started_on", "ended_on", "plan"),
    modules.REVIEWS: ("held_on", "", "review"),
}


@dataclass(frozen=True)
class Return:
    """One file: its year and its lists, the rows of CINdetails with ids of their own."""

    year: Year
    lists: Lists

    def rows(self, module: Module) -> list[dict]:
        return self.lists[module.name].rows


def read_cin_census(
    paths: Sequence[Path], data_to: date | None = None, limits: LoadingLimits = DEFAULT_LIMITS
) -> Reading:
    """Children, referrals, assessments, enquiries, conferences, plans and reviews of the returns.

    `data_to` is the last day covered, of the latest: its reference date, 31 March, unless said.
    """
    gathering = Gathering()
    returns = [_read(path, limits, gathering) for path in paths]
    returns = [returns[place] for place in in_order([one.year for one in returns])]
    last = returns[-1].year
    last = Year(last.name, data_to, AS_OPTION_SAYS) if data_to else last
    gather_children(gathering, [_children(one) for one in reversed(returns)])
    gather_cases(gathering, lambda module: _told(returns, module, gathering))
    return Reading(
        SOURCE,
        last.last,
        gathering.frames(),
        tuple(gathering.issues),
        dict.fromkeys(CIN_CENSUS.tables, 0) | gathering.read,
        gathering.left_out,
        CIN_CENSUS.lacks,
        CIN_CENSUS.partial,
        sheets=_sheets(returns),
        data_from=held_from(one.year for one in returns),
        data_to_from=last.says,
        parts=CIN_CENSUS.parts,
    )


def _read(path: Path, limits: LoadingLimits, gathering: Gathering) -> Return:
    root = root_of(path, limits)
    if root.find(".//CINdetails") is None:
        raise Problem(
            f"{path.name} is not a children in need census return: it begins with <{root.tag}> and"
            " has no CINdetails. Give the XML that is sent to the DfE."
        )
    says = f"the reference date of {path.name}"
    made = Return(
        Year(path.name, _reference_date(path, root), says),
        lists_of(root, path.name, gathering.issues),
    )
    _with_ids(made)
    return made


def _reference_date(path: Path, root: Any) -> date:
    said = root.findtext(".//CollectionDetails/ReferenceDate")
    try:
        day = days.read([said]).values[said] if said else None
    except ColumnRefused:
        day = None
    if not isinstance(day, date):
        raise Problem(
            f"{path.name} has no ReferenceDate that can be read: add it to the header,"
            " as in <ReferenceDate>2025-03-31</ReferenceDate>."
        )
    return day


def _with_ids(made: Return) -> None:
    """Gives each row the id of its referral, and an assessment its factors."""
    ids, times = {}, Counter[str]()
    for row in made.rows(modules.DETAILS):
        made_of = CIN_CENSUS.row_id(row["child_id"], "R", row["received_on"])
        times[made_of] += 1
        number = times[made_of]
        ids[row["details"]] = made_of if number == 1 else f"{made_of}-{number}"
    for module in FACTS:
        for row in made.rows(module):
            row["referral_id"] = ids.get(row.get("details"))
    factors: dict[str, list[dict]] = {}
    for row in made.rows(modules.FACTORS):
        factors.setdefault(row["assessment"], []).append(row)
    for row in made.rows(modules.ASSESSMENTS):
        row["factors"] = factors.get(row["assessment"], [])


def _children(made: Return) -> list[dict]:
    rows = made.rows(modules.CHILDREN)
    return [{**row, "sex": row["sex"] or row["gender"]} for row in rows]


def _told(returns: Sequence[Return], module: Module, gathering: Gathering) -> list[dict]:
    """The rows of a module of all years, each as the latest return says."""
    begins, ends, table = FACTS[module]

    def key(row: dict) -> object:
        return (row["child_id"], row[begins])

    by_year = [(one.year, one.rows(module)) for one in returns]
    return told_last(by_year, key, ends, table, gathering.issues)


def _sheets(returns: Sequence[Return]) -> dict[str, dict]:
    """What was read and used of each group of each file."""
    return {
        f"{one.year.name}, {name}": rows.as_sheet
        for one in returns
        for name, rows in one.lists.items()
    }
