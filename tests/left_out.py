"""The only reasons for which a test may be left out, besides a server that is not there."""

import sys
from pathlib import Path

import pytest

# Files that others made: they may lie beside the project, and are no part of it.
BESIDE = Path(__file__).parents[2] / "shared"


def needs(file: Path) -> pytest.MarkDecorator:
    """Leaves the test out, and says so, where the file or folder of others is not there."""
    reason = f"NOT TESTED: {file.name} is not beside the project"
    return pytest.mark.skipif(not file.exists(), reason=reason)


# A full disk is played by a limit on the size of a process's files.
needs_limited_files = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows limits no process's files"
)
