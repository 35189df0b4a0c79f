"""Whether the server would start, and who could then reach it and read along."""

from collections.abc import Iterator

from access.gate.door import is_this_machine
from access.gate.serving import Front, served
from access.sign_in.ways import LETTERS_OF_A_SECRET, SECRET_VARIABLE
from commands.doctor.deployment import Deployment
from commands.doctor.findings import Finding, fine, look, mend
from data_access.problems import Problem

LETTERS_OF_A_GOOD_SECRET = 32
DIFFERENT_LETTERS = 10
# Providers give theirs, and nobody chooses it.
CHOSEN_WITH = "proxy"


def start(deployment: Deployment) -> Iterator[Finding]:
    """What the server would refuse to start for: asked of the gate itself."""
    try:
        served(deployment.settings, deployment.option, Front())
    except Problem as problem:
        yield mend("start", f"ChildStat would not start: {problem}")
        return
    yield fine("start", f'It would start, with [sign_in] method "{_method(deployment)}".')


def listening(deployment: Deployment) -> Iterator[Finding]:
    """Whether anybody could come in past the proxy that has the certificate."""
    address = deployment.option("server.address")
    if isinstance(address, str) and is_this_machine(address):
        yield fine("listening", f"It listens on {address}: only this machine can connect to it.")
    elif deployment.signs_in and not deployment.option("server.sslCertFile"):
        yield mend(
            "listening",
            f"It listens on {address or 'every address'} without TLS, so what is shown could be"
            " read on the way by who goes past the proxy: let it listen on 127.0.0.1"
            " (.streamlit/config.toml, server.address).",
        )


def secret(deployment: Deployment) -> Iterator[Finding]:
    """A secret that is there, but could be guessed. One that is missing keeps it from starting."""
    value = deployment.environment.get(SECRET_VARIABLE, "")
    if not deployment.signs_in or len(value) < LETTERS_OF_A_SECRET:
        return
    is_short = len(value) < LETTERS_OF_A_GOOD_SECRET and _method(deployment) == CHOSEN_WITH
    if is_short or len(set(value)) < DIFFERENT_LETTERS:
        yield mend(
            "secret",
            f"{SECRET_VARIABLE} could be guessed: make one of {LETTERS_OF_A_GOOD_SECRET} letters"
            " or more by chance, as 'openssl rand -base64 33' does.",
        )
    else:
        yield fine("secret", "The secret is there, and long enough.")


def public_address(deployment: Deployment) -> Iterator[Finding]:
    """Whether people reach it by https. What can't be an address keeps it from starting."""
    address = deployment.settings.sign_in.address
    if not deployment.signs_in or address is None:
        return
    if address.startswith("https://"):
        yield fine("public_address", f"People reach it at {address}.")
    else:
        yield look(
            "public_address",
            f"[sign_in] address is {address}: that is for trying it on this machine. Give it a"
            " name with https before anybody else uses it (docs/deploying.md).",
        )


def _method(deployment: Deployment) -> str:
    return deployment.settings.sign_in.method
