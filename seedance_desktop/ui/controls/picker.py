"""One of a few: real radio buttons drawn as a segmented control."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.style import RADIUS, RING

from . import keys, paint

_GAP = 6
_ICON = 16
_PAD = 8


@dataclass(frozen=True, slots=True)
class Option:
    """A choice: its value, the text on it, its icon and its accessible name (the text, unless given)."""

    value: str
    text: str
    icon: str = ""
    name: str = ""


class Segment(QRadioButton):
    """One radio button of a picker; it drops its icon before it cuts its text."""

    def __init__(self, option: Option, tall: bool, parent: QWidget) -> None:
        super().__init__(option.text, parent)
        self.option = option
        self._tall = tall
        self.setAccessibleName(option.name or option.text)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty(RING, "parent")
        self.setFont(theme.font("caption" if tall else "label"))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def event(self, event: QEvent) -> bool:
        """Arrows choose and Space presses, whatever they do elsewhere."""
        return keys.claims(event, keys.ARROWS | keys.PRESS) or super().event(event)

    def sizeHint(self) -> QSize:
        """Icon beside the text, or above it where tall."""
        text = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        icon = _ICON + _GAP if self.option.icon and not self._tall else 0
        return QSize(round(text) + icon + 2 * _PAD, 40 if self._tall else 24)

    def minimumSizeHint(self) -> QSize:
        """The text alone, tightly; never so wide that a long word widens the pane."""
        text = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        return QSize(min(round(text) + 6, 64), self.sizeHint().height())

    def hitButton(self, _position: object) -> bool:
        """The whole segment answers to the mouse, not only the round button that isn't drawn."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A flush box where checked, then icon and text."""
        painter = paint.start(self)
        corner = paint.radius("control") - 2
        ink = "text-2"
        if not self.isEnabled():
            ink = "text-disabled"
        if self.isChecked():
            on = self.isEnabled()
            ink = "accent-text" if on else ink
            edge = theme.color("accent-text" if on else "card-border")
            fill = theme.color("accent-tint" if on else "raised")
            paint.box(painter, QRectF(self.rect()), fill=fill, border=edge, corner=corner)
        elif self.underMouse() and self.isEnabled():
            paint.box(painter, QRectF(self.rect()), fill=theme.color("hover"), corner=corner)
            ink = "text"
        if self._tall:
            self._draw_tall(painter, ink)
        else:
            self._draw_flat(painter, ink)
        painter.end()

    def _draw_flat(self, painter: QPainter, ink: str) -> None:
        metrics = QFontMetricsF(self.font())
        wide = metrics.horizontalAdvance(self.text())
        lead = _ICON + _GAP if self.option.icon else 0
        if lead and wide + lead + 6 > self.width():
            lead = 0
        text = paint.elided(self.text(), metrics, self.width() - lead - 4)
        wide = metrics.horizontalAdvance(text)
        left = (self.width() - lead - wide) / 2
        if lead:
            paint.icon(painter, self.option.icon, ink, QPointF(left, (self.height() - _ICON) / 2))
        painter.setPen(theme.color(ink))
        painter.setFont(self.font())
        painter.drawText(QRectF(left + lead, 0, wide + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text)

    def _draw_tall(self, painter: QPainter, ink: str) -> None:
        top = (self.height() - _ICON - 17) / 2
        paint.icon(painter, self.option.icon, ink, QPointF((self.width() - _ICON) / 2, top))
        painter.setPen(theme.color(ink))
        painter.setFont(self.font())
        text = paint.elided(self.text(), QFontMetricsF(self.font()), self.width() - 4)
        painter.drawText(QRectF(0, top + _ICON + 1, self.width(), 17), Qt.AlignmentFlag.AlignCenter, text)


class Picker(QFrame):
    """A segmented control; arrow keys move the choice. `picked` is emitted when the user chooses."""

    picked = Signal(str)

    def __init__(
        self, options: Sequence[Option], *, name: str = "", tall: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty(RADIUS, paint.radius("control"))
        self.setFixedHeight(46 if tall else paint.height("picker"))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(2)
        self._segments: dict[str, Segment] = {}
        for option in options:
            segment = Segment(option, tall, self)
            self._segments[option.value] = segment
            self._group.addButton(segment)
            layout.addWidget(segment)
        self._quiet = True
        self._group.buttonToggled.connect(self._toggled)
        if options:
            self._segments[options[0].value].setChecked(True)
        self._quiet = False

    @property
    def value(self) -> str:
        """The value of the option that is chosen."""
        checked = self._group.checkedButton()
        return checked.option.value if isinstance(checked, Segment) else ""

    def set_value(self, value: str) -> None:
        """Choose without saying so; a value that isn't offered changes nothing."""
        segment = self._segments.get(value)
        if segment is not None:
            self._quiet = True
            segment.setChecked(True)
            self._quiet = False

    def segment(self, value: str) -> Segment:
        """The radio button of an option, to disable it or to give it a tool tip; KeyError for none."""
        return self._segments[value]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frame round the segments."""
        painter = paint.start(self)
        edge = theme.color("control-border" if self.isEnabled() else "card-border")
        paint.box(painter, QRectF(self.rect()), fill=theme.color("field"), border=edge)
        painter.end()

    def _toggled(self, button: QRadioButton, on: bool) -> None:
        # Qt does this only when a button of the group gets the focus: Tab must come to the chosen one at once.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus if on else Qt.FocusPolicy.NoFocus)
        if on and not self._quiet and isinstance(button, Segment):
            self.picked.emit(button.option.value)
