"""Whether Python and the libraries are those that this version was tested with."""

import platform
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from commands.doctor.deployment import PROJECT, Deployment
from commands.doctor.findings import Finding, fine, look, mend

PINS = PROJECT / "requirements.txt"
PYPROJECT = PROJECT / "pyproject.toml"


def python(_deployment: Deployment) -> Iterator[Finding]:
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    yield python_is(platform.python_version(), project["requires-python"])


def python_is(found: str, wanted: str) -> Finding:
    """What is said of a Python, beside the versions that are wanted."""
    if SpecifierSet(wanted).contains(found, prereleases=True):
        return fine("python", f"Python is {found}.")
    return mend("python", f"Python is {found}, and this version is for {wanted}.")


def libraries(_deployment: Deployment) -> Iterator[Finding]:
    yield from libraries_are(PINS)


def libraries_are(pins: Path) -> Iterator[Finding]:
    """What is installed beside what is pinned: one sentence for all that are missing, or differ."""
    wanted = [_pin(line) for line in pins.read_text(encoding="utf-8").splitlines()]
    here = [pin for pin in wanted if pin and (pin.marker is None or pin.marker.evaluate())]
    missing = sorted(pin.name for pin in here if _installed(pin) is None)
    others = sorted(
        f"{pin.name} {_installed(pin)} ({pin.specifier})"
        for pin in here
        if (found := _installed(pin)) is not None and not pin.specifier.contains(found)
    )
    if missing:
        yield mend("libraries", f"Not installed: {', '.join(missing)}. Install {pins.name}.")
    if others:
        yield look(
            "libraries",
            f"Other versions than this ChildStat was tested with: {', '.join(others)}. Install"
            f" {pins.name}.",
        )
    if not missing and not others:
        yield fine("libraries", f"The libraries are those of {pins.name}.")


def _pin(line: str) -> Requirement | None:
    said = line.split("#")[0].strip()
    return Requirement(said) if said and not said.startswith("-") else None


def _installed(pin: Requirement) -> str | None:
    try:
        return version(pin.name)
    except PackageNotFoundError:
        return None
