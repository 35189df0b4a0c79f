"""How often Python looks for unused objects."""

import gc

# A query is built of tens of thousands of small parts that live for an instant: by Python's own
# limit of 700 a third of the time to derive a small council went to looking among them.
_YOUNGEST = 50_000
_OLDER = (20, 100)


def collect_seldom() -> None:
    """For a process of ours: what it holds by now stays, and the rest is looked at seldom."""
    gc.freeze()
    gc.set_threshold(_YOUNGEST, *_OLDER)
