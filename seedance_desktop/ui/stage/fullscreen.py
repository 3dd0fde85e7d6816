"""The picture on the whole screen; the transport comes when it is wanted and steps aside when it isn't."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from seedance_desktop.ui import theme
from seedance_desktop.words import tr

_REST = 2200  # milliseconds without a move of the mouse
_WIDEST = 880


class FullScreen(QWidget):
    """A window of its own that borrows viewer and transport; `left` is emitted when it wants to give them back."""

    left = Signal()

    def __init__(self, viewer: QWidget, transport: QWidget, key: Callable[[QKeyEvent], bool], owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(tr("Full screen"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._transport, self._key = transport, key
        self._shown = True
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(viewer)
        transport.setParent(self)
        transport.show()
        self._slide = QPropertyAnimation(transport, b"pos", self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._step_aside)
        self._watched = [self, viewer, *viewer.findChildren(QWidget)]
        for watched in self._watched:
            watched.setMouseTracking(True)
            watched.installEventFilter(self)

    def enter(self) -> None:
        """Fill the screen that the window is on."""
        owner = self.parentWidget()
        if owner is not None:
            self.setGeometry(owner.screen().geometry())
        self.showFullScreen()
        self.activateWindow()
        self._come()

    def give_back(self) -> None:
        """End; viewer and transport have gone home."""
        for watched in self._watched:
            watched.setMouseTracking(False)
            watched.removeEventFilter(self)
        self._rest.stop()
        self._slide.stop()
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The transport comes with every move of the mouse."""
        if event.type() == QEvent.Type.MouseMove:
            self._come()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves; the other keys are the stage's."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif not self._key(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closed by the system: the same as leaving."""
        event.ignore()
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The transport keeps to the lower edge."""
        super().resizeEvent(event)
        width = min(self.width() - 32, _WIDEST)
        self._transport.resize(width, self._transport.sizeHint().height())
        self._transport.raise_()
        self._transport.move(self._spot())

    def _spot(self) -> QPoint:
        height = self._transport.height()
        left = (self.width() - self._transport.width()) // 2
        return QPoint(left, self.height() - height - 20 if self._shown else self.height() + 2)

    def _come(self) -> None:
        self._rest.start(_REST)
        self._move(True)

    def _step_aside(self) -> None:
        focus = QApplication.focusWidget()
        inside = focus is not None and self._transport.isAncestorOf(focus)
        if not self._transport.underMouse() and not inside:
            self._move(False)

    def _move(self, shown: bool) -> None:
        if shown == self._shown:
            return
        self._shown = shown
        self.setCursor(Qt.CursorShape.ArrowCursor if shown else Qt.CursorShape.BlankCursor)
        self._slide.stop()
        self._slide.setDuration(theme.duration("slow"))
        self._slide.setEndValue(self._spot())
        self._slide.start()
