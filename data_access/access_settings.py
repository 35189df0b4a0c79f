"""The settings of who may look: sign-in, sessions, roles, and where all of that is kept."""

from dataclasses import dataclass
from datetime import date

METHODS = ("none", "oidc", "proxy")
# Whose rows a role opens: of the units of one's own open posts, of granted units, of all, of none.
OWN_POST = "own post"
GRANTED = "granted"
EVERY = "*"
NONE = "none"
ROLE_UNITS = (OWN_POST, GRANTED, EVERY, NONE)
OWN = "own"
ROLE_FIGURES = (OWN, EVERY, NONE)


@dataclass(frozen=True)
class SignIn:
    """How people sign in. What a method does not use is None; the secret is in no file."""

    method: str = "none"
    address: str | None = None
    issuer: str | None = None
    client_id: str | None = None
    roles_claim: str = "roles"
    groups_claim: str = "groups"
    number_claim: str | None = None
    proxy_header: str | None = None
    proxy_keys: str | None = None
    proxy_secret_header: str | None = None


@dataclass(frozen=True)
class SessionLimits:
    """When a session ends by itself: untouched, at all, and in a meeting."""

    idle_minutes: int = 30
    hours: int = 10
    meeting_hours: int = 4


@dataclass(frozen=True)
class AccessStore:
    """Where people, sessions, grants and the audit are kept, and the file of the chain's heads."""

    url: str = "sqlite:///childstat-access.sqlite"
    heads: str | None = None


@dataclass(frozen=True)
class LocalViewer:
    """Who looks from this machine while there is no sign-in."""

    name: str
    units: tuple[str, ...]
    may_see_names: bool
    may_see_restricted: bool
    staff_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class NetworkOfAdults:
    """On what conditions linked adults may be asked for: not before the day of the council's DPIA.

    `speak_to` is who is told of where there is a link that may not be seen.
    """

    dpia_on: date | None = None
    speak_to: str = "the principal social worker"

    def is_open_on(self, day: date) -> bool:
        """Whether the council's data protection impact assessment is of this day, or before."""
        return self.dpia_on is not None and self.dpia_on <= day


@dataclass(frozen=True)
class RoleEntry:
    """A role as the file has it: who holds it, whose rows and figures it opens, and to do what."""

    name: str
    claim: str
    units: str
    figures: str
    names: bool
    restricted: bool
    acts: tuple[str, ...] = ()
    own_children: bool = False
    first_page: str = "month"
    staff: bool = False


# What holds where a council's file says nothing of roles; config.toml explains each.
SHIPPED_ROLES = (
    RoleEntry(
        "director",
        "ChildStat.Director",
        units=EVERY,
        figures=EVERY,
        names=True,
        restricted=False,
        acts=("chair", "note", "close", "look_closer"),
    ),
    RoleEntry(
        "consultant social worker",
        "ChildStat.Consultant",
        units=OWN_POST,
        figures=EVERY,
        names=True,
        restricted=False,
        acts=("note", "look_closer"),
        first_page="unit",
        staff=True,
    ),
    RoleEntry(
        "social worker",
        "ChildStat.SocialWorker",
        units=OWN_POST,
        figures=OWN,
        names=True,
        restricted=False,
        own_children=True,
        first_page="unit",
    ),
    RoleEntry(
        "analyst",
        "ChildStat.Analyst",
        units=EVERY,
        figures=EVERY,
        names=False,
        restricted=False,
        acts=("publish", "chair", "note", "close", "draw_cases", "export_rows", "load"),
    ),
    RoleEntry(
        "auditor",
        "ChildStat.Auditor",
        units=NONE,
        figures=NONE,
        names=False,
        restricted=False,
        acts=("audit",),
        first_page="audit",
    ),
    RoleEntry(
        "administrator",
        "ChildStat.Administrator",
        units=NONE,
        figures=NONE,
        names=False,
        restricted=False,
        acts=("administer",),
        first_page="people",
    ),
)
