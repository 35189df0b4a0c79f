"""One cell of somebody's file as a value: text, an identifier, a day, a number, yes or no."""

import re
from datetime import date, datetime, time, timedelta

BLANK = frozenset(
    {"", "#n/a", "n/a", "na", "#ref!", "#value!", "#name?", "#null!", "#div/0!", "null", "nan"}
    | {"none", "-", "–", "."}
)
# What systems write where there is no date: NULL, never a day.
FILLERS = frozenset({date(1900, 1, 1), date(1899, 12, 30), date(1899, 12, 31), date(9999, 12, 31)})
YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"no", "n", "false", "0"})

_EXCEL_DAY_0 = date(1899, 12, 30)
_EXCEL_DAYS = range(1, 2_958_466)  # to 31 December 9999
_WRITTEN = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y")
_TIME_OF_DAY = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")


class Unreadable(ValueError):
    """This cell is not what its column needs; the message says what is needed."""


def text(cell: object) -> str | None:
    """The cell's words, single-spaced; None for blanks and for spreadsheets' error values."""
    if cell is None:
        return None
    words = " ".join(str(cell).split())
    return None if words.lower() in BLANK else words


def identifier(cell: object) -> str | None:
    """An id as text: 1234, 1234.0 and " 1234 " are the same one."""
    words = text(cell)
    if words is None:
        return None
    return re.sub(r"^(\d+)\.0+$", r"\1", words)


def day(cell: object) -> date | None:
    """A date from a date, an Excel serial number, or text: day before month, or ISO.

    Times of day are dropped; fillers (1 January 1900, 31 December 9999) are None.
    """
    found = _day(cell)
    return None if found in FILLERS else found


def _day(cell: object) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    # Excel's day 0 comes as midnight: a date format on an empty sum.
    if isinstance(cell, time):
        return None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _excel_day(cell)
    words = text(cell)
    return None if words is None else _written_day(words)


def _excel_day(number: float) -> date:
    if int(number) not in _EXCEL_DAYS:
        raise Unreadable("a date is needed, as in 31/12/2016")
    return _EXCEL_DAY_0 + timedelta(days=int(number))


def _written_day(words: str) -> date:
    words = _TIME_OF_DAY.sub("", words)
    if re.fullmatch(r"\d{5}(\.\d+)?", words):
        return _excel_day(float(words))
    try:
        return date.fromisoformat(words)
    except ValueError:
        pass
    for form in _WRITTEN:
        try:
            return datetime.strptime(words, form).date()
        except ValueError:
            continue
    raise Unreadable("a date is needed, as in 2016-12-31 or 31/12/2016")


def number(cell: object) -> float | None:
    """A number; thousands separators are no harm."""
    words = text(cell)
    if words is None:
        return None
    try:
        return float(words.replace(",", ""))
    except ValueError:
        raise Unreadable("a number is needed") from None


def whole_number(cell: object) -> int | None:
    """A number without a fraction."""
    found = number(cell)
    if found is None:
        return None
    if not found.is_integer():
        raise Unreadable("a whole number is needed")
    return int(found)


def yes_or_no(cell: object) -> bool | None:
    """True for yes, y, true, 1; False for no, n, false, 0; the letter of "a) Yes" is dropped."""
    words = text(cell)
    if words is None:
        return None
    plain = without_letter(words).lower()
    if plain in YES:
        return True
    if plain in NO:
        return False
    raise Unreadable("yes or no is needed")


def without_letter(words: str) -> str:
    """ "a) Female" and "a. Female" as "Female": Annex A letters its choices, councils drop them."""
    return re.sub(r"^[a-z]{1,2}[).]\s*", "", words, flags=re.IGNORECASE)
