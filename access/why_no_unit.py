"""Why no unit is open to somebody, in the one sentence that they take to whoever can mend it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from access.roles import Role
from access.sessions import Session

ASK = "ask whoever runs ChildStat for access."


@dataclass(frozen=True)
class WorkerFound:
    """The number confirmed of a person, how many workers have it, and the worker if it is one."""

    number: str | None
    workers: int
    worker_id: str | None = None


def why_no_unit(
    session: Session, roles: Sequence[Role], found: WorkerFound, posts: Collection[str]
) -> str:
    """One sentence, which names no other person."""
    if not roles:
        return _why_no_role(session)
    if all(role.opens_no_unit for role in roles):
        names = " and ".join(role.name for role in roles)
        return f"Your role, {names}, opens no unit’s records."
    if not any(role.needs_a_worker for role in roles):
        return f"No unit has been granted to you: {ASK}"
    return _why_no_worker(session, found) or _why_no_post(posts)


def _why_no_role(session: Session) -> str:
    if session.groups_left_out:
        return (
            "You are in so many groups that your sign-in left them all out, so ChildStat can’t tell"
            " what you are: ask whoever runs it to give you its role at the provider instead."
        )
    return f"You are signed in, and ChildStat has no role for you: {ASK}"


def _why_no_worker(session: Session, found: WorkerFound) -> str | None:
    if found.number is None:
        return f"Nobody has confirmed yet which worker you are, so no unit is open to you: {ASK}"
    if session.swe_number not in (None, found.number):
        return (
            "Your sign-in says another Social Work England number than was confirmed of you, so no"
            f" unit is open to you: {ASK}"
        )
    if found.workers == 0:
        return (
            "No worker in the case database has your Social Work England number, so no unit is open"
            f" to you: {ASK}"
        )
    if found.workers > 1:
        return (
            "Two workers in the case database have your Social Work England number, so no unit is"
            " open to you until one is mended there."
        )
    return None


def _why_no_post(posts: Collection[str]) -> str:
    assert not posts, "an open post opens its unit"
    return f"You have no post that is open today in the case database: {ASK}"
