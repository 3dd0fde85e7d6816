"""The account page: the key and the gateway's address."""

from __future__ import annotations

from PySide6.QtCore import Qt

from seedance_desktop.domain.address import check_address, is_loopback, origin
from seedance_desktop.domain.errors import GatewayProblem
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.ui.controls import Button, Field, Switch, Text
from seedance_desktop.ui.keyflow import KeyFlow
from seedance_desktop.ui.keyline import KeyField, Verdict
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import say, tr

from .page import Page, beside, fault, hint, tell


class AccountPage(Page):
    """Sends the wishes about keys itself: a key is not a preference."""

    def __init__(self, wishes: Wishes) -> None:
        super().__init__(tr("Account"))
        self._wishes = wishes
        self._preferences = Preferences()
        self._for = Text("", "label", "text-2")
        self.key = KeyField(name=tr("API key"))
        self.check_button = Button(tr("Check"), "check")
        self.check_button.setAccessibleName(tr("Check key"))
        self.remove_button = Button(tr("Remove"), "trash", "danger")
        self.remove_button.setAccessibleName(tr("Remove key"))
        self.session_button = Button(tr("Use for this session only"))
        self.verdict = Verdict()
        self.address = Field(name=tr("Gateway address"))
        self.address.setInputMethodHints(Qt.InputMethodHint.ImhUrlCharactersOnly)
        self._fault = fault()
        self.allow = Switch(tr("Allow this unencrypted address"))
        self.flow = KeyFlow(wishes, self._gateway, self.key, self.verdict, self.check_button, self.session_button)
        buttons = beside(self.check_button, self.session_button, self.remove_button)
        self.add_row(
            tr("API key"),
            self._for,
            self.key,
            buttons,
            self.verdict,
            hint(tr("Kept in the system keyring, sent only to this address.")),
        )
        self.add_row(
            tr("Gateway address"),
            self.address,
            self._fault,
            self.allow,
            hint(tr("A key belongs to one address. Changing it asks for a key.")),
        )
        self.fill()
        self._connect()

    def show_preferences(self, preferences: Preferences) -> None:
        """Show the address that is kept."""
        changed = preferences.gateway != self._preferences.gateway
        self._preferences = preferences
        if changed:
            self.flow.reset()
        self._for.setText(tr("For {address}").format(address=preferences.gateway))
        self.address.setText(preferences.gateway)
        self._show_fault("")
        self._offer_plain(preferences.gateway)
        self._follow()

    def key_state(self, address: str, state: str, sentence: str) -> None:
        """Show what is known about the key of `address`."""
        self.flow.key_state(address, state, sentence)
        self._follow()

    def commit(self) -> None:
        """Keep the address if it is one; an unencrypted one only with the creator's consent."""
        typed = _with_scheme(self.address.text())
        if typed == self._preferences.gateway:
            self._show_fault("")
            return
        try:
            plain = check_address(typed, self._preferences.insecure_gateways)
        except GatewayProblem as problem:
            self._show_fault(say(problem.reason.code, dict(problem.reason.facts)))
            self._offer_plain(typed)
            return
        self.edited.emit({"gateway": plain})

    def _connect(self) -> None:
        self.check_button.clicked.connect(self.flow.check)
        self.key.entered.connect(self.flow.check)
        self.key.textChanged.connect(self._follow)
        self.remove_button.clicked.connect(lambda: self._wishes.remove_key.emit(self._gateway()))
        self.address.editingFinished.connect(self.commit)
        self.address.textEdited.connect(lambda _text: self._show_fault(""))
        self.allow.toggled.connect(self._allowed)

    def _gateway(self) -> str:
        return self._preferences.gateway

    def _follow(self) -> None:
        self.check_button.setText(tr("Check and save") if self.key.key else tr("Check"))
        self.check_button.updateGeometry()
        self.remove_button.setVisible(self.flow.held)

    def _show_fault(self, sentence: str) -> None:
        self.address.set_invalid(bool(sentence))
        tell(self._fault, sentence)

    def _offer_plain(self, address: str) -> None:
        """The switch is there for a plain http address of another machine, and for nothing else."""
        try:
            plain = origin(address).startswith("http://") and not is_loopback(address)
        except ValueError:
            plain = False
        self.allow.blockSignals(True)
        self.allow.set_on(plain and origin(address) in self._preferences.insecure_gateways)
        self.allow.blockSignals(False)
        self.allow.setVisible(plain)

    def _allowed(self, on: bool) -> None:
        """Agree to the address that is typed, or take the consent back (and the address with it, at its next use)."""
        typed = _with_scheme(self.address.text())
        known = tuple(one for one in self._preferences.insecure_gateways if one != origin(typed))
        if on:
            agreed = (*known, origin(typed))
            self.edited.emit({"insecure_gateways": agreed, "gateway": check_address(typed, agreed)})
        else:
            self.edited.emit({"insecure_gateways": known})
            self._show_fault(say("address-insecure", {"address": typed}))
            self._offer_plain(typed)


def _with_scheme(text: str) -> str:
    text = text.strip()
    return text if "://" in text or not text else f"https://{text}"
