"""The stage's title: which shot, what it shows, which take; and the menu of what is rarely needed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from seedance_desktop.domain.clip import Clip
from seedance_desktop.ui import icons
from seedance_desktop.ui.controls import Button, Chip, ElidedLabel
from seedance_desktop.words import tr

from . import facts
from .transport import NARROW_PAD, PAD

_HEIGHT = 40


class Header(QWidget):
    """Shows a clip's title; says when it should go to the trash."""

    trash = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HEIGHT)
        self._task = ""
        self._shot = Chip("", "outline")
        self._title = ElidedLabel("", "title", "text")
        self._take = Chip("", "plain")
        self._more = Button(tr("More about this clip"), "more", "icon")
        self._more.clicked.connect(self._open_menu)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(PAD, 0, PAD, 0)
        row.setSpacing(8)
        for part in (self._shot, self._title, self._take):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self._more)
        self.show_clip(None)

    def show_clip(self, clip: Clip | None) -> None:
        """A clip's title, or nothing."""
        self._task = clip.task if clip else ""
        for chip, text in ((self._shot, clip.shot if clip else ""), (self._take, facts.takes(clip) if clip else "")):
            chip.setText(text)
            chip.setVisible(bool(text))
        self._title.setText(facts.title(clip) if clip else "")
        self._more.setVisible(clip is not None)

    def set_compact(self, compact: bool) -> None:
        """Less air at the sides."""
        pad = NARROW_PAD if compact else PAD
        self._row.setContentsMargins(pad, 0, pad, 0)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._task:
            copy = menu.addAction(icons.icon("copy"), tr("Copy task ID"))
            task = self._task
            copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(task))
        away = menu.addAction(icons.icon("trash"), tr("Move to trash"))
        away.triggered.connect(self.trash)
        corner = self._more.rect().bottomRight()
        corner.setX(corner.x() - menu.sizeHint().width())
        menu.popup(self._more.mapToGlobal(corner))
