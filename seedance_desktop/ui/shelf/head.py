"""The head of the library pane: Clips and Images as tabs, or the trash with the way back out of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import Button, Text, keys, paint
from seedance_desktop.ui.style import RADIUS
from seedance_desktop.words import number, tr

CLIPS, IMAGES = "clips", "images"
_HIGH, _GAP, _LINE = 40, 6, 2


class Tab(QRadioButton):
    """One of the two: its text, how many there are, and a line below where it is chosen."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.count = 0
        self.setAccessibleName(text)
        self.setProperty(RADIUS, paint.radius("control"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._fonts = theme.font("title"), theme.font("label", tabular=True)

    def set_count(self, count: int) -> None:
        """How many there are; a screen reader reads it as the description."""
        if count != self.count or not self.accessibleDescription():
            self.count = count
            self.setAccessibleDescription(number(count))
            self.updateGeometry()
            self.update()

    def event(self, event: QEvent) -> bool:
        """Arrows choose and Space presses, whatever they do elsewhere."""
        return keys.claims(event, keys.ARROWS | keys.PRESS) or super().event(event)

    def sizeHint(self) -> QSize:
        """Text and number."""
        title, small = (QFontMetricsF(font) for font in self._fonts)
        wide = title.horizontalAdvance(self.text()) + _GAP + small.horizontalAdvance(number(self.count))
        return QSize(round(wide) + 2, _HIGH - 8)

    def minimumSizeHint(self) -> QSize:
        """It isn't cut."""
        return self.sizeHint()

    def hitButton(self, _position: object) -> bool:
        """All of it answers to the mouse."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Text, number, line."""
        painter = paint.start(self)
        title, small = self._fonts
        on = self.isChecked()
        painter.setFont(title)
        painter.setPen(theme.color("text" if on or self.underMouse() else "text-2"))
        wide = QFontMetricsF(title).horizontalAdvance(self.text())
        painter.drawText(QRectF(0, 0, wide + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setFont(small)
        painter.setPen(theme.color("text-2"))
        painter.drawText(QRectF(wide + _GAP, 1, 80, self.height()), Qt.AlignmentFlag.AlignVCenter, number(self.count))
        if on:
            line = QRectF(0, self.height() - _LINE, self.width(), _LINE)
            paint.box(painter, line, fill=theme.color("accent-text"), corner=_LINE / 2)
        painter.end()


class Head(QWidget):
    """`picked` says which side is wanted, `back` leaves the trash."""

    picked = Signal(str)
    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = {CLIPS: Tab(tr("Clips"), self), IMAGES: Tab(tr("Images"), self)}
        self._group = QButtonGroup(self)
        self._back = Button(tr("Back to the library"), "chevron-left", "icon")
        self._title, self._count = Text("", "title", "text"), Text("", "label", "text-2", tabular=True)
        self.empty_trash = Button(tr("Empty trash"), "trash", size="small")
        self.filters = Button(tr("Filters"), "filter", "icon")
        self.more = Button(tr("More"), "more", "icon")
        for tab in self.tabs.values():
            self._group.addButton(tab)
            tab.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self._group.buttonToggled.connect(self._toggled)
        self.tabs[CLIPS].setChecked(True)
        self._back.clicked.connect(self.back)
        self.show_trash(None)

    @property
    def side(self) -> str:
        """Which one is chosen: `clips` or `images`."""
        return IMAGES if self.tabs[IMAGES].isChecked() else CLIPS

    def go_to(self, side: str) -> None:
        """Choose a side, as a click on its tab does."""
        self.tabs[side].setChecked(True)

    def show_trash(self, count: int | None) -> None:
        """In place of the tabs the trash with what is in it; None for the tabs. Only clips are ever deleted."""
        trashed = count is not None
        for widget in (self._back, self._title, self._count):
            widget.setVisible(trashed)
        for tab in self.tabs.values():
            tab.setVisible(not trashed)
        self.empty_trash.setVisible(bool(count) and self.side == CLIPS)
        self._title.setText(tr("Trash"))
        self._count.setText(number(count or 0))

    def _toggled(self, tab: QRadioButton, on: bool) -> None:
        # Qt does this only when a button of the group gets the focus: Tab must come to the chosen one at once.
        tab.setFocusPolicy(Qt.FocusPolicy.TabFocus if on else Qt.FocusPolicy.NoFocus)
        if on:
            self.picked.emit(self.side)

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        self.setFixedHeight(_HIGH)
        line.setContentsMargins(12, 4, 8, 4)
        line.setSpacing(_GAP)
        line.addWidget(self._back)
        line.addWidget(self._title)
        line.addWidget(self._count)
        line.addWidget(self.tabs[CLIPS])
        line.addSpacing(12)
        line.addWidget(self.tabs[IMAGES])
        line.addStretch(1)
        line.addWidget(self.empty_trash)
        line.addWidget(self.filters)
        line.addWidget(self.more)
