"""What of a sentence a screen shows: no folder and no server of the machine that it comes from."""

import logging
import re

log = logging.getLogger("childstat")
# "postgresql+psycopg://user:***@host/name"; "/srv/childstat/case.duckdb".
ADDRESS_OF_A_SERVER = re.compile(
    r"\b(?!duckdb|sqlite|https?\b)[a-z]+(?:\+[a-z]+)?://[^\s']+(?<![.,:;])"
)
ADDRESS_OF_A_FILE = re.compile(r"\b(?:duckdb|sqlite):/{3,4}")
FOLDERS = re.compile(r"(?<![\w<.:/])(?:[A-Za-z]:\\(?:[^\\\s']+\\)*|/(?:[^/\s']+/)+)(?=[^/\\\s])")


def on_screen(sentence: object) -> str:
    """The sentence with files by their name alone; whoever looks after ChildStat has it in the log.

    Whoever reads a page need not know where on the server things are, and a mistake tells nobody.
    """
    whole = str(sentence)
    shown = FOLDERS.sub("", ADDRESS_OF_A_FILE.sub("/", whole))
    shown = ADDRESS_OF_A_SERVER.sub("the database server", shown)
    if shown != whole:
        log.warning("shown without its folders: %s", whole)
    return shown
