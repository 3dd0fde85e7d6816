"""Asks how clips are handed over: on the left which and in which order, on the right how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from seedance_desktop.domain.clip import Clip
from seedance_desktop.ui.controls import Button, Separator, Text
from seedance_desktop.words import ntr, tr

from .form import Form
from .order import OrderList, summed

if TYPE_CHECKING:
    from seedance_desktop.domain.handover import Handover

_SIZE = (880, 640)
_EDGE = 40  # pixels of the window that stay free
_LIST = 320


class HandoverDialog(QDialog):
    """`chosen` is what was chosen the last time; `then` gets what is agreed to."""

    def __init__(
        self,
        parent: QWidget,
        clips: Sequence[Clip],
        chosen: Handover,
        library: Path,
        then: Callable[[Handover], object],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Hand over"))
        self._then = then
        self.list = OrderList(clips, library)
        self.form = Form(chosen)
        self._sum = Text("", "body-strong", "text", tabular=True)
        self.agree = Button(ntr("Hand over {n} clip", "Hand over {n} clips", len(clips)), "export", kind="primary")
        self.cancel = Button(tr("Cancel"))
        self.agree.setDefault(True)
        self.agree.clicked.connect(self._agree)
        self.cancel.clicked.connect(self.reject)
        self.form.changed.connect(self._show)
        self.list.reordered.connect(self._show)
        self._lay_out()
        self._show()
        room = parent.window().size()
        self.resize(min(_SIZE[0], room.width() - _EDGE), min(_SIZE[1], room.height() - _EDGE))
        (self.agree if chosen.folder else self.form.folder).setFocus()

    def _show(self) -> None:
        clips, trimmed = self.list.order.clips, self.form.trimmed.isChecked()
        if trimmed != self.list.order.trimmed:
            self.list.order.set_trimmed(trimmed)
        self._sum.setText(summed(clips, trimmed=trimmed))
        self.form.show_example(clips)

    def _agree(self) -> None:
        handover = self.form.value(tuple(clip.id for clip in self.list.order.clips))
        if not self.form.wrong(handover):
            self.accept()
            self._then(handover)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._sum)
        left.addWidget(self.list, 1)
        if len(self.list.order.clips) > 1:
            left.addWidget(Text(tr("Drag, or Alt with ↑ and ↓, for another order."), "label", "text-3", wrap=True))
        columns = QHBoxLayout()
        columns.setSpacing(20)
        columns.addLayout(left, 1)
        columns.addWidget(Separator(upright=True))
        columns.addWidget(_scrolled(self.form), 2)
        self.list.setMinimumWidth(220)
        self.list.setMaximumWidth(_LIST)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.agree)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(14)
        layout.addWidget(Text(tr("Hand over"), "title", "text"))
        layout.addLayout(columns, 1)
        layout.addLayout(buttons)


def _scrolled(inside: QWidget) -> QScrollArea:
    """In a low window it scrolls."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    inside.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area
