"""What a meeting store holds, as the commands that copy it, put it back and check it say it."""

from data_access.meeting_store.seals.checking import Holdings
from data_access.words.agreeing import agreeing
from metrics.sentence import count, written_date


def holdings_told(held: Holdings) -> str:
    """One paragraph: how many of what, from which day to which, and the newest digest."""
    numbers = ", ".join(
        f"{number:,} {agreeing(number, name)}"
        for name, number in (
            ("publication", held.publications),
            ("note", held.notes),
            ("disputed row", held.disputes),
            ("meeting", held.meetings),
            ("action", held.actions),
        )
    )
    return " ".join(
        filter(None, [f"It holds {numbers}.", _days(held), _later(held), _digest(held)])
    )


def _days(held: Holdings) -> str:
    if held.first is None or held.last is None:
        return "Nothing is published in it."
    if held.first == held.last:
        return f"All was published on {written_date(held.first)}."
    return f"Published from {written_date(held.first)} to {written_date(held.last)}."


def _later(held: Holdings) -> str:
    if not held.sealed_later:
        return ""
    return (
        f"{count(held.sealed_later)} of the publications got a digest when the store was brought up"
        " to date, of what stood there then."
    )


def _digest(held: Holdings) -> str:
    return f"Its newest digest: {held.digest}" if held.digest else ""
