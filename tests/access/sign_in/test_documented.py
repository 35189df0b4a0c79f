"""The [sign_in] blocks of docs/deploying.md start as they stand there."""

import re
import tomllib
from dataclasses import replace

import pytest

from access.gate.serving import Front, served
from access.sign_in.ways import SECRET_VARIABLE
from data_access.access_settings import SignIn
from tests import COUNCIL
from tests.access.sign_in.conftest import OPTIONS, SECRET
from tests.worlds import SETTINGS

DEPLOYING = (COUNCIL.parent.parent / "docs" / "deploying.md").read_text(encoding="utf-8")
BLOCKS = [one for one in re.findall(r"```\n(.*?)```", DEPLOYING, re.DOTALL) if "[sign_in]" in one]
NAME = "childstat.example.gov.uk"


def test_each_way_of_signing_in_has_its_block():
    said = [tomllib.loads(block)["sign_in"] for block in BLOCKS]
    methods = [(one["method"], "proxy_secret_header" in one) for one in said]
    assert {("oidc", False), ("proxy", True), ("proxy", False)} <= set(methods)


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_of_the_document_starts_as_it_stands(block, monkeypatch):
    monkeypatch.setenv(SECRET_VARIABLE, SECRET)
    sign_in = SignIn(**tomllib.loads(block)["sign_in"])
    allowed = OPTIONS["server.allowedHosts"]
    assert isinstance(allowed, list)
    names = [*allowed, NAME]
    options = OPTIONS | {"server.allowedHosts": names}
    assert served(replace(SETTINGS, sign_in=sign_in), options.__getitem__, Front()).middleware
