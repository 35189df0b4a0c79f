"""By which names a browser may call this server, and from which pages it may be asked."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Site:
    """Where ChildStat is reached.

    `address` is the one that people type, where settings name it: a Host and an Origin are then
    exactly that. Without it a Host is one of `names`, with any port, and the Origin the same.
    """

    names: Collection[str]
    address: str | None = None
    has_certificate: bool = False

    @property
    def is_https(self) -> bool:
        return self.has_certificate or (self.address or "").startswith("https://")

    def is_called(self, host: str | None) -> bool:
        """Whether this is a Host of ours."""
        if self.address is not None:
            return host == urlsplit(self.address).netloc
        return self.is_called_on_this_machine(host)

    def is_called_on_this_machine(self, host: str | None) -> bool:
        """Whether it is a name that the server itself has: a proxy asks so how it is."""
        try:
            parts = urlsplit(f"//{host}")
            # A port that is no number is found out when it is asked for.
            return parts.hostname in self.names and parts.port != 0 and "@" not in parts.netloc
        except ValueError:
            return False

    def is_asked_by_itself(self, origin: str | None, host: str | None) -> bool:
        """Whether the page that asks is ours: its scheme, name and port are."""
        if self.address is not None:
            return origin == self.address
        return origin == f"{'https' if self.is_https else 'http'}://{host}"
