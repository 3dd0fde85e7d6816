"""Where the pictures are: sides beside each other, both under a wipe, or one place where a seam plays."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
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
_WIDE = 300  # the least width of a side that has room for words on its buttons
_GAP = 10
_AROUND = 50  # of a side's height that is no picture, more or less


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
        self._shapes: list[QSize] = []
        self._columns = 0
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

    def set_shapes(self, shapes: Sequence[QSize]) -> None:
        """As many sides as there are shapes of pictures."""
        self._shapes = list(shapes)
        for index, panel in enumerate(self.panels):
            panel.setVisible(index < len(shapes))
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
        for panel in self.panels[: len(self._shapes)]:
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
        """In one row or two, whichever shows the pictures larger."""
        count = len(self._shapes)
        if not count:
            return
        columns = max({count, (count + 1) // 2} - {1}, key=self._area)
        if columns != self._columns or self._grid.count() != count:
            self._columns = columns
            for panel in self.panels:
                self._grid.removeWidget(panel)
            for index, panel in enumerate(self.panels[:count]):
                self._grid.addWidget(panel, index // columns, index % columns)
            for line in range(len(self.panels)):
                self._grid.setColumnStretch(line, int(line < columns))
                self._grid.setRowStretch(line, int(line * columns < count))
        compact = self._side(columns).height() < _ROOMY
        for panel in self.panels[:count]:
            panel.set_compact(compact or self._side(columns).width() < _WIDE)

    def _side(self, columns: int) -> QSize:
        """The room of one side with so many beside each other."""
        rows = -(-len(self._shapes) // columns)
        return QSize(
            (self.width() - (columns - 1) * _GAP) // columns,
            (self.height() - (rows - 1) * _GAP) // rows,
        )

    def _area(self, columns: int) -> int:
        """How many pixels the smallest picture has with so many beside each other."""
        side = self._side(columns)
        room = QSize(side.width(), max(1, side.height() - _AROUND))
        fitted = [shape.scaled(room, Qt.AspectRatioMode.KeepAspectRatio) for shape in self._shapes]
        return min(one.width() * one.height() for one in fitted)


def _padded(inside: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(3, 3, 3, 3)
    column.addWidget(inside)
    return page
