"""How large the picture is, as a small menu: Fit, 100 %, 200 %, and whatever the wheel has made of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from seedance_desktop.ui.controls import Select
from seedance_desktop.words import tr

from .zoom import FIT

_SCALES = (FIT, 1.0, 2.0)


class ZoomBox(Select):
    """`wanted(scale)` for what is chosen here."""

    wanted = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name=tr("Zoom"), parent=parent)
        for scale in _SCALES:
            self.addItem(_words(scale), scale)
        self.activated.connect(lambda row: self.wanted.emit(float(self.itemData(row))))

    def show_scale(self, scale: float) -> None:
        """The picture is shown at this scale."""
        while self.count() > len(_SCALES):
            self.removeItem(len(_SCALES))
        if scale not in _SCALES:
            self.addItem(_words(scale), scale)
        self.setCurrentIndex(self.findData(scale))


def _words(scale: float) -> str:
    return tr("Fit") if scale == FIT else tr("{n} %").format(n=round(scale * 100))
