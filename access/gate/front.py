"""The document that a page's address is answered with: Streamlit's own, with our words and script.

Streamlit's script then makes the page in it. It would look for its server beneath the page first,
at two addresses that do not exist: ours tells it where it is, before it starts.
"""

import re
from collections.abc import Collection, Mapping
from functools import cache
from html import escape
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
ROOT = '<div id="root"></div>'
WHILE_GREY = (
    ".cs-coming, [data-testid=stAppSkeleton]::before { font: 1.2rem system-ui, sans-serif; }"
    " .cs-coming { margin: 2rem; }"
    " [data-testid=stAppSkeleton]::before { content: '{}'; display: block; margin: 1rem 0; }"
)
NEEDS_SCRIPTS = (
    "<noscript><p>ChildStat needs scripts: allow them for this address, and open it again.</p>"
    "</noscript>"
)


def routes_of(pages: Mapping[str, str], document: str) -> tuple[Route, ...]:
    """The addresses of pages, by their paths, each answered with what is coming there."""
    return tuple(_route(page, with_what_comes(document, words)) for page, words in pages.items())


def _route(page: str, document: str) -> Route:
    def answer(_request: Request) -> Response:
        return HTMLResponse(document)

    return Route(f"/{page}", answer)


def with_what_comes(document: str, words: str) -> str:
    """The document with a line in the place of the page, which its first drawing takes away.

    Streamlit takes what stands in its root away as it begins, and then draws grey bars: the words
    stand over these too.
    """
    said = escape(words)
    style = WHILE_GREY.replace("{}", said.replace("\\", "").replace("\n", " "))
    waiting = f'<div id="root"><p role="status" class="cs-coming">{said}</p></div>'
    return document.replace("</head>", f"<style>{style}</style></head>", 1).replace(
        ROOT, waiting, 1
    )


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
