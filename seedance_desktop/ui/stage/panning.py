"""Moves a picture that is larger than its view: with the middle button, or with Space held as in every editor."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from .viewer import Viewer


class Panning(QObject):
    """Watches the viewer's mouse; of the keys only the release of a Space that it was told of."""

    def __init__(self, viewer: Viewer, play: Callable[[], None]) -> None:
        super().__init__(viewer)
        self._viewer, self._play = viewer, play
        self._space = False  # it is held
        self._moved = False  # the picture was moved while it was held
        self._last: QPointF | None = None  # where the mouse was while it pans
        for watched in (viewer, viewer.canvas):
            watched.installEventFilter(self)

    def space(self) -> bool:
        """Space went down: whether it waits for what becomes of it, because the picture can be moved.

        Released without a move, it plays or pauses.
        """
        application = QCoreApplication.instance()
        if not self._viewer.larger or application is None:
            return False
        if not self._space:
            self._space, self._moved = True, False
            application.installEventFilter(self)
            self._point()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The mouse on the picture, and Space let go wherever the focus is."""
        kind = event.type()
        if isinstance(event, QMouseEvent) and watched in (self._viewer, self._viewer.canvas):
            return self._mouse(event)
        if self._space and isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyRelease:
            if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
                self._let_go(play=not self._moved)
        elif self._space and kind == QEvent.Type.ApplicationDeactivate:
            self._let_go(play=False)
        return False

    def _mouse(self, event: QMouseEvent) -> bool:
        kind, button = event.type(), event.button()
        if kind == QEvent.Type.MouseButtonPress and self._viewer.larger:
            left = button == Qt.MouseButton.LeftButton and self._space
            if left or button == Qt.MouseButton.MiddleButton:
                self._last = event.globalPosition()
                self._point()
                return True
        elif kind == QEvent.Type.MouseMove and self._last is not None:
            self._viewer.pan(event.globalPosition() - self._last)
            self._last, self._moved = event.globalPosition(), True
            return True
        elif kind == QEvent.Type.MouseButtonRelease and self._last is not None:
            self._last = None
            self._point()
            return True
        return kind == QEvent.Type.MouseButtonDblClick and self._space

    def _let_go(self, *, play: bool) -> None:
        application = QCoreApplication.instance()
        self._space = False
        if application is not None:
            application.removeEventFilter(self)
        self._point()
        if play:
            self._play()

    def _point(self) -> None:
        """A hand for what can be moved."""
        if self._last is not None:
            self._viewer.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._space:
            self._viewer.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self._viewer.unsetCursor()
