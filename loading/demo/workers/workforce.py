"""The workers: who holds which post, when they come and when they leave."""

from dataclasses import dataclass, replace

from loading.demo.chance import Chance
from loading.demo.days import DATA_FROM, DATA_TO, FAR
from loading.demo.units import AREAS, BY_ID, SEGMENTED

HOLDERS = ("social_worker", "consultant_social_worker", "senior_practitioner")
PRACTITIONERS = (*HOLDERS, "family_support_worker")
_SEGMENTED_TEAM = {
    "consultant_social_worker": 1,
    "social_worker": 4,
    "family_support_worker": 1,
    "unit_coordinator": 1,
}
_AREA_TEAM = {
    "team_manager": 4,
    "senior_practitioner": 8,
    "social_worker": 57,
    "family_support_worker": 3,
    "unit_coordinator": 1,
}
_FRONT_DOOR_TEAM = {"team_manager": 1, "senior_practitioner": 1, "social_worker": 7, "other": 1}
_MOVE_TO_EACH_UNIT = 3
_FTE = {1.0: 84, 0.8: 9, 0.6: 5, 0.5: 2}
_DAYS_IN_POST = {"agency": 300, "staff": 1900}
_AGENCY_NOW, _AGENCY_NEXT, _NEWLY_QUALIFIED = 0.1, 0.34, 0.35
LONGEST_WAIT = 50
_YEAR = 365


@dataclass(frozen=True)
class Post:
    """One worker in one post, [started, ended)."""

    worker_id: str
    unit_id: str
    role: str
    fte: float
    agency: bool
    newly_qualified: bool
    started: int
    ended: int

    def covers(self, day: int) -> bool:
        """Whether the worker is in this post on `day`."""
        return self.started <= day < self.ended


class _Numbers:
    """Hands out worker ids."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> str:
        self._last += 1
        return f"W{self._last:04}"


def posts() -> list[Post]:
    """Every post, in the order in which its place in the service was filled."""
    chance, numbers = Chance("workforce"), _Numbers()
    all_posts: list[Post] = []
    for unit_id, team in _teams():
        for role, places in team.items():
            for _ in range(places):
                all_posts += _chain(chance, numbers, unit_id, role, BY_ID[unit_id].opened, FAR)
    for unit_id in SEGMENTED:
        all_posts += _unit_posts(chance, numbers, unit_id)
    all_posts.append(_without_hours(numbers))
    return all_posts


def _teams() -> list[tuple[str, dict[str, int]]]:
    return [*((area, _AREA_TEAM) for area in AREAS), ("FRONT", _FRONT_DOOR_TEAM)]


def _unit_posts(chance: Chance, numbers: _Numbers, unit_id: str) -> list[Post]:
    """A segmented unit's posts: some workers come from the areas, whose places go with them."""
    opened = BY_ID[unit_id].opened
    unit_posts: list[Post] = []
    moving = _MOVE_TO_EACH_UNIT
    for role, places in _SEGMENTED_TEAM.items():
        for _ in range(places):
            if role in HOLDERS and moving:
                moving -= 1
                before = _chain(
                    chance, numbers, AREAS[moving % 2], "social_worker", DATA_FROM - 400, opened
                )
                unit_posts += before
                unit_posts += _moved(chance, numbers, before[-1], unit_id, role, opened)
            else:
                unit_posts += _chain(chance, numbers, unit_id, role, opened, FAR)
    return unit_posts


def _moved(
    chance: Chance, numbers: _Numbers, last: Post, unit_id: str, role: str, opened: int
) -> list[Post]:
    if last.ended != opened or last.agency:
        return _chain(chance, numbers, unit_id, role, opened, FAR)
    ended = opened + 200 + chance.waiting(_DAYS_IN_POST["staff"])
    here = replace(last, unit_id=unit_id, role=role, started=opened, ended=ended)
    return [here, *_next_posts(chance, numbers, here, FAR)]


def _chain(
    chance: Chance, numbers: _Numbers, unit_id: str, role: str, first: int, until: int
) -> list[Post]:
    """The workers who fill one place one after another until it closes or the data end."""
    before = first < DATA_FROM
    agency = role in HOLDERS and chance.happens(_AGENCY_NOW)
    started = DATA_FROM - chance.between(20, 300 if agency else 8 * _YEAR) if before else first
    post = _post(chance, numbers, unit_id, role, agency, started)
    stays = chance.waiting(_DAYS_IN_POST["agency" if agency else "staff"])
    ended = max(started, DATA_FROM) + 30 + stays
    first_post = replace(post, ended=min(ended, until))
    return [first_post, *_next_posts(chance, numbers, first_post, until)]


def _next_posts(chance: Chance, numbers: _Numbers, post: Post, until: int) -> list[Post]:
    later_posts = []
    while post.ended < min(until, DATA_TO):
        started = post.ended + chance.between(0, LONGEST_WAIT)
        if started >= min(until, DATA_TO):
            break
        agency = post.role in HOLDERS and chance.happens(_AGENCY_NEXT)
        stays = 40 + chance.waiting(_DAYS_IN_POST["agency" if agency else "staff"])
        new = _post(chance, numbers, post.unit_id, post.role, agency, started)
        post = replace(new, ended=min(started + stays, until))
        later_posts.append(post)
    return later_posts


def _post(
    chance: Chance, numbers: _Numbers, unit_id: str, role: str, agency: bool, started: int
) -> Post:
    recent = started > DATA_FROM - _YEAR
    new = role == "social_worker" and not agency and recent and chance.happens(_NEWLY_QUALIFIED)
    fte = 1.0 if agency or new else chance.weighted(_FTE)
    return Post(numbers.next(), unit_id, role, fte, agency, new, started, FAR)


def _without_hours(numbers: _Numbers) -> Post:
    """A post whose FTE HR has as 0: the data issue that the caseload page must show."""
    started = DATA_FROM + 2 * _YEAR
    return Post(numbers.next(), "EAST", "social_worker", 0.0, False, False, started, FAR)
