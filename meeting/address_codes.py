"""What an address calls a child, a worker or a row: a code that only the store's key can make."""

import hmac
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Sixteen, so that each stands for four bits: no vowel, so no word, and no digit.
LETTERS = str.maketrans("0123456789abcdef", "bcdfghjkmnpqrstv")
LENGTH = 16
# As many again, for whoever shares the first ones with somebody.
LONGER = 2 * LENGTH

CHILD, WORKER = "child", "worker"


@dataclass(frozen=True)
class Codes:
    """The codes of everybody of one kind. Nobody's code is the beginning of another's."""

    key: bytes
    kind: str
    ids: Mapping[str, str]
    longer: frozenset[str] = frozenset()

    def code_of(self, id: str) -> str:
        """What an address calls this one: the same in every load, and with every publication."""
        return _spelt(self.key, self.kind, id)[: LONGER if id in self.longer else LENGTH]

    def whose(self, code: str) -> str | None:
        """The id that the code was made of; None where there is none of it now."""
        return self.ids.get(code)


def codes_of(key: bytes, kind: str, ids: Iterable[str]) -> Codes:
    """The codes of `ids` with this key: 16 letters, or 32 for two that share the first 16."""
    spelt = {id: _spelt(key, kind, id) for id in ids}
    shared = Counter(whole[:LENGTH] for whole in spelt.values())
    longer = frozenset(id for id, whole in spelt.items() if shared[whole[:LENGTH]] > 1)
    by_code = {whole[: LONGER if id in longer else LENGTH]: id for id, whole in spelt.items()}
    return Codes(key, kind, by_code, longer)


def _spelt(key: bytes, kind: str, id: str) -> str:
    return hmac.digest(key, f"{kind}\0{id}".encode(), "sha256").hex().translate(LETTERS)
