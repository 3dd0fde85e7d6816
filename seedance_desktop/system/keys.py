"""API keys in the system's keyring, one entry per gateway origin; or in memory for this session only."""

from __future__ import annotations

import logging
import re
import secrets
import threading
from typing import Protocol

from seedance_desktop.domain.address import host, origin
from seedance_desktop.domain.catalogue import DEMO
from seedance_desktop.domain.errors import NoKey

from .private import hide

log = logging.getLogger(__name__)

DEMO_KEY = "sk-demo"
_SHAPE = re.compile(r"[\x21-\x7e]{8,1000}")  # Windows keeps at most 1280 characters
_USER = "api-key"


class Backend(Protocol):
    """What we use of a keyring."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


class Keys:
    """The keys of this user. Every method may wait for the system to ask its user: call them in a worker thread."""

    def __init__(self, store: str = "keyring", given: dict[str, str] | None = None) -> None:
        """`store` is `"keyring"` or `"session"` (memory only); `given` are this run's keys by address, never stored."""
        self._backend: Backend | None = None
        self._session = {origin(address): key for address, key in (given or {}).items()}
        self._known: dict[str, str] = {}  # read from the keyring: asking it at every poll would be slow
        self._keyring = store == "keyring"
        for key in self._session.values():
            hide(key)
        self._guard = threading.Lock()

    def get(self, address: str) -> str:
        """The key for a gateway: this session's, then the keyring's; raises `NoKey`, also for what is no key."""
        if address == DEMO:
            return DEMO_KEY
        place = origin(address)
        kept = self._session.get(place) or self._known.get(place)
        if not kept:
            kept = self._from_keyring(place)
            if not kept:
                raise NoKey("no-key", gateway=host(address))
            self._known[place] = kept
            hide(kept)
        return check_shape(kept)

    def forget(self, address: str) -> None:
        """Ask the keyring again for a gateway's key: ours is refused, and another program may know better."""
        if address != DEMO:
            self._known.pop(origin(address), None)

    def keep(self, address: str, key: str, *, session: bool = False) -> None:
        """Keep a key in the keyring, or for this session; raises `NoKey` if there is no keyring or it is locked."""
        key = check_shape(key)
        hide(key)
        if session or not self._keyring:
            self._session[origin(address)] = key
            return
        with self._guard:
            try:
                self._store().set_password(_service(address), _USER, key)
            except NoKey:
                raise
            except Exception as error:
                raise _problem(error) from error
        self._session.pop(origin(address), None)
        self.forget(address)

    def remove(self, address: str) -> None:
        """Forget the key of a gateway, here and in the keyring; raises `NoKey` only if the keyring refuses."""
        self._session.pop(origin(address), None)
        self.forget(address)
        if self._keyring and self._from_keyring(origin(address)):
            with self._guard:
                try:
                    self._store().delete_password(_service(address), _USER)
                except Exception as error:
                    raise _problem(error) from error

    def prove(self) -> str:
        """Write, read and delete an entry that is no key; which keyring it is. Raises `NoKey` where it can't."""
        service, word = "Seedance Desktop self-test", secrets.token_hex(8)
        with self._guard:
            try:
                store = self._store()
                store.set_password(service, _USER, word)
                read = store.get_password(service, _USER)
                store.delete_password(service, _USER)
            except NoKey:
                raise
            except Exception as error:
                raise _problem(error) from error
        if read != word:
            raise NoKey("key-store-missing")
        return f"{type(store).__module__}.{type(store).__qualname__}"

    def _from_keyring(self, address: str) -> str | None:
        if not self._keyring:
            return None
        with self._guard:
            try:
                return self._store().get_password(_service(address), _USER)
            except NoKey:
                return None
            except Exception as error:
                log.warning("the keyring does not answer: %s", type(error).__name__)
                raise _problem(error) from error

    def _store(self) -> Backend:
        """The system's own store, chosen explicitly: a chain of several would ask a second wallet on every miss."""
        if self._backend is None:
            self._backend = _system_store()
        return self._backend


def check_shape(key: str) -> str:
    """The key without outer white space; raises `NoKey("key-malformed")` for what cannot be one."""
    key = key.strip()
    if not _SHAPE.fullmatch(key):
        raise NoKey("key-malformed")
    return key


def _system_store() -> Backend:
    import keyring
    from keyring.backends import chainer, fail, null

    found = keyring.get_keyring()
    if isinstance(found, chainer.ChainerBackend):
        found = next(iter(found.backends), found)
    if isinstance(found, fail.Keyring | null.Keyring) or type(found).__module__.startswith("keyrings.alt"):
        raise NoKey("key-store-missing")
    return found


def _problem(error: Exception) -> NoKey:
    from keyring.errors import KeyringLocked, NoKeyringError

    if isinstance(error, NoKeyringError):
        return NoKey("key-store-missing")
    locked = isinstance(error, KeyringLocked) or "dismiss" in str(error).lower() or "lock" in str(error).lower()
    return NoKey("key-store-locked" if locked else "key-store-missing")


def _service(address: str) -> str:
    """One service name an address: Windows would otherwise move an older entry aside."""
    return f"Seedance Desktop {origin(address)}"
