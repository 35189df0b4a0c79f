"""What is recorded of practice: supervision, and the children who are talked about in it."""

from sqlalchemy import Date, Table

from data_access.code_sets.workers import SUPERVISION_KIND
from data_access.tables.parts import key, maybe, metadata, needed, one_of

supervision = Table(
    "supervision",
    metadata,
    key("supervision_id"),
    needed("worker_id"),
    needed("held_on", Date),
    needed("kind", codes=SUPERVISION_KIND),
    maybe("supervised_by", says="the name of who gave it; of a group, one row for each worker"),
    one_of("kind", SUPERVISION_KIND.names),
)

supervision_child = Table(
    "supervision_child",
    metadata,
    key("supervision_child_id"),
    needed("supervision_id"),
    needed("child_id"),
)
