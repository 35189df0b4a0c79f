"""What is asked of the lead of another unit, and the one answer to it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes the three tables."""
    _request()
    _of_a_request("access_request_child", sa.Column("child_id", sa.String, primary_key=True))
    _of_a_request(
        "access_request_answer",
        _of_a_person(),
        _needed("is_agreed", sa.Boolean),
        _needed("words", sa.Text),
        _needed("answered_at", MOMENT),
    )


def _needed(name: str, kind: sa.types.TypeEngine | type[sa.types.TypeEngine]) -> sa.Column:
    return sa.Column(name, kind, nullable=False)


def _of_a_person() -> sa.Column:
    return sa.Column("person", sa.String, sa.ForeignKey("access_person.id"), nullable=False)


def _request() -> None:
    belongs = sa.ForeignKey("access_session.id")
    op.create_table(
        "access_request",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("session", sa.String, belongs, nullable=False),
        _of_a_person(),
        *(_needed(name, sa.String) for name in ("child_id", "family")),
        _needed("adults", sa.Text),
        *(_needed(name, sa.String) for name in ("unit_id", "reason")),
        _needed("words", sa.Text),
        _needed("asked_at", MOMENT),
    )
    op.create_index("request_of_a_person", "access_request", ["person", "asked_at"])
    op.create_index("request_of_a_unit", "access_request", ["unit_id", "asked_at"])


def _of_a_request(table: str, *columns: sa.Column) -> None:
    belongs = sa.ForeignKey("access_request.id")
    op.create_table(table, sa.Column("request", sa.String, belongs, primary_key=True), *columns)
