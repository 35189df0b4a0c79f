"""The administrator's page: who may look at what, what is to be settled, and who is looking."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup
from sqlalchemy import Row, select

from access.grants import every_grant
from access.matches import to_confirm
from access.people import Person, people
from access.sessions import Session, last_session, open_sessions
from access.viewers import Standing, standing_of
from charts.tables import table
from data_access.database import read
from data_access.london import LONDON, now
from data_access.problems import Problem
from data_access.schema import unit
from data_access.settings import EVERY_UNIT
from metrics.sentence import count, written_date
from ui.office.opening import Office

HEADINGS = ("Name", "Email", "Roles", "Units", "Sees names", "Last seen", "Signed in now")
EVERY, NONE = "every unit", "none"


@dataclass(frozen=True)
class Known:
    """Everybody who has signed in once, with what holds for them now."""

    office: Office
    people: Sequence[Person]
    standings: Mapping[str, Standing]
    sessions: Sequence[Session]
    units: Mapping[str, str]

    @cached_property
    def unconfirmed(self) -> Sequence[Row]:
        return to_confirm(self.office.store)

    @cached_property
    def granted(self) -> dict[str, tuple[str, str | None, str | None]]:
        """What can be taken back, in words: whose it is, the role or the unit."""
        return {
            f"{row.name}: {row.role or self.units.get(row.unit_id, row.unit_id)}": (
                row.person,
                row.role,
                row.unit_id,
            )
            for row in every_grant(self.office.store)
        }

    @cached_property
    def by_words(self) -> dict[str, Person]:
        """People as a form offers them: two of one name are told apart by their email."""
        return {f"{one.name} ({one.email or one.id})": one for one in self.people}


def known_people(office: Office) -> Known:
    """Read anew at every drawing, as it is for each of them at their next click."""
    everybody, moment = people(office.store), now()
    standings = {
        one.id: standing for one in everybody if (standing := _standing(office, one)) is not None
    }
    units = read(office.engine, select(unit.c.unit_id, unit.c.name).order_by(unit.c.name))
    sessions = open_sessions(office.store, office.settings.sessions, moment)
    return Known(office, everybody, standings, sessions, {row.unit_id: row.name for row in units})


def _standing(office: Office, one: Person) -> Standing | None:
    """By their last sign-in; None of one who has only been in a meeting."""
    try:
        session = last_session(office.store, one.id)
    except Problem:
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
    return f"1 person {one}" if number == 1 else f"{count(number)} people {more}"


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
