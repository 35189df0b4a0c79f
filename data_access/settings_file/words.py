"""Where a setting stands and what it holds, as it is told to whoever can mend it."""

import json
from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any

from data_access.problems import WrongSettings

# An address may hold a password.
SECRET = ("database", "meeting_store", "access_store", "nightly_source")
LONGEST_SHOWN = 60


def place(section: str, number: int | None = None) -> str:
    """As in "[time]", or "the 2nd [[target]]" of a section that is written once for each entry."""
    return f"[{section}]" if number is None else f"the {_ordinal(number)} [[{section}]]"


def _ordinal(number: int) -> str:
    is_teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if is_teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def written(value: Any) -> str:
    """A value as the file writes it, cut short where it is long."""
    if isinstance(value, str | bool | list | tuple | dict):
        text = json.dumps(value, ensure_ascii=False, default=str)
    else:
        text = value.isoformat() if isinstance(value, date) else str(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def wrong(section: str, number: int | None, key: str, value: Any, use: str) -> str:
    """One setting that can't be taken: where, what it holds, and what to do."""
    held = "…" if section in SECRET else written(value)
    return f"in {place(section, number)}, {key} = {held}: {use}"


def said_twice(
    section: str, entries: Sequence[Any], same: Callable[[Any], Hashable], key: str
) -> Iterator[str]:
    """Entries of which one can't be told from an earlier one: which would hold?"""
    first: dict[Hashable, int] = {}
    for number, entry in enumerate(entries, 1):
        earlier = first.setdefault(same(entry), number)
        if earlier != number:
            use = f"entry {earlier} says the same of the same: keep one of them"
            yield wrong(section, number, key, getattr(entry, key), use)


def nearest(name: str, known: Sequence[str]) -> str:
    """The known name that is most like the one given, or all of them."""
    matches = get_close_matches(name, known, n=1)
    return f"did you mean {matches[0]}?" if matches else f"known are {', '.join(known)}"


def refuse(file: str, faults: Sequence[str]) -> None:
    """One Problem for all that is wrong with the file; nothing where nothing is."""
    sentences = [f"{fault}." if fault[-1] not in ".?" else fault for fault in faults]
    if len(sentences) == 1:
        raise WrongSettings(f"{file}: {sentences[0]}")
    if sentences:
        numbered = " ".join(
            f"({number}) {sentence}" for number, sentence in enumerate(sentences, 1)
        )
        raise WrongSettings(f"{file} has {len(sentences)} wrong settings: {numbered}")
