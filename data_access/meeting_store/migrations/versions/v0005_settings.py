"""With which settings a published month was counted: its figures rest on them for good."""

import sqlalchemy as sa
from alembic import op

from data_access.meeting_store.migrations.triggers import keep, seal

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Makes the table, kept and sealed as the others of a publication are."""
    belongs = sa.ForeignKey("publication.id", deferrable=True, initially="DEFERRED")
    op.create_table(
        "published_setting",
        sa.Column("publication_id", sa.String, belongs, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("setting", sa.String, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
    )
    keep("published_setting", "publication_id = NEW.publication_id AND position = NEW.position")
    seal("published_setting")
