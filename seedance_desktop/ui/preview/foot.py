"""Below the picture: ratio and zoom, what is kept and what is sent, and the two ways to leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from seedance_desktop.domain.catalogue import RATIOS
from seedance_desktop.domain.recipe import Reference
from seedance_desktop.ui.controls import Button, ElidedLabel, Option, Picker, Text
from seedance_desktop.words import tr

from . import facts
from .framing import Framing
from .zoom import Zoom

if TYPE_CHECKING:
    from seedance_desktop.domain.kept_images import Prepared

_RATIO_WIDTH = 216


class Foot(QWidget):
    """Its controls are attributes; `show_facts` fills in the words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        icons = [(ratio, f"ratio-{ratio.replace(':', '-')}") for ratio in RATIOS]
        self.ratio = Picker([Option(ratio, ratio, icon) for ratio, icon in icons], name=tr("Ratio"))
        self.ratio.setFixedWidth(_RATIO_WIDTH)
        self.match = Button(tr("Match image"), "crop")
        self.zoom = Zoom()
        self._kept = ElidedLabel("", "body-strong", "text", tabular=True)
        self._sent = ElidedLabel("", "label", "text-2", tabular=True)
        self._notes = Text("", "label", "text-2", wrap=True)
        self._hint = ElidedLabel("", "label", "text-3")
        self.cancel = Button(tr("Cancel"), kind="ghost")
        self.done = Button(tr("Done"), kind="primary")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(10)
        self._column.addLayout(self._grid)
        self._column.addLayout(self._lower())
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        """Ratio and zoom below each other where the stage is narrow."""
        pad = 12 if compact else 16
        self._column.setContentsMargins(pad, 12, pad, 14)
        left = Qt.AlignmentFlag.AlignLeft
        self._grid.addWidget(self.ratio, 0, 0)
        self._grid.addWidget(self.match, 0, 1, left)
        if compact:
            self._grid.addWidget(self.zoom, 1, 0, 1, 2, left)
        else:
            self._grid.addWidget(self.zoom, 0, 2)
        self._grid.setColumnStretch(1, 1)

    def show_framing(self, framing: Framing) -> None:
        """What is kept now."""
        self.ratio.set_value(framing.ratio)
        self.match.setVisible(framing.nearest != framing.ratio)
        self.zoom.show_zoom(framing.zoom, framing.most, free=framing.free, at_centre=framing.at_centre)
        self._kept.setText(
            tr("{what} · {pixels} pixels").format(what=facts.kept(framing), pixels=facts.pixels(framing))
        )
        self._hint.setText(facts.hint(framing))

    def show_sending(self, reference: Reference, prepared: Prepared | None, refused: str) -> None:
        """What is sent now; `refused` is the sentence that says why nothing can be."""
        self._sent.setText(refused or facts.sent(reference, prepared))
        self._sent.set_color("danger" if refused else "text-2")
        notes = " · ".join(facts.notes(prepared))
        self._notes.setText(notes)
        self._notes.setVisible(bool(notes))

    def _lower(self) -> QHBoxLayout:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for text in (self._kept, self._sent, self._notes, self._hint):
            texts.addWidget(text)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(texts, 1)
        for button in (self.cancel, self.done):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        return row
