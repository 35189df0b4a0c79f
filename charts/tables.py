"""HTML tables with real links: every list, and the twin of every chart."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from markupsafe import Markup, escape

from charts.words import NOTHING, words

NUMBER = re.compile(r"[+−]?\d[\d\u2009.]*%?")


def table(headings: Sequence[str], rows: Iterable[Sequence[object]], caption: str = "") -> Markup:
    """A table with real headings; every text in it is escaped unless it is Markup."""
    table_rows = [tuple(row) for row in rows]
    kinds = [_kind([row[column] for row in table_rows]) for column in range(len(headings))]
    head = "".join(
        f'<th scope="col"{kind}>{escape(heading)}</th>'
        for heading, kind in zip(headings, kinds, strict=True)
    )
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    body = "".join(_row(row, kinds) for row in table_rows)
    # Put together as plain text: hundreds of rows by Markup.format cost 60 ms.
    return _framed(f"{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>")


def _framed(content: str) -> Markup:
    """The table in a frame that scrolls sideways where the screen is small: by keys as well."""
    by_keys = "" if "<a " in content else ' tabindex="0" role="group" aria-label="Table"'
    return Markup(f'<div class="cs-frame"{by_keys}><table class="cs-list">{content}</table></div>')


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


def _row(row: Sequence[object], kinds: Sequence[str]) -> str:
    cells = [
        f"<td{kind}>{_shown(value)}</td>" for value, kind in zip(row[1:], kinds[1:], strict=True)
    ]
    return f'<tr><th scope="row"{kinds[0]}>{_shown(row[0])}</th>{"".join(cells)}</tr>'


def _shown(value: object) -> Markup:
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
