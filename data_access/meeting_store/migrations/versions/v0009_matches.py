"""Which teams are of a unit, and which workers of two systems are one: decided by an analyst."""

import sqlalchemy as sa
from alembic import op

from data_access.meeting_store.migrations.triggers import keep

revision = "0009"
down_revision = "0008"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes both tables; what is decided of workers is kept as publications are."""
    op.create_table(
        "team_of_unit",
        sa.Column("id", sa.String, primary_key=True),
        *(sa.Column(name, sa.String, nullable=False) for name in ("team_id", "unit_id")),
        sa.Column("unit_name", sa.String),
        *(sa.Column(name, sa.Date) for name in ("started_on", "ended_on")),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("withdrawn_by", sa.String),
        sa.Column("withdrawn_at", MOMENT),
        sa.CheckConstraint("team_id <> unit_id", name="a_team_is_of_another_unit"),
        sa.CheckConstraint(
            "started_on IS NULL OR ended_on IS NULL OR started_on < ended_on", name="a_day_at_least"
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn_as_a_whole"
        ),
    )
    op.create_table(
        "worker_decision",
        sa.Column("id", sa.String, primary_key=True),
        *(sa.Column(name, sa.String, nullable=False) for name in ("one", "other", "verdict")),
        sa.Column("reason", sa.Text),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "verdict IS NULL OR verdict IN ('one person', 'two people', 'not decided')",
            name="verdict_is_known",
        ),
        sa.CheckConstraint("one <> other", name="two_workers"),
    )
    keep("worker_decision", "id = NEW.id")
