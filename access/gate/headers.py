"""What every answer tells a browser not to do with it."""

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

from access.gate.front import streamlits_page
from access.gate.places import is_of_the_program
from access.gate.site import Site

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
SECONDS_OF_A_YEAR = 31_536_000
POLICY = (
    "default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; form-action 'self';"
    " base-uri 'none'; object-src 'none'; frame-ancestors 'none'; frame-src 'none';"
    " worker-src 'none'; manifest-src 'none'"
)
NOTHING_OF_THE_MACHINE = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
    )
)


def headers_of(site: Site, scripts: Iterable[str]) -> Mapping[str, str]:
    """The headers of every answer; `scripts` are ours that stand within a page."""
    always = {
        "Content-Security-Policy": content_policy(scripts),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        # Not "no-referrer": a form would then come from nowhere, and sign-out refuses that.
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": NOTHING_OF_THE_MACHINE,
    }
    lasting = {"Strict-Transport-Security": f"max-age={SECONDS_OF_A_YEAR}"}
    return always | (lasting if site.is_https else {})


def content_policy(scripts: Iterable[str]) -> str:
    """Scripts run from this server's files only, and within a page those known word by word."""
    known = [*INLINE.findall(streamlits_page()), *scripts]
    hashes = (f"'sha256-{b64encode(sha256(one.encode()).digest()).decode()}'" for one in known)
    return POLICY.format(scripts=" ".join(hashes))


def with_headers(send: Send, headers: Mapping[str, str], path: str) -> Send:
    """Sends as before, with these headers, and so that nothing is kept but files of the program."""

    async def sent(message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.http.response.start"):
            held = MutableHeaders(raw=message.setdefault("headers", []))
            held.update(headers)
            if not is_of_the_program(path):
                held["Cache-Control"] = "no-store"
        await send(message)

    return sent
