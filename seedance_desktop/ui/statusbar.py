"""The line at the bottom: gateway, online or not, what is in flight, unknown charges, this month's spend."""

from __future__ import annotations

from urllib.parse import urlsplit

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from seedance_desktop.domain.catalogue import DEMO
from seedance_desktop.domain.news import Health
from seedance_desktop.domain.trouble import Halt
from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import Button, ElidedLabel, Panel, Separator, Text
from seedance_desktop.ui.glyph import Glyph
from seedance_desktop.ui.jobs import JobLine
from seedance_desktop.words import money, ntr, tr


class Sign(QWidget):
    """An icon and a word; one that `may_shrink` is cut before the others."""

    def __init__(self, icon: str = "", *, may_shrink: bool = False) -> None:
        super().__init__()
        self._glyph = Glyph(icon, "text-2", 14)
        self._text = (ElidedLabel if may_shrink else Text)("", "caption", "text-2", tabular=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._glyph)
        layout.addWidget(self._text)

    def show_words(self, icon: str, color: str, text: str, ink: str = "text-2") -> None:
        """Show this; an empty text hides it."""
        self._glyph.show_icon(icon, color)
        self._text.setText(text)
        self._text.set_color(ink)
        self.setVisible(bool(text))


class _UnsureButton(Button):
    """`1 charge unknown` in the warning's colour; it leads to the rows."""

    def __init__(self) -> None:
        super().__init__("", "stage-unsure", "ghost", size="small", icon_size=14)
        self.setFont(theme.font("caption", tabular=True))

    def show_count(self, count: int) -> None:
        """Show how many; none hides it."""
        self.set_text(ntr("{n} charge unknown", "{n} charges unknown", count))
        self.setVisible(count > 0)

    def draw_content(self, painter: QPainter, _ink: str) -> None:
        """Icon and words as a warning."""
        super().draw_content(painter, "warning")


class _SpendButton(Button):
    """`This month $12.04 of $50.00`; it opens the ledger."""

    def __init__(self) -> None:
        super().__init__("", "ledger", "ghost", size="small", icon_size=14)
        self.setFont(theme.font("caption", tabular=True))
        self.setToolTip(tr("Open the ledger"))

    def draw_content(self, painter: QPainter, _ink: str) -> None:
        """Icon and words as plain text."""
        super().draw_content(painter, "text")


class StatusBar(QWidget):
    """Values come in by `set_health` and `set_spend`.

    `unsure_clicked` asks to see the unknown charges, `spend_clicked` the ledger.
    """

    unsure_clicked = Signal()
    spend_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(int(theme.tokens()["size"]["statusbar"]))
        self._gateway, self._online, self._flight = Sign(may_shrink=True), Sign(), Sign()
        self._unsure = _UnsureButton()
        self._unsure.clicked.connect(self.unsure_clicked)
        self.jobs = JobLine()
        self._spend = _SpendButton()
        self._spend.clicked.connect(self.spend_clicked)
        for button in (self._unsure, self._spend):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # the gateway gives way, not they
        bar = Panel("window")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 0, 4, 0)
        row.setSpacing(16)
        for sign in (self._gateway, self._online, self._flight):
            row.addWidget(sign)
        row.addWidget(self._unsure)
        row.addWidget(self.jobs, 100)
        row.addStretch(1)
        row.addWidget(self._spend)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(Separator())
        layout.addWidget(bar)
        self.set_spend(0, 0)
        self.set_health(Health(), "", 0)

    def set_health(self, health: Health, gateway: str, unsure: int) -> None:
        """How the studio is, at which gateway address, and how many charges are unknown."""
        name = tr("Demo gateway") if gateway == DEMO else urlsplit(gateway).netloc or gateway
        self._gateway.show_words("demo" if gateway == DEMO else "network", "text-2", name)
        self._show_online(health)
        flight = ntr("{n} in flight", "{n} in flight", health.in_flight) if health.in_flight else ""
        if health.paused:
            flight = " · ".join(part for part in (flight, tr("queue paused")) if part)
        self._flight.show_words("pause-queue" if health.paused else "stage-rendering", "text-2", flight)
        self._unsure.show_count(unsure)

    def set_spend(self, spent: int, budget: int) -> None:
        """This month's money in the smallest unit; `budget` is 0 where there is none."""
        if budget:
            words = tr("This month {spent} of {budget}").format(spent=money(spent), budget=money(budget))
        else:
            words = tr("This month {spent}").format(spent=money(spent))
        self._spend.set_text(words)

    def _show_online(self, health: Health) -> None:
        halts = {trouble.halt for trouble in health.troubles}
        if Halt.NO_KEY in halts:
            self._online.show_words("key", "text-2", tr("No key"))
        elif Halt.KEY_REFUSED in halts:
            self._online.show_words("key", "danger", tr("Key refused"), "danger")
        elif health.online is False or Halt.OFFLINE in halts:
            self._online.show_words("offline", "warning", tr("Offline"), "warning")
        else:
            self._online.show_words("online", "success", tr("Online") if health.online else "")
