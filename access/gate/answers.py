"""What the gate says where it opens no page: one sentence, and where to go."""

from collections.abc import Mapping
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from access.gate.pace import MESSAGES_A_MINUTE
from access.gate.places import SIGN_IN

LOOK = (
    "body{font:18px/1.5 system-ui,sans-serif;color:CanvasText;background:Canvas;margin:12vh auto;"
    "max-width:40rem;padding:0 1rem}h1{font-size:1.5rem}a{color:LinkText}"
)
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} · ChildStat</title>'
    '<meta name="viewport" content="width=device-width"><style>{look}</style></head>'
    "<body><main><h1>{title}</h1><p>{sentence}</p><ul>{links}</ul></main></body></html>"
)
MONTH = {"Open ChildStat": "/"}
SIGN_IN_AGAIN = {"Sign in again": f"{SIGN_IN}?again=1"}


def told(
    title: str, sentence: str, links: Mapping[str, str] | None = None, status: int = 200
) -> HTMLResponse:
    """A page without a script. `links` lead from what they say to an address."""
    listed = "".join(
        f'<li><a href="{escape(address)}">{escape(words)}</a></li>'
        for words, address in (links or {}).items()
    )
    html = PAGE.format(title=escape(title), look=LOOK, sentence=escape(sentence), links=listed)
    return HTMLResponse(html, status)


def refused(sentence: str, status: int) -> HTMLResponse:
    return told("ChildStat can't open this", sentence, MONTH, status)


def redirected(address: str) -> RedirectResponse:
    # "See other": whatever was sent here is not sent on.
    return RedirectResponse(address, 303)


def too_many(_request: Request) -> HTMLResponse:
    return refused(
        f"More than {MESSAGES_A_MINUTE} clicks came from your page within a minute, so ChildStat"
        " stopped listening to it. Wait a minute, then go on; nothing was changed meanwhile.",
        429,
    )


def not_now(_request: Request | None = None) -> HTMLResponse:
    return refused(
        "Who may look can't be read or written just now, so nobody is let in. Your session was not"
        " ended by this: try again in a moment. Whoever looks after ChildStat finds why in its"
        " log.",
        503,
    )
