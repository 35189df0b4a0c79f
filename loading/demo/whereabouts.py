"""Which unit and worker a child was with on a day: what visits and scores are written under."""

from bisect import bisect_right

from loading.demo.children.allocations import Allocation


class Whereabouts:
    """The lead allocations, found by child and day."""

    def __init__(self, leads: list[Allocation]) -> None:
        self._of: dict[str, list[Allocation]] = {}
        for one in sorted(leads, key=lambda one: one.started):
            self._of.setdefault(one.child_id, []).append(one)
        self._starts = {child: [one.started for one in found] for child, found in self._of.items()}

    def on(self, child_id: str, day: int) -> Allocation | None:
        """The child's lead allocation on `day` that began last, or None."""
        place = bisect_right(self._starts.get(child_id, []), day)
        for one in reversed(self._of.get(child_id, [])[:place]):
            if one.ended is None or one.ended > day:
                return one
        return None
