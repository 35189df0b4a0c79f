"""When two spellings are the same words, whatever they name: the one place that decides.

The same are capitals and small letters (Unicode's case folding), letters that are put together or
written one after the other (NFC, NFD), spaces of any kind and number, every hyphen, dash and
apostrophe, and characters that nobody sees. No other letter, mark or sign is dropped in any script.
"""

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2s

_APOSTROPHES = "’‘‛ʼʻ`´′＇"
_COMMAS = "，،﹐"
_ONE_SIGN = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_COMMAS, ",") | {"−": "-"}
)
# Drawn as nothing, and yet no format characters: variation selectors, joiners of letters, fillers.
_UNSEEN = frozenset([*map(chr, range(0xFE00, 0xFE10)), *"\u034f\u115f\u1160\u3164\uffa0"])
# Letters that Unicode does not take apart, as people without such keys write them; and letters of
# Arabic keyboards that Urdu and Persian ones have again.
_PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
    | {"ŧ": "t", "ی": "ي", "ى": "ي", "ک": "ك", "ہ": "ه", "ة": "ه", "ـ": ""}
)
# Letters of Cyrillic that look, small or capital, like English ones, and come into names by a slip.
_LOOKALIKES = str.maketrans("аеорсухіјѕвкмнт", "aeopcyxijsbkmht")


@lru_cache(maxsize=4096)
def spelled(words: str) -> str:
    """`words` in the one spelling that stands for all that are the same."""
    seen = "".join(_seen(character) for character in words)
    folded = unicodedata.normalize("NFD", seen).casefold()
    signs = unicodedata.normalize("NFC", folded).translate(_ONE_SIGN)
    return " ".join("".join("-" if _is_dash(one) else one for one in signs).split())


def bare(words: str) -> str:
    """The spelling's letters, marks and numbers alone, single-spaced; empty for signs alone."""
    # C: what is in no script that this Python knows, and so may be a letter.
    kept = (one if unicodedata.category(one)[0] in "LMNC" else " " for one in spelled(words))
    return " ".join("".join(kept).split())


@lru_cache(maxsize=4096)
def without_accents(words: str) -> str:
    """The spelling as a keyboard without accents has it: "łódź" is "lodz".

    Vowel signs stay in the scripts that write vowels so: without them it would be another word.
    """
    apart = unicodedata.normalize("NFKD", spelled(words))
    letters = "".join(one for one in apart if not unicodedata.combining(one))
    return unicodedata.normalize("NFC", letters).translate(_PLAIN_LETTERS)


def as_it_looks(words: str) -> str:
    """The spelling without accents, and with English letters for those that look the same."""
    return without_accents(words).translate(_LOOKALIKES)


def short_digest(words: str) -> str:
    """Eight letters and figures that stand for these words and, but for chance, no others."""
    return blake2s(words.encode(), digest_size=4).hexdigest()


def alternatives(words: frozenset[str]) -> str:
    """A pattern for any of the words."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _seen(character: str) -> str:
    if character.isspace():
        return " "
    unseen = character in _UNSEEN or unicodedata.category(character) in ("Cf", "Cc")
    return "" if unseen else character


def _is_dash(character: str) -> bool:
    return unicodedata.category(character) == "Pd"
