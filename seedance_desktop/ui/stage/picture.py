"""One picture of a clip, wherever it comes from: decoded for stepping, or played by Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QTransform

from . import yuv

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame

    from seedance_desktop.domain.frames import Frame

_LARGEST_SD = 576  # lines; above it a file that does not say means BT.709


class Picture(Protocol):
    """What the screen shows."""

    @property
    def size(self) -> QSize:
        """Its own size in pixels."""

    def image(self, target: QSize, *, fine: bool) -> QImage:
        """The picture in RGB at `target` device pixels or smaller; not `fine` is for pictures that move."""


class Decoded:
    """A picture out of `media`'s decoder."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self.size = QSize(frame.width, frame.height)

    def image(self, target: QSize, *, fine: bool) -> QImage:
        """See `Picture`."""
        frame = self._frame
        return yuv.render(
            frame.planes,
            frame.strides,
            self.size,
            target,
            matrix=frame.matrix,
            full_range=frame.full_range,
            fine=fine,
        )


class Played:
    """A picture out of Qt's player."""

    def __init__(self, frame: QVideoFrame) -> None:
        self._frame = frame
        self._turn = _turn(frame)
        self.size = frame.size().transposed() if self._turn % 180 else frame.size()

    def image(self, target: QSize, *, fine: bool) -> QImage:
        """See `Picture`. What isn't plain 4:2:0 in memory (a graphics card's, ten bits) is left to Qt."""
        made = self._plain(target.transposed() if self._turn % 180 else target, fine)
        if made is not None:
            return made.transformed(QTransform().rotate(self._turn)) if self._turn else made
        made = self._frame.toImage()
        if target.width() < made.width():
            how = Qt.TransformationMode.SmoothTransformation
            made = made.scaled(target, Qt.AspectRatioMode.IgnoreAspectRatio, how)
        return made

    def _plain(self, target: QSize, fine: bool) -> QImage | None:
        """The picture as it lies in the file, before it is turned upright; None where it isn't a plain one."""
        from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

        frame, kinds = self._frame, QVideoFrameFormat.PixelFormat
        known = frame.pixelFormat() in (kinds.Format_YUV420P, kinds.Format_NV12)
        in_memory = frame.handleType() == QVideoFrame.HandleType.NoHandle
        mirrored = frame.mirrored() or frame.surfaceFormat().isMirrored()
        if not known or not in_memory or mirrored or not frame.map(QVideoFrame.MapMode.ReadOnly):
            return None
        try:
            planes, strides = _planes(frame)
            matrix, full = _colours(frame)
            return yuv.render(planes, strides, frame.size(), target, matrix=matrix, full_range=full, fine=fine)
        finally:
            frame.unmap()


def _turn(frame: QVideoFrame) -> int:
    """Degrees clockwise that make it upright: the file's own turn, as telephones write it, and the frame's."""
    return int(frame.surfaceFormat().rotation().value + frame.rotation().value) % 360


def _planes(frame: QVideoFrame) -> tuple[list[yuv.Plane], list[int]]:
    """The three planes of a mapped frame and their strides; where U and V are interleaved they are parted."""
    planes: list[yuv.Plane] = [memoryview(frame.bits(index)) for index in range(frame.planeCount())]
    strides = [frame.bytesPerLine(index) for index in range(frame.planeCount())]
    if len(planes) == 2:
        both, stride = bytes(planes[1]), strides[1] // 2
        return [planes[0], both[0::2], both[1::2]], [strides[0], stride, stride]
    return planes, strides


def _colours(frame: QVideoFrame) -> tuple[str, bool]:
    from PySide6.QtMultimedia import QVideoFrameFormat

    said, spaces = frame.surfaceFormat(), QVideoFrameFormat.ColorSpace
    unsaid = said.colorSpace() == spaces.ColorSpace_Undefined
    small = unsaid and frame.height() <= _LARGEST_SD
    matrix = "bt601" if small or said.colorSpace() == spaces.ColorSpace_BT601 else "bt709"
    return matrix, said.colorRange() == QVideoFrameFormat.ColorRange.ColorRange_Full
