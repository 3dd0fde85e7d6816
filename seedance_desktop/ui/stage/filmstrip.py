"""The strip of pictures behind the timeline: read in another thread, laid side by side once, then drawn whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap

from seedance_desktop.ui import theme
from seedance_desktop.ui.background import in_background

if TYPE_CHECKING:
    from seedance_desktop.domain.frames import Timeline

_CORNER = 3.0
_NARROWEST = 24  # pixels; a portrait picture is cut no narrower than this


class Filmstrip(QObject):
    """Pictures of one clip, each from the middle of its share of the clip's time."""

    ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turn = 0
        self._images: list[QImage] = []
        self._times: Timeline | None = None
        self._laid: QPixmap | None = None

    def set_times(self, times: Timeline | None) -> None:
        """When the clip's frames are."""
        self._times, self._laid = times, None

    def clear(self) -> None:
        """Another clip: no pictures, and none of those that are being read."""
        self._turn += 1
        self._images, self._laid = [], None
        self.ready.emit()

    def read(self, pictures: list[bytes]) -> None:
        """Show these JPEGs as soon as they are read."""
        self._turn += 1
        turn = self._turn
        in_background(lambda: (turn, [image for image in map(_image, pictures) if not image.isNull()]), self._keep)

    def near(self, frame: int) -> QImage | None:
        """The picture nearest to a frame in time."""
        times = self._times
        if not self._images or times is None or not times.times:
            return None
        end = times.times[-1] + 1_000_000 / times.fps
        share = times.middle(min(frame, len(times.times) - 1)) / end
        return self._images[min(len(self._images) - 1, int(share * len(self._images)))]

    def draw(self, painter: QPainter, area: QRectF, ratio: float) -> bool:
        """Draw the strip into `area`; whether there was one."""
        if not self._images or area.isEmpty():
            return False
        size = QSize(round(area.width() * ratio), round(area.height() * ratio))
        if self._laid is None or self._laid.size() != size or self._laid.devicePixelRatio() != ratio:
            self._laid = self._lay(size, ratio)
        painter.drawPixmap(area.topLeft(), self._laid)
        return True

    def _keep(self, answer: tuple[int, list[QImage]]) -> None:
        turn, images = answer
        if turn == self._turn:
            self._images, self._laid = images, None
            self.ready.emit()

    def _lay(self, size: QSize, ratio: float) -> QPixmap:
        """All pictures side by side at `size` device pixels, each cut to its place, corners rounded."""
        laid = QPixmap(size)
        laid.fill(Qt.GlobalColor.transparent)
        painter = QPainter(laid)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(QRectF(0, 0, size.width(), size.height()), _CORNER * ratio, _CORNER * ratio)
        painter.setClipPath(path)
        painter.fillPath(path, theme.color("viewer"))
        places = min(len(self._images), max(1, int(size.width() / (_NARROWEST * ratio))))
        wide = size.width() / places
        for place in range(places):
            image = self._at((place + 0.5) / places)
            target = QRectF(round(place * wide), 0, round((place + 1) * wide) - round(place * wide), size.height())
            painter.drawImage(target, image, _cut(image, target))
        painter.end()
        laid.setDevicePixelRatio(ratio)
        return laid

    def _at(self, share: float) -> QImage:
        """The picture for a place on the strip, which counts frames: not time, where frames differ in length."""
        count = len(self._times.times) if self._times else 1
        return self.near(min(count - 1, int(share * count))) or self._images[int(share * len(self._images))]


def _image(jpeg: bytes) -> QImage:
    return QImage.fromData(QByteArray(jpeg))


def _cut(image: QImage, target: QRectF) -> QRectF:
    """The middle of `image` in the shape of `target`."""
    whole = QRectF(image.rect())
    wide = min(whole.width(), whole.height() * target.width() / target.height())
    high = min(whole.height(), whole.width() * target.height() / target.width())
    cut = QRectF(0, 0, wide, high)
    cut.moveCenter(whole.center())
    return cut
