"""How large one file may be that is read: past that it is refused before the machine fails."""

from data_access.problems import Problem
from data_access.settings import LoadingLimits

MB = 1_000_000


def need_text_size(name: str, size: int, limits: LoadingLimits) -> None:
    """A Problem where a text file's `size`, in bytes, is more than `max_text_mb` allows."""
    if size > limits.max_text_mb * MB:
        raise _too_large(f"{name} has more than", limits.max_text_mb, "MB", "max_text_mb")


def need_unpacked_size(name: str, size: int, limits: LoadingLimits) -> None:
    """A Problem where `size`, in bytes and unpacked, is more than `max_unpacked_mb` allows."""
    if size > limits.max_unpacked_mb * MB:
        most = limits.max_unpacked_mb
        raise _too_large(f"{name} unpacks to more than", most, "MB", "max_unpacked_mb")


def need_rows(name: str, rows: int, limits: LoadingLimits) -> None:
    """A Problem where one file has more rows that say anything than `max_rows` allows."""
    if rows > limits.max_rows:
        raise _too_large(f"{name} has more than", limits.max_rows, "rows", "max_rows")


def _too_large(found: str, most: int, measure: str, setting: str) -> Problem:
    return Problem(
        f"{found} {most:,} {measure}, which is the most that {setting} in [loading] allows. If the"
        " file is right, raise that number in config.toml."
    )
