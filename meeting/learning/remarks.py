"""Remarks on pages for the analysts, who answer them: told to who asked and to who answers."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine

from data_access.meeting_store.learning import remarks as stored
from data_access.meeting_store.transactions import read
from data_access.problems import Problem
from data_access.viewer import Viewer

NO_WORDS = "A remark needs words: write what does not look right, or what you would like to see."
NO_ANSWER = "An answer needs words: write what was found or done."


@dataclass(frozen=True)
class Place:
    """The page that a remark is of, with its month, metric and unit: never a child's code."""

    page: str
    month: date
    metric: str | None = None
    unit_id: str | None = None


@dataclass(frozen=True)
class Answer:
    """What an analyst said to a remark."""

    words: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Remark:
    """A remark with its answers, the first given first."""

    id: str
    place: Place
    words: str
    by: str
    at: datetime
    answers: tuple[Answer, ...]


def make_remark(store: Engine, place: Place, words: str, viewer: Viewer) -> str:
    """Keeps what somebody says of a page, which is never changed after; its id."""
    if not words.strip():
        raise Problem(NO_WORDS)
    said = {**vars(place), "words": words.strip(), "person": viewer.person}
    return stored.keep_remark(store, said, viewer.name)


def answer(store: Engine, remark_id: str, words: str, by: str) -> str:
    """Keeps an answer; its id."""
    if not words.strip():
        raise Problem(NO_ANSWER)
    return stored.keep_answer(store, remark_id, words.strip(), by)


def every_remark(store: Engine) -> list[Remark]:
    """All remarks, the latest first: for those who answer them."""
    return _remarks(store, None)


def own_remarks(store: Engine, viewer: Viewer) -> list[Remark]:
    """Those that the viewer made, the latest first. Where nobody signs in all are one person's."""
    return _remarks(store, viewer)


def _remarks(store: Engine, of: Viewer | None) -> list[Remark]:
    given: dict[str, list[Answer]] = defaultdict(list)
    for row in read(store, stored.answers()):
        given[row.remark_id].append(Answer(row.words, row.by, row.at))
    return [
        Remark(
            row.id,
            Place(row.page, row.month, row.metric, row.unit_id),
            row.words,
            row.by,
            row.at,
            tuple(given[row.id]),
        )
        for row in read(store, stored.remarks())
        if of is None or row.person == of.person
    ]
