"""Who holds which child: from the front door to a unit, from a leaver to a colleague."""

import heapq
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from loading.demo.chance import Chance
from loading.demo.children.family_referrals import ChildReferral, FamilyReferral
from loading.demo.days import DATA_FROM, DATA_TO
from loading.demo.units import BY_ID, FRONT_DOOR, SEGMENTED
from loading.demo.workers.workforce import HOLDERS, Post

_WAITS_AT_THE_DOOR, _WAITS_WHEN_ONE_LEAVES = 0.05, 0.1
_WEEKS_TO_FILL_A_NEW_UNIT = 10
_NEWLY_QUALIFIED_CARRY = 0.75


@dataclass(frozen=True)
class Allocation:
    """A child's allocation, [started, ended or None); worker None while nobody is allocated."""

    child_id: str
    referral_id: str
    worker_id: str | None
    unit_id: str
    lead: bool
    started: int
    ended: int | None


@dataclass(eq=False)
class _Held:
    """A referral as it stands: where, with whom, which children are open, and since when."""

    referral: FamilyReferral
    unit_id: str
    post: Post | None = None
    children: dict[str, ChildReferral] = field(default_factory=dict)
    since: int = 0


def lead_allocations(referred: list[FamilyReferral], posts: list[Post]) -> list[Allocation]:
    """Every child's lead allocations in the order of child and start."""
    allocator = _Allocator(posts)
    for referral in referred:
        allocator.expect(referral)
    for unit_id in SEGMENTED:
        allocator.expect_opening(unit_id)
    for post in posts:
        if DATA_FROM < post.ended <= DATA_TO:
            allocator.expect_leaver(post)
    return sorted(
        allocator.until(DATA_TO), key=lambda allocation: (allocation.child_id, allocation.started)
    )


class _Allocator:
    """Goes through the days' events in order; closures before leavers before new referrals."""

    def __init__(self, posts: list[Post]) -> None:
        self._chance = Chance("allocations")
        self._events: list[tuple[int, int, int, Callable[[int], None]]] = []
        self._number = 0
        self._rows: list[Allocation] = []
        self._held: list[_Held] = []
        self._load: dict[Post, int] = defaultdict(int)
        self._in_unit: dict[str, int] = defaultdict(int)
        self._posts: dict[str, list[Post]] = defaultdict(list)
        for post in posts:
            if post.role in HOLDERS and post.fte:
                self._posts[post.unit_id].append(post)

    def until(self, day: int) -> list[Allocation]:
        """All allocations up to `day`, with those still open."""
        while self._events and self._events[0][0] <= day:
            event = heapq.heappop(self._events)
            event[3](event[0])
        for held in self._held:
            self._write(held, None)
        return self._rows

    def expect(self, referral: FamilyReferral) -> None:
        """The referral is received, decided upon and closed on its days, or carried over."""
        carried_over = referral.received < DATA_FROM
        at_the_door = referral.decided > DATA_FROM or not carried_over
        start = max(referral.received, DATA_FROM)
        held = _Held(referral, FRONT_DOOR if at_the_door else referral.family.area)
        self._schedule(start, 2, lambda day: self._receive(held, day))
        if at_the_door:
            self._schedule(referral.decided, 3, lambda day: self._decide(held, day))
        for child in referral.children:
            if child.closed > start:
                held.children[child.child_id] = child
                self._schedule(child.closed, 0, self._closing(held, child.child_id))

    def expect_opening(self, unit_id: str) -> None:
        """Families that fit a new unit move to it, some each week."""
        unit = BY_ID[unit_id]
        for week in range(_WEEKS_TO_FILL_A_NEW_UNIT):
            share = unit.room * (week + 5) // (_WEEKS_TO_FILL_A_NEW_UNIT + 4)
            self._schedule(unit.opened + 7 * week, 4, self._filling(unit_id, share))

    def expect_leaver(self, post: Post) -> None:
        """What the post's worker holds goes to colleagues on the day that the post ends."""
        self._schedule(post.ended, 1, lambda day: self._leave(post, day))

    def _schedule(self, day: int, order: int, event: Callable[[int], None]) -> None:
        self._number += 1
        heapq.heappush(self._events, (day, order, self._number, event))

    def _closing(self, held: _Held, child_id: str) -> Callable[[int], None]:
        return lambda day: self._close(held, child_id, day)

    def _filling(self, unit_id: str, share: int) -> Callable[[int], None]:
        return lambda day: self._fill(unit_id, share, day)

    def _covering(self, held: _Held) -> Callable[[int], None]:
        return lambda day: self._cover(held, day)

    def _receive(self, held: _Held, day: int) -> None:
        self._held.append(held)
        self._in_unit[held.unit_id] += len(held.children)
        if day > DATA_FROM and self._chance.happens(_WAITS_AT_THE_DOOR):
            waited = day + self._chance.between(1, 9)
            self._schedule(waited, 5, lambda later: self._allocate(held, held.unit_id, later))
            return
        self._allocate(held, held.unit_id, day)

    def _decide(self, held: _Held, day: int) -> None:
        if held.children:
            self._allocate(held, self._destination(held.referral, len(held.children), day), day)

    def _destination(self, referral: FamilyReferral, children: int, day: int) -> str:
        fits = referral.fits
        if fits and BY_ID[fits].opened <= day and self._has_room(fits, children):
            return fits
        return referral.family.area

    def _has_room(self, unit_id: str, children: int) -> bool:
        return self._in_unit[unit_id] + children <= BY_ID[unit_id].room

    def _fill(self, unit_id: str, share: int, day: int) -> None:
        for held in self._held:
            if self._in_unit[unit_id] >= share:
                return
            elsewhere = held.unit_id not in (FRONT_DOOR, unit_id)
            if held.children and elsewhere and held.referral.fits == unit_id:
                self._allocate(held, unit_id, day)

    def _leave(self, post: Post, day: int) -> None:
        left = [held for held in self._held if held.post == post and held.children]
        for held in left:
            if self._chance.happens(_WAITS_WHEN_ONE_LEAVES):
                self._put(held, held.unit_id, None, day)
                waited = day + self._chance.between(3, 24)
                self._schedule(waited, 5, self._covering(held))
                continue
            self._allocate(held, held.unit_id, day)

    def _cover(self, held: _Held, day: int) -> None:
        if held.post is None and held.children:
            self._allocate(held, held.unit_id, day)

    def _allocate(self, held: _Held, unit_id: str, day: int) -> None:
        if not held.children:
            return
        there = [post for post in self._posts[unit_id] if post.covers(day)]
        post = min(there, key=self._how_full, default=None)
        self._put(held, unit_id, post, day)

    def _how_full(self, post: Post) -> float:
        carries = post.fte * (_NEWLY_QUALIFIED_CARRY if post.newly_qualified else 1)
        return self._load[post] / carries

    def _put(self, held: _Held, unit_id: str, post: Post | None, day: int) -> None:
        self._write(held, day)
        count = len(held.children)
        self._in_unit[held.unit_id] -= count
        self._in_unit[unit_id] += count
        if held.post:
            self._load[held.post] -= count
        if post:
            self._load[post] += count
        held.unit_id, held.post, held.since = unit_id, post, day

    def _close(self, held: _Held, child_id: str, day: int) -> None:
        self._row(held, held.children.pop(child_id), day)
        self._in_unit[held.unit_id] -= 1
        if held.post:
            self._load[held.post] -= 1
        if not held.children:
            self._held.remove(held)

    def _write(self, held: _Held, ended: int | None) -> None:
        for child in held.children.values():
            self._row(held, child, ended)

    def _row(self, held: _Held, child: ChildReferral, ended: int | None) -> None:
        if held.since in (0, ended):
            return
        worker = held.post.worker_id if held.post else None
        self._rows.append(
            Allocation(
                child.child_id,
                child.referral_id,
                worker,
                held.unit_id,
                True,
                held.since,
                ended,
            )
        )
