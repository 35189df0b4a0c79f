"""Each publication's digest, chained with the one before it; those of before get theirs now."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from data_access.meeting_store.migrations.triggers import keep
from data_access.meeting_store.seals.sealing import seal

revision = "0006"
down_revision = "0005"

BY = "ChildStat"
HOW = "brought up to date"


def upgrade() -> None:
    """Makes the table, and seals what was published before, as it stands: an event says so."""
    op.create_table(
        "publication_seal",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column(
            "publication_id",
            sa.String,
            sa.ForeignKey("publication.id"),
            nullable=False,
            unique=True,
        ),
        sa.Column("figures", sa.String, nullable=False),
        sa.Column("rows", sa.String, nullable=False),
        sa.Column("chained", sa.String, nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("how", sa.String, nullable=False),
        sa.CheckConstraint(
            "how IS NULL OR how IN ('published', 'brought up to date')",
            name="how_it_was_sealed_is_known",
        ),
    )
    keep("publication_seal", "number = NEW.number OR publication_id = NEW.publication_id")
    _seal_what_stands()


def _seal_what_stands() -> None:
    published = sa.table(
        "publication", *(sa.column(name) for name in ("id", "published_at", "month", "version"))
    )
    in_order = (published.c.published_at, published.c.month, published.c.version)
    connection = op.get_bind()
    for id in connection.execute(sa.select(published.c.id).order_by(*in_order)).scalars().all():
        seal(connection, id, BY, uuid4().hex, HOW)
