"""The tables of comparisons: what was asked of which two cohorts, and what was said of it.

Ids and moments as in `tables`. No child is named: a comparison is counts and sentences.
"""

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table

from data_access.meeting_store.free_text import Line, Name, Words
from data_access.meeting_store.tables import metadata as metadata
from data_access.meeting_store.tables import one_of
from data_access.stores.columns import Details, Moment

BEFORE_AFTER, SIDE_BY_SIDE = "before and after", "side by side"
KINDS = (SIDE_BY_SIDE, BEFORE_AFTER)

comparison = Table(
    "comparison",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", Line, nullable=False),
    Column("question", Words, nullable=False),
    Column("kind", String, nullable=False),
    Column("outcome", String, nullable=False),
    # Each cohort's name, units, first day of entry and first day no more.
    Column("own", Details, nullable=False),
    Column("other", Details, nullable=False),
    # Intervals are drawn by it.
    Column("seed", Integer, nullable=False),
    Column("by", Name, nullable=False),
    Column("at", Moment, nullable=False),
    one_of("kind", KINDS, "kind_is_known"),
)

published_comparison = Table(
    "published_comparison",
    metadata,
    Column("comparison_id", String, ForeignKey("comparison.id"), primary_key=True),
    Column("as_at", Date, nullable=False),
    # What was counted, and the sentences that were said of it.
    Column("told", Details, nullable=False),
    Column("by", Name, nullable=False),
    Column("at", Moment, nullable=False),
)
