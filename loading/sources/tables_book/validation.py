"""What Excel lets nobody type into a column: no code, no date, a number beyond its limits."""

from collections.abc import Iterable

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Column, Date, Integer

from data_access import schema
from loading.sources.tables_book.declared import CODES, sheet_of
from loading.sources.tables_book.sheet_of_table import SheetOfTable
from loading.sources.tables_book.takes import LIMITS, choices, takes
from loading.sources.workbooks.sheet_rows import LAST_ROW

# Ids of other sheets, to choose from; one of the case system may be typed instead.
_KNOWN_BY_ID = {"unit_id": schema.unit, "worker_id": schema.worker}
_IDS_LISTED = 2_000


class Lists:
    """The choices of every coded column, each list once, as columns of a sheet of its own."""

    def __init__(self, sheets: Iterable[SheetOfTable]) -> None:
        coded = (choices(column) for one in sheets for column in one.table.columns)
        self.columns = list(dict.fromkeys(listed for listed in coded if listed))

    def cells_of(self, listed: tuple[str, ...]) -> str:
        """Where a list stands, as a formula names it."""
        letter = get_column_letter(self.columns.index(listed) + 1)
        return f"'{CODES}'!${letter}$1:${letter}${len(listed)}"


def validate(sheet: Worksheet, column: Column, letter: str, first: int, lists: Lists) -> None:
    """Says to Excel what the column takes, from row `first` on."""
    rule = _rule(column, lists)
    if rule is None:
        return
    rule.error, rule.errorTitle = f"{takes(column)}."[:255], column.name[:32]
    rule.allow_blank = True
    rule.add(f"{letter}{first}:{letter}{LAST_ROW}")
    sheet.add_data_validation(rule)


def _rule(column: Column, lists: Lists) -> DataValidation | None:
    listed = choices(column)
    if listed:
        return DataValidation("list", formula1=lists.cells_of(listed), showErrorMessage=True)
    known = sheet_of(_KNOWN_BY_ID[column.name]) if column.name in _KNOWN_BY_ID else None
    if known is not None and column.table is not known.table:
        return _ids_of(known)
    if isinstance(column.type, Date):
        days = {"formula1": "DATE(1950,1,1)", "formula2": "DATE(2199,12,31)"}
        return DataValidation("date", operator="between", showErrorMessage=True, **days)
    if column in LIMITS:
        lowest, highest = LIMITS[column]
        kind = "whole" if isinstance(column.type, Integer) else "decimal"
        limits = {"formula1": str(lowest), "formula2": str(highest)}
        return DataValidation(kind, operator="between", showErrorMessage=True, **limits)
    return None


def _ids_of(known: SheetOfTable) -> DataValidation:
    """The ids that the other sheet has: offered, and any other taken without a word."""
    first = known.headings_row + 1
    cells = f"'{known.title}'!$A${first}:$A${first + _IDS_LISTED}"
    return DataValidation("list", formula1=cells, showErrorMessage=False)
