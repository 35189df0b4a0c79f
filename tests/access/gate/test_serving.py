"""What is told as ChildStat starts: the address that people type, or why it does not start."""

from dataclasses import replace

import pytest

from access.gate import serving
from access.gate.serving import Front
from access.sign_in.ways import SECRET_VARIABLE
from data_access.access_settings import SignIn
from tests.access.sign_in.conftest import OPENID, OPTIONS, SECRET
from tests.worlds import SETTINGS

HERE = OPTIONS | {"server.port": 8731}
BY_NAME = replace(OPENID, address="http://localhost:8731")


@pytest.mark.parametrize(
    ("sign_in", "said"),
    [(SignIn(), "http://127.0.0.1:8731"), (BY_NAME, "http://localhost:8731")],
)
def test_the_address_that_is_told_is_the_one_that_is_answered(monkeypatch, capsys, sign_in, said):
    monkeypatch.setenv(SECRET_VARIABLE, SECRET)
    monkeypatch.setattr(serving, "read_settings", lambda: replace(SETTINGS, sign_in=sign_in))
    serving.served_or_exit(HERE.__getitem__, Front())
    assert capsys.readouterr().out == f"ChildStat is at {said}\n"


def test_a_server_that_does_not_start_tells_no_address(monkeypatch, capsys):
    monkeypatch.setattr(serving, "read_settings", lambda: SETTINGS)
    elsewhere = HERE | {"server.address": "0.0.0.0"}
    with pytest.raises(SystemExit, match="does not start"):
        serving.served_or_exit(elsewhere.__getitem__, Front())
    assert not capsys.readouterr().out
