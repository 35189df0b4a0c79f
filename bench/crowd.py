"""Fifty people at one server, each clicking every ten seconds, as in a month's busiest hour."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic

from bench import server

PEOPLE, SECONDS_BETWEEN, SECONDS_ALL = 50, 10.0, 60.0
# Of what they look at, how much of each.
MIX = {"Month": 3, "Metric": 3, "Unit": 2, "Child": 2, "Explore": 2}


@dataclass
class Crowd:
    """Seconds of each page that was opened first, and of each click after it."""

    opened: list[float] = field(default_factory=list)
    clicked: list[float] = field(default_factory=list)


def crowd_at(base: str, addresses: Mapping[str, Sequence[str]]) -> Crowd:
    """Each begins at a time of their own, and waits 5 to 15 seconds from one page to the next."""
    return asyncio.run(_all_of_them(base, _mixed(addresses)))


def _mixed(addresses: Mapping[str, Sequence[str]]) -> list[str]:
    """Addresses in the mix's shares; Explore's in whichever way."""
    mixed = []
    for page, share in MIX.items():
        found = [one for name, those in addresses.items() if name.startswith(page) for one in those]
        mixed += random.Random(page).choices(found, k=40 * share)
    return mixed


async def _all_of_them(base: str, mixed: Sequence[str]) -> Crowd:
    crowd, end = Crowd(), monotonic() + SECONDS_ALL
    people = [_person(base, mixed, random.Random(number), crowd, end) for number in range(PEOPLE)]
    await asyncio.gather(*people)
    return crowd


async def _person(
    base: str, mixed: Sequence[str], chance: random.Random, crowd: Crowd, end: float
) -> None:
    await asyncio.sleep(chance.uniform(0, SECONDS_BETWEEN))
    async with server.session(base) as connection:
        seconds = crowd.opened
        while monotonic() < end:
            answer = await server.answer(connection, chance.choice(mixed))
            seconds.append(answer.seconds)
            seconds = crowd.clicked
            await asyncio.sleep(chance.uniform(0.5, 1.5) * SECONDS_BETWEEN)
