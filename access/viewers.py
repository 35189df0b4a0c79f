"""What a session's person may see and do, read anew at every drawing of a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine

from access.agreements import open_to
from access.grants import grants_of
from access.in_cases import units_of_open_posts, workers_with
from access.matches import confirmed_number, confirmed_numbers
from access.roles import Role, roles_held
from access.sessions import Session, last_session
from access.why_no_unit import WorkerFound, why_no_unit
from data_access.access_settings import EVERY, OWN
from data_access.london import day_of
from data_access.settings import EVERY_UNIT, Settings
from data_access.viewer import Act, Viewer

ALL = frozenset({EVERY_UNIT})
NO_UNIT: frozenset[str] = frozenset()
# What is done in the room; all else is for a session of one's own.
ACTS_OF_A_MEETING = frozenset({Act.CHAIR, Act.NOTE, Act.CLOSE})


@dataclass(frozen=True)
class Standing:
    """A viewer with what led to it; `why_no_unit` is one sentence where no unit is open."""

    viewer: Viewer
    roles: tuple[Role, ...]
    why_no_unit: str | None

    @property
    def role_names(self) -> str | None:
        """As the audit keeps them; None without a role."""
        return ", ".join(role.name for role in self.roles) or None

    @property
    def first_page(self) -> str | None:
        """Where the person arrives: their first role's page, in the settings' order."""
        return self.roles[0].first_page if self.roles else None


def viewer_of(
    store: Engine, engine: Engine, settings: Settings, session: Session, now: datetime
) -> Viewer:
    """The viewer that `session` is now: see `standing_of`."""
    return standing_of(store, engine, settings, session, now).viewer


def is_managed(
    store: Engine, engine: Engine, settings: Settings, unit_id: str, now: datetime
) -> bool:
    """Whether anybody is told what is asked of a unit: by their last sign-in, as `access who`."""
    sessions = (last_session(store, person) for person in confirmed_numbers(store))
    viewers = (viewer_of(store, engine, settings, one, now) for one in sessions if one)
    return any(unit_id in one.staff and one.may_see(unit_id) for one in viewers)


def standing_of(
    store: Engine, engine: Engine, settings: Settings, session: Session, now: datetime
) -> Standing:
    """What `session` may see and do now; nothing of what no role, grant or open post gives.

    Several roles add up: units, figures and acts. Names and restricted children need a role
    that allows them and by itself opens every unit that is open, so that one role's names
    are not seen in another's units. A role that is to open units and opens none is not in force.
    """
    grants = grants_of(store, session.person)
    roles = roles_held(settings, session.roles, grants.roles)
    found = _worker_of(store, engine, session, roles, day_of(now))
    posts = units_of_open_posts(engine, found.worker_id, day_of(now))
    opened_by = {role: _units(role, grants.units, posts, found) for role in roles}
    units = _together(opened_by.values())
    in_force = [role for role in roles if opened_by[role] or role.opens_no_unit]
    widest = [role for role in roles if opened_by[role] in (units, ALL)] if units else []
    viewer = Viewer(
        session.name,
        units,
        may_see_names=any(role.names for role in widest),
        may_see_restricted=any(role.restricted for role in widest),
        figures=_together(_figures(role, opened_by[role]) for role in in_force),
        acts=_acts(in_force),
        own_children=_own_children(widest, in_force, found),
        opened=open_to(store, engine, session, _acts(in_force), now),
        **_of_staff(in_force, posts, found),
        **_who(session),
    )
    why = None if units else why_no_unit(session, roles, found, posts)
    return Standing(_in_the_room(viewer) if session.is_meeting else viewer, roles, why)


def _units(
    role: Role, granted: frozenset[str], posts: frozenset[str], found: WorkerFound
) -> frozenset[str]:
    if role.opens_no_unit or (role.own_children and found.worker_id is None):
        return NO_UNIT
    if role.opens_every_unit:
        return ALL
    return granted | (posts if role.opens_own_posts else NO_UNIT)


def _figures(role: Role, units: frozenset[str]) -> frozenset[str]:
    if role.figures == EVERY:
        return ALL
    return units if role.figures == OWN else NO_UNIT


def _together(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    units = NO_UNIT.union(*sets)
    return ALL if EVERY_UNIT in units else units


def _acts(roles: Sequence[Role]) -> frozenset[Act]:
    return frozenset[Act]().union(*(role.acts for role in roles))


def _own_children(widest: Sequence[Role], roles: Sequence[Role], found: WorkerFound) -> str | None:
    """The worker whose children alone are open; None where a role opens the units as a whole."""
    if not all(role.own_children for role in widest):
        return None
    return found.worker_id if any(role.own_children for role in roles) else None


def _who(session: Session) -> dict[str, Any]:
    return {"person": session.person, "session": session.id}


def _of_staff(roles: Sequence[Role], posts: frozenset[str], found: WorkerFound) -> dict[str, Any]:
    """Whose workers the person manages: by own posts, never by a grant; and who the person is."""
    manages = any(role.staff for role in roles)
    return {"staff": posts if manages else NO_UNIT, "worker": found.worker_id}


def _in_the_room(viewer: Viewer) -> Viewer:
    """What a projector may show: no name, no restricted child, nothing opened with a reason."""
    return Viewer(
        viewer.name,
        viewer.units,
        figures=viewer.figures,
        acts=viewer.acts & ACTS_OF_A_MEETING,
        own_children=viewer.own_children,
        person=viewer.person,
        session=viewer.session,
    )


def _worker_of(
    store: Engine, engine: Engine, session: Session, roles: Sequence[Role], today: date
) -> WorkerFound:
    """The one worker of the case database that an administrator confirmed the person to be."""
    if not any(role.needs_a_worker for role in roles):
        return WorkerFound(None, 0)
    number = confirmed_number(store, session.person)
    if number is None or session.swe_number not in (None, number):
        return WorkerFound(number, 0)
    found = workers_with(engine, number, today)
    one = found[0].worker_id if len(found) == 1 else None
    return WorkerFound(number, len(found), one)
