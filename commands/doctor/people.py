"""Whether roles and grants lead anywhere: who could look, administer and audit."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Engine, select

from access.grants import every_grant
from access.roles import roles_of
from access.store.reading import read
from access.store.tables import session
from commands.doctor.deployment import Deployment
from commands.doctor.findings import Finding, fine, look, mend
from data_access.database import read as read_cases
from data_access.problems import Problem
from data_access.schema import unit
from data_access.viewer import Act

NEEDED = {
    Act.ADMINISTER: (mend, "give roles and units to people, or end their sessions"),
    Act.AUDIT: (look, "read who has looked at which child"),
}


@dataclass(frozen=True)
class Held:
    """What was ever claimed at a sign-in, and what is granted now."""

    claims: frozenset[str]
    roles: frozenset[str]
    units: frozenset[str]


def people(deployment: Deployment) -> Iterator[Finding]:
    """What the access store says of roles and units; nothing where there is no store yet."""
    file = deployment.store_file("access_store") if deployment.signs_in else None
    if not deployment.signs_in or (file is not None and not file.exists()):
        return
    store = deployment.store("access_store")
    try:
        held = _held(store)
        yield from _acts(deployment, held)
        yield from _roles(deployment, held)
        yield from _grants(deployment, held)
    except Problem as problem:
        yield mend("people", f"Who may look can't be read: {problem}")
    finally:
        store.dispose()


def _held(store: Engine) -> Held:
    claimed = read(store, select(session.c.claims))
    granted = every_grant(store)
    return Held(
        frozenset(role for row in claimed for role in row.claims["roles"]),
        frozenset(row.role for row in granted if row.role),
        frozenset(row.unit_id for row in granted if row.unit_id),
    )


def _acts(deployment: Deployment, held: Held) -> Iterator[Finding]:
    """Whether anybody may do what somebody must."""
    roles = roles_of(deployment.settings)
    for act, (found, what) in NEEDED.items():
        giving = [role for role in roles if act in role.acts]
        if any(role.claim in held.claims or role.name in held.roles for role in giving):
            yield fine(f"{act}_exists", f"Somebody may {what}.")
        elif giving:
            yield found(f"{act}_exists", f"Nobody may {what}: give somebody {_named(giving)}.")
        else:
            yield found(f"{act}_exists", f'No [[role]] has "{act}" in its acts: nobody may {what}.')


def _named(roles: Collection) -> str:
    words = [f'the role {role.name} (the claim "{role.claim}")' for role in roles]
    return " or ".join(words)


def _roles(deployment: Deployment, held: Held) -> Iterator[Finding]:
    """Roles that nobody ever had: a claim that is spelled otherwise at the provider looks so."""
    for role in roles_of(deployment.settings):
        if role.claim not in held.claims and role.name not in held.roles:
            yield look(
                "roles",
                f'Nobody has signed in with "{role.claim}", nor was granted the role {role.name}:'
                " if somebody should have it, compare the value with the provider's.",
            )


def _grants(deployment: Deployment, held: Held) -> Iterator[Finding]:
    """Grants of what is no longer there, which open nothing."""
    roles = {role.name for role in roles_of(deployment.settings)}
    for name in sorted(held.roles - roles):
        yield look("grants", f"The role {name} is granted, and config.toml has no such [[role]].")
    cases = deployment.case_database()
    units = {row.unit_id for row in read_cases(cases, select(unit.c.unit_id))}
    cases.dispose()
    for unit_id in sorted(held.units - units):
        yield look(
            "grants",
            f"The unit {unit_id} is granted, and the case database has no such unit: withdraw it,"
            " and grant the one that took its place.",
        )
