"""Plays small pictures of the clip under the mouse: the mouse's place chooses one, and at rest they go on in a loop."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QBuffer, QByteArray, QObject, QSize, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader

from seedance_desktop.ui import theme
from seedance_desktop.ui.background import in_background
from seedance_desktop.ui.posters import fitted

_WAIT = 250  # ms over a card before it plays
_REST = 400  # ms without a move before the loop goes on by itself
_BEAT = 125  # ms a picture
_BYTES = 24 * 1024 * 1024


class Hover(QObject):
    """`wanted` asks once for the pictures of a clip, `set_pictures` answers; `changed` names what must be redrawn."""

    wanted = Signal(object)  # id of a clip
    changed = Signal(object)

    def __init__(self, parent: QObject | None = None, limit: int = _BYTES) -> None:
        super().__init__(parent)
        self._limit, self._bytes, self._library = limit, 0, 0
        self._kept: OrderedDict[int, list[QImage]] = OrderedDict()
        self._asked: set[int] = set()
        self._size = QSize(1, 1)  # of a poster, in the screen's own pixels
        self._over: int | None = None
        self._share = 0.0
        self._plays = False
        self._at = 0
        self._wait = QTimer(self, singleShot=True, interval=_WAIT)
        self._wait.timeout.connect(self._begin)
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._run)
        self._beat = QTimer(self, interval=_BEAT)
        self._beat.timeout.connect(self._next)

    # what the grid says

    def over(self, number: int, share: float, size: QSize) -> None:
        """The mouse is over a poster of `size` (the screen's pixels), `share` of the way from its left to its right."""
        self._share, self._size = min(max(share, 0.0), 1.0), size
        if number != self._over:
            self.leave()
            self._over = number
            self._wait.start()
        elif self._plays:
            self._scrub()

    def leave(self) -> None:
        """The mouse is over none."""
        before, self._over = self._over, None
        for timer in (self._wait, self._rest, self._beat):
            timer.stop()
        if self._plays:
            self._plays = False
            self.changed.emit(before)

    def forget(self) -> None:
        """Another library is open now."""
        self.leave()
        self._library += 1
        self._kept.clear()
        self._asked.clear()
        self._bytes = 0

    # what is drawn

    def picture(self, number: int) -> tuple[QImage, float] | None:
        """What stands in the poster's place, and how far into the clip that is, from 0 to 1; None for the poster."""
        if not self._plays or number != self._over:
            return None
        pictures = self._kept.get(number)
        if not pictures:
            return None
        at = min(self._at, len(pictures) - 1)
        return pictures[at], (at + 0.5) / len(pictures)

    # what comes down

    def set_pictures(self, number: int, pictures: list[bytes]) -> None:
        """The answer to `wanted`: JPEGs from the clip's beginning to its end; none where there can't be any."""
        size, library = QSize(self._size), self._library
        in_background(lambda: (number, _decoded(pictures, size), library), self._keep)

    # within

    def _keep(self, answer: tuple[int, list[QImage], int]) -> None:
        number, images, library = answer
        if library != self._library:
            return
        self._asked.discard(number)
        self._bytes += _weight(images) - _weight(self._kept.pop(number, []))
        self._kept[number] = images
        while self._bytes > self._limit and len(self._kept) > 1:
            self._bytes -= _weight(self._kept.popitem(last=False)[1])
        if number == self._over and not self._wait.isActive():
            self._begin()

    def _begin(self) -> None:
        number = self._over
        if number is None:
            return
        if number in self._kept:
            self._kept.move_to_end(number)
            self._plays = True
            self._scrub()
        elif number not in self._asked:
            self._asked.add(number)
            self.wanted.emit(number)

    def _scrub(self) -> None:
        """The mouse has moved: it chooses."""
        pictures = self._kept.get(self._over or 0, [])
        self._beat.stop()
        self._at = min(int(self._share * len(pictures)), max(0, len(pictures) - 1))
        self.changed.emit(self._over)
        if theme.duration("fast"):  # with reduced motion nothing moves but by the hand
            self._rest.start()

    def _run(self) -> None:
        self._next()
        self._beat.start()

    def _next(self) -> None:
        pictures = self._kept.get(self._over or 0, [])
        if len(pictures) < 2:
            self._beat.stop()
            return
        self._at = (self._at + 1) % len(pictures)
        self.changed.emit(self._over)


def _read(data: bytes, size: QSize) -> QImage:
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    image = fitted(QImageReader(buffer, QByteArray(b"jpeg")), size)
    return image if image.isNull() else image.convertToFormat(QImage.Format.Format_RGB32)


def _decoded(pictures: list[bytes], size: QSize) -> list[QImage]:
    return [image for image in (_read(one, size) for one in pictures) if not image.isNull()]


def _weight(images: list[QImage]) -> int:
    return sum(256 + image.sizeInBytes() for image in images)
