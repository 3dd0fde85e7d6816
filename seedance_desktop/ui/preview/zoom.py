"""How close the crop is: a slider in per cent between two buttons, and the way back to the centre."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from seedance_desktop.ui.controls import Button, Text
from seedance_desktop.ui.stage.sliders import Knob
from seedance_desktop.words import tr

_ONE = 100
_PER_PRESS = 1.1
_SLIDER = (96, 24)


class Zoom(QWidget):
    """`wanted(zoom)`, 1 being the largest frame; `centred` for upstream's own crop again."""

    wanted = Signal(float)
    centred = Signal()
    released = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zoom, self._most = 1.0, 1.0
        self.slider = Knob(tr("Zoom"), _ONE, least=_ONE)
        self.slider.setFixedSize(*_SLIDER)
        self.slider.setSingleStep(5)
        self.slider.setPageStep(25)
        self.closer = Button(tr("Zoom in"), "plus", "icon")
        self.wider = Button(tr("Zoom out"), "minus", "icon")
        self.centre = Button(tr("Centre"))
        self._value = Text("", "label", "text-2", tabular=True)
        self._value.setFixedWidth(38)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for part in (self.wider, self.slider, self.closer, self._value):
            row.addWidget(part)
        row.addSpacing(6)
        row.addWidget(self.centre)
        self.slider.chosen.connect(lambda percent: self.wanted.emit(percent / _ONE))
        self.slider.sliderReleased.connect(self.released)
        self.closer.clicked.connect(lambda: self.wanted.emit(self._zoom * _PER_PRESS))
        self.wider.clicked.connect(lambda: self.wanted.emit(self._zoom / _PER_PRESS))
        self.centre.clicked.connect(self.centred)

    def show_zoom(self, zoom: float, most: float, *, free: bool, at_centre: bool) -> None:
        """Where it is and how far it goes; not `free`, nothing here can be pressed."""
        self._zoom, self._most = zoom, most
        self.slider.blockSignals(True)
        self.slider.setMaximum(max(_ONE, int(most * _ONE)))
        self.slider.blockSignals(False)
        self.slider.place(round(zoom * _ONE))
        self._value.setText(tr("{n} %").format(n=round(zoom * _ONE)))
        can = free and most * _ONE >= _ONE + 1
        self.slider.setEnabled(can)
        self.closer.setEnabled(can and zoom < most - 1e-6)
        self.wider.setEnabled(can and zoom > 1 + 1e-6)
        self.centre.setEnabled(free and not at_centre)
