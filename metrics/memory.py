"""What was worked out once and is asked for often: bounded, and safe for many threads."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import field
from threading import Lock
from typing import Any, Generic, TypeVar

# Some years of every metric and unit of a large council; charts' readings weigh more.
# All months of ten units for every metric: Month asks for a month of them at each visit.
FIGURES_KEPT, READINGS_KEPT, RUNS_KEPT, METRICS_KEPT = 50_000, 20_000, 1_000, 200

Value = TypeVar("Value")


class Memory(Generic[Value]):
    """At most `size` values by their place; the one that nobody asked for longest goes first.

    Values are shared by all who ask, so they must be immutable.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()

    def value(self, place: Hashable, work_out: Callable[[], Value]) -> Value:
        """What stands at `place`; worked out, outside the lock, where nothing does.

        Two threads may work out one value at once: both are given the one that came first.
        """
        with self._lock:
            if place in self._values:
                self._values.move_to_end(place)
                return self._values[place]
        worked_out = work_out()
        with self._lock:
            shared = self._values.setdefault(place, worked_out)
            self._values.move_to_end(place)
            if len(self._values) > self.size:
                self._values.popitem(last=False)
        return shared

    def __len__(self) -> int:
        return len(self._values)


def memory_of(size: int) -> Any:
    """A dataclass's field: each object has its own memory, a copy with `replace` a new one."""
    return field(default_factory=lambda: Memory(size), init=False, repr=False, compare=False)
