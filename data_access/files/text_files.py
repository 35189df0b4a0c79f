"""Opens the text files that people give: decoded, or refused in one sentence with the cause."""

import io
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from data_access.files.file_limits import MB, need_text_size
from data_access.problems import Problem
from data_access.settings import DEFAULT_LIMITS, LoadingLimits

AS_CSV = "save it as 'CSV UTF-8'"
# Stands where a character could not be read, here or by whoever wrote the file.
LOST = "\N{REPLACEMENT CHARACTER}"
# The longer marks first: that of UTF-32 begins as that of UTF-16 does.
MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# How files begin that are no text, whatever they are named.
OTHER_KINDS = (
    (b"\xd0\xcf\x11\xe0", "a workbook of Excel, old or with a password"),
    (b"%PDF-", "a PDF"),
    (b"\x1f\x8b", "a packed file (gzip)"),
    (b"7z\xbc\xaf", "a packed file (7z)"),
    (b"Rar!", "a packed file (rar)"),
    (b"{\\rtf", "a document of Word"),
    (b"SQLite format 3\0", "a database"),
    (b"PAR1", "a Parquet file"),
)
PACKED = b"PK\x03\x04"
IN_A_PACKED_FILE = (
    (b"xl/", "an Excel workbook"),
    (b"opendocument.spreadsheet", "a LibreOffice workbook"),
    (b"word/", "a document of Word"),
)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True)
class Text:
    """A file's text, as UTF-8; `doubts` are sentences on characters that may not be the right."""

    utf_8: bytes
    doubts: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The whole text."""
        return self.utf_8.decode("utf-8")

    def lines(self) -> TextIO:
        """Its lines one by one, ended as they stand: by a line feed, a return, or both."""
        return io.TextIOWrapper(io.BytesIO(self.utf_8), encoding="utf-8", newline="")


def text_of(path: Path, remedy: str = AS_CSV, limits: LoadingLimits = DEFAULT_LIMITS) -> Text:
    """The text of a file in UTF-8, UTF-16 or, with a doubt, Windows' own encoding (cp1252).

    `remedy` is what to do about a file that is no text.
    """
    raw = bytes_of(path, remedy, limits)
    text = _decoded(path.name, raw, remedy)
    if text.utf_8.lstrip()[:1] == b"<":
        raise Problem(
            f"{path.name} is a web page or XML, not the text that its name says (a page to sign in,"
            f" perhaps): export it again, or {remedy}."
        )
    return text


def bytes_of(path: Path, remedy: str, limits: LoadingLimits = DEFAULT_LIMITS) -> bytes:
    """What a file holds; a sentence for what is no file, no text, or more than `limits`."""
    raw = bytes_within(path, limits.max_text_mb)
    need_text_size(path.name, len(raw), limits)
    if kind := _other_kind(raw):
        raise Problem(f"{path.name} is {kind}, whatever its name says: {remedy}.")
    return raw


def bytes_within(path: Path, megabytes: int) -> bytes:
    """What a file holds, and of a larger one a byte more than so many megabytes.

    A sentence for what is no file, or may not be read.
    """
    try:
        _refuse_unless_file(path, path.stat())
        with path.open("rb") as file:
            return file.read(megabytes * MB + 1)
    except FileNotFoundError:
        raise Problem(f"There is no file {path}: give the path of one that is there.") from None
    except PermissionError:
        raise Problem(
            f"{path} may not be read: ask for the right to read it, or close it in other programs."
        ) from None
    except OSError as fault:
        raise Problem(f"{path} cannot be read: {fault.strerror}.") from None


def _refuse_unless_file(path: Path, found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise Problem(f"{path} is a folder: give the file itself.")
    if not stat.S_ISREG(found.st_mode):
        # Reading a pipe that nobody writes to, or a device that never ends, would never end.
        raise Problem(
            f"{path} is a pipe or a device: put what it gives into a file, and give that."
        )


def _other_kind(raw: bytes) -> str | None:
    if raw.startswith(PACKED):
        return next((kind for sign, kind in IN_A_PACKED_FILE if sign in raw), "a packed file (zip)")
    return next((kind for sign, kind in OTHER_KINDS if raw.startswith(sign)), None)


def _decoded(name: str, raw: bytes, remedy: str) -> Text:
    encoding = next((encoding for mark, encoding in MARKS if raw.startswith(mark)), None)
    if encoding in ("utf-16", "utf-32"):
        raw = _in_utf_8(name, raw, encoding, remedy)
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    _refuse_nul(name, raw, remedy)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        return _guessed(name, raw, fault.start, is_marked=encoding is not None)
    return Text(raw, tuple(_lost(name, raw)))


def _in_utf_8(name: str, raw: bytes, encoding: str, remedy: str) -> bytes:
    try:
        return raw.decode(encoding).encode("utf-8")
    except UnicodeError:
        raise Problem(
            f"{name} is marked as {encoding.upper()} and is not whole: export it again, or"
            f" {remedy}."
        ) from None


def _refuse_nul(name: str, raw: bytes, remedy: str) -> None:
    at = raw.find(b"\0")
    if at == -1:
        return
    head = raw[:4096]
    if 3 * head.count(b"\0") > len(head):
        raise Problem(f"{name} is UTF-16 without the mark that says so: {remedy}.")
    raise Problem(
        f"{name}, line {_line(raw, at)}: a NUL character, which no text has: the file is damaged."
        " Export it again."
    )


def _guessed(name: str, raw: bytes, first_wrong: int, *, is_marked: bool) -> Text:
    """UTF-8 with some bytes lost, where most of it is that; else Windows' encoding."""
    as_utf_8 = raw.decode("utf-8", errors="replace")
    wrong = as_utf_8.count(LOST)
    if is_marked or len(_NOT_ASCII.findall(as_utf_8)) > 2 * wrong:
        read = as_utf_8.encode("utf-8")
        return Text(read, tuple(_lost(name, read)))
    read = raw.decode("cp1252", errors="replace").encode("utf-8")
    guess = (
        f"{name} is not UTF-8 and was read as Windows' Western European text (cp1252), which first"
        f" matters in line {_line(raw, first_wrong)}: look at the letters there, or {AS_CSV}."
    )
    return Text(read, (guess, *_lost(name, read)))


def _lost(name: str, utf_8: bytes) -> Iterator[str]:
    lost = LOST.encode("utf-8")
    at = utf_8.find(lost)
    if at != -1:
        yield (
            f"{name} has {utf_8.count(lost)} characters that were lost and show as {LOST}, the"
            f" first in line {_line(utf_8, at)}: export it again as UTF-8."
        )


def _line(raw: bytes, at: int) -> int:
    return 1 + (raw.count(b"\n", 0, at) or raw.count(b"\r", 0, at))
