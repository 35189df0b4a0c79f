"""Puts slides into a file: whole or not at all, and says in one sentence why not."""

import errno
import os
from collections.abc import Sequence
from pathlib import Path

from data_access.connection.private_files import keep_to_owner
from data_access.problems import Problem
from exports.excel.workbook import write_slides
from exports.pack import NOTHING_PLANNED
from exports.pdf.slides import write_pdf
from exports.powerpoint.deck import write_deck
from meeting.follow_up import PlannedMeeting
from metrics.figures import Figures
from metrics.model import Period

WRITERS = {".pptx": write_deck, ".pdf": write_pdf}


def save_slides(
    path: Path,
    figures: Figures,
    period: Period,
    unit_ids: Sequence[str | None] | None = None,
    audience: str = "service",
    meeting: PlannedMeeting = NOTHING_PLANNED,
    boards: Sequence[str] | None = None,
) -> None:
    """The slides in a file: PowerPoint if its name ends in .pptx, PDF for .pdf, else Excel.

    Written beside it and renamed, so that there is never half of one, for its owner only.
    """
    keep_to_owner()
    path = Path(path)
    written = WRITERS.get(path.suffix.lower(), write_slides)
    content = written(figures, period, unit_ids, audience, meeting, boards)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(content)
        os.replace(beside, path)
    except OSError as fault:
        raise Problem(_why_not_saved(path, fault)) from fault
    finally:
        _remove(beside)


def _remove(beside: Path) -> None:
    try:
        beside.unlink(missing_ok=True)
    except OSError:
        # The folder itself is what is wrong, and that has been said.
        return


def _why_not_saved(path: Path, fault: OSError) -> str:
    if fault.errno in (errno.ENOENT, errno.ENOTDIR):
        return (
            f"{path} cannot be saved: there is no folder {path.parent}. Make it, or choose another."
        )
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{path} cannot be saved: the disk is full. Make room, or choose another folder."
    if fault.errno == errno.EISDIR:
        return f"{path} cannot be saved: that is a folder. Name a file in it."
    if fault.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"{path} cannot be saved: it may not be written to. Close it where it is open, or"
            " choose another folder."
        )
    return f"{path} cannot be saved: {fault.strerror or fault}. Choose another folder."
