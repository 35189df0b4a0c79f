"""What would keep the server from starting, or let somebody in past the proxy."""

import tomllib
from dataclasses import replace

import pytest

from commands.doctor.serving import listening, public_address, secret, start
from commands.doctor.streamlit_options import OPTIONS_FILE, WANTED, option_of, streamlit_options
from data_access.access_settings import SignIn
from tests.commands.doctor.conftest import OIDC, looked_at, mended, without

LOCAL = SignIn()


def test_a_deployment_in_which_all_is_well_has_nothing_to_mend(well):
    for check in (start, listening, secret, public_address, streamlit_options):
        findings = list(check(well()))
        assert [one.severity for one in findings] == ["fine"]


def test_without_sign_in_it_may_listen_on_this_machine_only(well):
    deployment = well(sign_in=LOCAL)
    assert not mended(start(deployment)) and not mended(listening(deployment))
    (sentence,) = mended(start(well({"STREAMLIT_SERVER_ADDRESS": "0.0.0.0"}, sign_in=LOCAL)))
    assert "would listen on 0.0.0.0" in sentence


def test_a_server_past_which_nobody_has_to_go_by_the_proxy_is_said(well):
    (sentence,) = mended(listening(well({"STREAMLIT_SERVER_ADDRESS": "0.0.0.0"})))
    assert sentence.startswith("listening: It listens on 0.0.0.0 without TLS")
    with_certificate = {
        "STREAMLIT_SERVER_ADDRESS": "0.0.0.0",
        "STREAMLIT_SERVER_SSL_CERT_FILE": "/etc/childstat/tls/fullchain.pem",
    }
    assert not mended(listening(well(with_certificate)))


def test_a_secret_that_is_missing_keeps_it_from_starting(well, monkeypatch):
    monkeypatch.delenv("CHILDSTAT_SIGN_IN_SECRET")
    (sentence,) = mended(start(well()))
    assert "CHILDSTAT_SIGN_IN_SECRET is not set" in sentence


@pytest.mark.parametrize(
    ("value", "method"),
    [("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "oidc"), ("a1b2c3d4e5f6g7h8i9", "proxy")],
)
def test_a_secret_that_could_be_guessed_is_to_be_made_anew(well, value, method):
    sign_in = replace(OIDC, method=method)
    deployment = well({"CHILDSTAT_SIGN_IN_SECRET": value}, sign_in=sign_in)
    (sentence,) = mended(secret(deployment))
    assert sentence.startswith("secret: CHILDSTAT_SIGN_IN_SECRET could be guessed")
    assert value not in sentence


@pytest.mark.parametrize("address", ["http://childstat.example.gov.uk", "childstat.example.gov.uk"])
def test_an_address_without_https_keeps_it_from_starting(well, address):
    (sentence,) = mended(start(well(sign_in=replace(OIDC, address=address))))
    assert f'[sign_in] address is "{address}"' in sentence


def test_an_address_of_this_machine_is_for_trying(well):
    trying = replace(OIDC, address="http://localhost:8501")
    (sentence,) = looked_at(public_address(well(sign_in=trying)))
    assert "that is for trying it on this machine" in sentence


def test_a_name_that_streamlit_does_not_answer_to_keeps_it_from_starting(well):
    (sentence,) = mended(start(well({"STREAMLIT_SERVER_ALLOWED_HOSTS": "127.0.0.1"})))
    assert "add it to allowedHosts" in sentence


@pytest.mark.parametrize("name", WANTED)
def test_an_option_that_the_gate_relies_on_is_told_where_it_is_otherwise(well, name):
    deployment = well()
    other = replace(deployment, option=without(deployment.option, **{name.replace(".", "_"): 7}))
    (sentence,) = mended(streamlit_options(other))
    assert f"Streamlit's {name} is 7 and has to be" in sentence


def test_options_are_taken_as_streamlit_takes_them(tmp_path):
    file = tmp_path / "config.toml"
    file.write_text('[server]\nmaxUploadSize = 1\nallowedHosts = ["a"]\n', encoding="utf-8")
    option = option_of({"STREAMLIT_SERVER_ALLOWED_HOSTS": "b c"}, file)
    assert option("server.maxUploadSize") == 1
    assert option("server.allowedHosts") == ["b", "c"]
    assert option("server.address") is None


def test_what_the_doctor_wants_of_streamlit_is_what_is_shipped():
    shipped = tomllib.loads(OPTIONS_FILE.read_text(encoding="utf-8"))
    for name, (wanted, _) in WANTED.items():
        section, key = name.split(".")
        assert shipped[section][key] == wanted
