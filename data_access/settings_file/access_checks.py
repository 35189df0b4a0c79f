"""What is wrong between settings of who may look, of which each by itself is right."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from data_access.access_settings import NONE, OWN, OWN_POST, RoleEntry, SignIn
from data_access.settings import Settings
from data_access.settings_file.words import place, wrong

NEEDS = {"none": (), "oidc": ("address", "issuer", "client_id"), "proxy": ("address",)}
SIGNED_TOKEN = ("proxy_header", "proxy_keys", "issuer", "client_id")
ON_THIS_MACHINE = ("127.0.0.1", "::1", "localhost")


def access_checks(settings: Settings) -> Iterator[str]:
    """One sentence for each thing that can't be meant, by section."""
    yield from _missing(settings.sign_in)
    yield from _addresses(settings.sign_in)
    for number, role in enumerate(settings.roles, 1):
        yield from _role(number, role)
    yield from _said_twice(settings.roles)


def _missing(sign_in: SignIn) -> Iterator[str]:
    needed = NEEDS[sign_in.method]
    if sign_in.method == "proxy" and sign_in.proxy_secret_header is None:
        needed = (*needed, *SIGNED_TOKEN)
    for key in needed:
        if getattr(sign_in, key) is None:
            use = f'add {key}, which the method "{sign_in.method}" needs'
            if key in SIGNED_TOKEN and sign_in.method == "proxy":
                use += " unless proxy_secret_header is set"
            yield wrong("sign_in", None, "method", sign_in.method, use)


def _addresses(sign_in: SignIn) -> Iterator[str]:
    for key in ("address", "issuer", "proxy_keys"):
        written = getattr(sign_in, key)
        if written is not None and not _is_safe(written):
            use = "use an address that begins with https://, or with http:// on this machine"
            yield wrong("sign_in", None, key, written, use)
    own = sign_in.address
    if own is not None and _is_safe(own) and urlsplit(own)[2:] != ("", "", ""):
        use = "leave out what follows the name and port, a last / as well"
        yield wrong("sign_in", None, "address", own, use)


def _is_safe(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or parts.username or parts.password:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in ON_THIS_MACHINE)


def _role(number: int, role: RoleEntry) -> Iterator[str]:
    if len(set(role.acts)) < len(role.acts):
        yield wrong("role", number, "acts", list(role.acts), "name each once")
    if role.own_children and role.units == NONE:
        use = f'use false, or let units be "{OWN_POST}": it opens no unit'
        yield wrong("role", number, "own_children", True, use)
    if role.staff and (role.units != OWN_POST or role.own_children):
        use = f'use false, or let units be "{OWN_POST}" as a whole: it is for a unit\'s managers'
        yield wrong("role", number, "staff", True, use)
    if role.figures == OWN and role.units == NONE:
        use = f'use "{NONE}": it opens no unit of its own'
        yield wrong("role", number, "figures", role.figures, use)


def _said_twice(roles: tuple[RoleEntry, ...]) -> Iterator[str]:
    for key in ("name", "claim"):
        first: dict[str, int] = {}
        for number, role in enumerate(roles, 1):
            said = getattr(role, key)
            earlier = first.setdefault(said, number)
            if earlier != number:
                use = f"{place('role', earlier)} has it: give each another"
                yield wrong("role", number, key, said, use)
