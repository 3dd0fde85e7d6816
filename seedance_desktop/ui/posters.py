"""Reads posters in a few threads at the size they are drawn, and keeps a bounded number of bytes of them."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader, QPixmap

from seedance_desktop.ui.background import in_background

_BYTES = 96 * 1024 * 1024
# PySide makes an enum when it is first used: two threads that do it at once crash, so it is made here.
_QUARTER_TURN = QImageIOHandler.Transformation.TransformationRotate90.value

Key = tuple[str, int, int]


class Posters(QObject):
    """A cache of pictures by file and size; `loaded` says that one more may be drawn."""

    loaded = Signal()

    def __init__(self, parent: QObject | None = None, limit: int = _BYTES) -> None:
        super().__init__(parent)
        self._limit = limit
        self._bytes = 0
        self._kept: OrderedDict[Key, QPixmap] = OrderedDict()
        self._waiting: dict[Key, int] = {}
        self._turn = 0

    def get(self, file: Path, size: QSize, ratio: float) -> QPixmap | None:
        """The picture of `file` fitted into `size` (logical pixels), or None while it is read or cannot be."""
        box = size * ratio
        key = (str(file), box.width(), box.height())
        found = self._kept.get(key)
        if found is None:
            self._ask(key)
            return None
        self._kept.move_to_end(key)
        found.setDevicePixelRatio(ratio)
        return None if found.isNull() else found

    def forget_waiting(self) -> bool:
        """Drop what is not being read yet (it was scrolled past); whether there was anything to drop."""
        had = bool(self._waiting)
        self._waiting.clear()
        return had

    def forget(self, file: Path) -> None:
        """The file has changed: read it again when it is next drawn."""
        for key in [key for key in self._kept if key[0] == str(file)]:
            self._bytes -= _weight(self._kept.pop(key))

    def _ask(self, key: Key) -> None:
        if key in self._waiting:
            return
        self._turn += 1
        self._waiting[key] = turn = self._turn
        waiting = self._waiting
        in_background(lambda: (key, _load(*key) if waiting.get(key) == turn else None), self._keep)

    def _keep(self, answer: tuple[Key, QImage | None]) -> None:
        key, image = answer
        if image is None:  # it was scrolled past
            return
        self._waiting.pop(key, None)
        pixmap = QPixmap.fromImage(image)  # a null one too: a file that cannot be read is not tried at every paint
        self._bytes += _weight(pixmap) - _weight(self._kept.pop(key, None))
        self._kept[key] = pixmap
        while self._bytes > self._limit and len(self._kept) > 1:
            self._bytes -= _weight(self._kept.popitem(last=False)[1])
        self.loaded.emit()


def _load(file: str, width: int, height: int) -> QImage:
    return fitted(QImageReader(file), QSize(width, height))


def fitted(reader: QImageReader, box: QSize) -> QImage:
    """The picture upright and no larger than `box` (pixels), null where Qt cannot read it; in any thread."""
    reader.setAutoTransform(True)
    true = reader.size()
    turned = bool(reader.transformation().value & _QUARTER_TURN)  # a quarter turn swaps the sides after the scaling
    if true.isValid():
        fitted = true.scaled(box.transposed() if turned else box, Qt.AspectRatioMode.KeepAspectRatio)
        if fitted.width() < true.width():
            reader.setScaledSize(fitted)
    return reader.read()


def _weight(pixmap: QPixmap | None) -> int:
    return 0 if pixmap is None else 256 + pixmap.width() * pixmap.height() * 4
