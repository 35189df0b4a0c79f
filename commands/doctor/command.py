"""doctor, which says what is wrong with a deployment."""

import os
from collections.abc import Iterable

import click

from commands.doctor.findings import Finding, Severity
from commands.output import print_rows, say
from commands.parameters import fails_in_one_line, format_option
from metrics.council.checked import checked_settings

COLUMNS = ("check", "severity", "message")
HEADINGS = {
    Severity.MEND: "To be mended:",
    Severity.LOOK: "To be looked at:",
    Severity.FINE: "In order:",
}


@click.command()
@format_option
@fails_in_one_line
def doctor(form: str) -> None:
    """Say what is wrong with this deployment; exit status 1 where something must be mended.

    Run it as the service's user and with its environment: docs/deploying.md says how.
    """
    # The gate's libraries take a while to load, which no other command has to wait for.
    from commands.doctor.checks import findings
    from commands.doctor.deployment import Deployment
    from commands.doctor.streamlit_options import option_of

    deployment = Deployment(checked_settings(), option_of(os.environ), os.environ)
    found = findings(deployment)
    if form == "table":
        _say(found)
    else:
        print_rows(COLUMNS, [[one.check, str(one.severity), one.message] for one in found], form)
    if any(one.severity is Severity.MEND for one in found):
        raise SystemExit(1)


def _say(found: Iterable[Finding]) -> None:
    for severity, heading in HEADINGS.items():
        sentences = [one.message for one in found if one.severity is severity]
        if sentences:
            say(heading)
        for sentence in sentences:
            say(f"  - {sentence}")
