"""Who loads into a case database, in the one line that its lock keeps."""

import os
import platform
import re
import sys
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from data_access.london import now

# PostgreSQL cuts a session's name off after so many bytes.
LONGEST_NAME = 63


@dataclass(frozen=True)
class Holder:
    """Who loads: by which command, in which process of which machine, since when in London."""

    since: datetime
    process: int
    machine: str
    command: str

    @property
    def written(self) -> str:
        """One line, that `holder_in` understands; of few enough bytes for PostgreSQL."""
        since = self.since.isoformat(timespec="minutes")
        return f"{since} {self.process} {self.machine:.16} {self.command}"[:LONGEST_NAME]

    @property
    def told(self) -> str:
        """As in "load ssd, process 4711 on cases-1, since 3 October 2016 at 02:05"."""
        day = f"{self.since.day} {self.since:%B %Y} at {self.since:%H:%M}"
        return f"{self.command}, process {self.process} on {self.machine}, since {day}"


def here() -> Holder:
    """This process. Of its command line the command alone: an address may hold a password."""
    command = " ".join(takewhile(re.compile("[a-z][a-z0-9-]*").fullmatch, sys.argv[1:3]))
    machine = re.sub("[^A-Za-z0-9.-]", "", platform.node()) or "?"
    return Holder(now().replace(tzinfo=None), os.getpid(), machine, command or "a program")


def holder_in(written: str | None) -> Holder | None:
    """The holder that wrote this; None for what none of ours wrote."""
    parts = (written or "").split(" ", 3)
    try:
        since, process, machine, command = parts
        return Holder(datetime.fromisoformat(since), int(process), machine, command)
    except ValueError:
        return None
