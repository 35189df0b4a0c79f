"""How large a file may be that is loaded: past that it is refused before the machine fails."""

from data_access.problems import Problem
from data_access.settings import LoadingLimits

MB = 1_000_000
ENDING = "If the file is right, raise that number in config.toml."


def need_size(name: str, size: int, limits: LoadingLimits) -> None:
    """A Problem where `size`, in bytes and unpacked, is more than `max_unpacked_mb` allows."""
    if size > limits.max_unpacked_mb * MB:
        raise Problem(
            f"{name} unpacks to more than {limits.max_unpacked_mb:,} MB, which is the most that"
            f" max_unpacked_mb in [loading] allows. {ENDING}"
        )


def need_rows(name: str, rows: int, limits: LoadingLimits) -> None:
    """A Problem where one file has more rows that say anything than `max_rows` allows."""
    if rows > limits.max_rows:
        raise Problem(
            f"{name} has more than {limits.max_rows:,} rows, which is the most that max_rows in"
            f" [loading] allows. {ENDING}"
        )
