"""The line above the clips in the making: how many, whether a charge is unknown, pause, fold."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from seedance_desktop.ui.controls import Button, Text
from seedance_desktop.ui.glyph import Glyph
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import ntr, tr


class Header(QWidget):
    """`folded` says whether the rows should be hidden."""

    folded = Signal(bool)

    def __init__(self, wishes: Wishes) -> None:
        super().__init__()
        self._wishes = wishes
        self.paused = False
        self.is_folded = False
        self._unsure_count = 0
        self._title = Text("", "caption", "text-2", tabular=True)
        self._sign = Glyph("stage-unsure", "warning", 14)
        self._unsure = Text("", "caption", "warning", tabular=True)
        self._pause = Button(tr("Pause queue"), "pause-queue", "ghost", size="small")
        self._pause.clicked.connect(self._toggle_pause)
        self._fold = Button(tr("Hide the clips in the making"), "chevron-down", "icon", size="small")
        self._fold.clicked.connect(lambda: self.set_folded(not self.is_folded))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 0, 8, 0)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addStretch(1)
        for widget in (self._sign, self._unsure, self._pause, self._fold):
            layout.addWidget(widget)

    @property
    def last_stop(self) -> QWidget:
        """Where Tab goes on to the rows from."""
        return self._fold

    def show_counts(self, clips: int, unsure: int) -> None:
        """How many clips there are, and how many of them with an unknown charge."""
        self._title.setText(tr("In the making · {n}").format(n=clips))
        self._unsure.setText(ntr("{n} charge unknown", "{n} charges unknown", unsure))
        self._unsure_count = unsure
        self._show_what_counts()

    def set_paused(self, paused: bool) -> None:
        """Offer the other of pause and resume."""
        self.paused = paused
        self._pause.set_text(tr("Resume queue") if paused else tr("Pause queue"))
        self._pause.set_icon("play-20" if paused else "pause-queue")
        self._show_what_counts()

    def set_folded(self, folded: bool) -> None:
        """Hide or show the rows."""
        self.is_folded = folded
        self._fold.set_icon("chevron-right" if folded else "chevron-down")
        self._fold.set_text(tr("Show the clips in the making") if folded else tr("Hide the clips in the making"))
        self._show_what_counts()
        self.folded.emit(folded)

    def _show_what_counts(self) -> None:
        # Folded, the line itself must say that money is in doubt; open, the first row does.
        self._pause.setVisible(not self.is_folded or self.paused)
        for widget in (self._sign, self._unsure):
            widget.setVisible(self.is_folded and self._unsure_count > 0)

    def _toggle_pause(self) -> None:
        (self._wishes.resume if self.paused else self._wishes.pause).emit()
