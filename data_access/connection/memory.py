"""Memory that a load has let go of, given back to the system.

What Arrow and C's allocator keep for later counts in full beside what DuckDB takes later.
"""

import ctypes
import sys

import pyarrow as pa


def give_memory_back() -> None:
    """Has the allocators give the system what nothing holds; where one can't, nothing happens."""
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux":
        # Of C's libraries GNU's alone has it.
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim:
            trim(0)
