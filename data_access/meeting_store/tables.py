"""The meeting store's tables. What stands in `FROZEN` never changes once it is written.

Ids are text and made by the writer. Months are their first day. Moments are in UTC. A unit is
named as in `figure`: '*' is the service, NULL is "No unit". No table holds a person's name but
those of the people who publish, dispute and note.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from data_access.stores.columns import Details, Moment

metadata = MetaData()

DISPUTE_REASONS = (
    "made, not entered",
    "wrong due date",
    "wrong plan or child",
    "something else",
)
OUTCOMES = ("upheld", "rejected")


def one_of(column: str, allowed: tuple[str, ...], name: str) -> CheckConstraint:
    """The column holds one of the words, or nothing."""
    listed = ", ".join(f"'{value}'" for value in allowed)
    return CheckConstraint(f"{column} IS NULL OR {column} IN ({listed})", name=name)


def _of_a_publication() -> tuple[Column, Column]:
    """The rows of a publication, numbered; the publication itself is written after them."""
    belongs = ForeignKey("publication.id", deferrable=True, initially="DEFERRED")
    return (
        Column("publication_id", String, belongs, primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
    )


def _of_a_figure() -> tuple[Column, Column]:
    """Which figure a row is about: the unit is '*' for the service, NULL for rows with no unit."""
    return Column("metric", String, nullable=False), Column("unit_id", String)


publication = Table(
    "publication",
    metadata,
    Column("id", String, primary_key=True),
    Column("month", Date, nullable=False),
    Column("version", Integer, nullable=False),
    Column("published_at", Moment, nullable=False),
    Column("published_by", String, nullable=False),
    Column("as_at", Date, nullable=False),
    Column("load_id", String, nullable=False),
    Column("source", String, nullable=False),
    Column("reason", Text),
    Column("software_version", String, nullable=False),
    Column("digest", String, nullable=False),
    UniqueConstraint("month", "version", name="one_version_once"),
    CheckConstraint(
        "version = 1 OR (version > 1 AND reason IS NOT NULL)", name="a_correction_has_a_reason"
    ),
)

published_figure = Table(
    "published_figure",
    metadata,
    *_of_a_publication(),
    *_of_a_figure(),
    Column("unit_name", String, nullable=False),
    Column("numerator", Float, nullable=False),
    Column("denominator", Float, nullable=False),
)

published_words = Table(
    "published_words",
    metadata,
    *_of_a_publication(),
    *_of_a_figure(),
    Column("sentence", Text, nullable=False),
    Column("reading", Text, nullable=False),
    Column("not_in_source", Text),
    Column("chart", Details),
)

published_row = Table(
    "published_row",
    metadata,
    *_of_a_publication(),
    *_of_a_figure(),
    Column("worker_id", String),
    Column("child_id", String),
    Column("numerator", Float, nullable=False),
    Column("denominator", Float, nullable=False),
    Column("part", String),
    Column("details", Details, nullable=False),
    Index("published_row_of_a_figure", "publication_id", "metric", "unit_id"),
)

published_quantile = Table(
    "published_quantile",
    metadata,
    *_of_a_publication(),
    *_of_a_figure(),
    Column("key", String, nullable=False),
    Column("value", Float, nullable=False),
    Column("n", Integer, nullable=False),
)

published_setting = Table(
    "published_setting",
    metadata,
    *_of_a_publication(),
    Column("setting", String, nullable=False),
    Column("value", Text, nullable=False),
)

FROZEN = (
    publication,
    published_figure,
    published_words,
    published_row,
    published_quantile,
    published_setting,
)

dispute = Table(
    "dispute",
    metadata,
    Column("id", String, primary_key=True),
    Column("metric", String, nullable=False),
    Column("month", Date, nullable=False),
    Column("unit_id", String),
    Column("row_key", Details, nullable=False),
    Column("reason", String, nullable=False),
    Column("note", Text),
    Column("raised_by", String, nullable=False),
    Column("raised_at", Moment, nullable=False),
    Column("settled_by", String),
    Column("settled_at", Moment),
    Column("outcome", String),
    one_of("reason", DISPUTE_REASONS, "reason_is_known"),
    one_of("outcome", OUTCOMES, "outcome_is_known"),
    CheckConstraint(
        "(outcome IS NULL) = (settled_at IS NULL) AND (outcome IS NULL) = (settled_by IS NULL)",
        name="settled_as_a_whole",
    ),
    Index("dispute_of_a_month", "metric", "month"),
)

rebase = Table(
    "rebase",
    metadata,
    Column("id", String, primary_key=True),
    *_of_a_figure(),
    Column("month", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("withdrawn_by", String),
    Column("withdrawn_at", Moment),
    CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn_as_a_whole"),
)

annotation = Table(
    "annotation",
    metadata,
    Column("id", String, primary_key=True),
    *_of_a_figure(),
    Column("month", Date, nullable=False),
    Column("words", Text, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Moment, nullable=False),
)

event = Table(
    "event",
    metadata,
    Column("id", String, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by", String, nullable=False),
    Column("what", String, nullable=False),
    Column("subject", Text, nullable=False),
)

address_key = Table(
    "address_key",
    metadata,
    Column("id", String, primary_key=True),
    # Never shown: who has it could tell which code is which child.
    Column("key", String, nullable=False),
)
