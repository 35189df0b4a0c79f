"""One invented meeting in a store of its own: actions, a lesson, a remark with its answer."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Engine, exists, literal, select

from data_access.meeting_store import agendas as stored_agendas
from data_access.meeting_store.tables import event
from data_access.meeting_store.transactions import read
from data_access.viewer import Viewer
from meeting.actions import Noted, close_done, every_action, note_action
from meeting.agenda import Agenda, open_agenda
from meeting.learning.lessons import keep_lesson, of_action
from meeting.learning.remarks import Place, answer, make_remark
from metrics.figures import Figures
from metrics.model import SERVICE, Period

BY = "Demonstration (invented)"
# As the shipped settings name it among the partners.
PARTNER = "Virtual school"
_MONTHS_AGO, _DAY_OF_MONTH = 3, 24
_WHO_SAT = {"Director": 1, "Heads of service": 2, "Unit leaders": 6, "Partners and guests": 1}
_WHO_FOUND_OUT = "West area leader"
_LEARNT = (
    "Most families who were asked chose school for every second visit, and were in when the worker"
    " came. Those with children under five did not."
)
_QUESTION = "Is a child who is taught at home counted as persistently absent?"
_ANSWERED = "No: only sessions that a school tells count, and of that child none tells any."


@dataclass(frozen=True)
class _Asked:
    """An action before its days: due `weeks` after, looked at `months_on` from the last month."""

    verb: str
    what: str
    owner: str
    metric: str
    unit_id: str
    effect: str
    weeks: int = 5
    months_on: int = 0


_ASKED_FOR = (
    _Asked(
        "Ask",
        "each school what it does for pupils who miss a tenth of their sessions",
        PARTNER,
        "attendance",
        SERVICE,
        "more of the autumn term’s sessions are attended",
        months_on=2,
    ),
    _Asked(
        "Record",
        "visits on the day on which they are made",
        "Unit 2 leader",
        "recorded_in_time",
        "U2",
        "more visits recorded in time",
    ),
    _Asked(
        "Review",
        "who has been off sick for four weeks, and what would help them back",
        "HR",
        "sickness",
        SERVICE,
        "fewer working days lost",
        weeks=12,
        months_on=2,
    ),
    _Asked(
        "Find out",
        "which families would rather be visited at school",
        _WHO_FOUND_OUT,
        "visits_out_of_timescale",
        "WEST",
        "fewer visits out of timescale",
    ),
)


def is_untouched(store: Engine) -> bool:
    """Whether nobody ever wrote anything into the meeting store: each write leaves its event."""
    (row,) = read(store, select(exists(select(literal(1)).select_from(event))))
    return not row[0]


def hold(store: Engine, figures: Figures, viewer: Viewer) -> Agenda:
    """Writes the meeting that sat two months before the figures' last; its agenda.

    Each thing goes the way of the screens, and is said to be invented where its author stands.
    """
    agenda = open_agenda(store, figures, figures.latest.shift(-_MONTHS_AGO), BY)
    held_on = agenda.month.shift(1).start.replace(day=_DAY_OF_MONTH)
    stored_agendas.hold_meeting(store, agenda.meeting_id, held_on, BY)
    stored_agendas.set_attendance(store, agenda.meeting_id, _WHO_SAT, BY)
    for noted in _agreed(held_on, figures.latest):
        note_action(store, agenda.meeting_id, noted, BY)
    _learn(store)
    place = Place("education", agenda.month.start)
    remark = make_remark(store, place, _QUESTION, replace(viewer, name=BY))
    answer(store, remark, _ANSWERED, BY)
    return agenda


def _agreed(held_on: date, latest: Period) -> Iterator[Noted]:
    """What it agreed: by when, and in which month each effect should show."""
    for asked in _ASKED_FOR:
        yield Noted(
            verb=asked.verb,
            what=asked.what,
            owner=asked.owner,
            due_on=held_on + timedelta(weeks=asked.weeks),
            metric=asked.metric,
            unit_id=asked.unit_id,
            effect=asked.effect,
            look=latest.shift(asked.months_on),
        )


def _learn(store: Engine) -> None:
    """Closes what the West area found out, and keeps what the others may learn of it."""
    (found_out,) = (one for one in every_action(store) if one.owner == _WHO_FOUND_OUT)
    close_done(store, found_out.id, found_out.due_on - timedelta(weeks=1), _LEARNT, BY)
    keep_lesson(store, of_action(found_out, _LEARNT, "All unit leaders"), BY)
