"""How a provider is asked: by https or on this machine, at its own address, and not for ever."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from access.sign_in.fetching import ProviderRefused, ProviderSilent, fetch, refuse_open_air
from tests.servers import free_port

ANSWERS = {
    "/good": (200, b'{"issuer": "here"}', ""),
    "/list": (200, b"[]", ""),
    "/page": (200, b"<html>", ""),
    "/moved": (302, b"", "/good"),
    "/refused": (400, b'{"error": "invalid_grant"}', ""),
    "/denied": (401, b"<html>", ""),
    "/broken": (500, b"", ""),
}


class Provider(BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        status, body, to = ANSWERS[self.path]
        self.send_response(status)
        if to:
            self.send_header("Location", to)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_said: object) -> None:
        """Nothing: a test's own words are enough."""


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Provider) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_what_a_provider_says_is_read(provider):
    assert fetch(f"{provider}/good", None, {}) == {"issuer": "here"}


@pytest.mark.parametrize("path", ["/list", "/page", "/broken", "/moved"])
@pytest.mark.parametrize("form", [None, {"client_secret": "x"}], ids=["asked", "posted"])
def test_what_is_no_answer_is_silence_and_no_other_address_is_asked(provider, path, form):
    Provider.asked.clear()
    with pytest.raises(ProviderSilent):
        fetch(provider + path, form, {})
    assert Provider.asked == [path]


def test_what_a_provider_refuses_it_says_in_its_word(provider):
    with pytest.raises(ProviderRefused, match="invalid_grant"):
        fetch(f"{provider}/refused", {"code": "x"}, {})
    with pytest.raises(ProviderRefused, match="401"):
        fetch(f"{provider}/denied", {"code": "x"}, {})


def test_nobody_at_an_address_is_silence():
    with pytest.raises(ProviderSilent):
        fetch(f"http://127.0.0.1:{free_port()}/good", None, {})


@pytest.mark.parametrize(
    "address",
    ["http://issuer.example/keys", "ftp://127.0.0.1/keys", "file:///etc/passwd", "/keys", ""],
)
def test_nothing_is_asked_without_https_but_of_this_machine(address):
    with pytest.raises(ProviderSilent, match="https"):
        fetch(address, None, {})


@pytest.mark.parametrize("address", ["https://issuer.example/keys", "http://localhost:1/keys"])
def test_https_and_this_machine_may_be_asked(address):
    refuse_open_air(address)
