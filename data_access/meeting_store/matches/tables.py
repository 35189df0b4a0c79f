"""The tables of decisions on teams and workers of several systems; loads go by them.

Ids and moments as in `tables`. A team and a worker are named by the id that their source gives.
"""

from sqlalchemy import CheckConstraint, Column, Date, String, Table

from data_access.meeting_store.comparison_tables import metadata as metadata
from data_access.meeting_store.free_text import Name, Words
from data_access.meeting_store.tables import one_of
from data_access.stores.columns import Moment

SAME, TWO, OPEN = "one person", "two people", "not decided"
VERDICTS = (SAME, TWO, OPEN)

team_of_unit = Table(
    "team_of_unit",
    metadata,
    Column("id", String, primary_key=True),
    Column("team_id", Name, nullable=False),
    Column("unit_id", Name, nullable=False),
    # For a unit that no source gives: what it is called.
    Column("unit_name", Name),
    Column("started_on", Date),
    Column("ended_on", Date),
    Column("by", Name, nullable=False),
    Column("at", Moment, nullable=False),
    Column("withdrawn_by", Name),
    Column("withdrawn_at", Moment),
    CheckConstraint("team_id <> unit_id", name="a_team_is_of_another_unit"),
    CheckConstraint(
        "started_on IS NULL OR ended_on IS NULL OR started_on < ended_on", name="a_day_at_least"
    ),
    CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn_as_a_whole"),
)

# Never changed: the latest of a pair holds.
worker_decision = Table(
    "worker_decision",
    metadata,
    Column("id", String, primary_key=True),
    Column("one", Name, nullable=False),
    Column("other", Name, nullable=False),
    Column("verdict", String, nullable=False),
    Column("reason", Words),
    Column("by", Name, nullable=False),
    Column("at", Moment, nullable=False),
    one_of("verdict", VERDICTS, "verdict_is_known"),
    CheckConstraint("one <> other", name="two_workers"),
)
