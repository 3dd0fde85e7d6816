"""The composer's head: which draft is open, and the ways to the others, to old prompts and to presets."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import Button, paint
from seedance_desktop.words import tr

_HIGH = 40
_AIR = 5
_CHEVRON = 14


class TitleButton(Button):
    """A title with an arrow behind it, both at the left."""

    def __init__(self) -> None:
        super().__init__("", kind="ghost")
        self.setFont(theme.font("title"))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_title(self, title: str) -> None:
        """Name the draft."""
        if title != self.text():
            self.setText(title)
            self.setAccessibleName(tr("Draft: {name}").format(name=title))
            self.setToolTip(title)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as the title and the arrow."""
        wide = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        return QSize(round(wide) + _AIR + _CHEVRON + 3, self.height_of_row)

    @property
    def height_of_row(self) -> int:
        """The control height that it has."""
        return paint.height("regular")

    def minimumSizeHint(self) -> QSize:
        """The title may be cut."""
        return QSize(60, self.height_of_row)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Title, then the arrow, in line with what stands below: without a box of its own."""
        painter = paint.start(self)
        metrics = QFontMetricsF(self.font())
        text = paint.elided(self.text(), metrics, self.width() - _AIR - _CHEVRON - 2)
        painter.setFont(self.font())
        painter.setPen(theme.color("text"))
        painter.drawText(QRectF(0, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        at = QPointF(metrics.horizontalAdvance(text) + _AIR, (self.height() - _CHEVRON) / 2 + 1)
        paint.icon(painter, "chevron-down", "text" if self.underMouse() else "text-2", at, _CHEVRON)
        painter.end()


class Head(QWidget):
    """Says what is wished; what opens is somebody else's."""

    drafts_wanted = Signal()
    history_wanted = Signal()
    menu_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = TitleButton()
        self.history = Button(tr("Prompt history"), "history", "icon")
        self.more = Button(tr("Draft and presets"), "more", "icon")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.title)
        row.addStretch(1)
        row.addWidget(self.history)
        row.addWidget(self.more)
        self.setFixedHeight(_HIGH)
        self.title.clicked.connect(self.drafts_wanted)
        self.history.clicked.connect(self.history_wanted)
        self.more.clicked.connect(self.menu_wanted)
        self.show_title("")

    def show_title(self, title: str) -> None:
        """Name the draft that is open; without a name or a word in it, it is a new one."""
        self.title.show_title(title or tr("New draft"))
