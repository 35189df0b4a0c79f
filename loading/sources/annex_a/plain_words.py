"""Headings, titles and answers without what councils spell differently."""

import re


def plain(words: object) -> str:
    """Words without capitals, punctuation or double spaces; "child's" is "childs"."""
    letters = re.sub(r"['’‘]", "", str(words or "").lower())
    return " ".join(re.sub(r"[^a-z0-9]+", " ", letters).split())
