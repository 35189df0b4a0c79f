"""What the room calls children: "Child K7", by a hash that only the meeting's own key can make."""

import hmac
from collections.abc import Iterable, Sequence
from itertools import pairwise

# Sixteen, so that each is as likely: none is taken for a digit, nor heard or read for another.
LETTERS = "ACEFHJKLMNPRTWXY"
DIGITS = 15
FEWEST = 2


def codes(key: bytes, child_ids: Iterable[str]) -> dict[str, str]:
    """The code of each child: a letter and as few digits as tell it from all the others'.

    The same key and children give the same codes, another key others. No code is the beginning
    of another: when a child joins, a code may grow by a digit, and is never another child's.
    """
    spelt = sorted((_whole_name(key, id), id) for id in set(child_ids))
    lengths = _lengths([name for name, _ in spelt])
    return {id: name[:length] for (name, id), length in zip(spelt, lengths, strict=True)}


def _whole_name(key: bytes, child_id: str) -> str:
    """The whole name that a code is the beginning of."""
    number = int.from_bytes(hmac.digest(key, child_id.encode(), "sha256"))
    rest, letter = divmod(number, len(LETTERS))
    return f"{LETTERS[letter]}{rest % 10**DIGITS:0{DIGITS}d}"


def _lengths(names: Sequence[str]) -> list[int]:
    """How much of each name, in order, is to be said: one more than it shares with a neighbour."""
    shared = [0, *(_shared_length(*both) for both in pairwise(names)), 0]
    return [max(FEWEST, 1 + max(both)) for both in list(pairwise(shared))[: len(names)]]


def _shared_length(name: str, neighbour: str) -> int:
    return next(place for place, (a, b) in enumerate(zip(name, neighbour, strict=True)) if a != b)
