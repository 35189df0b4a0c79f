"""What of ours a browser is given beside pages: the document that they are made in, and scripts."""

from pathlib import Path

from access.gate.serving import Front
from ui.pages import HOME, PAGES, ROOM
from ui.room.screens import scripts

CLICKS = Path(__file__).with_name("clicks.js")


def front() -> Front:
    """For the gate, which lets a browser run these scripts, word by word."""
    pages = tuple("" if name == HOME else name for name in PAGES)
    # The room's keys are its own, and go on where the connection is lost (ui/room/room.js).
    turn = tuple(page for page in pages if page != ROOM)
    return Front(scripts(), CLICKS.read_text(encoding="utf-8"), pages, turn)
