"""Which workers of two systems are one person, and which are two: decided once, kept for good."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine, insert, select

from data_access.meeting_store.matches.tables import OPEN, SAME, TWO, VERDICTS, worker_decision
from data_access.meeting_store.transactions import changing, new_id, now, read
from data_access.problems import Problem


@dataclass(frozen=True)
class WorkerDecision:
    """What was decided of two workers, by the ids that their sources give; who, when and why."""

    one: str
    other: str
    verdict: str
    by: str = ""
    at: datetime | None = None
    reason: str | None = None

    @property
    def pair(self) -> frozenset[str]:
        """The two ids, whichever was named first."""
        return frozenset((self.one, self.other))


@dataclass(frozen=True)
class WorkerDecisions:
    """All that was decided of workers; the latest of a pair holds."""

    latest: dict[frozenset[str], WorkerDecision] = field(default_factory=dict)

    def verdict(self, one: str, other: str) -> str:
        """What holds of two ids: `OPEN` where nobody decided."""
        found = self.latest.get(frozenset((one, other)))
        return found.verdict if found else OPEN

    def same_as(self, worker_id: str) -> set[str]:
        """Every id that is the same person's, by one decision or by several; without its own."""
        reached, new = set[str](), {worker_id}
        while new:
            reached |= new
            new = {
                other
                for decision in self.latest.values()
                if decision.verdict == SAME and decision.pair & reached
                for other in decision.pair - reached
            }
        return reached - {worker_id}


def decide_workers(
    store: Engine, one: str, other: str, verdict: str, by: str, reason: str | None = None
) -> None:
    """Keeps what somebody decided of two workers, for every load from now on.

    Refused: of one id with itself, and what contradicts other decisions, as two people who are both
    the same as a third.
    """
    assert verdict in VERDICTS, verdict
    if not one.strip() or not other.strip() or one == other:
        raise Problem("Name two workers, by the ids that their systems give them.")
    decided = WorkerDecision(one, other, verdict)
    _refuse_contradiction([*every_decision(store), decided])
    with changing(store, by, "decided of two workers", f"{one} and {other}") as writing:
        made = {"id": new_id(), "by": by.strip(), "at": now(), "reason": reason}
        row = {"one": one, "other": other, "verdict": verdict}
        writing.execute(insert(worker_decision), {**row, **made})


def every_decision(store: Engine) -> list[WorkerDecision]:
    """Each decision that was made, the latest last, those that hold no more among them."""
    columns = [worker_decision.c[name] for name in WorkerDecision.__dataclass_fields__]
    in_order = select(*columns).order_by(worker_decision.c.at, worker_decision.c.id)
    return [WorkerDecision(**row._mapping) for row in read(store, in_order)]


def those_that_hold(decisions: Iterable[WorkerDecision]) -> WorkerDecisions:
    """What holds of each pair, of decisions in their order."""
    return WorkerDecisions({decision.pair: decision for decision in decisions})


def _refuse_contradiction(decisions: Iterable[WorkerDecision]) -> None:
    holds = those_that_hold(decisions)
    for decision in holds.latest.values():
        if decision.verdict == TWO and decision.other in holds.same_as(decision.one):
            raise Problem(
                f"{decision.one} and {decision.other} would be one person, by what was decided of"
                " others, and two: take one of the decisions back first."
            )
