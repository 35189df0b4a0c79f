"""Who may open what ChildStat writes: whoever runs it, and nobody else on the machine."""

import os
import stat
from contextlib import suppress
from pathlib import Path

FOR_THE_OWNER = 0o077
OTHERS = stat.S_IRWXO


def keep_to_owner() -> None:
    """From here on every file and folder that this process makes is its owner's only.

    The whole process, and what it starts: databases write a log, an index and folders of what
    memory can't hold beside their file, at moments that nobody else sees. On Windows it changes
    nothing: there a file has the rights of its folder.
    """
    os.umask(FOR_THE_OWNER)


def close_to_others(file: Path) -> None:
    """Takes away what users who are neither owner nor of its group may do with a file that stands.

    A group may have been given on purpose, as to whoever makes copies. A file of another owner
    stays as it is.
    """
    if os.name == "nt":
        return
    with suppress(OSError):
        mode = stat.S_IMODE(file.stat().st_mode)
        if mode & OTHERS:
            file.chmod(mode & ~OTHERS)
