"""What day it is where the children are: in London, whatever the server's clock says."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """This moment, by London's clock."""
    return datetime.now(LONDON)


def today() -> date:
    """London's today: a server on UTC is a day behind for an hour of each summer night."""
    return now().date()


def day_of(moment: datetime) -> date:
    """The day in London of a moment with a zone; a moment without one is London's already."""
    return (moment if moment.tzinfo is None else moment.astimezone(LONDON)).date()


def day_of_utc(moment: datetime) -> date:
    """The day in London of a moment that is in UTC and does not say so, as files keep them."""
    return day_of(moment.replace(tzinfo=UTC))
