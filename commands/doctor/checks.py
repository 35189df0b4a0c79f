"""Everything that the doctor looks at, in the order in which it is told."""

from collections.abc import Callable, Iterator

from commands.doctor.audit import audit
from commands.doctor.deployment import Deployment
from commands.doctor.findings import Finding
from commands.doctor.network import certificate, provider
from commands.doctor.people import people
from commands.doctor.serving import listening, public_address, secret, start
from commands.doctor.software import libraries, python
from commands.doctor.stores import case_database, disk, stores
from commands.doctor.streamlit_options import streamlit_options

CHECKS: tuple[Callable[[Deployment], Iterator[Finding]], ...] = (
    python,
    libraries,
    streamlit_options,
    start,
    listening,
    secret,
    public_address,
    certificate,
    provider,
    case_database,
    stores,
    disk,
    people,
    audit,
)


def findings(deployment: Deployment) -> list[Finding]:
    """All that was looked at, in the order of the checks."""
    return [finding for check in CHECKS for finding in check(deployment)]
