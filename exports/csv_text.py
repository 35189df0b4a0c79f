"""Rows as CSV for people to open: the only writer of it, from pages and from the command line."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

# What begins a formula, in a spreadsheet of any language: wide signs do where East Asian text is
# typed. After a tab, a return or a space a spreadsheet may take what follows for the beginning.
RUNS = frozenset("=+-@＝＋－＠")
BLANKS = frozenset("\t\r\n")
FOR_EXCEL = "\ufeff"


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Headings and rows, a line each; None is empty, a number stays one, a text can't run."""
    out = io.StringIO()
    # With "\n" as its line end, the writer would leave a return within a text unquoted.
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([as_text(heading) for heading in headings])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def csv_file(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The same as a file, with the mark by which Excel knows its letters."""
    return FOR_EXCEL + csv_text(headings, rows)


def as_text(text: str) -> str:
    """`text` so that no spreadsheet runs it: an apostrophe goes before what could begin a formula.

    The convention of OWASP's "CSV Injection". A text that only looks like a number ("-5") is one
    of these: what a source gave as text stays text.
    """
    begins = text.lstrip()[:1]
    return f"'{text}" if text[:1] in BLANKS or begins in RUNS else text


def _cell(value: object) -> object:
    if isinstance(value, str):
        return as_text(value)
    if isinstance(value, float):
        # What is nothing has no sign: -0.0 would be read as less than nothing.
        return value + 0
    return value.isoformat() if isinstance(value, date) else value
