"""Runs a program and tells its seconds and peak memory, and whatever it printed."""

import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import IO

PROJECT = Path(__file__).parent.parent
MEGABYTE = 1_000_000
# ru_maxrss counts kilobytes, on macOS bytes.
RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class ProgramRun:
    """One program, from start to end."""

    seconds: float
    processor_seconds: float
    peak_mb: float
    printed: str
    failed: bool


def run_program(arguments: list[str], memory_gb: int = 22) -> ProgramRun:
    """Runs `python ARGUMENTS` in the project's folder; it may use so much memory and no more."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        started = perf_counter()
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=errors,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (memory_gb * 10**9,) * 2),
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds = perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            print(_text(errors)[-600:], file=sys.stderr)
        peak_mb = used.ru_maxrss * RSS_UNIT / MEGABYTE
        processor_seconds = used.ru_utime + used.ru_stime
        failed = process.returncode != 0
        return ProgramRun(seconds, processor_seconds, peak_mb, _text(out), failed)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


def percentile(seconds: list[float], share: float) -> float:
    """The smallest measurement that at least `share` of them do not exceed."""
    ordered = sorted(seconds)
    return ordered[max(0, -(-int(share * 100) * len(ordered) // 100) - 1)]
