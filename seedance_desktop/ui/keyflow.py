"""How a key is entered, the same in the first run and in the settings: check it, then keep it, or say why not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton

from seedance_desktop.domain.address import origin
from seedance_desktop.words import tr

from .keyline import KeyField, Verdict
from .wishes import Wishes

NO_STORE = ("no-keyring", "key-store-missing", "key-store-locked")
"""States of `key_state` after which a key can only be used for this session."""


class KeyFlow(QObject):
    """Joins a key field, its verdict and its buttons. The key stays in the field and in the wish, nowhere else."""

    def __init__(
        self,
        wishes: Wishes,
        address: Callable[[], str],
        field: KeyField,
        verdict: Verdict,
        check: QPushButton,
        session: QPushButton,
    ) -> None:
        super().__init__(field)
        self._wishes = wishes
        self._address = address
        self._field = field
        self._verdict = verdict
        self._check = check
        self._session = session
        self._asked = ("", "")
        self._saving = False
        self.held = False
        self._session.hide()
        self._session.clicked.connect(self._use_for_session)
        field.textEdited.connect(self._typed)

    def check(self) -> None:
        """Ask whether the gateway accepts what was typed, or the key that is kept."""
        key = self._field.key
        if not key and not self.held:
            self._field.set_invalid(True)
            self._verdict.tell("refused", tr("Paste a key first."))
            return
        self._asked = (self._address(), key)
        self._check.setEnabled(False)
        self._verdict.tell("checking", tr("Checking…"))
        self._wishes.check_key.emit(*self._asked)

    def key_state(self, address: str, state: str, sentence: str) -> None:
        """Take in what is known about the key of `address` now; of another address than the one shown: nothing."""
        if not _same(address, self._address()):
            return
        asked, words = self._asked, sentence or self._own_words(state)
        if state not in ("checking", "none"):
            self._asked = ("", "")  # answered: a later answer is to somebody else's question
        self._check.setEnabled(state != "checking")
        self._session.setVisible(state in NO_STORE)
        self._field.set_invalid(state == "refused")
        self._verdict.tell(state, words)
        if state == "none":
            self._hold(False)
        elif state in ("kept", "session"):
            self._saving = False
            self._field.forget()
            self._hold(True)
        elif state == "accepted" and asked[1]:
            self._saving = True
            self._wishes.keep_key.emit(asked[0], asked[1], False)

    def reset(self) -> None:
        """Another address: whatever was known was about the old one."""
        self._asked = ("", "")
        self._hold(False)
        self._check.setEnabled(True)
        self._session.hide()
        self._verdict.tell("none", "")

    def _hold(self, held: bool) -> None:
        self.held = held
        self._field.set_kept(held)

    def _typed(self) -> None:
        self._session.hide()
        self._verdict.tell("none", "")

    def _use_for_session(self) -> None:
        key = self._field.key
        if not key:
            self._field.set_invalid(True)
            self._verdict.tell("refused", tr("Paste a key first."))
        else:
            self._wishes.keep_key.emit(self._address(), key, True)

    def _own_words(self, state: str) -> str:
        words = {
            "checking": tr("Checking…"),
            "accepted": tr("The gateway accepts this key."),
            "kept": tr("Accepted and kept.") if self._saving else tr("A key is kept for this address."),
            "session": tr("Used until the program ends, and kept nowhere."),
        }
        return words.get(state, "")


def _same(one: str, other: str) -> bool:
    try:
        return origin(one) == origin(other)
    except ValueError:
        return False
