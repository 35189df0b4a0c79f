"""How the database itself keeps what is published. Versions rely on it: it never changes."""

import sqlalchemy as sa
from alembic import op

# What SQLAlchemy has no words for: triggers. %(table)s is a table of ours.
REFUSE_SQLITE = """
CREATE TRIGGER %(table)s_%(act)s_refused BEFORE %(act)s ON %(table)s
BEGIN SELECT RAISE(ABORT, '%(table)s is never changed'); END
"""
# INSERT OR REPLACE removes the old row without asking the trigger above.
REPLACE_SQLITE = """
CREATE TRIGGER %(table)s_replace_refused BEFORE INSERT ON %(table)s
WHEN EXISTS (SELECT 1 FROM %(table)s WHERE %(same)s)
BEGIN SELECT RAISE(ABORT, '%(table)s is never changed'); END
"""
SEAL_SQLITE = """
CREATE TRIGGER %(table)s_sealed BEFORE INSERT ON %(table)s
WHEN EXISTS (SELECT 1 FROM publication WHERE id = NEW.publication_id)
BEGIN SELECT RAISE(ABORT, '%(table)s is never added to'); END
"""
REFUSE_POSTGRESQL = """
CREATE FUNCTION %(table)s_refuse() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN RAISE EXCEPTION ''%(table)s is never changed''; END'
"""
SEAL_POSTGRESQL = """
CREATE FUNCTION %(table)s_seal() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN IF EXISTS (SELECT 1 FROM publication WHERE id = NEW.publication_id)
THEN RAISE EXCEPTION ''%(table)s is never added to''; END IF; RETURN NEW; END'
"""
BY_ROW = """
CREATE TRIGGER %(table)s_refused BEFORE UPDATE OR DELETE ON %(table)s
FOR EACH ROW EXECUTE FUNCTION %(table)s_refuse()
"""
WHOLE = """
CREATE TRIGGER %(table)s_whole_refused BEFORE TRUNCATE ON %(table)s
FOR EACH STATEMENT EXECUTE FUNCTION %(table)s_refuse()
"""
SEALED = """
CREATE TRIGGER %(table)s_sealed BEFORE INSERT ON %(table)s
FOR EACH ROW EXECUTE FUNCTION %(table)s_seal()
"""


def is_sqlite() -> bool:
    """Whether the store that is migrated is a file of SQLite's."""
    return op.get_bind().dialect.name == "sqlite"


def run(*templates: str, **names: str) -> None:
    """Runs each template with `names` in it."""
    for template in templates:
        op.execute(sa.DDL(template, context=names))


def keep(table: str, same: str) -> None:
    """Refuses to change, remove or replace a row of `table`; `same` says which row one replaces."""
    if not is_sqlite():
        run(REFUSE_POSTGRESQL, BY_ROW, WHOLE, table=table)
        return
    for act in ("UPDATE", "DELETE"):
        run(REFUSE_SQLITE, table=table, act=act)
    run(REPLACE_SQLITE, table=table, same=same)


def seal(table: str) -> None:
    """Refuses to add to what belongs to a publication that is written already."""
    if is_sqlite():
        run(SEAL_SQLITE, table=table)
    else:
        run(SEAL_POSTGRESQL, SEALED, table=table)
