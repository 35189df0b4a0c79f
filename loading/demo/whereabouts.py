"""Which unit and worker a child was with on a day: what visits and scores are written under."""

from bisect import bisect_right

from loading.demo.children.allocations import Allocation


class Whereabouts:
    """The lead allocations, found by child and day."""

    def __init__(self, leads: list[Allocation]) -> None:
        self._leads: dict[str, list[Allocation]] = {}
        for lead in sorted(leads, key=lambda lead: lead.started):
            self._leads.setdefault(lead.child_id, []).append(lead)
        self._starts = {
            child: [lead.started for lead in allocations]
            for child, allocations in self._leads.items()
        }

    def on(self, child_id: str, day: int) -> Allocation | None:
        """The child's lead allocation on `day` that began last, or None."""
        place = bisect_right(self._starts.get(child_id, []), day)
        for lead in reversed(self._leads.get(child_id, [])[:place]):
            if lead.ended is None or lead.ended > day:
                return lead
        return None
