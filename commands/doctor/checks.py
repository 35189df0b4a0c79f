"""Everything that the doctor looks at, in the order in which it is told."""

from collections.abc import Callable, Iterator

from commands.doctor.audit import audit
from commands.doctor.deployment import Deployment
from commands.doctor.findings import Finding, mend
from commands.doctor.network import certificate, provider
from commands.doctor.people import people
from commands.doctor.serving import listening, public_address, secret, start
from commands.doctor.settings_file import settings_file
from commands.doctor.software import libraries, python
from commands.doctor.stores import case_database, disk, stores
from commands.doctor.streamlit_options import streamlit_options
from data_access.problems import Problem

CHECKS: tuple[Callable[[Deployment], Iterator[Finding]], ...] = (
    python,
    libraries,
    settings_file,
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
    return [finding for check in CHECKS for finding in _of(check, deployment)]


def _of(
    check: Callable[[Deployment], Iterator[Finding]], deployment: Deployment
) -> Iterator[Finding]:
    """What a check finds; where it can't look, that is a finding, and the others are told too."""
    try:
        yield from check(deployment)
    except Problem as problem:
        yield mend(check.__name__, str(problem))
