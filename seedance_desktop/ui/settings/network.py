"""The network page: through which proxy, if any, and whether it looks for updates by itself."""

from __future__ import annotations

from urllib.parse import urlsplit

from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.updates import Channel, channel
from seedance_desktop.ui.controls import Field, Option, Picker, Switch
from seedance_desktop.words import tr

from .page import Page, fault, hint, tell

_SCHEMES = ("http", "https", "socks5", "socks5h")


def proxy_address(text: str) -> str:
    """The address of a proxy in full, `http://` added where nothing stands before it; empty for what is none."""
    text = text.strip().rstrip("/")
    full = text if "://" in text else f"http://{text}"
    try:
        parts = urlsplit(full)
        good = parts.scheme in _SCHEMES and bool(parts.hostname) and " " not in full and (parts.port or 1) > 0
    except ValueError:
        return ""
    return full if good and not parts.path else ""


class NetworkPage(Page):
    """ "Manual" is kept as soon as it has an address."""

    def __init__(self) -> None:
        super().__init__(tr("Network"))
        self._preferences = Preferences()
        self.proxy = Picker(
            [Option("system", tr("System")), Option("none", tr("None")), Option("manual", tr("Manual"))],
            name=tr("Proxy"),
        )
        self.address = Field(name=tr("Proxy address"), placeholder="http://proxy.studio.lan:8080")
        self._fault = fault()
        self.add_row(tr("Proxy"), self.proxy)
        self.add_row(tr("Manual address"), self.address, self._fault, hint(tr("http, https or socks5, with the port.")))
        self.updates = self._add_updates(channel())
        self.fill()
        self.proxy.picked.connect(self._picked)
        self.address.editingFinished.connect(self.commit)
        self.address.textEdited.connect(lambda _text: self._show_fault(""))

    def show_preferences(self, preferences: Preferences) -> None:
        """Show the choice and the address."""
        self._preferences = preferences
        self.proxy.set_value(preferences.proxy)
        self.address.setText(preferences.proxy_address)
        self.address.setEnabled(preferences.proxy == "manual")
        self._show_fault("")
        if self.updates is not None:
            self.updates.blockSignals(True)
            self.updates.set_on(preferences.check_updates)
            self.updates.blockSignals(False)

    def commit(self) -> None:
        """Keep an address that is one, and with it the choice "manual"."""
        if self.proxy.value != "manual":
            return
        address = proxy_address(self.address.text())
        if not address:
            typed = bool(self.address.text().strip())
            self._show_fault(tr("This is not the address of a proxy.") if typed else tr("Type the proxy's address."))
        elif (address, "manual") != (self._preferences.proxy_address, self._preferences.proxy):
            self.edited.emit({"proxy": "manual", "proxy_address": address})

    def _add_updates(self, source: Channel | None) -> Switch | None:
        """A build that has no place for updates has no such row."""
        if source is None:
            return None
        switch = Switch(tr("Check once a day by itself"))
        said = tr("Reads one signed file from {host} over https. Nothing about you or your clips is sent.")
        self.add_row(tr("Updates"), switch, hint(said.format(host=source.host)))
        switch.toggled.connect(lambda on: self.edited.emit({"check_updates": on}))
        return switch

    def _picked(self, value: str) -> None:
        self.address.setEnabled(value == "manual")
        self._show_fault("")
        if value != "manual":
            self.edited.emit({"proxy": value})
        elif proxy_address(self.address.text()):
            self.commit()
        else:
            self.address.setFocus()

    def _show_fault(self, sentence: str) -> None:
        self.address.set_invalid(bool(sentence))
        tell(self._fault, sentence)
