"""What was worked out once and is asked for often: bounded, and safe for many threads."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

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
