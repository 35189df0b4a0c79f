"""What of ours a browser is given beside pages: the document that they are made in, and scripts."""

from pathlib import Path

from access.gate.serving import Front
from ui.pages import HOME, PAGES, ROOM
from ui.room.screens import scripts

# What somebody waits for who opens a page's address: read while the page is not there yet.
COMING = {
    "month": "the figures of every unit, and what is worth the room’s time",
    "metric": "one figure, its months, its units and the rows behind it",
    "unit": "the visits to be made, and whom each worker holds",
    "segments": "which unit each family is for, and who fits none",
    "patterns": "which concern factors families bring to each unit",
    "practice": "what you carry, and each worker of the units that you manage",
    "recording": "visits seen in time beside visits recorded in time",
    "agenda": "the items of the month’s meeting",
    "room": "the meeting’s first screen",
    "actions": "what was agreed, and what came of it",
    "lessons": "what meetings learnt, by metric, unit and word",
    "remarks": "what was said to the analysts, and their answers",
    "definitions": "what each figure counts, and what each sign says",
    "export": "the month’s slides, and publishing",
    "people": "who may look at what",
    "audit": "who has looked",
    "loads": "what each load brought, and what it changed",
    "teams": "which team is of which unit, and what each team holds",
    "help": "how to use ChildStat",
    "child": "one child’s time and records",
    "network": "why you ask which adults are linked to other families",
    "search": "a child or a worker, by name or number",
    "dispute": "a row, and what looks wrong about it",
    "explore": "one figure, cut and compared",
    "education": "what schools, early help and services say of open children",
    "compare": "two groups of cases, after the same time from entry",
    "transfers": "who is to be passed to a unit, for the transfer meeting",
    "notes": "notes beside months, and new limits",
    "cases": "the cases that a meeting looks at",
}
CLICKS = Path(__file__).with_name("clicks.js")


def coming(name: str) -> str:
    """As in "Month is coming: the figures of every unit …"."""
    return f"{PAGES[name].title} is coming: {COMING[name]}."


def front() -> Front:
    """For the gate, which lets a browser run these scripts, word by word."""
    pages = {"" if name == HOME else name: coming(name) for name in PAGES}
    # The room's keys are its own, and go on where the connection is lost (ui/room/room.js).
    turn = tuple(page for page in pages if page != ROOM)
    return Front(scripts(), CLICKS.read_text(encoding="utf-8"), pages, turn)
