"""Drags the picture on the stage out of it: onto the composer as a frame, into other programs as a picture."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt
from PySide6.QtGui import QDrag, QImage, QPixmap
from PySide6.QtWidgets import QWidget

from seedance_desktop.ui import drags

_SHADOW = QSize(120, 120)  # the picture that goes with the mouse fits in here
_BESIDE = QPoint(-12, -12)


def carried(clip: int, frame: int, image: QImage) -> QMimeData:
    """What such a drag carries: the frame by its number, and the picture as it is shown for everybody else."""
    mime = QMimeData()
    drags.put_frame(mime, clip, frame)
    mime.setImageData(image)  # Qt makes a PNG of it when a program asks for one
    return mime


def start(source: QWidget, clip: int, frame: int, image: QImage) -> None:
    """Drag until the mouse is released."""
    drag = QDrag(source)
    drag.setMimeData(carried(clip, frame, image))
    how = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    drag.setPixmap(QPixmap.fromImage(image.scaled(_SHADOW * source.devicePixelRatioF(), *how)))
    drag.setHotSpot(_BESIDE)
    # Qt has no other way to drag out of a window. It starts from a mouse event, never from inside a task.
    drag.exec(Qt.DropAction.CopyAction)
