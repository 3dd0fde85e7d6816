"""Reads a large picture in a thread of the pool, from the first of several sources that Qt can read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Signal
from PySide6.QtGui import QColorSpace, QImage, QImageReader

from seedance_desktop.ui.background import in_background
from seedance_desktop.ui.posters import fitted

Source = Path | bytes

_LONGEST = QSize(2560, 2560)  # more than that no stage shows
# Made here and not in a thread: see posters.py.
_SRGB = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
_CLEAR, _SOLID = QImage.Format.Format_ARGB32_Premultiplied, QImage.Format.Format_RGB32
_READ_ONLY = QIODevice.OpenModeFlag.ReadOnly


class Reader(QObject):
    """Only what was asked for last is answered: `done(picture, source)`, the number of the source that it came from.

    A null picture with -1 where no source could be read.
    """

    done = Signal(QImage, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turn = [0]  # what a thread may look at without holding us

    def ask(self, sources: Sequence[Source], shape: float = 0.0) -> None:
        """Read the first source that can be read; with `shape` (width over height) only a picture of that shape."""
        self._turn[0] += 1
        turns, turn, kept = self._turn, self._turn[0], tuple(sources)
        nothing = (QImage(), -1)
        in_background(lambda: (turn, *(first_readable(kept, shape) if turns[0] == turn else nothing)), self._answer)

    def drop(self) -> None:
        """Nobody waits any more."""
        self._turn[0] += 1

    def _answer(self, answer: tuple[int, QImage, int]) -> None:
        turn, picture, number = answer
        if turn == self._turn[0]:
            self.done.emit(picture, number)


def first_readable(sources: Sequence[Source], shape: float) -> tuple[QImage, int]:
    """The first picture that Qt can read, in sRGB, and the number of its source; a null one and -1 for none."""
    for number, source in enumerate(sources):
        picture = _read(source)
        if not picture.isNull() and (not shape or _is_shaped(picture, shape)):
            return picture, number
    return QImage(), -1


def _is_shaped(picture: QImage, shape: float) -> bool:
    """To two pixels: Qt knows no orientation of some formats, and a lying picture would be framed wrongly."""
    return abs(picture.width() - picture.height() * shape) <= 2 * max(1.0, shape)


def _read(source: Source) -> QImage:
    if isinstance(source, Path):
        return _in_srgb(fitted(QImageReader(str(source)), _LONGEST))
    buffer = QBuffer()
    buffer.setData(QByteArray(source))
    buffer.open(_READ_ONLY)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    picture = _in_srgb(fitted(reader, _LONGEST))
    del reader  # before the buffer that it reads: Qt's TIFF reader looks at it once more when it goes
    return picture


def _in_srgb(picture: QImage) -> QImage:
    """The colours that are sent, ready to be painted."""
    if picture.isNull():
        return picture
    form = _CLEAR if picture.hasAlphaChannel() else _SOLID
    space = picture.colorSpace()
    if space.isValid() and space != _SRGB:
        fitting = picture.convertedToColorSpace(_SRGB, form)
        picture = picture if fitting.isNull() else fitting
    return picture.convertToFormat(form)
