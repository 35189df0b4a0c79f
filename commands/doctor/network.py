"""The provider that signs people in, the certificate that people see, and the clock."""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPSHandler, Request, build_opener

from access.sign_in.fetching import ProviderSilent, Stay, fetch, refuse_open_air
from access.sign_in.provider import WELL_KNOWN, Provider
from access.sign_in.tokens import SECONDS_OF_SKEW
from commands.doctor.deployment import Deployment
from commands.doctor.findings import Finding, fine, look, mend
from metrics.writing import several

SECONDS_TO_ANSWER = 5
SECONDS_NOBODY_MINDS = 10
DAYS_TO_RENEW = 21
HTTPS = 443


def provider(deployment: Deployment) -> Iterator[Finding]:
    """Whether who signs people in can be reached, by a certificate that is trusted."""
    asked = _asked_address(deployment)
    if asked is None:
        return
    try:
        said = _date_at(deployment, asked)
        if deployment.settings.sign_in.method == "oidc":
            issuer = str(deployment.settings.sign_in.issuer)
            Provider(issuer, ("", ""), fetch, monotonic).said()
    except ProviderSilent as silent:
        yield mend("provider", f"Nobody can sign in: {silent}. Look at [sign_in] and the network.")
        return
    yield fine("provider", f"{urlsplit(asked).netloc} answers, by a certificate that is trusted.")
    yield from _clock(deployment, said, urlsplit(asked).netloc)


def _asked_address(deployment: Deployment) -> str | None:
    sign_in = deployment.settings.sign_in
    if sign_in.method == "oidc" and sign_in.issuer:
        return sign_in.issuer.rstrip("/") + WELL_KNOWN
    return sign_in.proxy_keys if sign_in.method == "proxy" else None


def _date_at(deployment: Deployment, address: str) -> datetime | None:
    """What the server at an address says is the time; None where it doesn't say."""
    refuse_open_air(address)
    opener = build_opener(Stay, HTTPSHandler(context=deployment.trust))
    try:
        with opener.open(Request(address), timeout=SECONDS_TO_ANSWER) as answer:
            said = answer.headers.get("Date")
    except HTTPError as refused:
        raise ProviderSilent(f"{urlsplit(address).netloc} answered {refused.code}") from None
    except (URLError, OSError) as fault:
        reason = getattr(fault, "reason", fault)
        raise ProviderSilent(f"{urlsplit(address).netloc}: {_why(reason)}") from None
    return parsedate_to_datetime(said) if said else None


def _why(reason: object) -> str:
    if isinstance(reason, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted here ({reason.verify_message})"
    return str(reason)


def _clock(deployment: Deployment, said: datetime | None, who: str) -> Iterator[Finding]:
    if said is None:
        return
    seconds = abs((deployment.now() - said).total_seconds())
    told = f"This machine's clock and that of {who} are {seconds:,.0f} seconds apart"
    if seconds > SECONDS_OF_SKEW:
        yield mend("clock", f"{told}: sign-ins are refused. Let it keep time (timedatectl).")
    elif seconds > SECONDS_NOBODY_MINDS:
        yield look("clock", f"{told}: from {SECONDS_OF_SKEW} on sign-ins are refused.")
    else:
        yield fine("clock", "The clock is right.")


def certificate(deployment: Deployment) -> Iterator[Finding]:
    """Whether browsers trust what they are shown at the public address, and for how long."""
    parts = urlsplit(deployment.settings.sign_in.address or "")
    if not deployment.signs_in or parts.scheme != "https" or parts.hostname is None:
        return
    try:
        days = _days_left(deployment, parts.hostname, parts.port or HTTPS)
    except (OSError, ValueError) as fault:
        yield mend(
            "certificate",
            f"A browser could not open {parts.netloc} from here: {_why(fault)}. Look at the proxy,"
            " its certificate, and what the name leads to.",
        )
        return
    if days < DAYS_TO_RENEW:
        yield look(
            "certificate",
            f"The certificate of {parts.netloc} ends in {several(days, 'day')}: renew.",
        )
    else:
        yield fine("certificate", f"The certificate of {parts.netloc} is good for {days} days.")


def _days_left(deployment: Deployment, host: str, port: int) -> int:
    with socket.create_connection((host, port), timeout=SECONDS_TO_ANSWER) as plain:
        with deployment.trust.wrap_socket(plain, server_hostname=host) as shown:
            ends = ssl.cert_time_to_seconds(str((shown.getpeercert() or {})["notAfter"]))
    return (datetime.fromtimestamp(ends, UTC) - deployment.now()).days
