"""A panel that lies over the window beside what opened it, until Escape, a click elsewhere or the focus leaving."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from seedance_desktop.ui.controls import Panel

_EDGE = 8  # pixels that stay free between it and the edge of the window
_LEAST = 160
_APART = 4  # from the anchor
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Popover(Panel):
    """A child of the window, not a window: input methods and screen readers work in it as in any other part."""

    closed = Signal()
    may_generate = False  # whether Ctrl+Enter goes through it; not where Enter itself means something

    def __init__(self, anchor: QWidget) -> None:
        super().__init__("menu", border="control-border", radius="card", parent=anchor.window())
        self._anchor, self._over = anchor, anchor.window()
        self._before: QWidget | None = None
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(8, 8, 8, 8)
        self.body.setSpacing(6)
        self.hide()

    def open(self, width: int, height: int, focus: QWidget) -> None:
        """Come up at the anchor in about that size, as the window has room, with the keyboard in `focus`."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._place(width, height)
        self.show()
        self.raise_()
        focus.setFocus(Qt.FocusReason.PopupFocusReason)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def close_back(self) -> None:
        """Close, and give the keyboard back to what had it."""
        before = self._before
        self.hide()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def event(self, event: QEvent) -> bool:
        """Nothing is paid for by a key that was meant for a list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._keeps(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; other keys end here, and never reach the player."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_back()
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press elsewhere in the program closes it, and does there what it does; so does the focus going there."""
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent) and isinstance(watched, QWidget):
            if not self._holds(watched):
                self.hide()
        elif (kind == QEvent.Type.FocusIn and isinstance(watched, QWidget) and not self._holds(watched)) or (
            kind == QEvent.Type.Resize and watched is self._over
        ):
            self.hide()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """It listens to the program only while it is open."""
        super().hideEvent(event)
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._before = None
        self.closed.emit()

    def _keeps(self, event: QKeyEvent) -> bool:
        """Whether a key is for the list alone."""
        return not self.may_generate and event.key() in _ENTER

    def _holds(self, widget: QWidget) -> bool:
        """Whether a widget is part of it; what stands in a window of its own (a menu, a dialog) is nobody's else."""
        return widget is self or self.isAncestorOf(widget) or widget.window() is not self.window()

    def _place(self, width: int, height: int) -> None:
        """Below the anchor, or above it where only there is room enough."""
        room = self._over.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        at = self._anchor.mapTo(self._over, QPoint(0, 0))
        below, above = at.y() + self._anchor.height() + _APART, at.y() - _APART
        width = min(width, room.width())
        up = room.bottom() - below < height and above - room.top() > room.bottom() - below
        height = min(height, max(_LEAST, above - room.top() if up else room.bottom() - below))
        left = max(room.left(), min(at.x(), room.right() + 1 - width))
        top = max(room.top(), min(above - height if up else below, room.bottom() + 1 - height))
        self.setGeometry(QRect(left, top, width, height))
