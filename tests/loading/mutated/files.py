"""Real files of every kind that a user may give, each with one change that its number draws."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from openpyxl.utils.exceptions import IllegalCharacterError

from data_access.settings_file.reading import read_settings
from loading.sources.annex_a.workbook import read_annex_a
from loading.sources.csv_folder import read_csv_folder
from loading.sources.month_values import read_month_values
from loading.sources.reading import Reading
from loading.sources.workforce_census import read_workforce_census
from tests import COUNCIL
from tests.loading import dirty
from tests.loading.mutated.raw import changed_bytes, changed_elements, changed_text
from tests.loading.mutated.tables import change
from tests.loading.mutated.values import CONTROLS, TEXTS, VALUES
from tests.loading.workbooks.parts import archive, parts_of

Read = Callable[[], list[Reading]]
IN_CELLS = (*TEXTS, *VALUES)
IN_TEXT = (*TEXTS, *CONTROLS, *map(str, VALUES))


def annex_a(folder: Path, draw: Random) -> Read:
    """An Annex A workbook: its cells, its sheets, its parts or its bytes changed."""
    content = dirty.sheets()
    how = draw.choice(["cells", "cells", "cells", "sheets", "parts", "bytes"])
    if how == "cells":
        change(content[draw.choice(list(content))], draw, IN_CELLS)
    if how == "sheets":
        content = _sheets_changed(content, draw)
    try:
        path = dirty.workbook(folder / "annex_a.xlsx", content)
    except (IllegalCharacterError, OverflowError):
        # No workbook can hold this value.
        path = dirty.good_workbook(folder)
    if how == "parts":
        _change_parts(path, draw)
    if how == "bytes":
        path.write_bytes(changed_bytes(path.read_bytes(), draw))
    return lambda: [read_annex_a([path])]


def _sheets_changed(content: dirty.Sheets, draw: Random) -> dirty.Sheets:
    titles = list(content)
    first, second = draw.choice(titles), draw.choice(titles)
    how = draw.choice(["remove", "repeat", "swap", "empty", "add"])
    if how == "remove":
        del content[first]
    if how == "repeat":
        content[f"{first} (old)"] = content[second]
    if how == "swap":
        content[first], content[second] = content[second], content[first]
    if how == "empty":
        content[first] = []
    if how == "add":
        content["Notes"] = [[draw.choice(TEXTS[:40]) for _ in range(4)] for _ in range(4)]
    return content


def _change_parts(path: Path, draw: Random) -> None:
    parts = parts_of(path)
    part = draw.choice(list(parts))
    how = draw.choice(["remove", "bytes", "text", "text", "text", "empty"])
    if how == "remove":
        del parts[part]
    else:
        words = parts[part].decode("utf-8", "replace")
        parts[part] = {
            "bytes": lambda: changed_bytes(parts[part], draw),
            "text": lambda: changed_text(words, draw, TEXTS).encode("utf-8", "replace"),
            "empty": lambda: b"",
        }[how]()
    archive(path, parts)


def csv_folder(folder: Path, draw: Random) -> Read:
    """A folder of CSV files, one of them changed."""
    path = dirty.csv_folder(folder / "tables", dirty.tables())
    file = path / f"{draw.choice(list(dirty.TABLES))}.csv"
    if draw.random() < 0.7:
        with file.open(encoding="utf-8", newline="") as lines:
            table: list[list] = list(csv.reader(lines))
        change(table, draw, IN_TEXT)
        with file.open("w", encoding="utf-8", newline="", errors="replace") as lines:
            csv.writer(lines, escapechar="\\").writerows(table)
    else:
        file.write_bytes(changed_bytes(file.read_bytes(), draw))
    return lambda: read_csv_folder(path)


def workforce_census(folder: Path, draw: Random) -> Read:
    """A workforce census return, an element, a value or its bytes changed."""
    workers = [{**dirty.ASH, "SWENo": f"SW{number}", "FTE": 0.5} for number in range(4)]
    path = dirty.census(folder / "census.xml", workers)
    how = draw.choice([changed_elements, changed_elements, changed_text, None])
    if how:
        words = how(path.read_text(encoding="utf-8"), draw, IN_TEXT)
        path.write_text(words, encoding="utf-8", errors="replace")
    else:
        path.write_bytes(changed_bytes(path.read_bytes(), draw))
    return lambda: [read_workforce_census(path)]


def month_values(folder: Path, draw: Random) -> Read:
    """A file of months and values, as `spc` judges it."""
    path = folder / "months.csv"
    table: list[list] = [["month", "value"]]
    table += [[f"20{year}-{month:02}", year + month] for year in (15, 16) for month in range(1, 13)]
    if draw.random() < 0.7:
        change(table, draw, IN_TEXT)
    with path.open("w", encoding="utf-8", newline="", errors="replace") as lines:
        csv.writer(lines, escapechar="\\").writerows(table)
    if draw.random() < 0.3:
        path.write_bytes(changed_bytes(path.read_bytes(), draw))
    return lambda: _nothing(read_month_values(path))


def settings(folder: Path, draw: Random) -> Read:
    """The file of settings."""
    path = folder / "config.toml"
    words = COUNCIL.read_text(encoding="utf-8")
    if draw.random() < 0.8:
        changed = changed_text(words, draw, IN_TEXT).encode("utf-8", "replace")
    else:
        changed = changed_bytes(words.encode(), draw)
    path.write_bytes(changed)
    return lambda: _nothing(read_settings(path))


def _nothing(_read: object) -> list[Reading]:
    return []


KINDS: Sequence[Callable[[Path, Random], Read]] = (
    *(annex_a, csv_folder, workforce_census, month_values, settings),
)
