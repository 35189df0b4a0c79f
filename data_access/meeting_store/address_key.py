"""The key that addresses are coded with: made with its table, so the same for all who ask."""

from sqlalchemy import Engine, select

from data_access.meeting_store.tables import address_key
from data_access.meeting_store.transactions import read


def key_of_addresses(store: Engine) -> bytes:
    """The store's key; the migration that makes the table makes it too."""
    (row,) = read(store, select(address_key.c.key))
    return bytes.fromhex(row.key)
