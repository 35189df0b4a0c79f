"""The first tables: what was published, disputes, rebases, annotations, and who did what."""

import sqlalchemy as sa
from alembic import op

from data_access.meeting_store.migrations.triggers import keep, seal

revision = "0001"
down_revision = None

PARTS = ("published_figure", "published_words", "published_row")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes every table, and the triggers that keep a published month as it was published."""
    _publication()
    _figures_and_words()
    _rows()
    _dispute()
    _rebase()
    _annotation_and_event()
    keep("publication", "id = NEW.id OR (month = NEW.month AND version = NEW.version)")
    keep("event", "id = NEW.id")
    for table in PARTS:
        keep(table, "publication_id = NEW.publication_id AND position = NEW.position")
        seal(table)


def _needed(name: str, kind: sa.types.TypeEngine | type[sa.types.TypeEngine]) -> sa.Column:
    return sa.Column(name, kind, nullable=False)


def _id() -> sa.Column:
    return sa.Column("id", sa.String, primary_key=True)


def _publication() -> None:
    op.create_table(
        "publication",
        _id(),
        _needed("month", sa.Date),
        _needed("version", sa.Integer),
        _needed("published_at", MOMENT),
        _needed("published_by", sa.String),
        _needed("as_at", sa.Date),
        _needed("load_id", sa.String),
        _needed("source", sa.String),
        sa.Column("reason", sa.Text),
        _needed("software_version", sa.String),
        _needed("digest", sa.String),
        sa.UniqueConstraint("month", "version", name="one_version_once"),
        sa.CheckConstraint(
            "version = 1 OR (version > 1 AND reason IS NOT NULL)",
            name="a_correction_has_a_reason",
        ),
    )


def _of_a_publication(*columns: sa.Column) -> tuple[sa.Column, ...]:
    belongs = sa.ForeignKey("publication.id", deferrable=True, initially="DEFERRED")
    return (
        sa.Column("publication_id", sa.String, belongs, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        _needed("metric", sa.String),
        sa.Column("unit_id", sa.String),
        *columns,
    )


def _tally() -> list[sa.Column]:
    return [_needed(name, sa.Float) for name in ("numerator", "denominator")]


def _figures_and_words() -> None:
    op.create_table(
        "published_figure",
        *_of_a_publication(_needed("unit_name", sa.String), *_tally()),
    )
    op.create_table(
        "published_words",
        *_of_a_publication(
            _needed("sentence", sa.Text),
            _needed("reading", sa.Text),
            sa.Column("not_in_source", sa.Text),
        ),
    )


def _rows() -> None:
    op.create_table(
        "published_row",
        *_of_a_publication(
            sa.Column("worker_id", sa.String),
            sa.Column("child_id", sa.String),
            *_tally(),
            sa.Column("part", sa.String),
            _needed("details", sa.Text),
        ),
    )
    of_a_figure = ["publication_id", "metric", "unit_id"]
    op.create_index("published_row_of_a_figure", "published_row", of_a_figure)


def _dispute() -> None:
    op.create_table(
        "dispute",
        _id(),
        _needed("metric", sa.String),
        _needed("month", sa.Date),
        sa.Column("unit_id", sa.String),
        _needed("row_key", sa.Text),
        _needed("reason", sa.String),
        sa.Column("note", sa.Text),
        _needed("raised_by", sa.String),
        _needed("raised_at", MOMENT),
        sa.Column("settled_by", sa.String),
        sa.Column("settled_at", MOMENT),
        sa.Column("outcome", sa.String),
        sa.CheckConstraint(
            "reason IS NULL OR reason IN ('made, not entered', 'wrong due date',"
            " 'wrong plan or child', 'something else')",
            name="reason_is_known",
        ),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome IN ('upheld', 'rejected')", name="outcome_is_known"
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (settled_at IS NULL) AND (outcome IS NULL) = (settled_by IS NULL)",
            name="settled_as_a_whole",
        ),
    )
    op.create_index("dispute_of_a_month", "dispute", ["metric", "month"])


def _of_a_figure(*columns: sa.Column) -> tuple[sa.Column, ...]:
    return (
        _id(),
        _needed("metric", sa.String),
        sa.Column("unit_id", sa.String),
        _needed("month", sa.Date),
        *columns,
    )


def _rebase() -> None:
    op.create_table(
        "rebase",
        *_of_a_figure(
            _needed("reason", sa.Text),
            _needed("by", sa.String),
            _needed("at", MOMENT),
            sa.Column("withdrawn_by", sa.String),
            sa.Column("withdrawn_at", MOMENT),
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn_as_a_whole"
        ),
    )


def _annotation_and_event() -> None:
    op.create_table(
        "annotation",
        *_of_a_figure(_needed("words", sa.Text), _needed("by", sa.String), _needed("at", MOMENT)),
    )
    op.create_table(
        "event",
        _id(),
        _needed("at", MOMENT),
        _needed("by", sa.String),
        _needed("what", sa.String),
        _needed("subject", sa.Text),
    )
