"""A provider's public keys, kept, and asked for again where a token names one that is new."""

import logging
from collections.abc import Callable
from threading import Lock

from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet

from access.sign_in.fetching import Fetch, ProviderRefused, ProviderSilent

# Anybody can make up the name of a key: the provider is not asked for each.
SECONDS_BETWEEN_ASKING = 60
log = logging.getLogger("childstat")


class Keys:
    """The keys at an address, by their names."""

    def __init__(
        self, address: Callable[[], str], fetch: Fetch, seconds: Callable[[], float]
    ) -> None:
        self._address, self._fetch, self._seconds = address, fetch, seconds
        self._held: KeySet | None = None
        self._asked_at: float | None = None
        self._lock = Lock()

    def named(self, kid: str | None) -> Key | None:
        """The key of this name; the only one, where a token names none; None where it is unknown.

        Asks the provider once a minute at most; a provider that is silent leaves the keys known.
        """
        with self._lock:
            found = self._among(kid)
            if found is None and self._may_ask():
                self._ask()
                found = self._among(kid)
            return found

    def _among(self, kid: str | None) -> Key | None:
        try:
            return self._held.get_by_kid(kid) if self._held is not None else None
        except JoseError:
            return None

    def _may_ask(self) -> bool:
        last = self._asked_at
        return last is None or self._seconds() - last >= SECONDS_BETWEEN_ASKING

    def _ask(self) -> None:
        self._asked_at = self._seconds()
        try:
            answer = self._fetch(self._address(), None, {})
            self._held = KeySet.import_key_set({"keys": answer.get("keys", [])})
        except (ProviderSilent, ProviderRefused, JoseError) as fault:
            log.error("The keys that tokens are checked with can't be read: %s", fault)
