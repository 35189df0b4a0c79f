"""Streamlit's options as the server will have them: of the environment, else of the file."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from commands.doctor.deployment import PROJECT, Deployment
from commands.doctor.findings import Finding, fine, mend

OPTIONS_FILE = PROJECT / ".streamlit" / "config.toml"
# What the gate and the pages rely on, and what follows where it is otherwise.
WANTED: Mapping[str, tuple[object, str]] = {
    "server.fileWatcherType": ("none", "pages would run again whenever a file changes"),
    "server.maxUploadSize": (1, "a page could be sent more than it needs"),
    "server.maxWidgetStateSize": (1, "a page could be sent more than it needs"),
    "server.maxMessageSize": (20, "one page could take the memory of all"),
    "client.showErrorDetails": ("none", "a fault would show code, and maybe a row, on the page"),
    "client.toolbarMode": ("minimal", "pages would offer what is for developers"),
    "browser.gatherUsageStats": (False, "browsers would tell Streamlit's maker who uses it"),
}
LISTS = {"server.allowedHosts"}
OBJECTS = {"server.trustedUserHeaders"}


def option_of(environment: Mapping[str, str], file: Path = OPTIONS_FILE) -> "Option":
    """What `streamlit run` in the project's folder would take each option to be."""
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    return Option(environment, tomllib.loads(text))


class Option:
    """Call it with an option's name, as "server.address"; None where nobody has set it."""

    def __init__(
        self, environment: Mapping[str, str], sections: Mapping[str, Mapping[str, Any]]
    ) -> None:
        self._environment, self._sections = environment, sections

    def __call__(self, name: str) -> Any:
        value = self._environment.get(_variable(name))
        if value is None:
            section, key = name.split(".")
            value = self._sections.get(section, {}).get(key)
        if name in LISTS:
            return value.split() if isinstance(value, str) else (value or [])
        return json.loads(value or "{}") if name in OBJECTS else value


def _variable(name: str) -> str:
    """As Streamlit spells it: "server.maxUploadSize" is STREAMLIT_SERVER_MAX_UPLOAD_SIZE."""
    section, key = name.split(".")
    return f"STREAMLIT_{section}_{re.sub('(?=[A-Z])', '_', key)}".upper()


def streamlit_options(deployment: Deployment) -> Iterator[Finding]:
    """Each option that the gate relies on and that is not as it was shipped."""
    others = {
        name: (deployment.option(name), wanted, why)
        for name, (wanted, why) in WANTED.items()
        if str(deployment.option(name)).lower() != str(wanted).lower()
    }
    for name, (found, wanted, why) in others.items():
        yield mend(
            "streamlit_options",
            f"Streamlit's {name} is {_said(found)} and has to be {_said(wanted)}, as else {why}:"
            " give back .streamlit/config.toml, and take STREAMLIT_ variables out that say other.",
        )
    if not others:
        yield fine("streamlit_options", "Streamlit's options are those that the gate relies on.")


def _said(value: object) -> str:
    return "not set" if value is None else json.dumps(value)
