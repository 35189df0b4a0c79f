"""How the database itself keeps the audit. Versions rely on it: it never changes."""

from data_access.meeting_store.migrations.triggers import is_sqlite, run

# What SQLAlchemy has no words for: triggers. %(table)s is a table of the audit.
PURGED = "OLD.number <= coalesce((SELECT max(number) FROM access_anchor), 0)"
DELETE_SQLITE = (
    """
CREATE TRIGGER %(table)s_delete_refused BEFORE DELETE ON %(table)s
WHEN NOT """
    + PURGED
    + """
BEGIN SELECT RAISE(ABORT, '%(table)s is never changed'); END
"""
)
UPDATE_SQLITE = """
CREATE TRIGGER %(table)s_update_refused BEFORE UPDATE ON %(table)s
BEGIN SELECT RAISE(ABORT, '%(table)s is never changed'); END
"""
# INSERT OR REPLACE removes the old row without asking the trigger above.
REPLACE_SQLITE = """
CREATE TRIGGER %(table)s_replace_refused BEFORE INSERT ON %(table)s
WHEN EXISTS (SELECT 1 FROM %(table)s WHERE %(same)s)
BEGIN SELECT RAISE(ABORT, '%(table)s is never changed'); END
"""
IS_NEXT = """
NEW.number = 1 + coalesce((SELECT max(number) FROM access_event),
 (SELECT max(number) FROM access_anchor), 0)
AND NEW.before = coalesce((SELECT digest FROM access_event ORDER BY number DESC LIMIT 1),
 (SELECT digest FROM access_anchor ORDER BY number DESC LIMIT 1), '')
"""
CHAIN_SQLITE = (
    """
CREATE TRIGGER access_event_chained BEFORE INSERT ON access_event
WHEN NOT ("""
    + IS_NEXT
    + """)
BEGIN SELECT RAISE(ABORT, 'access_event is not the next'); END
"""
)
# An event says how many children it has, and gets them after it in its own transaction.
IS_AWAITED = """
(SELECT count(*) FROM access_event_child WHERE number = NEW.number)
 < coalesce((SELECT children FROM access_event WHERE number = NEW.number), 0)
"""
SEAL_SQLITE = (
    """
CREATE TRIGGER access_event_child_sealed BEFORE INSERT ON access_event_child
WHEN NOT ("""
    + IS_AWAITED
    + """)
BEGIN SELECT RAISE(ABORT, 'access_event_child is never added to'); END
"""
)
KEEP_POSTGRESQL = (
    """
CREATE FUNCTION %(table)s_keep() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN IF TG_OP = ''DELETE'' THEN
IF """
    + PURGED
    + """ THEN RETURN OLD; END IF; END IF;
RAISE EXCEPTION ''%(table)s is never changed''; END'
"""
)
KEPT_BY_ROW = """
CREATE TRIGGER %(table)s_kept BEFORE UPDATE OR DELETE ON %(table)s
FOR EACH ROW EXECUTE FUNCTION %(table)s_keep()
"""
KEPT_WHOLE = """
CREATE TRIGGER %(table)s_whole_kept BEFORE TRUNCATE ON %(table)s
FOR EACH STATEMENT EXECUTE FUNCTION %(table)s_keep()
"""
CHAIN_POSTGRESQL = (
    """
CREATE FUNCTION access_event_chain() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN IF NOT ("""
    + IS_NEXT
    + """) THEN
RAISE EXCEPTION 'access_event is not the next'; END IF; RETURN NEW; END$$
"""
)
CHAINED = """
CREATE TRIGGER access_event_chained BEFORE INSERT ON access_event
FOR EACH ROW EXECUTE FUNCTION access_event_chain()
"""
SEAL_POSTGRESQL = (
    """
CREATE FUNCTION access_event_child_seal() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN IF NOT ("""
    + IS_AWAITED
    + """) THEN
RAISE EXCEPTION 'access_event_child is never added to'; END IF; RETURN NEW; END$$
"""
)
SEALED = """
CREATE TRIGGER access_event_child_sealed BEFORE INSERT ON access_event_child
FOR EACH ROW EXECUTE FUNCTION access_event_child_seal()
"""


def keep_until_purged(table: str, same: str) -> None:
    """Refuses to change or replace a row of `table`, and to remove it unless it was purged."""
    if is_sqlite():
        run(DELETE_SQLITE, UPDATE_SQLITE, REPLACE_SQLITE, table=table, same=same)
    else:
        run(KEEP_POSTGRESQL, KEPT_BY_ROW, KEPT_WHOLE, table=table)


def chain() -> None:
    """Takes an event at the chain's end only, and as many children as it says."""
    if is_sqlite():
        run(CHAIN_SQLITE, SEAL_SQLITE)
    else:
        run(CHAIN_POSTGRESQL, CHAINED, SEAL_POSTGRESQL, SEALED)
