"""One cell of somebody's file that says all by itself: text.

What needs the whole column (numbers, days), ids and codes are read in `loading.columns`.
"""

import re
from dataclasses import dataclass

# "#N/A" is what a look-up writes where there is nothing to find.
BLANK = frozenset({"", "#n/a", "n/a", "na", "null", "nan", "none", "-", "–", "."})
# What spreadsheets write where a formula has failed: something should stand there.
ERRORS = frozenset(
    {"#ref!", "#value!", "#name?", "#null!", "#div/0!", "#num!", "#spill!", "#calc!", "#field!"}
    | {"#getting_data", "#busy!", "#blocked!", "#connect!", "#unknown!"}
)


@dataclass(frozen=True)
class FaultyCell:
    """A cell of a workbook that holds no value which can be taken, and why; as text it is blank."""

    why: str

    def __str__(self) -> str:
        return ""


UNCALCULATED = FaultyCell("a formula stands here that was never calculated")
CALCULATE = "Open the workbook in Excel, save it, and load that."
MERGED = FaultyCell("the cell is merged with another: unmerge them, and fill each")
NO_DAY = FaultyCell("it has the format of a date, and its number is no day of Excel's")
DAMAGED = FaultyCell("it is damaged in the file: open it in Excel, look at the cell, and save it")


class Unreadable(ValueError):
    """This cell is not what its column needs; the message says what is needed."""


def fault_of(cell: object) -> str | None:
    """What is wrong with the cell whatever its column needs: an error of Excel's, a faulty cell."""
    if isinstance(cell, FaultyCell):
        return cell.why
    if isinstance(cell, str) and cell[:1] == "#" and cell.lower().strip() in ERRORS:
        return f"Excel's error {cell.strip().upper()} stands here: mend its formula"
    return None


def text(cell: object) -> str | None:
    """The cell's words, single-spaced; None for blanks and for what a look-up did not find."""
    if cell is None:
        return None
    words = " ".join(str(cell).split())
    return None if words.lower() in BLANK else words


def without_letter(words: str) -> str:
    """ "a) Female" and "a. Female" as "Female": Annex A letters its choices, councils drop them."""
    return re.sub(r"^[a-z]{1,2}[).]\s*", "", words, flags=re.IGNORECASE)
