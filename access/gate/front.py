"""The document that a page's address is answered with: Streamlit's own, with our words and script.

Streamlit's script then makes the page in it. It would look for its server beneath the page first,
at two addresses that do not exist: ours tells it where it is, before it starts.
"""

import re
from collections.abc import Collection
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
WITHOUT_SCRIPTS = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
FOR_PROGRAMS = re.compile(r"<!--(?:(?!-->).)*?-->\s*<link rel=\"service-desc\"[^>]*>", re.DOTALL)
FIRST_SCRIPT = '<script type="module"'
HTML = '<html lang="en">'
NEEDS_SCRIPTS = (
    "<noscript><p>ChildStat needs scripts: allow them for this address, and open it again.</p>"
    "</noscript>"
)


def routes_of(pages: Collection[str], document: str) -> tuple[Route, ...]:
    """The addresses of pages, by their paths, each answered with the document."""

    def answer(_request: Request) -> Response:
        return HTMLResponse(document)

    return tuple(Route(f"/{page}", answer) for page in pages)


def front_page(turn: Collection[str], script: str) -> str:
    """The document: it names the pages that `turn` within a session; `script` runs first in it."""
    named = HTML.replace(">", f' data-pages="{" ".join(turn)}">')
    document = TITLE.sub("<title>ChildStat</title>", streamlits_page())
    document = WITHOUT_SCRIPTS.sub(NEEDS_SCRIPTS, FOR_PROGRAMS.sub("", document))
    first = f"<script>{script}</script>{FIRST_SCRIPT}"
    return document.replace(HTML, named, 1).replace(FIRST_SCRIPT, first, 1)


@cache
def streamlits_page() -> str:
    """The document that Streamlit answers every page's address with."""
    streamlit = find_spec("streamlit")
    assert streamlit is not None and streamlit.origin is not None, "what serves is there"
    return (Path(streamlit.origin).parent / "static" / "index.html").read_text(encoding="utf-8")
