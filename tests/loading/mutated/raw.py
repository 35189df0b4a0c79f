"""One change at random to the bytes of a file, or to the words of a text."""

import copy
import re
from collections.abc import Callable, Sequence
from random import Random
from xml.etree import ElementTree

ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "mac_roman", "cp037")


def _flipped(raw: bytes, draw: Random) -> bytes:
    changed = bytearray(raw)
    for _ in range(draw.choice([1, 1, 4, 30])):
        changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def _cut(raw: bytes, draw: Random) -> bytes:
    return raw[: draw.randrange(len(raw))]


def _without_a_piece(raw: bytes, draw: Random) -> bytes:
    start = draw.randrange(len(raw))
    return raw[:start] + raw[start + draw.choice([1, 10, 200]) :]


def _repeated_piece(raw: bytes, draw: Random) -> bytes:
    start = draw.randrange(len(raw))
    end = start + draw.choice([1, 10, 200])
    return raw[:end] + raw[start:]


def _with_noise(raw: bytes, draw: Random) -> bytes:
    start = draw.randrange(len(raw))
    return raw[:start] + draw.randbytes(draw.choice([1, 8, 64])) + raw[start:]


def _reencoded(raw: bytes, draw: Random) -> bytes:
    return raw.decode("utf-8", "replace").encode(draw.choice(ENCODINGS), "replace")


BYTES: tuple[Callable[[bytes, Random], bytes], ...] = (
    *(_flipped, _flipped, _cut, _without_a_piece, _repeated_piece, _with_noise, _reencoded),
)
_PIECES = (r"<[^<>]*>", r"<(\w+)[^<>]*>[^<>]*</\1>", r'"[^"]*"', r">[^<>]+<", r"[^\n]*\n", r"\w+")


def changed_bytes(raw: bytes, draw: Random) -> bytes:
    """The bytes after one change; of none, none."""
    return draw.choice(BYTES)(raw, draw) if raw else raw


def changed_text(text: str, draw: Random, values: Sequence[str]) -> str:
    """The text after an element, a value, a line or a word was removed, repeated or replaced."""
    for _ in range(draw.choice([1, 1, 2, 4])):
        pieces = list(re.finditer(draw.choice(_PIECES), text))
        if not pieces:
            continue
        piece = draw.choice(pieces)
        said = piece.group()
        new = draw.choice(
            ["", said * 2, draw.choice(pieces).group(), said[0] + draw.choice(values) + said[-1:]]
        )
        text = text[: piece.start()] + new + text[piece.end() :]
    return text


def changed_elements(text: str, draw: Random, values: Sequence[str]) -> str:
    """XML, still well-formed, after elements were removed, repeated, moved or given other words."""
    root = ElementTree.fromstring(text)
    for _ in range(draw.choice([1, 1, 2, 4])):
        parent = draw.choice([one for one in root.iter() if len(one)])
        child = draw.choice(list(parent))
        how = draw.choice(["remove", "repeat", "move", "words", "words", "words"])
        if how in ("remove", "move"):
            parent.remove(child)
        if how in ("repeat", "move"):
            draw.choice(list(root.iter())).append(copy.deepcopy(child))
        if how == "words":
            draw.choice(list(root.iter())).text = draw.choice([*values, "0.5", "2016-01-31"])
        if not len(root):
            break
    return ElementTree.tostring(root, encoding="unicode")
