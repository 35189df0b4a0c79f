"""Whether config.toml tells a password to who may read it."""

import os
import stat
from collections.abc import Iterator

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from commands.doctor.deployment import Deployment
from commands.doctor.findings import Finding, look, mend
from data_access.settings import (
    ACCESS_STORE_VARIABLE,
    DATABASE_VARIABLE,
    MEETING_STORE_VARIABLE,
    settings_path,
)


def settings_file(deployment: Deployment) -> Iterator[Finding]:
    """A password in an address that the file gives, and whether other users may read the file."""
    settings, file = deployment.settings, settings_path()
    given = {
        DATABASE_VARIABLE: settings.database_url,
        MEETING_STORE_VARIABLE: settings.meeting_store_url,
        ACCESS_STORE_VARIABLE: settings.access_store.url,
    }
    told = [
        variable
        for variable, address in given.items()
        if not deployment.environment.get(variable) and _has_password(address)
    ]
    if not told:
        return
    is_open = os.name != "nt" and file.exists() and file.stat().st_mode & stat.S_IROTH
    found, who = (mend, " and every user of this machine may read it") if is_open else (look, "")
    yield found(
        "settings_file",
        f"{file.name} has the password of a database{who}: give the address in the environment"
        f" variable {' and '.join(told)} instead, from a file for root only.",
    )


def _has_password(address: str) -> bool:
    try:
        return make_url(address).password is not None
    except (ArgumentError, ValueError):
        return False
