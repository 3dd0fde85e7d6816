"""Where the pictures are: sides beside each other, both under a wipe, or one place where a seam plays."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from seedance_desktop.ui.stage.picture import Picture
from seedance_desktop.ui.stage.viewer import Viewer
from seedance_desktop.words import tr

from .badge import LETTERS
from .panel import SidePanel
from .side import Shown
from .synced import sync
from .wipe import Wipe

SIDES, WIPE, SEAM = range(3)
_ROOMY = 330  # the least height of a side that has its judging below the picture
_GAP = 10


class Board(QStackedWidget):
    """Four panels are made once; as many are shown as there are clips."""

    double_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sides = QWidget()
        self.panels = [SidePanel(letter, self._sides) for letter in LETTERS]
        self.wipe = Wipe()
        self.seam = Viewer()
        self.seam.setMinimumSize(self.panels[0].viewer.minimumSize())
        self.seam.canvas.setAccessibleName(tr("Player of the seam"))
        self._count = 0
        self._grid = QGridLayout(self._sides)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        for page in (self._sides, _padded(self.wipe), _padded(self.seam)):
            self.addWidget(page)
        sync([panel.viewer for panel in self.panels])
        for panel in self.panels:
            panel.hide()
            panel.viewer.double_clicked.connect(self.double_clicked)
        self.seam.double_clicked.connect(self.double_clicked)

    def set_count(self, count: int) -> None:
        """Two side by side, three or four in a square."""
        if count == self._count:
            return
        self._count = count
        for index, panel in enumerate(self.panels):
            self._grid.removeWidget(panel)
            if index < count:
                self._grid.addWidget(panel, index // 2, index % 2)
            panel.setVisible(index < count)
        for line in range(2):
            self._grid.setColumnStretch(line, 1)
            self._grid.setRowStretch(line, int(line == 0 or count > 2))
        self._fit()

    def show_pictures(self, shown: Sequence[Shown | None]) -> None:
        """The pictures of all sides at once."""
        pictures: list[Picture | None] = [one.picture if one else None for one in shown]
        if self.currentIndex() == WIPE:
            self.wipe.show_pictures(pictures[0], pictures[1])
            return
        for panel, picture in zip(self.panels, pictures, strict=False):
            if picture is not None:
                panel.viewer.show_picture(picture)

    def set_fine(self, fine: bool) -> None:
        """Paint with care (standing still) or with speed (moving)."""
        for panel in self.panels[: self._count]:
            panel.viewer.canvas.set_fine(fine)
        self.wipe.set_fine(fine)
        self.seam.canvas.set_fine(fine)

    def set_active(self, index: int) -> None:
        """The keys act on this side."""
        for place, panel in enumerate(self.panels):
            panel.set_active(place == index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where sides are low, judging moves beside their titles."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        rows = 2 if self._count > 2 else 1
        compact = (self.height() - (rows - 1) * _GAP) / rows < _ROOMY
        for panel in self.panels[: self._count]:
            panel.set_compact(compact)


def _padded(inside: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(3, 3, 3, 3)
    column.addWidget(inside)
    return page
