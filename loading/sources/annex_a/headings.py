"""Where the columns of a list of Annex A stand on a sheet.

The headings need not be on the first row.
"""

from itertools import islice

from loading.sources import cells
from loading.sources.annex_a.files import Sheet
from loading.sources.annex_a.list_shape import AnnexList, Column
from loading.sources.annex_a.plain_words import plain

ROWS_TO_SEARCH_FOR_HEADINGS = 30
HEADINGS_THAT_MAKE_A_LIST = 4


def headings_of(sheet: Sheet, annex_list: AnnexList) -> tuple[int, dict[str, int]] | None:
    """The row of headings (from 0) and where each column of the list stands on it."""
    best: tuple[int, dict[str, int]] | None = None
    for headings_row, row in enumerate(islice(sheet.rows, ROWS_TO_SEARCH_FOR_HEADINGS)):
        placed = _placed(row, annex_list)
        if len(placed) >= HEADINGS_THAT_MAKE_A_LIST and (not best or len(placed) > len(best[1])):
            best = (headings_row, placed)
    return best


def _placed(row: tuple, annex_list: AnnexList) -> dict[str, int]:
    return {key: places[0] for key, places in fitting(row, annex_list).items()}


def fitting(row: tuple, annex_list: AnnexList) -> dict[str, list[int]]:
    """Where the headings stand that fit each column, equally well: more than one is a doubt.

    Ofsted's own heading goes before any other spelling, and no heading fits two columns.
    """
    words = {place: plain(cell) for place, cell in enumerate(row) if cells.text(cell)}
    found: dict[str, list[int]] = {}
    # Ofsted's own headings first: a pattern must not take a column that is plainly another's.
    for column in annex_list.columns:
        exact = [place for place, heading in words.items() if heading == plain(column.heading)]
        if exact:
            found[column.key] = exact
    for column in annex_list.columns:
        free = [place for place in words if not any(place in places for places in found.values())]
        close = [place for place in free if column.is_headed(words[place])]
        if column.key not in found and close:
            found[column.key] = close
    return found


def own_headings(sheet: Sheet, annex_list: AnnexList) -> tuple[int, int]:
    """How many of the list's own columns stand on the sheet, and how many under Ofsted's heading.

    Its own are all but those of the child and of who holds the child, which most lists have.
    """
    row, placed = headings_of(sheet, annex_list) or (0, {})
    own = [column for column in annex_list.own_columns if column.key in placed]
    exact = [
        column
        for column in own
        if plain(sheet.rows[row][placed[column.key]]) == plain(column.heading)
    ]
    return len(own), len(exact)


def lacking(sheet: Sheet, annex_list: AnnexList) -> list[Column]:
    """The needed columns of the list that no heading of the sheet names."""
    headings = headings_of(sheet, annex_list)
    placed = headings[1] if headings else {}
    return [column for column in annex_list.columns if column.needed and column.key not in placed]
