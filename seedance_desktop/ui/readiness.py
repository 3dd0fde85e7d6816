"""Whether something can be sent at all: is there a key, and if not, does the first run stand on the stage."""

from __future__ import annotations

from PySide6.QtCore import QObject

from seedance_desktop.domain.catalogue import DEMO
from seedance_desktop.ui.centre import Centre
from seedance_desktop.ui.composer import Composer
from seedance_desktop.ui.shelf import Shelf
from seedance_desktop.words import tr

_HELD = ("kept", "session")  # "accepted" alone is a key that was checked, not one that is kept
_MISSING = ("none", "no-store", "no-keyring", "key-store-missing", "key-store-locked")


class Readiness(QObject):
    """Listens to key states and to how many clips there are."""

    def __init__(self, composer: Composer, centre: Centre, shelf: Shelf) -> None:
        super().__init__(shelf)
        self._composer, self._centre, self._shelf = composer, centre, shelf
        self._gateway = ""
        self._missing = False
        shelf.counted.connect(self.show)

    def set_gateway(self, gateway: str) -> None:
        """The gateway that the next recipe goes to."""
        self._gateway = gateway
        if gateway == DEMO:
            self._missing = False
        self.show()

    def key_state(self, address: str, state: str) -> None:
        """What is known about the key of `address`; other gateways' keys change nothing here."""
        if address == self._gateway and state in (*_HELD, *_MISSING):
            self._missing = state in _MISSING
            self.show()

    def show(self) -> None:
        """The composer says what is missing; without a single clip the first run says more."""
        why = tr("Add a key or start the demo first.") if self._missing else ""
        self._composer.set_ready(not self._missing, why)
        nothing = not self._shelf.total and not self._shelf.making.counts()[0]
        self._centre.show_first_run(self._missing and nothing)
