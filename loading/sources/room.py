"""Whether an SSD's rows fit into the memory that a load may take: asked before they are read."""

from collections.abc import Mapping

from data_access.database import machine_gigabytes
from data_access.problems import Problem

# Measured of an SSD of 2.4 million rows with 3.4 million in extension tables beside it: 0.28 GB a
# million up to the last figure, rounded up, as rows of the SSD's own are wider than of those.
GB_A_MILLION_ROWS = 0.4
GB_OF_ANY_LOAD = 0.3
SHARE_OF_MACHINE = 0.75
TOO_MANY = (
    "{where} has {rows} rows, most of them in {table} ({most}), and to load them would take about"
    " {needed} GB of memory where it may take {allowed}: load on a machine with more, or let views"
    " of the SSD hold fewer years. If there is more than that, let memory_gb in [database] say so."
    " Nothing was changed."
)


def need_room(where: str, rows: Mapping[str, int], memory_gb: float | None) -> None:
    """Refuses to read so many rows, by table, that the system would end the load half-way.

    A load may take three quarters of the machine's memory, or `memory_gb` where that is more.
    """
    every = sum(rows.values())
    needed = GB_OF_ANY_LOAD + GB_A_MILLION_ROWS * every / 1_000_000
    allowed = max(memory_gb or 0, SHARE_OF_MACHINE * machine_gigabytes())
    if needed <= allowed:
        return
    largest = max(rows, key=lambda table: rows[table])
    told = TOO_MANY.format(
        where=where,
        rows=f"{every:,}",
        table=largest,
        most=f"{rows[largest]:,}",
        needed=f"{needed:,.0f}",
        allowed=f"{allowed:,.1f}",
    )
    raise Problem(told)
