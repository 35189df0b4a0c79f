"""Plants one bug at a time in a copy of ChildStat and tells which of them no test notices.

`make thorough` runs it. The bugs are listed in tests/planted_bugs.toml: the file, the text to
find (once), what to plant instead, and the tests that ought to notice. Those are run by worked
examples only: Hypothesis draws nothing, so that what is noticed once is noticed every time.
Exit status 1: some live.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from time import monotonic

PROJECT = Path(__file__).parent.parent
LISTED = PROJECT / "tests" / "planted_bugs.toml"
LEFT_BEHIND = shutil.ignore_patterns(
    ".venv", ".git", "build", "__pycache__", "*.duckdb*", "*.sqlite*", ".hypothesis", ".*cache"
)
AT_ONCE = 2
ALL_PASSED, SOME_FAILED = 0, 1


@dataclass(frozen=True)
class Bug:
    """One change of a file's text that some test must notice."""

    file: str
    find: str
    plant: str
    noticed_by: tuple[str, ...]

    def planted(self, text: str) -> str:
        """The file's text with the bug; an assertion where it no longer fits the file."""
        assert text.count(self.find) == 1, f"{self.file}: {self.find!r} is not there once"
        return text.replace(self.find, self.plant)


@dataclass(frozen=True)
class Fate:
    """What became of a bug in so many runs of the tests that ought to notice it."""

    bug: Bug
    noticed: int
    runs: int
    seconds: float

    @property
    def lives(self) -> bool:
        return self.noticed < self.runs

    def __str__(self) -> str:
        said = "LIVES  " if self.lives else "noticed"
        found = f"{self.bug.file} {self.bug.plant[:60]!r}"
        return f"{said} {self.noticed}/{self.runs} {self.seconds:3.0f} s  {found}"


def listed() -> list[Bug]:
    """Every bug that is to be planted."""
    found = tomllib.loads(LISTED.read_text(encoding="utf-8"))["bug"]
    return [Bug(**{**one, "noticed_by": tuple(one["noticed_by"])}) for one in found]


def fates(bugs: list[Bug], runs: int) -> Iterator[Fate]:
    """What becomes of each bug, two at a time, each in a copy of its own; in any order."""
    with tempfile.TemporaryDirectory(prefix="childstat-bugs-") as folder:
        free: Queue[Path] = Queue()
        for number in range(AT_ONCE):
            copy = Path(folder) / str(number)
            free.put(shutil.copytree(PROJECT, copy, ignore=LEFT_BEHIND))
        _pass_without_a_bug(bugs, copy)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            try:
                asked = [pool.submit(_fate, bug, free, runs) for bug in bugs]
                yield from (one.result() for one in as_completed(asked))
            finally:
                pool.shutdown(cancel_futures=True)


def _pass_without_a_bug(bugs: list[Bug], copy: Path) -> None:
    """Tests that fail anyhow would seem to notice whatever is planted."""
    tests = sorted({one for bug in bugs for one in bug.noticed_by})
    done = run_of(copy, tests)
    if done.returncode != ALL_PASSED:
        raise SystemExit(f"Without any bug the tests do not pass:\n{done.stdout[-2000:]}")


def _fate(bug: Bug, free: "Queue[Path]", runs: int) -> Fate:
    copy, began = free.get(), monotonic()
    file = copy / bug.file
    try:
        file.write_text(bug.planted(file.read_text(encoding="utf-8")), encoding="utf-8")
        noticed = sum(_is_noticed(bug, copy) for _ in range(runs))
    finally:
        # With its time of writing, by which Python tells what it compiled from what.
        shutil.copy2(PROJECT / bug.file, file)
        free.put(copy)
    return Fate(bug, noticed, runs, monotonic() - began)


def _is_noticed(bug: Bug, copy: Path) -> bool:
    done = run_of(copy, [*bug.noticed_by, "--exitfirst"])
    if done.returncode not in (ALL_PASSED, SOME_FAILED):
        raise SystemExit(f"The tests of {bug.file} did not run:\n{done.stdout[-2000:]}")
    return done.returncode == SOME_FAILED


def run_of(copy: Path, asked: list[str]) -> subprocess.CompletedProcess:
    """A run of the tests asked for, by worked examples only."""
    quickly = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-k", "not postgresql", "-m", ""]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *quickly, "--hypothesis-profile", "worked", *asked],
        cwd=copy,
        check=False,
        capture_output=True,
        text=True,
    )


def main() -> None:
    asked = argparse.ArgumentParser(prog="make thorough", description=__doc__)
    asked.add_argument("--file", default="", help="only bugs of files whose path begins so")
    asked.add_argument("--runs", default=1, type=int, help="how often to plant each")
    options, began = asked.parse_args(), monotonic()
    wanted = [bug for bug in listed() if bug.file.startswith(options.file)]
    living = 0
    for fate in fates(wanted, options.runs):
        print(fate, flush=True)
        living += fate.lives
    minutes = (monotonic() - began) / 60
    print(f"{len(wanted)} bugs planted, {len(wanted) - living} noticed, {minutes:.1f} minutes.")
    sys.exit(bool(living))


if __name__ == "__main__":
    main()
