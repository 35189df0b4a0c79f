"""Plants one bug at a time in a copy of ChildStat and tells which of them no test notices.

`make thorough` runs it. The bugs are listed in tests/planted_bugs.toml: the file, the text to
find (once), what to plant instead, and the tests that ought to notice. Exit status 1: some live.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parent.parent
LISTED = PROJECT / "tests" / "planted_bugs.toml"
LEFT_BEHIND = shutil.ignore_patterns(
    ".venv", ".git", "build", "__pycache__", "*.duckdb*", "*.sqlite*", ".hypothesis", ".*cache"
)
SOME_FAILED = re.compile(r"^\d+ failed", re.M)


@dataclass(frozen=True)
class Bug:
    """One change of a file's text that some test must notice."""

    file: str
    find: str
    plant: str
    noticed_by: tuple[str, ...]
    only: str = ""

    def planted(self, text: str) -> str:
        """The file's text with the bug; an assertion where it no longer fits the file."""
        assert text.count(self.find) == 1, f"{self.file}: {self.find!r} is not there once"
        return text.replace(self.find, self.plant)


def listed() -> list[Bug]:
    """Every bug that is to be planted."""
    found = tomllib.loads(LISTED.read_text(encoding="utf-8"))["bug"]
    return [Bug(**{**one, "noticed_by": tuple(one["noticed_by"])}) for one in found]


def living(bugs: list[Bug]) -> Iterator[Bug]:
    """The bugs that no test noticed; prints each one's fate."""
    with tempfile.TemporaryDirectory(prefix="childstat-bugs-") as folder:
        copy = Path(folder) / "childstat"
        shutil.copytree(PROJECT, copy, ignore=LEFT_BEHIND)
        for bug in bugs:
            noticed = _is_noticed(bug, copy)
            print("noticed" if noticed else "LIVES  ", bug.file, repr(bug.plant[:60]), flush=True)
            if not noticed:
                yield bug


def _is_noticed(bug: Bug, copy: Path) -> bool:
    file = copy / bug.file
    text = file.read_text(encoding="utf-8")
    file.write_text(bug.planted(text), encoding="utf-8")
    quickly = ["-q", "-x", "-n", "2", "-p", "no:cacheprovider"]
    chosen = ["-k", f"({bug.only or 'test'}) and not postgresql"]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *quickly, *chosen, *bug.noticed_by],
            cwd=copy,
            check=False,
            capture_output=True,
            text=True,
        )
    finally:
        file.write_text(text, encoding="utf-8")
    # Stopped at the first failure, tests in two processes end as if somebody had stopped them.
    has_failed = done.returncode != 0 and SOME_FAILED.search(done.stdout) is not None
    if done.returncode != 0 and not has_failed:
        raise SystemExit(f"The tests of {bug.file} did not run:\n{done.stdout[-2000:]}")
    return has_failed


def main() -> None:
    asked = argparse.ArgumentParser(prog="make thorough", description=__doc__)
    asked.add_argument("--file", default="", help="only bugs of files whose path begins so")
    wanted = [bug for bug in listed() if bug.file.startswith(asked.parse_args().file)]
    left = list(living(wanted))
    print(f"{len(wanted)} bugs planted, {len(wanted) - len(left)} noticed.")
    sys.exit(bool(left))


if __name__ == "__main__":
    main()
