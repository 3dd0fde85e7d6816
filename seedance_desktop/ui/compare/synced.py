"""A viewer that is one of several: what makes its picture larger or moves it does so to the others too."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Signal
from PySide6.QtWidgets import QWidget

from seedance_desktop.ui.stage.viewer import Viewer

_LEAST = QSize(96, 54)


class SyncedViewer(Viewer):
    """`scaled` and `panned` carry what was done here, for those that follow."""

    scaled = Signal(float, object)  # scale, QPointF or None
    panned = Signal(QPointF)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(_LEAST)

    def zoom_to(self, scale: float, at: QPointF | None = None) -> None:
        """As every viewer does; the others follow."""
        super().zoom_to(scale, at)
        self.scaled.emit(scale, at)

    def pan(self, by: QPointF) -> None:
        """As every viewer does; the others follow."""
        super().pan(by)
        self.panned.emit(by)


def sync(viewers: Sequence[SyncedViewer]) -> None:
    """Let these follow one another from now on."""
    for one in viewers:
        for other in viewers:
            if other is not one:
                one.scaled.connect(lambda scale, at, to=other: Viewer.zoom_to(to, scale, at))
                one.panned.connect(lambda by, to=other: Viewer.pan(to, by))
