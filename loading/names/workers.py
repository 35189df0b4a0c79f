"""Which names in one source mean the same worker, and which are only alike."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from loading.names.spelling import as_it_looks, bare, short_digest
from loading.names.worker_names import TITLES, is_registered, worker_name

CLOSE = 0.8


@dataclass(frozen=True)
class NamedWorker:
    """A worker of whom a source knows the name alone: id, how it is written, its number if any.

    `spellings` are all that were found, the commonest first: that is the name to be shown.
    """

    worker_id: str
    spellings: tuple[str, ...]
    registration_no: str | None

    @property
    def has_one_name(self) -> bool:
        """Whether all spellings are of the same words, and not of two names with one number."""
        return len({worker_name(spelling).words for spelling in self.spellings}) == 1

    @property
    def fullest_name(self) -> str:
        """The spelling that says most: with a number, else with a title, else the commonest."""
        return min(
            self.spellings,
            key=lambda spelling: (
                worker_name(spelling).number is None,
                worker_name(spelling).title is None,
            ),
        )


def workers_named(spellings: Mapping[str, int]) -> list[NamedWorker]:
    """The workers that these names mean; of each spelling is given how often it stands.

    The same words, or the same registration number, are one worker. Not so where the words have
    two numbers, or both a man's and a woman's title: then each is another worker, and a name with
    neither is one of its own, as nobody can say whose it is.
    """
    of_words: dict[str, list[str]] = {}
    for spelling in spellings:
        of_words.setdefault(worker_name(spelling).words, []).append(spelling)
    workers: dict[str, list[str]] = {}
    for same_words in of_words.values():
        for spelling, identity in _identities(same_words):
            workers.setdefault(identity, []).append(spelling)
    return [_named(workers[identity], identity, spellings) for identity in sorted(workers)]


def worker_id_of(name: str) -> str:
    """The id of a worker of whom nothing but this name is known; it does not tell the name."""
    ((_, identity),) = _identities([name])
    return _id(identity)


def _identities(same_words: Sequence[str]) -> Iterator[tuple[str, str]]:
    names = {spelling: worker_name(spelling) for spelling in same_words}
    numbers = {name.number for name in names.values() if name.number}
    titles = {name.title for name in names.values() if name.title}
    are_several = len(numbers) > 1 or len(titles) > 1
    for spelling, name in names.items():
        number = name.number if are_several else next(iter(numbers), None)
        title = name.title if len(titles) > 1 else None
        yield spelling, _identity(name.words, number, title)


def _identity(words: str, number: str | None, title: str | None) -> str:
    if number and is_registered(number):
        return number
    return " ".join(filter(None, (title, words, number)))


def _id(identity: str) -> str:
    return "W-" + short_digest(identity)


def _named(spelled_so: list[str], identity: str, often: Mapping[str, int]) -> NamedWorker:
    numbers = (worker_name(spelling).registration_no for spelling in spelled_so)
    commonest_first = tuple(sorted(spelled_so, key=lambda spelling: (-often[spelling], spelling)))
    return NamedWorker(_id(identity), commonest_first, next(filter(None, numbers), None))


def pairs_alike(names: Sequence[str]) -> list[tuple[str, str]]:
    """Which names of different workers could be one worker's, each pair once; see `alike`."""
    with_word: dict[str, list[str]] = {}
    for name in names:
        words = _words(name)
        for word in {*words, "".join(words), "".join(sorted(words))}:
            with_word.setdefault(word, []).append(name)
    pairs = (pair for near in with_word.values() for pair in combinations(near, 2))
    return [pair for pair in dict.fromkeys(pairs) if alike(*pair)]


def alike(one: str, other: str) -> bool:
    """Whether two names that are not the same could still be one worker's.

    The same but for accents, parting of words or their order; a middle name more, or no first name;
    an initial, a short form or nearly the same letters for one of the two. Not with two numbers.
    """
    words, others = _words(one), _words(other)
    if worker_name(one).has_another_number(worker_name(other)) or not words or not others:
        return False
    if "".join(words) == "".join(others) or sorted(words) == sorted(others):
        return True
    if len(words) == 1 or len(others) == 1:
        return words[-1] == others[-1]
    return (
        {*words} <= {*others}
        or {*others} <= {*words}
        or (words[-1] == others[-1] and _could_be_short(words[0], others[0]))
        or (words[0] == others[0] and _is_close(words[-1], others[-1]))
    )


def _words(name: str) -> tuple[str, ...]:
    """The words without accents, titles and what stands in figures."""
    words = bare(as_it_looks(worker_name(name).words)).split()
    return tuple(word for word in words if not word.isdigit() and word not in TITLES)


def _could_be_short(first: str, other: str) -> bool:
    return first.startswith(other) or other.startswith(first) or _is_close(first, other)


def _is_close(word: str, other: str) -> bool:
    return SequenceMatcher(None, word, other, autojunk=False).ratio() >= CLOSE
