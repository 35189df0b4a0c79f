"""How long what people write may be: said once, for the fields of forms and for every write."""

from typing import Any

from sqlalchemy import Dialect, String, Text
from sqlalchemy.types import TypeDecorator

from data_access.problems import Problem

LONGEST_NAME = 200
LONGEST_LINE = 1_000
LONGEST_WORDS = 4_000
# What one engine keeps and the other refuses, and half of a character that no text can hold.
NOT_KEPT = "\x00"


class Name(TypeDecorator[str]):
    """A name, a role or a single word: who did it, who is to do it."""

    impl = String
    cache_ok = True
    longest = LONGEST_NAME

    def process_bind_param(self, value: Any | None, _dialect: Dialect) -> str | None:
        return None if value is None else bounded(value, self.longest)


class Line(Name):
    """One line: a title, what is to be done, the effect expected."""

    impl = Text
    cache_ok = True
    longest = LONGEST_LINE


class Words(Line):
    """As many sentences as a reason or a note needs."""

    cache_ok = True
    longest = LONGEST_WORDS


def bounded(text: str, longest: int) -> str:
    """`text`, or a Problem where it is longer or holds what can't be kept; never its words."""
    if len(text) > longest:
        raise Problem(
            f"What was written here has {len(text):,} characters, and at most {longest:,} are kept:"
            " shorten it. Nothing of it was written."
        )
    if NOT_KEPT in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Problem(
            "What was written holds a character that can't be kept: type it anew. Nothing of it was"
            " written."
        )
    return text
