"""The administrator's page: who may look at what, what is to be settled, and who is looking."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from access.grants import Given, every_grant
from access.in_cases import unit_names, workers_with
from access.matches import confirmed_numbers
from access.people import Person, people
from access.sessions import Session, last_session, open_sessions
from access.settling import Unconfirmed, unconfirmed
from access.viewers import Standing, standing_of
from charts.tables import table
from data_access.london import LONDON, now, today
from data_access.settings import EVERY_UNIT
from metrics.sentence import written_date
from metrics.writing import several
from ui.office.opening import Office

HEADINGS = (
    "Name", "Email", "Roles", "Units", "Confirmed worker", "Sees names", "Last signed in",
    "Signed in now",
)  # fmt: skip
EVERY, NONE = "every unit", "none"


@dataclass(frozen=True)
class Held:
    """What can be taken back from a person: a role or a unit; without either, who they are."""

    person: str
    given: Given | None = None


@dataclass(frozen=True)
class Known:
    """Everybody who has signed in once, with what holds for them now."""

    office: Office
    people: Sequence[Person]
    standings: Mapping[str, Standing]
    sessions: Sequence[Session]
    units: Mapping[str, str]

    @cached_property
    def unconfirmed(self) -> Sequence[Unconfirmed]:
        office = self.office
        return unconfirmed(office.store, office.engine, office.settings, today())

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The number confirmed of each person of whom one is."""
        return confirmed_numbers(self.office.store)

    @cached_property
    def granted(self) -> dict[str, Held]:
        """What can be taken back, in words."""
        words = {one.id: one.words for one in self.people}
        given = {
            f"{words[row.person]}: {row.role or self.units.get(row.unit_id, row.unit_id)}": Held(
                row.person, Given(row.role, row.unit_id)
            )
            for row in every_grant(self.office.store)
        }
        confirmed = {
            f"{one.words}: the worker {self.numbers[one.id]}": Held(one.id)
            for one in self.people
            if one.id in self.numbers
        }
        return given | confirmed

    def worker_of(self, person_id: str) -> str | None:
        """The worker whom a person is confirmed to be, as the case database has them now."""
        number = self.numbers.get(person_id)
        if number is None:
            return None
        found = workers_with(self.office.engine, number, today())
        return f"{' or '.join(one.words for one in found) or 'no such worker'} ({number})"

    @cached_property
    def by_words(self) -> dict[str, Person]:
        """People as a form offers them."""
        return {one.words: one for one in self.people}


def known_people(office: Office) -> Known:
    """Read anew at every drawing, as it is for each of them at their next click."""
    everybody, moment = people(office.store), now()
    standings = {
        one.id: standing for one in everybody if (standing := _standing(office, one)) is not None
    }
    sessions = open_sessions(office.store, office.settings.sessions, moment)
    return Known(office, everybody, standings, sessions, unit_names(office.engine))


def _standing(office: Office, one: Person) -> Standing | None:
    """By their last sign-in; None of one who has only been in a meeting."""
    session = last_session(office.store, one.id)
    if session is None:
        return None
    return standing_of(office.store, office.engine, office.settings, session, now())


def people_title(known: Known) -> Markup:
    """How many there are, and how many look now."""
    looking = len({session.person for session in known.sessions})
    return Markup(
        '<div class="cs-title"><h1>{} signed in so far; {} signed in now.</h1></div>'
        "<p>What somebody may see is read again at each of their clicks: what is given or taken"
        " back here holds from the next.</p>"
    ).format(_people(len(known.people), "has", "have"), _people(looking, "is", "are"))


def _people(number: int, one: str, more: str) -> str:
    return several(number, f"person {one}", f"people {more}")


def to_be_settled(known: Known) -> Markup:
    """What keeps somebody out, or a role empty: one line each."""
    names = {one.id: one.name for one in known.people}
    lines = [
        f"{names[id]} is told: “{standing.why_no_unit}”"
        for id, standing in known.standings.items()
        if standing.why_no_unit and not _is_of_no_unit(standing)
    ]
    held = {role.name for standing in known.standings.values() for role in standing.roles}
    empty = [role.name for role in known.office.settings.roles if role.name not in held]
    if empty:
        lines.append(f"Roles that nobody holds: {', '.join(empty)}.")
    if not lines:
        return Markup('<p class="cs-quiet">Nothing is to be settled.</p>')
    listed = Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
    return Markup('<h2>To be settled</h2><ul class="cs-rules">{}</ul>').format(listed)


def _is_of_no_unit(standing: Standing) -> bool:
    """Whether all that somebody is opens no unit, as it should."""
    return bool(standing.roles) and all(role.opens_no_unit for role in standing.roles)


def people_table(known: Known) -> Markup:
    """Everybody, by name."""
    looking = Counter(session.person for session in known.sessions)
    rows = [_row(known, one, looking[one.id]) for one in known.people]
    return Markup("<h2>People</h2>{}").format(table(HEADINGS, rows))


def _row(known: Known, one: Person, sessions: int) -> tuple[object, ...]:
    standing = known.standings.get(one.id)
    seen = one.last_seen_at.astimezone(LONDON)
    return (
        one.name,
        one.email,
        (standing and standing.role_names) or "none",
        _units(known, standing),
        known.worker_of(one.id),
        "yes" if standing and standing.viewer.may_see_names else "no",
        f"{written_date(seen.date())}, {seen:%H:%M}",
        {0: "no", 1: "yes"}.get(sessions, f"yes, {sessions} times"),
    )


def _units(known: Known, standing: Standing | None) -> str:
    viewer = standing.viewer if standing else None
    if viewer is None or not viewer.units:
        return NONE
    if EVERY_UNIT in viewer.units:
        return EVERY
    names = ", ".join(known.units.get(id, id) for id in sorted(viewer.units))
    return f"{names}: own children" if viewer.own_children else names
