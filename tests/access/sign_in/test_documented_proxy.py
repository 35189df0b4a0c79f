"""nginx with the lines of docs/deploying.md: asks oauth2-proxy who it is, and says so itself."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.access.sign_in.test_documented import DEPLOYING
from tests.nginx import Served, site
from tests.servers import Unavailable

(LINES,) = re.findall(r"```\n(auth_request /oauth2/auth;.*?)```", DEPLOYING, re.DOTALL)
EMPTIED = re.compile(
    r" *proxy_set_header X-(?:Forwarded-(?:User|Email|Groups|Preferred-Username)|Proxy-Secret)"
    r' "";\n'
)
SECRET = "a secret that only nginx knows"
FORGED = {
    "X-Forwarded-User": "director",
    "X-Forwarded-Groups": "ChildStat.Director",
    "X-Forwarded-Email": "director@example.org",
    "X-Forwarded-Preferred-Username": "Director",
    "X-Forwarded-Access-Token": "made up",
    "X-Proxy-Secret": "a guess",
}


class Tells(BaseHTTPRequestHandler):
    """ChildStat's place: says what headers came to it."""

    def do_GET(self) -> None:
        self.answer(200, {}, json.dumps({k.lower(): v for k, v in self.headers.items()}))

    def answer(self, status: int, headers: dict[str, str], body: str = "") -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_said: object) -> None:
        """Nothing: it is a test."""


class SignsIn(Tells):
    """oauth2-proxy's place: knows whoever has a cookie, and no group or name of them."""

    def do_GET(self) -> None:
        if self.path != "/oauth2/auth":
            self.answer(200, {}, "sign in here")
        elif "known" in self.headers.get("Cookie", ""):
            self.answer(202, {"X-Auth-Request-User": "ann", "X-Auth-Request-Email": "ann@x.org"})
        else:
            self.answer(401, {})


@contextmanager
def listening(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def served(tmp_path) -> Iterator[Served]:
    secret = tmp_path / "proxy-secret.conf"
    secret.write_text(f'proxy_set_header X-Proxy-Secret "{SECRET}";\n', encoding="utf-8")
    with ExitStack() as stack:
        here, asked = (stack.enter_context(listening(one)) for one in (Tells, SignsIn))
        lines = LINES.replace("127.0.0.1:4180", f"127.0.0.1:{asked}")
        lines = lines.replace("/etc/childstat/proxy-secret.conf", str(secret))

        def documented(text: str) -> str:
            emptied = EMPTIED.sub("", text)
            assert text.count("\n") - emptied.count("\n") == 5
            return emptied.replace("    client_max_body_size 1m;", lines)

        try:
            yield stack.enter_context(site(tmp_path, (here, here), changed_by=documented))
        except Unavailable as missing:
            pytest.skip(str(missing))


def test_who_is_known_to_oauth2_proxy_is_named_by_nginx_and_by_no_browser(served):
    answer = served.ask("/metric", Cookie="known", **FORGED)
    came = json.loads(answer.read())
    assert answer.status == 200
    assert came["x-forwarded-user"] == "ann"
    assert came["x-forwarded-email"] == "ann@x.org"
    assert came["x-proxy-secret"] == SECRET
    rest = {"x-forwarded-groups", "x-forwarded-preferred-username", "x-forwarded-access-token"}
    assert not rest & set(came)


def test_who_is_not_known_to_oauth2_proxy_is_sent_to_sign_in_and_comes_back(served):
    answer = served.ask("/metric?month=2016-09", **FORGED)
    assert answer.status == 302
    where = answer.headers["location"]
    assert "/oauth2/start?rd=https://" in where and where.endswith("/metric?month=2016-09")
    assert served.ask("/oauth2/start").read() == b"sign in here"
    assert served.ask("/oauth2/auth").status == 404
