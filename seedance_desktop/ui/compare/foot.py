"""Below the transport: all takes of the shot on the left, what differs on the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from seedance_desktop.domain.clip import Clip
from seedance_desktop.ui.controls import ElidedLabel, Text
from seedance_desktop.words import ntr, tr

from .differs import Differs
from .takes import Takes
from .tray import Tray

_HEAD = 34
_TRAY_SHARE, _TRAY_LEAST, _TRAY_MOST = 0.37, 280, 520


class Foot(QWidget):
    """Shows; what is put is said by `tray.put`."""

    def __init__(self, library: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tray = Tray(library)
        self.differs = Differs()
        self._title = ElidedLabel("", "label", "text-2")
        self._hint = Text("", "label", "text-3")
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._hint)
        self._left = QWidget()
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.tray)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 8)
        row.setSpacing(28)
        row.addWidget(self._left)
        row.addWidget(self.differs, 1)
        self.set_low(False)

    def set_low(self, low: bool) -> None:
        """Take less height."""
        self.tray.set_low(low)
        self.setFixedHeight(self.tray.maximumHeight() + _HEAD)

    def show_takes(self, takes: Takes, letters: Mapping[int, str]) -> None:
        """All takes, and where those are that are compared."""
        clips = takes.clips
        self.tray.takes.show(clips, [takes.name(clip) for clip in clips], letters)
        self.tray.show_compared()
        shot = clips[0].shot if clips else ""
        if shot:
            self._title.setText(tr("Takes of {shot} · {n}").format(shot=shot, n=len(clips)))
        else:
            self._title.setText(ntr("{n} take", "{n} takes", len(clips)))

    def say(self, hint: str) -> None:
        """A word beside the title."""
        self._hint.setText(hint)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight)

    def show_difference(self, clips: Sequence[Clip]) -> None:
        """What differs between the clips that are compared."""
        self.differs.show_clips(clips)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The takes get their share of the width."""
        super().resizeEvent(event)
        self._left.setFixedWidth(max(_TRAY_LEAST, min(_TRAY_MOST, round(self.width() * _TRAY_SHARE))))
