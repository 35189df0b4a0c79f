"""What is said of a child from schools, early help and services: facts with days and their source.

Where the data have nothing of a table, that is said of the table; where they have nothing of the
child, that nobody knows: never that there is none.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from data_access.code_sets.code_set import CodeSet
from data_access.code_sets.support import EXCLUSION_KIND, SEN_PROVISION, SUPPORT_END
from data_access.relations import NEVER
from data_access.schema import (
    early_help,
    education_period,
    enrolment,
    exclusion,
    intervention,
)
from metrics.model import months_before
from metrics.others.held import CALLED
from metrics.writing import count, several, written_date

Rows = Sequence[Any]
NOT_IN_SOURCE = "not in this source"
NOT_KNOWN = "not known"
NO_SCHOOL = "not known: no school in these data is matched with this child"
NOTHING_RECORDED = (
    "nothing is recorded of this child or family, which does not say that there was none"
)
MONTHS_BACK = 12
# DfE, pupil absence statistics: who misses 10% or more of the possible sessions.
PERSISTENT = 0.1


@dataclass(frozen=True)
class Fact:
    """What is said of a topic, and the table that it is from; `is_missing`: nobody knows."""

    topic: str
    says: str
    table: str
    is_missing: bool = False

    @property
    def source(self) -> str:
        """The table in words; of what no source has there is none."""
        return "" if self.says == NOT_IN_SOURCE else CALLED[self.table]


@dataclass(frozen=True)
class OfOthers:
    """The child's rows of each table, oldest first, on `today`; the tables that are `held`."""

    rows: Mapping[str, Rows]
    held: Collection[str]
    today: date

    def of(self, table: str) -> Rows:
        """The child's rows of one table."""
        return self.rows.get(table, ())

    @property
    def school(self) -> Any | None:
        """The child's place at a school now, else the last that it had; None of no school."""
        places = self.of(enrolment.name)
        now = [one for one in places if (one.ended_on or NEVER) > self.today]
        return max(now or places, key=lambda one: one.started_on, default=None)

    @property
    def is_at_school(self) -> bool:
        """Whether any school is matched with the child: then what none told did not happen."""
        return any(self.of(one.name) for one in (enrolment, education_period, exclusion))


def facts_of(told: OfOthers) -> Iterator[Fact]:
    """One fact or more a topic, in their order."""
    yield from _unless_lacking(told, "School", enrolment.name, _school)
    yield from _unless_lacking(told, "Attendance", education_period.name, _attendance)
    yield from _unless_lacking(told, "Exclusions", exclusion.name, _exclusions)
    yield from _unless_lacking(told, "Early help", early_help.name, _early_help)
    yield from _unless_lacking(told, "Services", intervention.name, _services)


def _unless_lacking(
    told: OfOthers, topic: str, table: str, says: Callable[[OfOthers], Iterator[Fact]]
) -> Iterator[Fact]:
    if table in told.held:
        yield from says(told)
    else:
        yield Fact(topic, NOT_IN_SOURCE, table, is_missing=True)


def _school(told: OfOthers) -> Iterator[Fact]:
    place, table = told.school, enrolment.name
    if place is None:
        yield Fact("School", NO_SCHOOL, table, is_missing=True)
        return
    until = f", until {written_date(place.ended_on)}" if place.ended_on else ""
    says = f"{called_school(place)}, since {written_date(place.started_on)}{until}"
    yield Fact("School", says, table)
    needs = meaning(SEN_PROVISION, place.sen)
    yield Fact("Special needs", needs, table, is_missing=place.sen is None)


def called_school(place: Any) -> str:
    """A school's name, else its number; words where the source gives neither."""
    if place.school:
        return str(place.school)
    return f"school {place.urn}" if place.urn else "a school without a name"


def meaning(codes: CodeSet, code: str | None) -> str:
    """What a code means; an empty one is not known."""
    return next((one.means for one in codes.codes if one.code == code), code or NOT_KNOWN)


def _attendance(told: OfOthers) -> Iterator[Fact]:
    periods, table = told.of(education_period.name), education_period.name
    if not periods:
        yield Fact("Attendance", NO_SCHOOL, table, is_missing=True)
        return
    last = periods[-1]
    days = f"{written_date(last.started_on)} to {written_date(last.ended_on - timedelta(days=1))}"
    yield Fact("Attendance", f"{days}: {attended(last)}", table)


def attended(period: Any) -> str:
    """As in "117 of 128 sessions (91%); missed with leave 8, without 3"."""
    if not period.possible:
        return "no session was possible"
    share = f"{100 * period.attended / period.possible:.0f}%"
    said = f"{count(period.attended)} of {several(period.possible, 'session')} ({share})"
    if is_persistent(period.attended, period.possible):
        said += ", persistently absent"
    left = (_or_not_known(one) for one in (period.authorised, period.unauthorised))
    return f"{said}; missed with leave: {next(left)}, without: {next(left)}"


def _or_not_known(sessions: int | None) -> str:
    return NOT_KNOWN if sessions is None else count(sessions)


def is_persistent(attended_sessions: float, possible: float) -> bool:
    """Whether a tenth or more of the possible sessions was missed; not of nobody's sessions."""
    missed = possible - attended_sessions
    return possible > 0 and missed >= PERSISTENT * possible


def _exclusions(told: OfOthers) -> Iterator[Fact]:
    every, table = told.of(exclusion.name), exclusion.name
    if not told.is_at_school:
        yield Fact("Exclusions", NO_SCHOOL, table, is_missing=True)
        return
    since = months_before(told.today, MONTHS_BACK)
    lately = [one for one in every if one.started_on > since]
    before = len(every) - len(lately)
    earlier = f"; {count(before)} earlier, below" if before else ""
    if not lately:
        says = f"none recorded in {MONTHS_BACK} months{earlier}"
    else:
        named = ", ".join(map(_excluded, reversed(lately)))
        says = f"{count(len(lately))} in {MONTHS_BACK} months: {named}{earlier}"
    yield Fact("Exclusions", says, table)


def _excluded(one: Any) -> str:
    kind = meaning(EXCLUSION_KIND, one.kind) if one.kind else "exclusion of a kind not known"
    days = f" ({several(one.days, 'day')})" if one.days is not None else ""
    return f"{kind} from {written_date(one.started_on)}{days}"


def _early_help(told: OfOthers) -> Iterator[Fact]:
    yield from _spells(told, "Early help", early_help.name, _help_words)


def _help_words(one: Any) -> str:
    led = f", led by {one.led_by}" if one.led_by else ""
    return f"{one.kind or 'of a kind not known'}{led}"


def _services(told: OfOthers) -> Iterator[Fact]:
    yield from _spells(told, "Services", intervention.name, _service_words)


def _service_words(one: Any) -> str:
    return f"{one.name}, {one.provider}" if one.provider else str(one.name)


def _spells(told: OfOthers, topic: str, table: str, words: Callable[[Any], str]) -> Iterator[Fact]:
    """What goes on, each; where nothing does, the last that ended; and how many were before."""
    spells = told.of(table)
    if not spells:
        yield Fact(topic, NOTHING_RECORDED, table, is_missing=True)
        return
    shown = [one for one in spells if (one.ended_on or NEVER) > told.today] or [spells[-1]]
    others = len(spells) - len(shown)
    earlier = f"; {count(others)} earlier, below" if others else ""
    for one in shown:
        family = ", for the family" if one.of_family else ""
        last = earlier if one is shown[-1] else ""
        yield Fact(topic, f"{words(one)}{family}: {lasted(one)}{last}", table)


def lasted(spell: Any) -> str:
    """From when until when, and how it ended: no end that is recorded is never "goes on"."""
    began = f"from {written_date(spell.started_on)}"
    if spell.ended_on is None:
        return f"{began}, no end recorded"
    how = meaning(SUPPORT_END, spell.end_reason) if spell.end_reason else "how it ended not known"
    return f"{began} to {written_date(spell.ended_on)}, {how}"
