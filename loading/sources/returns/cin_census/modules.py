"""The groups of a children in need census return, each read as the columns of a table.

A row is an element; where it stands is told by the number of its child in the file.
Source: DfE, Children in need census: specification, 2023 to 2025, and `GenderCurrent` of earlier.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Boolean, Date, Integer

from data_access.code_sets.children import (
    CLOSURE,
    ETHNICITY,
    FACTOR,
    NEED,
    REFERRAL_SOURCE,
    SEX,
)
from data_access.code_sets.plans import ABUSE
from data_access.code_sets.truths import NO_FURTHER_ACTION
from data_access.tables.parts import maybe, needed
from loading.columns.different_cells import TextColumn
from loading.sources.reading import Issue
from loading.sources.returns.module import Module, ModuleRows, read_module
from loading.sources.text_tables import TextTable
from loading.sources.workforce_cells import said_in

# Not tags: which element of the file a row stands in.
OF_DETAILS, OF_ASSESSMENT = "CINdetails", "Assessments"


def _of_child(**columns: Any) -> dict[str, Any]:
    return {"LAchildID": needed("child_id"), **columns}


def _of_details(**columns: Any) -> dict[str, Any]:
    return _of_child(**{OF_DETAILS: needed("details"), **columns})


CHILDREN = Module(
    "Child",
    _of_child(
        PersonBirthDate=maybe("born_on", Date),
        Sex=maybe("sex", codes=SEX),
        GenderCurrent=maybe("gender", codes=SEX),
        Ethnicity=maybe("ethnicity", codes=ETHNICITY),
    ),
)
DETAILS = Module(
    OF_DETAILS,
    _of_details(
        CINreferralDate=needed("received_on", Date),
        ReferralSource=maybe("source", codes=REFERRAL_SOURCE),
        PrimaryNeedCode=maybe("primary_need", codes=NEED),
        CINclosureDate=maybe("closed_on", Date),
        ReasonForClosure=maybe("closure_reason", codes=CLOSURE),
        DateOfInitialCPC=maybe("held_on", Date),
        ReferralNFA=maybe("no_further_action", Boolean, codes=NO_FURTHER_ACTION),
    ),
)
ASSESSMENTS = Module(
    OF_ASSESSMENT,
    _of_details(
        Assessments=needed("assessment"),
        AssessmentActualStartDate=needed("started_on", Date),
        AssessmentAuthorisationDate=maybe("authorised_on", Date),
    ),
)
FACTORS = Module(
    "AssessmentFactors",
    _of_child(Assessments=needed("assessment"), AssessmentFactors=needed("factor", codes=FACTOR)),
)
CIN_PLANS = Module(
    "CINPlanDates",
    _of_details(
        CINPlanStartDate=needed("started_on", Date), CINPlanEndDate=maybe("ended_on", Date)
    ),
)
ENQUIRIES = Module(
    "Section47",
    _of_details(
        S47ActualStartDate=needed("started_on", Date),
        InitialCPCtarget=maybe("target_on", Date),
        DateOfInitialCPC=maybe("held_on", Date),
        ICPCnotRequired=maybe("not_needed", Boolean),
    ),
)
CP_PLANS = Module(
    "ChildProtectionPlans",
    _of_details(
        CPPstartDate=needed("started_on", Date),
        CPPendDate=maybe("ended_on", Date),
        LatestCategoryOfAbuse=maybe("category", codes=ABUSE),
        NumberOfPreviousCPP=maybe("previous_plans", Integer),
    ),
)
REVIEWS = Module("CPPreviewDate", _of_child(CPPreviewDate=needed("held_on", Date)))
MODULES = (CHILDREN, DETAILS, ASSESSMENTS, FACTORS, CIN_PLANS, ENQUIRIES, CP_PLANS, REVIEWS)
# By module, the place of its elements within CINdetails.
_WITHIN = {
    ASSESSMENTS: OF_ASSESSMENT,
    CIN_PLANS: "CINPlanDates",
    ENQUIRIES: "Section47",
    CP_PLANS: "ChildProtectionPlans",
    REVIEWS: ".//CPPreviewDate",
}
Lists = Mapping[str, ModuleRows]


class _Rows:
    """The cells of one module's elements, and the number of each one's child."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.cells: list[dict[str, object]] = []
        self.numbers: list[int] = []

    def add(self, number: int, element: Any, **known: object) -> None:
        said = {tag: said_in(element, tag) for tag in self.module.columns}
        if element.tag in self.module.columns and len(element) == 0:
            said[element.tag] = element.text
        self.cells.append({**said, **known})
        self.numbers.append(number)

    def as_table(self) -> TextTable:
        """The tags that are there, and those that are needed, as the columns of a text file."""
        needed = {tag for tag, column in self.module.columns.items() if not column.nullable}
        filled = {tag for row in self.cells for tag, cell in row.items() if cell is not None}
        tags = [tag for tag in self.module.columns if tag in needed | filled]
        columns = [_column([row[tag] for row in self.cells]) for tag in tags]
        return TextTable(tags, tags, 1, columns, self.numbers, ())


def _column(cells: Sequence[Any]) -> TextColumn:
    different = {cell: place for place, cell in enumerate(dict.fromkeys(cells))}
    return TextColumn([*different], [different[cell] for cell in cells])


def lists_of(root: Any, file: str, issues: list[Issue]) -> Lists:
    """The rows of every module of a return."""
    found = {module.name: _Rows(module) for module in MODULES}
    for number, child in enumerate(root.iter("Child"), start=1):
        _add_child(found, number, child)
    return {
        name: read_module(rows.module, file, rows.as_table(), issues, "child")
        for name, rows in found.items()
    }


def _add_child(found: Mapping[str, _Rows], number: int, child: Any) -> None:
    child_id = next((said_in(one, "LAchildID") for one in child.iter("ChildIdentifiers")), None)
    told = {
        tag: said
        for one in (*child.iter("ChildIdentifiers"), *child.iter("ChildCharacteristics"))
        for tag in CHILDREN.columns
        if (said := said_in(one, tag)) is not None
    }
    found[CHILDREN.name].add(number, child, **told)
    for place, details in enumerate(child.iter(OF_DETAILS), start=1):
        of = {"LAchildID": child_id, OF_DETAILS: f"{number}.{place}"}
        found[DETAILS.name].add(number, details, **of)
        for module, element, known in _within(details, str(of[OF_DETAILS])):
            found[module.name].add(number, element, **of, **known)


def _within(details: Any, of: str) -> Iterator[tuple[Module, Any, dict[str, str]]]:
    """Each element below CINdetails that is a row, with its module; factors after theirs."""
    for module, tag in _WITHIN.items():
        for place, element in enumerate(details.findall(tag), start=1):
            known = {OF_ASSESSMENT: f"{of}.{place}"} if module is ASSESSMENTS else {}
            yield module, element, known
            for factor in element.iter("AssessmentFactors") if known else ():
                yield FACTORS, factor, known
