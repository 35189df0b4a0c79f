"""Asks a provider, over the network: short, bounded, and to its own address only."""

import json
from collections.abc import Callable, Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from access.gate.door import is_this_machine

SECONDS_TO_ANSWER = 5
BYTES_OF_AN_ANSWER = 1_000_000
Json = Mapping[str, Any]
# An address, a form to send it or None, headers; what came back.
Fetch = Callable[[str, Mapping[str, str] | None, Mapping[str, str]], Json]


class ProviderSilent(Exception):
    """The provider can't be reached, or says nothing that can be read."""


class ProviderRefused(Exception):
    """The provider answered that it won't: its own word for why."""


class Stay(HTTPRedirectHandler):
    """Follows nothing: a secret is sent to the address that was asked, and to no other."""

    def redirect_request(self, *_asked: Any) -> None:
        return None


_OPENER = build_opener(Stay)


def fetch(address: str, form: Mapping[str, str] | None, headers: Mapping[str, str]) -> Json:
    """The JSON at an address; `form` is posted where there is one."""
    refuse_open_air(address)
    body = None if form is None else urlencode(form).encode()
    asked = Request(address, body, {"Accept": "application/json", **headers})
    try:
        with _OPENER.open(asked, timeout=SECONDS_TO_ANSWER) as answer:
            return _read(answer.read(BYTES_OF_AN_ANSWER))
    except HTTPError as refused:
        if refused.code in (400, 401):
            raise ProviderRefused(_reason(refused)) from None
        raise ProviderSilent(f"{urlsplit(address).netloc} answered {refused.code}") from None
    except (OSError, HTTPException) as fault:
        raise ProviderSilent(f"{urlsplit(address).netloc}: {fault}") from None


def refuse_open_air(address: str) -> None:
    """A code, a secret or a key goes by https only, but for a provider on this very machine."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (
        parts.scheme == "http" and is_this_machine(parts.hostname or "")
    ):
        raise ProviderSilent(f"{parts.netloc} is not asked by https")


def _read(body: bytes) -> Json:
    try:
        read = json.loads(body)
    except ValueError:
        raise ProviderSilent("what it answered is no JSON") from None
    if not isinstance(read, dict):
        raise ProviderSilent("what it answered is no JSON object")
    return read


def _reason(refused: HTTPError) -> str:
    try:
        return str(_read(refused.read(BYTES_OF_AN_ANSWER)).get("error", refused.code))[:60]
    except ProviderSilent:
        return str(refused.code)
