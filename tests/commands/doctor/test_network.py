"""The provider, the certificate that people see, and the clock."""

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from access.sign_in.fetching import ProviderSilent, fetch
from commands.doctor.network import certificate, provider
from tests.commands.doctor.conftest import NOW, OIDC, looked_at, mended
from tests.nginx import make_certificate
from tests.servers import free_port


@contextmanager
def answering(says: dict, at: datetime, tls: Path | None = None) -> Iterator[int]:
    """A provider that says something of itself, and what the time is: yields its port."""

    class Provider(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response_only(200)
            self.send_header("Date", format_datetime(at, usegmt=True))
            self.end_headers()
            port = server.server_port
            self.wfile.write(json.dumps(says).replace("PORT", str(port)).encode())

        def log_message(self, format: str, *args: object) -> None:
            return

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *asked: object) -> None:
            """Somebody who does not trust the certificate went away: that is the test."""

    with Quiet(("127.0.0.1", 0), Provider) as server:
        if tls is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(tls, tls.with_name("key.pem"))
            server.socket = context.wrap_socket(server.socket, server_side=True)
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_port
        finally:
            server.shutdown()


SAYS = {
    "issuer": "http://127.0.0.1:PORT",
    "authorization_endpoint": "http://127.0.0.1:PORT/in",
    "token_endpoint": "http://127.0.0.1:PORT/token",
    "jwks_uri": "http://127.0.0.1:PORT/keys",
}


def asked(well, port: int, **changed):
    sign_in = replace(OIDC, issuer=f"http://127.0.0.1:{port}")
    return list(provider(well(sign_in=sign_in, **changed)))


def test_a_provider_that_answers_at_the_right_time_is_fine(well):
    with answering(SAYS, NOW) as port:
        assert [(one.check, one.severity) for one in asked(well, port)] == [
            ("provider", "fine"),
            ("clock", "fine"),
        ]


def test_a_provider_that_is_not_there_is_said(well):
    (sentence,) = mended(asked(well, free_port()))
    assert sentence.startswith("provider: Nobody can sign in: 127.0.0.1:")


def test_a_provider_that_calls_itself_otherwise_is_said(well):
    with answering({**SAYS, "issuer": "https://another.example"}, NOW) as port:
        (sentence,) = mended(asked(well, port))
    assert "it calls itself another issuer than [sign_in] issuer" in sentence


def test_a_provider_that_leads_elsewhere_is_not_followed(well):
    asked_elsewhere: list[str] = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked_elsewhere.append(self.path)
            self.send_response(302)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        issuer = f"http://127.0.0.1:{server.server_port}"
        (sentence,) = mended(provider(well(sign_in=replace(OIDC, issuer=issuer))))
        with pytest.raises(ProviderSilent, match="answered 302"):
            fetch(f"{issuer}/keys", None, {})
        server.shutdown()
    assert "answered 302" in sentence
    assert asked_elsewhere == ["/.well-known/openid-configuration", "/keys"]


def test_a_provider_is_asked_by_https_only(well):
    sign_in = replace(OIDC, issuer="http://provider.example")
    (sentence,) = mended(provider(well(sign_in=sign_in)))
    assert "provider.example is not asked by https" in sentence


def test_a_provider_whose_certificate_is_not_trusted_is_said(well, tmp_path):
    make_certificate(tmp_path / "tls.pem", tmp_path / "key.pem")
    with answering(SAYS, NOW, tmp_path / "tls.pem") as port:
        sign_in = replace(OIDC, issuer=f"https://127.0.0.1:{port}")
        (sentence,) = mended(provider(well(sign_in=sign_in)))
    assert "its certificate is not trusted here (self-signed certificate)" in sentence


@pytest.mark.parametrize(("seconds", "found"), [(10, None), (11, looked_at), (61, mended)])
def test_a_clock_that_is_wrong_is_said_before_sign_ins_fail(well, seconds, found):
    with answering(SAYS, NOW - timedelta(seconds=seconds)) as port:
        findings = asked(well, port)
    if found is None:
        assert not mended(findings) and not looked_at(findings)
    else:
        (sentence,) = found(findings)
        assert f"are {seconds} seconds apart" in sentence


def test_the_keys_of_a_proxy_that_signs_are_asked_for(well):
    sign_in = replace(OIDC, method="proxy", proxy_keys=f"http://127.0.0.1:{free_port()}/keys")
    assert mended(provider(well(sign_in=sign_in)))


def test_a_proxy_that_shares_a_secret_has_nobody_to_be_asked(well):
    assert not list(provider(well(sign_in=replace(OIDC, method="proxy"))))


@pytest.fixture
def shown(well, tmp_path):
    """What is found of the certificate that stands at the public address."""

    def findings(trusted: bool, now: datetime | None = None) -> list:
        file = tmp_path / "tls.pem"
        make_certificate(file, tmp_path / "key.pem")
        trust = ssl.create_default_context(cafile=str(file)) if trusted else None
        with answering({}, NOW, file) as port:
            sign_in = replace(OIDC, address=f"https://127.0.0.1:{port}")
            deployment = well(trust=trust, sign_in=sign_in)
            at = now or datetime.now(UTC)
            return list(certificate(replace(deployment, now=lambda: at)))

    return findings


def test_a_certificate_that_ends_soon_is_said(shown):
    (sentence,) = looked_at(shown(trusted=True))
    assert sentence.endswith("ends in 0 days: renew.")


def test_a_certificate_that_is_good_for_long_is_fine(shown):
    (finding,) = shown(trusted=True, now=datetime.now(UTC) - timedelta(days=30))
    assert finding.severity == "fine"


def test_a_certificate_that_nobody_trusts_is_said(shown):
    (sentence,) = mended(shown(trusted=False))
    assert "its certificate is not trusted here" in sentence


def test_a_name_that_leads_nowhere_is_said(well):
    sign_in = replace(OIDC, address=f"https://127.0.0.1:{free_port()}")
    (sentence,) = mended(certificate(well(sign_in=sign_in)))
    assert "A browser could not open 127.0.0.1:" in sentence
