"""The title of the comparison, and what can be done with all of it: leave, wipe, play the seam, swap."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from seedance_desktop.ui.controls import Button, ElidedLabel, Switch
from seedance_desktop.words import tr

from .badge import IconChip

_HEIGHT = 48


class CompareHeader(QWidget):
    """Says what is clicked."""

    left = Signal()
    wiped = Signal(bool)
    seamed = Signal(bool)
    skipped = Signal(bool)
    swapped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HEIGHT)
        self.toggle = Button(tr("Compare view"), "compare", "toggle")
        self.toggle.setChecked(True)
        self._title = ElidedLabel("", "title", "text")
        self._state = IconChip("link")
        self.skip = Switch(tr("Skip the repeated frame"))
        self.skip.set_on(True)
        self.seam = Button(tr("Play seam"), "seam", "toggle")
        self.wipe = Button(tr("Wipe"), "ratio-1-1", "toggle")
        self.wipe.setToolTip(tr("Wipe between A and B") + " · W")
        self.swap = Button(tr("Swap A and B"), "swap")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(10)
        for part in (self.toggle, self._title, self._state):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        for choice in (self.skip, self.seam, self.wipe, self.swap):
            row.addWidget(choice, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row = row
        self._texts = {button: button.text() for button in (self.swap, self.wipe, self.seam, self.toggle)}
        self.toggle.clicked.connect(self._leave)
        self.wipe.clicked.connect(self.wiped)
        self.seam.clicked.connect(self.seamed)
        self.skip.toggled.connect(self.skipped)
        self.swap.clicked.connect(self.swapped)

    def show_title(self, title: str, state: str) -> None:
        """What is compared, and how the sides belong together."""
        self._title.setText(title)
        self._state.setText(state)
        self._state.updateGeometry()
        self._fit()

    def show_choices(self, *, pair: bool, seam: bool, repeated: bool) -> None:
        """What there is to choose for these clips: a wipe for two, a seam where one goes on from the other."""
        self.wipe.setVisible(pair)
        self.swap.setVisible(pair)
        self.seam.setVisible(seam)
        self.skip.setVisible(seam and repeated and self.seam.isChecked())
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where words have no room beside each other, buttons are icons, one after the other."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for button, text in self._texts.items():
            button.setText(text)
        for button, text in self._texts.items():
            if self._row.sizeHint().width() <= self.width():
                break
            button.setText("")
            button.setToolTip(button.toolTip() or text)

    def _leave(self) -> None:
        self.toggle.setChecked(True)  # it is on whenever this is on screen
        self.left.emit()
