"""The access store's tables. What stands in the audit's own never changes once it is written.

Ids are text and made by the writer. Moments are in UTC. A person is named by an id of ours; who
that is stands in `access_person` alone. No table holds a token: of a session's only its SHA-256.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
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

ORDINARY, MEETING = "ordinary", "meeting"


def _of_a_person() -> Column:
    return Column("person", String, ForeignKey("access_person.id"), nullable=False)


def _withdrawn() -> tuple[Column, Column]:
    return Column("withdrawn_by", String), Column("withdrawn_at", Moment)


def _withdrawn_as_a_whole(name: str) -> CheckConstraint:
    return CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name=name)


person = Table(
    "access_person",
    metadata,
    Column("id", String, primary_key=True),
    # Who that is to the provider, for good: a name and an email are given to others again.
    Column("issuer", String, nullable=False),
    Column("subject", String, nullable=False),
    # As the provider last said them.
    Column("name", String, nullable=False),
    Column("email", String),
    Column("registration_no", String),
    Column("last_seen_at", Moment, nullable=False),
    UniqueConstraint("issuer", "subject", name="a_person_once"),
)

session = Table(
    "access_session",
    metadata,
    Column("id", String, primary_key=True),
    Column("token_sha256", String, nullable=False, unique=True),
    _of_a_person(),
    Column("kind", String, nullable=False),
    # What the provider said at this sign-in: the roles' claims, and whether it left groups out.
    Column("claims", Details, nullable=False),
    Column("provider_session", String),
    Column("began_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("ended_by", String),
    Column("ended_why", String),
    CheckConstraint(f"kind IN ('{ORDINARY}', '{MEETING}')", name="session_kind_is_known"),
    CheckConstraint(
        "(ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (ended_why IS NULL)",
        name="ended_as_a_whole",
    ),
    Index("session_of_a_person", "person"),
    Index("session_of_a_provider", "provider_session"),
)

grant = Table(
    "access_grant",
    metadata,
    Column("id", String, primary_key=True),
    _of_a_person(),
    # One of the two: a role by its name, or a unit's id.
    Column("role", String),
    Column("unit_id", String),
    Column("granted_by", String, nullable=False),
    Column("granted_at", Moment, nullable=False),
    *_withdrawn(),
    CheckConstraint("(role IS NULL) <> (unit_id IS NULL)", name="a_role_or_a_unit"),
    _withdrawn_as_a_whole("grant_withdrawn_as_a_whole"),
    Index("grant_of_a_person", "person"),
)

match = Table(
    "access_match",
    metadata,
    Column("id", String, primary_key=True),
    _of_a_person(),
    Column("registration_no", String, nullable=False),
    Column("confirmed_by", String, nullable=False),
    Column("confirmed_at", Moment, nullable=False),
    *_withdrawn(),
    _withdrawn_as_a_whole("match_withdrawn_as_a_whole"),
    Index("match_of_a_person", "person"),
)

opening = Table(
    "access_opening",
    metadata,
    Column("id", String, primary_key=True),
    Column("session", String, ForeignKey("access_session.id"), nullable=False),
    Column("child_id", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("words", Text, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Index("opening_of_a_session", "session"),
)

# What somebody asks of the lead of another unit, of a family whom an adult links to theirs.
request = Table(
    "access_request",
    metadata,
    Column("id", String, primary_key=True),
    Column("session", String, ForeignKey("access_session.id"), nullable=False),
    _of_a_person(),
    Column("child_id", String, nullable=False),
    Column("family", String, nullable=False),
    Column("adults", Text, nullable=False),
    Column("unit_id", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("words", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Index("request_of_a_person", "person", "asked_at"),
    Index("request_of_a_unit", "unit_id", "asked_at"),
)

request_child = Table(
    "access_request_child",
    metadata,
    Column("request", String, ForeignKey("access_request.id"), primary_key=True),
    Column("child_id", String, primary_key=True),
)

# One answer to a request, and never another.
request_answer = Table(
    "access_request_answer",
    metadata,
    Column("request", String, ForeignKey("access_request.id"), primary_key=True),
    _of_a_person(),
    Column("is_agreed", Boolean, nullable=False),
    Column("words", Text, nullable=False),
    Column("answered_at", Moment, nullable=False),
)

event = Table(
    "access_event",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("person", String),
    Column("session", String),
    Column("role", String),
    Column("what", String, nullable=False),
    Column("page", String),
    Column("metric", String),
    Column("unit_id", String),
    # How many rows were shown, given out or removed.
    Column("rows", Integer),
    Column("reason", Text),
    # How many children belong to it: the database takes so many, after the event, and no more.
    Column("children", Integer, nullable=False),
    # The digest of the event before, and of this one with it.
    Column("before", String, nullable=False),
    Column("digest", String, nullable=False),
    Index("event_of_a_person", "person", "at"),
    Index("event_at", "at"),
)

event_child = Table(
    "access_event_child",
    metadata,
    Column(
        "number",
        Integer,
        ForeignKey("access_event.number"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("child_id", String, primary_key=True),
    Index("event_of_a_child", "child_id", "number"),
    # The largest table by far: each row stands once, and once in the index.
    sqlite_with_rowid=False,
)

# Up to which event the audit was purged, with that event's digest: the chain begins after it.
anchor = Table(
    "access_anchor",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("digest", String, nullable=False),
    Column("at", Moment, nullable=False),
)
