"""What kinds of user there are, and which of them somebody is."""

from collections.abc import Collection
from dataclasses import dataclass

from data_access.access_settings import EVERY, GRANTED, NONE, OWN_POST, RoleEntry
from data_access.problems import Problem
from data_access.settings import Settings
from data_access.viewer import Act


@dataclass(frozen=True)
class Role:
    """A kind of user: whose rows and figures it opens, what of them, and what it may do."""

    name: str
    claim: str
    units: str
    figures: str
    names: bool
    restricted: bool
    acts: frozenset[Act]
    own_children: bool
    first_page: str
    staff: bool

    @property
    def opens_every_unit(self) -> bool:
        return self.units == EVERY

    @property
    def opens_granted_units(self) -> bool:
        return self.units in (GRANTED, OWN_POST)

    @property
    def opens_own_posts(self) -> bool:
        return self.units == OWN_POST

    @property
    def needs_a_worker(self) -> bool:
        """Whether it opens something only to who was confirmed to be a worker."""
        return self.opens_own_posts or self.own_children

    @property
    def opens_no_unit(self) -> bool:
        return self.units == NONE


def roles_of(settings: Settings) -> tuple[Role, ...]:
    """Every role of the council, in the settings' order."""
    return tuple(map(_role, settings.roles))


def roles_held(
    settings: Settings, claims: Collection[str], granted: Collection[str]
) -> tuple[Role, ...]:
    """Those roles whose claim is said, letter by letter, or that were granted by name."""
    return tuple(
        role for role in roles_of(settings) if role.claim in claims or role.name in granted
    )


def refuse_unknown_role(settings: Settings, name: str) -> None:
    """A Problem unless the council has a role of this name."""
    names = [role.name for role in settings.roles]
    if name not in names:
        raise Problem(f"There is no role {name}: the roles are {', '.join(names)}.")


def _role(entry: RoleEntry) -> Role:
    return Role(**{**vars(entry), "acts": frozenset(map(Act, entry.acts))})
