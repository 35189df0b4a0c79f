"""The first tables: people, sessions, grants, matches, openings, and the audit."""

import sqlalchemy as sa
from alembic import op

from access.store.migrations.audit_triggers import chain, keep_until_purged
from data_access.meeting_store.migrations.triggers import keep

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)
BOTH_OR_NEITHER = "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)"


def upgrade() -> None:
    """Makes every table, and the triggers that keep the audit as it was written."""
    _person()
    _session()
    _grant_and_match()
    _opening()
    _event()
    _children_and_anchor()
    keep_until_purged("access_event", "number = NEW.number")
    keep_until_purged("access_event_child", "number = NEW.number AND child_id = NEW.child_id")
    keep("access_anchor", "number = NEW.number")
    chain()


def _id() -> sa.Column:
    return sa.Column("id", sa.String, primary_key=True)


def _texts(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.String) for name in names]


def _needed(name: str, kind: sa.types.TypeEngine | type[sa.types.TypeEngine]) -> sa.Column:
    return sa.Column(name, kind, nullable=False)


def _of_a_person() -> sa.Column:
    return sa.Column("person", sa.String, sa.ForeignKey("access_person.id"), nullable=False)


def _person() -> None:
    op.create_table(
        "access_person",
        _id(),
        _needed("issuer", sa.String),
        _needed("subject", sa.String),
        _needed("name", sa.String),
        *_texts("email", "registration_no"),
        _needed("last_seen_at", MOMENT),
        sa.UniqueConstraint("issuer", "subject", name="a_person_once"),
    )


def _session() -> None:
    op.create_table(
        "access_session",
        _id(),
        sa.Column("token_sha256", sa.String, nullable=False, unique=True),
        _of_a_person(),
        _needed("kind", sa.String),
        _needed("claims", sa.Text),
        *_texts("provider_session"),
        _needed("began_at", MOMENT),
        _needed("seen_at", MOMENT),
        _needed("ends_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        *_texts("ended_by", "ended_why"),
        sa.CheckConstraint("kind IN ('ordinary', 'meeting')", name="session_kind_is_known"),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (ended_why IS NULL)",
            name="ended_as_a_whole",
        ),
    )
    op.create_index("session_of_a_person", "access_session", ["person"])
    op.create_index("session_of_a_provider", "access_session", ["provider_session"])


def _given(table: str, name: str, *columns: sa.schema.SchemaItem) -> None:
    """What somebody is given by an administrator, until it is withdrawn."""
    op.create_table(
        table,
        _id(),
        _of_a_person(),
        *columns,
        *_texts("withdrawn_by"),
        sa.Column("withdrawn_at", MOMENT),
        sa.CheckConstraint(BOTH_OR_NEITHER, name=f"{name}_withdrawn_as_a_whole"),
    )
    op.create_index(f"{name}_of_a_person", table, ["person"])


def _grant_and_match() -> None:
    _given(
        "access_grant",
        "grant",
        *_texts("role", "unit_id"),
        _needed("granted_by", sa.String),
        _needed("granted_at", MOMENT),
        sa.CheckConstraint("(role IS NULL) <> (unit_id IS NULL)", name="a_role_or_a_unit"),
    )
    _given(
        "access_match",
        "match",
        _needed("registration_no", sa.String),
        _needed("confirmed_by", sa.String),
        _needed("confirmed_at", MOMENT),
    )


def _opening() -> None:
    belongs = sa.ForeignKey("access_session.id")
    op.create_table(
        "access_opening",
        _id(),
        sa.Column("session", sa.String, belongs, nullable=False),
        _needed("child_id", sa.String),
        _needed("reason", sa.String),
        _needed("words", sa.Text),
        _needed("opened_at", MOMENT),
        _needed("ends_at", MOMENT),
    )
    op.create_index("opening_of_a_session", "access_opening", ["session"])


def _event() -> None:
    op.create_table(
        "access_event",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        _needed("at", MOMENT),
        *_texts("person", "session", "role"),
        _needed("what", sa.String),
        *_texts("page", "metric", "unit_id"),
        sa.Column("rows", sa.Integer),
        sa.Column("reason", sa.Text),
        _needed("children", sa.Integer),
        _needed("before", sa.String),
        _needed("digest", sa.String),
    )
    op.create_index("event_of_a_person", "access_event", ["person", "at"])
    op.create_index("event_at", "access_event", ["at"])


def _children_and_anchor() -> None:
    belongs = sa.ForeignKey("access_event.number")
    op.create_table(
        "access_event_child",
        sa.Column("number", sa.Integer, belongs, primary_key=True, autoincrement=False),
        sa.Column("child_id", sa.String, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("event_of_a_child", "access_event_child", ["child_id", "number"])
    op.create_table(
        "access_anchor",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        _needed("digest", sa.String),
        _needed("at", MOMENT),
    )
