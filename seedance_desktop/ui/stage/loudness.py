"""Mute and volume: side by side, or, where room is short, the volume in a small panel above the button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from seedance_desktop.ui.controls import Button, Panel
from seedance_desktop.words import tr

from .sliders import Volume

_GRACE = 350  # milliseconds to move from the button to the panel
_FULL = 100


class Loudness(QWidget):
    """Emits `changed(volume from 0 to 1, muted)`."""

    changed = Signal(float, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mute = Button(tr("Mute"), "volume-20", "icon", icon_size=20, parent=self)
        self.mute.setCheckable(True)
        self.volume = Volume(self)
        self.volume.place(_FULL)
        self._panel: Panel | None = None
        self._hide = QTimer(self)
        self._hide.setSingleShot(True)
        self._hide.setInterval(_GRACE)
        self._hide.timeout.connect(self._fold)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._row.addWidget(self.mute)
        self._row.addWidget(self.volume)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.mute.toggled.connect(self._say)
        self.volume.chosen.connect(self._louder)
        for watched in (self.mute, self.volume):
            watched.installEventFilter(self)

    def set_compact(self, compact: bool) -> None:
        """Fold the volume away until the mouse or the keyboard comes to Mute."""
        if compact == (self._panel is not None):
            return
        if compact:
            self._panel = self._made_panel()
        elif self._panel is not None:
            self._row.addWidget(self.volume)
            self.volume.show()
            self._panel.deleteLater()
            self._panel = None
        QWidget.setTabOrder(self.mute, self.volume)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Unfold while the mouse or the focus is here."""
        if self._panel is not None:
            kind = event.type()
            if kind in (QEvent.Type.Enter, QEvent.Type.FocusIn):
                self._unfold()
            elif kind in (QEvent.Type.Leave, QEvent.Type.FocusOut):
                self._hide.start()
        return super().eventFilter(watched, event)

    def _made_panel(self) -> Panel:
        panel = Panel("menu", border="card-border", radius="control", parent=self.window())
        inside = QHBoxLayout(panel)
        inside.setContentsMargins(10, 5, 10, 5)
        inside.addWidget(self.volume)
        panel.installEventFilter(self)
        panel.hide()
        return panel

    def _unfold(self) -> None:
        self._hide.stop()
        panel = self._panel
        if panel is None or not self.isEnabled():
            return
        if panel.parentWidget() is not self.window():
            panel.setParent(self.window())
        panel.adjustSize()
        corner = self.mute.mapTo(self.window(), QPoint(self.mute.width() // 2, 0))
        left = min(corner.x() - panel.width() // 2, self.window().width() - panel.width() - 4)
        panel.move(left, corner.y() - panel.height() - 4)
        panel.show()
        panel.raise_()

    def _fold(self) -> None:
        held = self.mute.hasFocus() or self.volume.hasFocus() or self.volume.isSliderDown()
        if self._panel is not None and not held and not self._panel.underMouse():
            self._panel.hide()

    def _louder(self) -> None:
        """Who moves the volume wants to hear it."""
        self.mute.setChecked(False)
        self._say()

    def _say(self) -> None:
        silent = self.mute.isChecked() or self.volume.value() == 0
        self.mute.set_icon("muted-20" if silent else "volume-20")
        self.changed.emit(self.volume.value() / _FULL, self.mute.isChecked())
