"""Says that the program closed unexpectedly the last time, and stays until that is answered."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from seedance_desktop.domain.reports import Offer
from seedance_desktop.ui import accessible, theme
from seedance_desktop.ui.controls import Button, Panel, Text
from seedance_desktop.ui.glyph import Glyph
from seedance_desktop.ui.report import show_report
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import tr

from .place import free_name, place


class OfferBar(QWidget):
    """A bar under the top bar: show the report, save it, or dismiss it."""

    def __init__(self, offer: Offer, wishes: Wishes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer, self._wishes, self._dismissed = offer, wishes, False
        self.report: QDialog | None = None
        self.browser: QFileDialog | None = None
        self._head = Text(_head(offer), "body-strong", "text")
        self._rest = Text(_rest(offer), "body", "text-2", wrap=True)
        self.show_button = Button(tr("Show report"))
        self.save = Button(tr("Save report…"))
        self.dismiss = Button(tr("Dismiss"), kind="ghost")
        self.show_button.clicked.connect(self._show)
        self.save.clicked.connect(self._ask_where)
        self.dismiss.clicked.connect(self._dismiss)
        self._lay_out()

    def announce(self) -> None:
        """Let a screen reader say it, once it is on screen."""
        accessible.say(self, f"{self._head.text()} {self._rest.text()}")

    def _lay_out(self) -> None:
        panel = Panel("raised", border="control-border", radius="control")
        panel.setMinimumHeight(int(theme.tokens()["banner"]["height"]))
        sign = Glyph()
        sign.show_icon("info", "text-2")
        row = QHBoxLayout(panel)
        row.setContentsMargins(14, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(sign)
        row.addSpacing(2)
        row.addWidget(self._head)
        row.addWidget(self._rest, 1)
        for button in (self.show_button, self.save, self.dismiss):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addWidget(panel)

    def _show(self) -> None:
        if self.report is None:
            self.report = show_report(self.window(), tr("Crash report"), self._offer.text, save=self._ask_where)
            self.report.finished.connect(self._report_closed)
        self.report.raise_()

    def _report_closed(self) -> None:
        self.report = None
        if self._dismissed:
            self.deleteLater()

    def _ask_where(self) -> None:
        if self.browser is not None:
            return
        browser = self.browser = QFileDialog(self.report or self.window(), tr("Save report"))
        browser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        browser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        browser.setNameFilter(tr("Text (*.txt)"))
        browser.setDefaultSuffix("txt")
        browser.setDirectory(str(place()))
        browser.selectFile(free_name(place(), "seedance-report", ".txt").name)
        browser.fileSelected.connect(lambda file: self._wishes.save_report.emit(self._offer.name, file))
        browser.finished.connect(self._browser_closed)
        browser.open()

    def _browser_closed(self) -> None:
        self.browser = None

    def _dismiss(self) -> None:
        """Gone from the window; a report that is open can still be saved, by this bar."""
        self._wishes.report_seen.emit(self._offer.name)
        self._dismissed = True
        self.hide()
        if self.report is None:
            self.deleteLater()


def _head(offer: Offer) -> str:
    if offer.again:
        return tr("Seedance keeps closing unexpectedly.")
    return tr("Seedance closed unexpectedly last time.")


def _rest(offer: Offer) -> str:
    if offer.again:
        return tr("Nothing that you paid for is lost. Help can save diagnostics.")
    return tr("Nothing that you paid for is lost.")
