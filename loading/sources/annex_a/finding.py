"""Says which sheet holds which list of Annex A: by its headings, whatever its title.

Sheets come in any order, under many titles and in several files. A title only decides between
lists that fit equally well. What is not read is named; two sheets for one list are refused.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from data_access.problems import Problem
from loading.sources import cells
from loading.sources.annex_a.columns import LISTS
from loading.sources.annex_a.files import Sheet
from loading.sources.annex_a.headings import headings_of, lacking, own_headings
from loading.sources.annex_a.list_shape import AnnexList
from loading.sources.annex_a.other_lists import OTHER_LISTS
from loading.sources.annex_a.plain_words import plain
from loading.sources.cells import CALCULATE, UNCALCULATED
from loading.sources.reading import WARNING, Issue

Found = tuple[Sheet, AnnexList]


@dataclass(frozen=True)
class Finding:
    """The sheets to read, each with the list that it holds, and what is said of the others."""

    read: Sequence[Found]
    issues: Sequence[Issue]


def lists_on(sheets: Sequence[Sheet], with_hidden: bool) -> Finding:
    """The sheets that hold the needed lists, each list once; a sentence where that is not so."""
    named = ", ".join(sorted({sheet.file for sheet in sheets}))
    filled = [sheet for sheet in sheets if _has_words(sheet)]
    if not filled:
        raise Problem(
            f"{named} is empty: no sheet has a row. Give the Annex A workbook itself."
            f"{_uncalculated(sheets)}"
        )
    hidden = [sheet for sheet in filled if sheet.hidden and not with_hidden]
    in_sight = [sheet for sheet in filled if with_hidden or not sheet.hidden]
    found = _with_headings_in_part([(sheet, list_of(sheet)) for sheet in in_sight])
    if not any(annex_list for _, annex_list in found) and not any(map(list_of, hidden)):
        raise Problem(_not_annex_a(named, sheets))
    passed_over = [sheet for sheet, annex_list in found if not annex_list]
    read = [(sheet, one) for sheet, one in found if one in LISTS]
    _refuse_two(read)
    _need_all(read, named, hidden, passed_over)
    return Finding(read, [*_hidden(hidden), *_passed_over(passed_over), *_misnamed(read)])


def _has_words(sheet: Sheet) -> bool:
    return any(cells.text(cell) is not None for row in sheet.rows for cell in row)


def list_of(sheet: Sheet) -> AnnexList | None:
    """The list whose needed headings stand on the sheet; of several, that with most of its own."""
    whole = [
        one for one in (*LISTS, *OTHER_LISTS) if headings_of(sheet, one) and not lacking(sheet, one)
    ]
    return max(whole, key=lambda one: _likeness(sheet, one), default=None)


def _likeness(sheet: Sheet, annex_list: AnnexList) -> tuple[int, bool, int]:
    own, exact = own_headings(sheet, annex_list)
    return own, _is_titled(sheet, annex_list), exact


def _with_headings_in_part(
    found: Sequence[tuple[Sheet, AnnexList | None]],
) -> list[tuple[Sheet, AnnexList | None]]:
    """Where no sheet holds a list, that with half of its own headings: what lacks is then said."""
    held = [annex_list for _, annex_list in found]
    missing = [annex_list for annex_list in LISTS if annex_list not in held]
    return [(sheet, one or _list_in_part(sheet, missing)) for sheet, one in found]


def _list_in_part(sheet: Sheet, missing: Iterable[AnnexList]) -> AnnexList | None:
    likely = [
        one
        for one in missing
        if headings_of(sheet, one) and 2 * own_headings(sheet, one)[0] >= len(one.own_columns)
    ]
    return max(likely, key=lambda one: _likeness(sheet, one), default=None)


def _is_titled(sheet: Sheet, annex_list: AnnexList) -> bool:
    number = _number_titled(sheet)
    titled = re.fullmatch(annex_list.titled, plain(sheet.title)) is not None
    return titled if number is None else number == annex_list.number


def _number_titled(sheet: Sheet) -> int | None:
    title = plain(sheet.title)
    match = re.search(r"\blist\s?0*(\d{1,2})\b", title) or re.match(r"0*(\d{1,2})\b", title)
    return int(match.group(1)) if match else None


def _not_annex_a(named: str, sheets: Sequence[Sheet]) -> str:
    titles = ", ".join([f"'{sheet.title}'" for sheet in sheets][:12])
    return (
        f"{named} is not Annex A: its sheets are {titles}, and none has Annex A's headings."
        f" An Annex A workbook has sheets 'List 1' to 'List 11'.{_uncalculated(sheets)}"
    )


def _uncalculated(sheets: Iterable[Sheet]) -> str:
    """What hides headings: formulas that stand for them and have no value yet."""
    for sheet in sheets:
        if any(UNCALCULATED in row for row in sheet.rows):
            return f" In {sheet.where} formulas were never calculated. {CALCULATE}"
    return ""


def _refuse_two(read: Sequence[Found]) -> None:
    for annex_list in LISTS:
        claiming = [
            one.where for one, held in read if held is annex_list and not lacking(one, held)
        ]
        if len(claiming) > 1:
            raise Problem(
                f"{' and '.join(claiming)} have the headings of List {annex_list.number}"
                f" ({annex_list.name}): which of them counts can't be known. Remove or hide what is"
                " not to count, or put all rows of the list on one sheet."
            )


def _need_all(
    read: Sequence[Found], named: str, hidden: Iterable[Sheet], passed_over: Sequence[Sheet]
) -> None:
    held = [annex_list for _, annex_list in read]
    missing = [annex_list for annex_list in LISTS if annex_list.needed and annex_list not in held]
    if not missing:
        return
    names = " and ".join(f"List {one.number} ({one.name})" for one in missing)
    ending = "".join(
        f" {sheet.where} has its headings and is hidden: unhide it, or load with"
        " --with-hidden-sheets."
        for sheet in hidden
        if list_of(sheet) in missing
    )
    others = ", ".join(f"'{sheet.title}'" for sheet in passed_over)
    ending += f" The headings of {others} fit no list." if others else ""
    ending += _uncalculated(passed_over)
    raise Problem(
        f"{named} has no {names}: without it the figures would be too low. Add the sheet, or"
        f" give the file that has it as well.{ending}"
    )


def _hidden(sheets: Iterable[Sheet]) -> Iterator[Issue]:
    for sheet in sheets:
        held = list_of(sheet)
        of = f" It has the headings of List {held.number} ({held.name})." if held else ""
        yield _issue(
            "hidden_sheet",
            f"{sheet.where} is hidden and is left out.{of} If it is to count, unhide it, or load"
            " with --with-hidden-sheets.",
        )


def _passed_over(sheets: Iterable[Sheet]) -> Iterator[Issue]:
    for sheet in sheets:
        if not any(_is_titled(sheet, one) for one in OTHER_LISTS):
            yield _issue(
                "sheet_passed_over",
                f"{sheet.where} is passed over: its headings fit no list of Annex A. If it holds"
                " one, give its columns Ofsted's headings.",
            )


def _misnamed(read: Iterable[Found]) -> Iterator[Issue]:
    for sheet, held in read:
        number = _number_titled(sheet)
        if number not in (None, held.number):
            yield _issue(
                "sheet_misnamed",
                f"{sheet.where} has the headings of List {held.number} ({held.name}) and is read as"
                " that: rename the sheet, or correct its headings.",
            )


def _issue(rule: str, message: str) -> Issue:
    return Issue(rule, "annex_a", None, WARNING, message)
