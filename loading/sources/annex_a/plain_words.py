"""Headings, titles and answers without what councils spell differently."""

import re
from functools import lru_cache

# The same few headings and answers are asked after for every list and row.
REMEMBERED = 4096


def plain(words: object) -> str:
    """Words without capitals, punctuation or double spaces; "child's" is "childs"."""
    return _plain(str(words or ""))


@lru_cache(REMEMBERED)
def _plain(words: str) -> str:
    letters = re.sub(r"['’‘]", "", words.lower())
    return " ".join(re.sub(r"[^a-z0-9]+", " ", letters).split())
