"""What the library shows where there is no card to show."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import Button, Text, paint
from seedance_desktop.ui.glyph import Glyph
from seedance_desktop.words import tr

from .card import GAP, LEAST_CELL, card_size, cell_height
from .stack import lift

_BAR = 10  # the scroll bar that the grid keeps room for
_WORDS = 300  # pixels that the words are wide at most


class Empty(QWidget):
    """One of three: no clip yet (with the places where cards will stand), none that matches, an empty trash."""

    cleared = Signal()  # "Clear search"

    def __init__(self) -> None:
        super().__init__()
        self._outlines = False
        self._sign = Glyph("library", "text-2")
        self._title = Text("", "body-strong", "text")
        self._words = Text("", "label", "text-2", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._clear = Button(tr("Clear search"))
        self._clear.clicked.connect(self.cleared)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 0, 16, 16)
        self._layout.setSpacing(8)
        center = Qt.AlignmentFlag.AlignHCenter
        self._layout.addWidget(self._sign, 0, center)
        self._layout.addWidget(self._title, 0, center)
        self._layout.addWidget(self._words)
        self._layout.addWidget(self._clear, 0, center)
        self._layout.addStretch()
        self.no_clips()

    def no_clips(self) -> None:
        """Nothing has been made yet."""
        self._show(
            "library",
            tr("No clips yet"),
            tr(
                "Clips in the making show at the top of this list. Finished clips stay on your disk, "
                "with the recipe that made them."
            ),
            outlines=True,
        )

    def no_match(self) -> None:
        """There are clips, but none that is asked for."""
        self._show("search", tr("No clip matches"), tr("Try another word, or show all clips."), clear=True)

    def empty_trash(self) -> None:
        """Nothing was thrown away."""
        self._show("trash", tr("The trash is empty"), tr("Clips that you move to the trash can be restored here."))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The places of the first cards."""
        if not self._outlines:
            return
        painter = paint.start(self)
        columns, cell = self._grid()
        size = card_size(cell)
        for number in range(columns * self._lines()):
            left = GAP / 2 + number % columns * cell
            top = GAP / 2 + lift() + number // columns * cell_height(cell)
            box = QRectF(left, top, size.width(), size.height() - 14)
            paint.box(painter, box, border=theme.color("control-border"), corner=8, dashed=True)
        painter.end()

    def minimumSizeHint(self) -> QSize:
        """The pane may be narrow: the margins that centre the words are no demand."""
        return QSize(160, 120)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Keep the words below the places."""
        self._place()

    def _show(self, icon: str, title: str, words: str, *, outlines: bool = False, clear: bool = False) -> None:
        self._sign.show_icon(icon, "text-2")
        self._title.setText(title)
        self._words.setText(words)
        self._clear.setVisible(clear)
        self._outlines = outlines
        self._place()
        self.update()

    def _place(self) -> None:
        top = 40
        if self._outlines:
            top = 24 + self._lines() * cell_height(self._grid()[1])
        side = max(16, (self.width() - _WORDS) // 2)
        self._layout.setContentsMargins(side, top, side, 16)

    def _lines(self) -> int:
        return 2 if self.height() > 520 else 1 if self.height() > 320 else 0

    def _grid(self) -> tuple[int, int]:
        room = max(LEAST_CELL, self.width() - _BAR)
        columns = max(1, room // LEAST_CELL)
        return columns, (room - 1) // columns
