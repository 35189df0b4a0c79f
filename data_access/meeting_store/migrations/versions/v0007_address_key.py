"""The key that addresses are coded with: so that a link survives a load and a publication."""

from secrets import token_hex

import sqlalchemy as sa
from alembic import op

from data_access.meeting_store.migrations.triggers import keep

revision = "0007"
down_revision = "0005"

KEY_BYTES = 32


def upgrade() -> None:
    """Makes the table with its one row, under the lock of all migrations; it is never changed."""
    table = op.create_table(
        "address_key",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("key", sa.String, nullable=False),
    )
    op.bulk_insert(table, [{"id": "addresses", "key": token_hex(KEY_BYTES)}])
    keep("address_key", "id = NEW.id")
