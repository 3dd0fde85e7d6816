"""Images of the strip moved by the mouse: among the others, or out of the strip under a ghost of theirs."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from seedance_desktop.domain.recipe import Reference

from . import flowing
from .ghost import Ghost
from .thumb import Thumb
from .thumb_row import ThumbRow

_OUTSIDE = 12  # pixels beyond the list where an image counts as dragged out of it


class CarriedRow(ThumbRow):
    """Thumbs that follow the mouse by its plain events: no drag-and-drop loop of the system is needed."""

    taken = Signal(int)  # index of the thumb that was pressed
    let_go = Signal(object, QPoint)  # Reference dragged out of the list, and where on the screen it was released
    mentioned = Signal(object)  # Reference that the prompt is to name
    previewed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed: QPoint | None = None
        self._before: list[Thumb] = []
        self._ghost: Ghost | None = None

    @property
    def carrying(self) -> bool:
        """Whether an image is being dragged."""
        return self._floating is not None

    def cancel(self) -> None:
        """What is being dragged goes back to its place."""
        self._pressed = None
        if self._floating is not None:
            self._lay_down(self._floating)
            self._back_in_order()
            self._renew()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press takes hold of an image."""
        index = self._at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index >= 0:
            self._pressed = event.position().toPoint()
            self.taken.emit(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """See it large."""
        index = self._at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index >= 0:
            self.previewed.emit(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The image follows the mouse and the others make room."""
        here = event.position().toPoint()
        if self._pressed is None:
            return
        if self._floating is None:
            if (here - self._pressed).manhattanLength() < QApplication.startDragDistance():
                return
            self._floating = self._thumbs[self._current]
            self._before = [*self._thumbs]
            self._floating.raise_()
        if self._is_outside(here):
            self._carry_out(self._floating, event.globalPosition().toPoint())
        else:
            self._carry(self._floating, here)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: what moved stays where it is shown, what was dragged out is somebody else's; a click names it."""
        pressed, dragged, self._pressed = self._pressed, self._floating, None
        if dragged is None:
            if pressed is not None:
                self._click(pressed, event.position().toPoint())
            return
        outside, moved = self._ghost is not None, self._thumbs != self._before
        self._lay_down(dragged)
        self._floating = None
        self._renew()
        if outside:
            self.let_go.emit(dragged.reference, event.globalPosition().toPoint())
        elif moved:
            self.changed.emit()

    def _insert(self, index: int, reference: Reference, data: bytes) -> None:
        """An image that arrives in the middle of a drag ends it: the order to go back to is another."""
        if self.carrying:
            self.cancel()
        super()._insert(index, reference, data)

    def _drop(self, index: int) -> Thumb:
        if self.carrying:
            self.cancel()
        return super()._drop(index)

    def _click(self, pressed: QPoint, released: QPoint) -> None:
        index = self._at(pressed)
        if index >= 0 and index == self._at(released):
            thumb = self._thumbs[index]
            if thumb.on_chip(pressed - thumb.pos()):
                self.mentioned.emit(thumb.reference)

    def _carry(self, dragged: Thumb, here: QPoint) -> None:
        """Inside the list the others make room for the image that is dragged."""
        self._lay_down(dragged)
        target = flowing.nearest(self._places()[: len(self._thumbs)], here)
        if target != self._thumbs.index(dragged):
            self._thumbs.remove(dragged)
            self._thumbs.insert(target, dragged)
            self._current = target
            self._arrange()
        dragged.move(here - QPoint(dragged.width() // 2, dragged.height() // 2))

    def _carry_out(self, dragged: Thumb, point: QPoint) -> None:
        """Outside it stays where it was, and its ghost is under the mouse."""
        if self._ghost is None:
            self._ghost = Ghost(dragged.grab(), self.window())
            dragged.set_lifted(True)
            self._back_in_order()
            self._floating = dragged
        self._ghost.follow(point)

    def _back_in_order(self) -> None:
        dragged, self._floating = self._floating, None
        self._thumbs = [*self._before]
        if dragged is not None:
            self._current = self._thumbs.index(dragged)
        self._arrange()

    def _lay_down(self, dragged: Thumb) -> None:
        dragged.set_lifted(False)
        if self._ghost is not None:
            self._ghost.hide()
            self._ghost.deleteLater()
            self._ghost = None

    def _is_outside(self, point: QPoint) -> bool:
        return not self.rect().adjusted(-_OUTSIDE, -_OUTSIDE, _OUTSIDE, _OUTSIDE).contains(point)
