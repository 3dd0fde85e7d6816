"""The buttons below a clip: back to making, and out of the program."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from seedance_desktop.domain.clip import Clip
from seedance_desktop.ui.controls import Button
from seedance_desktop.ui.takes import Grabbing, Ways
from seedance_desktop.words import tr

from . import facts

_GAP, _CHEVRON = 8, 24


class Actions(QWidget):
    """`continued` carries the frame (-1 is the last) and whether the new clip begins exactly with it."""

    continued = Signal(int, bool)

    def __init__(self, frame: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame = frame
        self._compact = False
        self._clip: Clip | None = None
        self.use = Button(tr("Use recipe"), "recipe")
        self.go_on = Button(tr("Continue from last frame"), "continue")
        self.more = Button("", "chevron-down")
        self.grab_frame = Button(tr("Grab frame"), "grab")
        self.folder = Button(tr("Show in folder"), "folder")
        self.family = Button(tr("Family"), "family")
        self.family.hide()
        self.ways: Ways | None = None
        self.grabbing = Grabbing(self, frame)
        self._lay_out()
        self.go_on.clicked.connect(lambda: self.continued.emit(-1, True))
        self.more.clicked.connect(self._show_ways)
        self.grab_frame.clicked.connect(lambda: self.grabbing.open_menu(self.grab_frame))

    def show_clip(self, clip: Clip, *, playable: bool) -> None:
        """What can be done with a clip; `playable` where its file is there."""
        if self.ways is not None and (self._clip is None or clip.id != self._clip.id):
            self.ways.hide()
        self._clip = clip
        self.grabbing.set_clip(clip if playable else None)
        self.use.setEnabled(facts.usable(clip))
        for button in (self.go_on, self.more, self.grab_frame):
            button.setEnabled(playable)
        self.folder.setEnabled(bool(clip.file or clip.outside))

    def set_compact(self, compact: bool) -> None:
        """Icons for what isn't the way back to making."""
        self._compact = compact
        self._row.setSpacing(_GAP // 2 if compact else _GAP)
        self._fit()

    def show_family(self, there: bool) -> None:
        """Offer the family where there is one."""
        self.family.setVisible(there)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, a long name is cut to its first word, then the others are icons."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        long, short = tr("Continue from last frame"), tr("Continue")
        self._show_icons(self._compact)
        self.go_on.setText(long)
        if self._is_too_wide():
            self.go_on.setText(short)
        self.go_on.setToolTip("" if self.go_on.text() == long else long)
        if self._is_too_wide():
            self._show_icons(True)

    def _is_too_wide(self) -> bool:
        self._pair.invalidate()  # Qt tells only the outer layout that a text is another
        self._row.invalidate()
        return self._row.sizeHint().width() > self.width()

    def _show_icons(self, icons: bool) -> None:
        for button in (self.grab_frame, self.folder, self.family):
            button.kind = "icon" if icons else "secondary"
            button.setToolTip(button.text() if icons else "")
            button.updateGeometry()

    def _show_ways(self) -> None:
        if self._clip is None:
            return
        if self.ways is None:
            self.ways = Ways(self.more)
            self.ways.chosen.connect(self.continued)
        self.ways.come_up(self._frame(), len(self._clip.recipe.references))

    def _lay_out(self) -> None:
        self.more.setAccessibleName(tr("Ways to continue"))
        self.more.setToolTip(tr("Ways to continue"))
        self.more.setFixedWidth(_CHEVRON)
        pair = self._pair = QHBoxLayout()
        pair.setSpacing(1)
        pair.addWidget(self.go_on)
        pair.addWidget(self.more)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.use)
        row.addLayout(pair)
        for button in (self.grab_frame, self.folder, self.family):
            row.addWidget(button)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
