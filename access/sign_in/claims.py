"""What a provider says of somebody, as the store keeps it."""

from collections.abc import Mapping
from typing import Any

from access.people import Claims
from data_access.access_settings import SignIn

LETTERS = 200
NAMES = ("name", "preferred_username", "email", "sub")


def claims_of(payload: Mapping[str, Any], settings: SignIn) -> Claims:
    """Who signed in. Roles are the roles' claim; the groups' where that has none.

    Where a person is in too many groups, Entra ID leaves them out and says where they could be
    asked for. They are not asked for: no role then, and the page says why.
    """
    roles = _words(payload.get(settings.roles_claim))
    groups = _words(payload.get(settings.groups_claim))
    number = _word(payload.get(settings.number_claim)) if settings.number_claim else None
    return Claims(
        issuer=str(payload["iss"]),
        subject=str(payload["sub"]),
        name=next(filter(None, (_word(payload.get(name)) for name in NAMES)), ""),
        email=_word(payload.get("email")),
        swe_number=number,
        roles=roles or groups,
        groups_left_out=not roles and not groups and _leaves_out(payload, settings.groups_claim),
        provider_session=_word(payload.get("sid")),
    )


def _leaves_out(payload: Mapping[str, Any], groups: str) -> bool:
    elsewhere = payload.get("_claim_names")
    return bool(payload.get("hasgroups")) or (isinstance(elsewhere, dict) and groups in elsewhere)


def _word(value: object) -> str | None:
    """A text on one line; None for what is no text, or empty."""
    if not isinstance(value, str):
        return None
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())[:LETTERS] or None


def _words(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()
