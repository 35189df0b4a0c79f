"""What an address calls a child, a worker or a row: a code that only the store's key can make."""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Sixteen, so that each stands for four bits: no vowel, so no word, and no digit.
ALPHABET, HEX = "bcdfghjkmnpqrstv", "0123456789abcdef"
LETTERS, DIGITS = str.maketrans(HEX, ALPHABET), str.maketrans(ALPHABET, HEX)
# Two letters each. As many again for whoever shares the first ones with somebody.
BYTES = 8
BYTES_IF_SHARED = 16
LETTERS_OF_A_LABEL = 10

CHILD, WORKER, ADULT, FAMILY = "child", "worker", "adult", "family"


@dataclass(frozen=True)
class Codes:
    """The codes of everybody of one kind, and whose each is."""

    key: bytes
    kind: str
    ids: Mapping[bytes, str]
    shared: frozenset[str] = frozenset()

    def code_of(self, id: str) -> str:
        """What an address calls this one: the same in every load, and with every publication."""
        length = BYTES_IF_SHARED if id in self.shared else BYTES
        return _spelt(_digest(self.key, self.kind, id)[:length])

    def whose(self, code: str) -> str | None:
        """The id that the code was made of; None where there is none of it now."""
        if len(code) % 2 or not set(code) <= set(ALPHABET):
            return None
        return self.ids.get(bytes.fromhex(code.translate(DIGITS)))


def codes_of(key: bytes, kind: str, ids: Iterable[str]) -> Codes:
    """The codes of `ids` with this key: 16 letters, or 32 for those who share the first 16."""
    by_digest: dict[bytes, str] = {}
    shared: set[str] = set()
    for id in dict.fromkeys(ids):
        known = by_digest.setdefault(_digest(key, kind, id)[:BYTES], id)
        if known != id:
            shared |= {known, id}
    for id in shared:
        whole = _digest(key, kind, id)
        by_digest.pop(whole[:BYTES], None)
        by_digest[whole[:BYTES_IF_SHARED]] = id
    return Codes(key, kind, by_digest, frozenset(shared))


def worker_label(key: bytes, worker_id: str) -> str:
    """What a worker is called where names are not shown: the same on every list, in every load."""
    return label_of(key, WORKER, worker_id)


def label_of(key: bytes, kind: str, id: str) -> str:
    """As in "Adult bcdfghjkmn": what one of this kind is called without a name or an id."""
    return f"{kind.capitalize()} {_spelt(_digest(key, kind, id))[:LETTERS_OF_A_LABEL]}"


def _digest(key: bytes, kind: str, id: str) -> bytes:
    return hmac.digest(key, f"{kind}\0{id}".encode(), "sha256")


def _spelt(digest: bytes) -> str:
    return digest.hex().translate(LETTERS)
