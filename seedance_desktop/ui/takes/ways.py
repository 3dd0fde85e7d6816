"""The ways to continue a clip: from which frame, and whether it begins with it or only takes its cast along."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.composer.popover import Popover
from seedance_desktop.ui.controls import Option, Picker, Text, keys, paint
from seedance_desktop.ui.style import RADIUS
from seedance_desktop.words import tr

_WIDE = 340
_PAD, _ICON, _LEAD = 10, 16, 36
_LINE = 18
_LAST, _THIS = "last", "this"


class Way(QAbstractButton):
    """One way: what it is called, and in words what it means."""

    def __init__(self, title: str, icon: str) -> None:
        super().__init__()
        self.setText(title)
        self._icon, self._meaning = icon, ""
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty(RADIUS, paint.radius("control"))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_meaning(self, meaning: str) -> None:
        """What it does, in a sentence."""
        self._meaning = meaning
        self.setAccessibleDescription(meaning)
        self.updateGeometry()
        self.update()

    def event(self, event: QEvent) -> bool:
        """Space presses it, whatever Space does elsewhere."""
        return keys.claims(event, keys.PRESS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def hasHeightForWidth(self) -> bool:
        """The sentence wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Title and sentence."""
        room = QRect(0, 0, width - _LEAD - _PAD, 1000)
        metrics = QFontMetrics(theme.font("label"))
        return _LINE + metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), self._meaning).height() + 2 * 8 + 2

    def sizeHint(self) -> QSize:
        """In the popover's width."""
        return QSize(_WIDE - 20, self.heightForWidth(_WIDE - 20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon, title, sentence."""
        painter = paint.start(self)
        fill = "pressed" if self.isDown() else "hover" if self.underMouse() else ""
        if fill:
            paint.box(painter, QRectF(self.rect()), fill=theme.color(fill), corner=paint.radius("control"))
        paint.icon(painter, self._icon, "text-2", QPointF(_PAD, 9), _ICON)
        painter.setFont(theme.font("body-strong"))
        painter.setPen(theme.color("text"))
        room = QRectF(_LEAD, 8, self.width() - _LEAD - _PAD, _LINE)
        title = paint.elided(self.text(), QFontMetricsF(painter.font()), room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(theme.font("label"))
        painter.setPen(theme.color("text-2"))
        below = QRectF(_LEAD, 8 + _LINE + 2, room.width(), self.height() - _LINE - 16)
        painter.drawText(below, int(Qt.TextFlag.TextWordWrap), self._meaning)
        painter.end()


class Ways(Popover):
    """`chosen` carries the number of the frame (-1 is the last) and whether the clip begins exactly with it."""

    chosen = Signal(int, bool)

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor)
        self.setAccessibleName(tr("Ways to continue"))
        self._frame = -1
        options = [Option(_LAST, tr("Last frame")), Option(_THIS, tr("This frame"))]
        self.start = Picker(options, name=tr("Continue from"))
        self.exact = Way(tr("As an exact start"), "use-first")
        self.cast = Way(tr("With the same cast"), "use-refs")
        self.exact.clicked.connect(lambda: self._choose(exact=True))
        self.cast.clicked.connect(lambda: self._choose(exact=False))
        self.body.addWidget(Text(tr("Continue from"), "label", "text-2"))
        for widget in (self.start, self.exact, self.cast):
            self.body.addWidget(widget)
        self.body.setContentsMargins(10, 10, 10, 10)

    def come_up(self, frame: int, references: int) -> None:
        """Open for a clip with so many references, whose frame number `frame` is on screen (-1 for none)."""
        self._frame = frame
        this = self.start.segment(_THIS)
        name = tr("This frame, {n}").format(n=frame) if frame >= 0 else tr("This frame")
        this.setText(name)
        this.setAccessibleName(name)
        this.setEnabled(frame >= 0)
        self.start.set_value(_LAST)
        self._say(references)
        high = self.exact.heightForWidth(_WIDE - 20) + self.cast.heightForWidth(_WIDE - 20)
        self.open(_WIDE, high + self.start.sizeHint().height() + 18 + 3 * 6 + 20, self.exact)

    def minimumSizeHint(self) -> QSize:
        """It has the size that it was opened with."""
        return QSize(0, 0)

    def _say(self, references: int) -> None:
        if references:
            exact = tr("The clip begins with exactly this frame; other references are left out.")
            cast = tr("The frame becomes one more reference; the start may jump.")
        else:
            exact = tr("The clip begins with exactly this frame.")
            cast = tr("The frame becomes a reference; the start may jump.")
        self.exact.set_meaning(exact)
        self.cast.set_meaning(cast)

    def _choose(self, *, exact: bool) -> None:
        frame = self._frame if self.start.value == _THIS else -1
        self.close_back()
        self.chosen.emit(frame, exact)
