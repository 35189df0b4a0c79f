"""Ids of rows that a store's writers make."""

from uuid import uuid4


def new_id() -> str:
    """An id that no other row has."""
    return uuid4().hex
