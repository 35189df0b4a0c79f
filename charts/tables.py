"""HTML tables with real links: every list, and the twin of every chart."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from charts.words import NOTHING, words

NUMBER = re.compile(r"[+−]?\d[\d\u2009.]*(?:%| days?)?")
ARROWS = {"ascending": " ↑", "descending": " ↓", "": ""}


@dataclass(frozen=True)
class Heading:
    """A column's heading that puts its list in order: where it leads, and the order it has now."""

    words: str
    href: str
    order: str = ""


def table(
    headings: Sequence[str | Heading], rows: Iterable[Sequence[object]], caption: str = ""
) -> Markup:
    """A table with real headings; every text in it is escaped unless it is Markup."""
    table_rows = [tuple(row) for row in rows]
    kinds, years = _kinds_and_years(headings, table_rows)
    head = "".join(_heading(*one) for one in zip(headings, kinds, years, strict=True))
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    body = "".join(_row(row, kinds, years) for row in table_rows)
    # Put together as plain text: hundreds of rows by Markup.format cost 60 ms.
    return _framed(f"{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>")


def stacked(headings: Sequence[str | Heading], rows: Iterable[Sequence[object]]) -> Markup:
    """The same of few rows of many words: on a telephone a block a row, each cell by its heading.

    It says what each part is, as a browser forgets it of a table that is laid out otherwise.
    """
    table_rows = [tuple(row) for row in rows]
    kinds, years = _kinds_and_years(headings, table_rows)
    roles = [f' role="columnheader"{kind}' for kind in kinds]
    head = "".join(_heading(*one) for one in zip(headings, roles, years, strict=True))
    words = [one if isinstance(one, str) else one.words for one in headings]
    said = [_in_year(one, year) for one, year in zip(words, years, strict=True)]
    body = "".join(_block(row, kinds, years, said) for row in table_rows)
    return _framed(
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody>',
        ' role="table"',
        " cs-stacked",
    )


def _kinds_and_years(
    headings: Sequence[object], rows: Sequence[Sequence[object]]
) -> tuple[list[str], list[int | None]]:
    """How each column is set, and the one year of those of days."""
    columns = [[row[column] for row in rows] for column in range(len(headings))]
    return [_kind(column) for column in columns], [_year_of(column) for column in columns]


def _framed(content: str, role: str = "", css: str = "") -> Markup:
    """The table in a frame that scrolls sideways where the screen is small: by keys as well."""
    by_keys = "" if "<a " in content else ' tabindex="0" role="group" aria-label="Table"'
    return Markup(
        f'<div class="cs-frame{css}"{by_keys}><table class="cs-list"{role}>{content}</table></div>'
    )


def _in_year(heading: str, year: int | None) -> str:
    return f"{escape(heading)}, {year}" if year else str(escape(heading))


def _heading(heading: str | Heading, kind: str, year: int | None) -> str:
    if isinstance(heading, str):
        return f'<th scope="col"{kind}>{_in_year(heading, year)}</th>'
    order = f' aria-sort="{heading.order}"' if heading.order else ""
    arrow = f'<span aria-hidden="true">{ARROWS[heading.order]}</span>'
    shown = f"{_in_year(heading.words, year)}{arrow}"
    words = f'<a class="cs-sort" href="{escape(heading.href)}" target="_self">{shown}</a>'
    return f'<th scope="col"{kind}{order}>{words}</th>'


def _kind(values: Iterable[object]) -> str:
    """How a column is set: numbers to the right, dates on one line."""
    known = [value for value in values if value is not None and value != NOTHING]
    if known and all(_is_number(value) for value in known):
        return ' class="cs-number"'
    if known and all(isinstance(value, date) for value in known):
        return ' class="cs-day"'
    return ""


def _is_number(value: object) -> bool:
    if isinstance(value, str):
        return NUMBER.fullmatch(value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


def _year_of(values: Sequence[object]) -> int | None:
    """The one year of a column of days: told by its heading, so that the days needn't."""
    years = {value.year for value in values if isinstance(value, date)}
    is_of_days = all(isinstance(value, date) or value in (None, NOTHING) for value in values)
    return years.pop() if is_of_days and len(years) == 1 else None


def _row(row: Sequence[object], kinds: Sequence[str], years: Sequence[int | None]) -> str:
    cells = [_shown(value, year) for value, year in zip(row, years, strict=True)]
    others = (f"<td{kind}>{cell}</td>" for cell, kind in zip(cells[1:], kinds[1:], strict=True))
    return f'<tr><th scope="row"{kinds[0]}>{cells[0]}</th>{"".join(others)}</tr>'


def _block(
    row: Sequence[object], kinds: Sequence[str], years: Sequence[int | None], said: Sequence[str]
) -> str:
    """A row of which each cell can say its heading."""
    first, *cells = (_shown(value, year) for value, year in zip(row, years, strict=True))
    others = (
        f'<td role="cell" data-heading="{heading}"{kind}>{cell}</td>'
        for cell, kind, heading in zip(cells, kinds[1:], said[1:], strict=True)
    )
    return (
        f'<tr role="row"><th scope="row" role="rowheader"{kinds[0]}>{first}</th>{"".join(others)}'
        "</tr>"
    )


def _shown(value: object, year: int | None) -> Markup:
    if isinstance(value, date):
        return escape(f"{value.day} {value:%b}" if year else f"{value.day} {value:%b %Y}")
    return value if isinstance(value, Markup) else escape(words(value))


def link(href: str, text: object, says: str = "") -> Markup:
    """A real link; `says` is what is heard where the text alone would not tell where it leads."""
    heard = f' aria-label="{escape(says)}"' if says else ""
    return Markup(f'<a href="{escape(href)}"{heard} target="_self">{escape(text)}</a>')


def folded(title: str, content: Markup) -> Markup:
    """Content behind a title that opens it, by mouse or key."""
    return Markup('<details class="cs-fold"><summary>{}</summary>{}</details>').format(
        title, content
    )
