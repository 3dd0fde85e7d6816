"""Check for updates: says what it does, does it when asked, and only tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt, QTime, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from seedance_desktop import __version__
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.ui.controls import Button, Switch, Text
from seedance_desktop.ui.keyline import Verdict
from seedance_desktop.ui.when import day
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import tr

from .details import NAME
from .reading import plain_text

if TYPE_CHECKING:
    from seedance_desktop.domain.updates import Channel, Release

_WIDTH = 460
_MOST_LINES = 9


class Updates(QDialog):
    """Open it with `open()`; the answers are `show_release` and `show_fault`."""

    def __init__(self, wishes: Wishes, preferences: Preferences, channel: Channel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Check for updates"))
        self._wishes, self._preferences, self._page = wishes, preferences, ""
        self._asking = False
        self.verdict = Verdict()
        self.notes = plain_text(tr("What’s new"), 8)
        self.notes.hide()
        self.each_day = Switch(tr("Check once a day by itself"))
        self.check = Button(tr("Check now"), kind="primary")
        self.download = Button(tr("Open the download page"), "external", "primary")
        self.download.hide()
        self.close_button = Button(tr("Close"))
        self._lay_out(channel)
        self.set_preferences(preferences)
        self.each_day.toggled.connect(self._prefer)
        self.check.clicked.connect(self._check)
        self.download.clicked.connect(self._open_page)
        self.close_button.clicked.connect(self.reject)
        self.check.setFocus()

    def set_preferences(self, preferences: Preferences) -> None:
        """Show whether it checks by itself."""
        self._preferences = preferences
        self.each_day.blockSignals(True)
        self.each_day.set_on(preferences.check_updates)
        self.each_day.blockSignals(False)

    def show_release(self, release: Release, *, newer: bool) -> None:
        """A newer version and what is new in it, or that there is none."""
        if not newer:
            self._tell("accepted", tr("{name} {version} is up to date.").format(name=NAME, version=__version__))
            return
        self._page = release.page
        text = tr("Version {version} of {day} is out.")
        self._tell("accepted", text.format(version=release.version, day=_day(release.published)))
        self._show_notes(release.note("zh_CN" if QLocale().language() == QLocale.Language.Chinese else "en"))
        self.download.show()
        self.check.hide()
        self.adjustSize()
        self.download.setFocus()

    def show_fault(self, sentence: str) -> None:
        """Why nothing is known."""
        self._tell("fault", sentence)

    def _tell(self, state: str, sentence: str) -> None:
        self._asking = state == "checking"
        self.verdict.tell(state, sentence)
        self.notes.hide()
        self.adjustSize()

    def _check(self) -> None:
        if not self._asking:
            self._tell("checking", tr("Asking…"))
            self._wishes.check_updates.emit()

    def _prefer(self, on: bool) -> None:
        self._preferences = replace(self._preferences, check_updates=on)
        self._wishes.preferences_changed.emit(self._preferences)

    def _open_page(self) -> None:
        QDesktopServices.openUrl(QUrl(self._page))  # https at the host of the news or below it: domain.updates
        self.accept()

    def _show_notes(self, text: str) -> None:
        self.notes.setPlainText(text)
        self.notes.setVisible(bool(text))
        line = self.notes.fontMetrics().lineSpacing()
        broken = self.notes.fontMetrics().boundingRect(
            0, 0, _WIDTH - 72, 10_000, Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere, text
        )
        self.notes.setFixedHeight(min(broken.height() + line, _MOST_LINES * line) + 4)

    def _lay_out(self, channel: Channel) -> None:
        what = tr("Reads one signed file from {host} over https. Nothing about you or your clips is sent.")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        for button in (self.close_button, self.check, self.download):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(Text(tr("This is {name} {version}").format(name=NAME, version=__version__), "title", "text"))
        layout.addWidget(Text(what.format(host=channel.host), "body", "text-2", wrap=True))
        layout.addWidget(self.verdict)
        layout.addWidget(self.notes)
        layout.addWidget(self.each_day)
        layout.addSpacing(4)
        layout.addLayout(buttons)
        self.setFixedWidth(_WIDTH)


def _day(when: date) -> str:
    noon = QDateTime(QDate(when.year, when.month, when.day), QTime(12, 0))
    return day(noon.toMSecsSinceEpoch())
