"""What a file of slides says of itself, the same in every kind: it names the council.

Whoever opens "File, Info" reads it, and so does whoever the file is sent to.
"""

from datetime import datetime, time

from exports.pack import Pack
from exports.text import INVENTED

SUBJECT = "Monthly performance of children's social care"


def title_of(pack: Pack) -> str:
    return f"ChildStat: {pack.period}"


def comments_of(pack: Pack) -> str:
    return INVENTED if pack.is_invented else ""


def made_at(pack: Pack) -> datetime:
    """The data's day: the same figures are the same file, and nobody's working hours are in it."""
    return datetime.combine(pack.figures.load.as_at, time())
