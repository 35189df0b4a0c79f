"""Addresses as a page writes them: where its links lead, and to whom."""

import re
from html import unescape
from urllib.parse import parse_qsl


def links_to(page: str, html: str) -> list[tuple[dict[str, str], str]]:
    """What the address of each link to the page says, with the link's words."""
    found = re.findall(rf'href="\./{page}\?([^"#]*)[^"]*"[^>]*>([^<]*)<', html)
    return [(dict(parse_qsl(unescape(said))), words) for said, words in found]


def said_of_row(opened, page: str, rows: dict[str, str], number: int = 1) -> dict[str, str]:
    """What the link of a row behind a figure to `page` says; rows are counted from 1."""
    return links_to(page, opened("metric", **rows))[number - 1][0]
