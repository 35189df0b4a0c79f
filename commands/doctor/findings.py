"""What the doctor says: one sentence, and how much it matters."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: only what is to be mended makes the command fail."""

    MEND = "mend"
    LOOK = "look"
    FINE = "fine"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `check` is a key that programs may rely on."""

    check: str
    severity: Severity
    message: str


def mend(check: str, message: str) -> Finding:
    return Finding(check, Severity.MEND, message)


def look(check: str, message: str) -> Finding:
    return Finding(check, Severity.LOOK, message)


def fine(check: str, message: str) -> Finding:
    return Finding(check, Severity.FINE, message)
