"""The parts of a workbook's zip archive, looked at before anything is made of them.

A small file may unpack to more than the machine holds, and a damaged one may lose a part without a
word: what is declared is checked, and then every part is unpacked once, in pieces.
"""

import re
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from data_access.files.file_limits import need_unpacked_size
from data_access.problems import Problem
from data_access.settings import LoadingLimits
from loading.sources.workbooks.kinds import SAVE_AS, refuse_cut_short, refuse_other_archives

PIECE = 1 << 20
MEND = "open it in Excel, which may mend it, save it as .xlsx, and load that"
# What no program that writes workbooks declares, and what takes all memory when it unfolds.
_DECLARED = [
    mark.encode(encoding)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
]
_LONGEST_MARK = max(map(len, _DECLARED))
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
# How a damaged part shows; NotImplementedError, of a packing that nobody uses, is a RuntimeError
# too, as which zipfile tells a password: it has to be asked for first.
_UNREADABLE_PART = (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


def checked_archive(name: str, raw: bytes, limits: LoadingLimits) -> ZipFile:
    """The workbook's archive with every part unpacked once; a Problem where that can't be."""
    refuse_cut_short(name, BytesIO(raw))
    try:
        archive = ZipFile(BytesIO(raw))
    except (BadZipFile, ValueError, NotImplementedError, OSError) as fault:
        raise Problem(f"{name} is cut short or damaged: copy or export it again.") from fault
    parts = [info.filename for info in archive.infolist()]
    need_unpacked_size(name, sum(info.file_size for info in archive.infolist()), limits)
    _refuse_twice(name, parts)
    mimetype = _head(name, archive, "mimetype") if "mimetype" in parts else b""
    refuse_other_archives(name, parts, mimetype)
    _unpack_all(name, archive, limits)
    if any(part.endswith("workbook.xml") and _STRICT in archive.read(part) for part in parts):
        raise Problem(f"{name} is saved as 'Strict Open XML': {SAVE_AS}.")
    return archive


def _refuse_twice(name: str, parts: list[str]) -> None:
    again = next((part for place, part in enumerate(parts) if part in parts[:place]), None)
    if again is not None:
        raise Problem(f"{name} is damaged: its part {again} is there twice; {MEND}.")


def _head(name: str, archive: ZipFile, part: str) -> bytes:
    try:
        with archive.open(part) as file:
            return file.read(PIECE)
    except RuntimeError as fault:
        raise Problem(_with_password(name)) from fault
    except _UNREADABLE_PART as fault:
        raise Problem(_damaged(name, part)) from fault


def _unpack_all(name: str, archive: ZipFile, limits: LoadingLimits) -> None:
    """Reads every part to its end, which checks its sum, and stops where it is too much."""
    unpacked = 0
    for info in archive.infolist():
        try:
            unpacked = _unpack(name, archive, info, unpacked, limits)
        except _UNREADABLE_PART as fault:
            raise Problem(_damaged(name, info.filename)) from fault
        except RuntimeError as fault:
            raise Problem(_with_password(name)) from fault


def _unpack(
    name: str, archive: ZipFile, info: ZipInfo, unpacked: int, limits: LoadingLimits
) -> int:
    before = b""
    with archive.open(info) as part:
        while piece := part.read(PIECE):
            unpacked += len(piece)
            need_unpacked_size(name, unpacked, limits)
            # A mark may lie across two pieces.
            if re.search(rb"xml|rels", info.filename.encode()) and any(
                mark in before + piece for mark in _DECLARED
            ):
                raise Problem(
                    f"{name} is not read: its part {info.filename} declares a document type, which"
                    f" Excel never does. If it was not sent by mistake, {SAVE_AS}."
                )
            before = piece[-_LONGEST_MARK:]
    return unpacked


def _damaged(name: str, part: str) -> str:
    return f"{name} is damaged in its part {part}: copy it again, or {MEND}."


def _with_password(name: str) -> str:
    return f"{name} has a password: take it off, and load the workbook without it."
