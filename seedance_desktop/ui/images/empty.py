"""What the images show where there is none to show."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from seedance_desktop.ui.controls import Button, Text
from seedance_desktop.ui.glyph import Glyph
from seedance_desktop.words import tr


class NoImages(QWidget):
    """One of three: no image yet, none that matches, an empty trash."""

    add = Signal()
    cleared = Signal()  # "Clear search"

    def __init__(self) -> None:
        super().__init__()
        self._sign = Glyph("image", "text-2")
        self._title = Text("", "body-strong", "text")
        self._words = Text("", "label", "text-2", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._add, self._clear = Button(tr("Add images…"), "image-add"), Button(tr("Clear search"))
        self._add.clicked.connect(self.add)
        self._clear.clicked.connect(self.cleared)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 40, 24, 16)
        layout.setSpacing(8)
        center = Qt.AlignmentFlag.AlignHCenter
        layout.addWidget(self._sign, 0, center)
        layout.addWidget(self._title, 0, center)
        layout.addWidget(self._words)
        layout.addWidget(self._add, 0, center)
        layout.addWidget(self._clear, 0, center)
        layout.addStretch()
        self.no_images()

    def no_images(self) -> None:
        """Nothing has been used yet."""
        words = tr("Every image that you use is kept here. Drop images or folders.")
        self._show("image", tr("No images yet"), words)
        self._add.show()

    def no_match(self) -> None:
        """There are images, but none that is asked for."""
        self._show("search", tr("No image matches"), tr("Try another word, or show all images."))
        self._clear.show()

    def empty_trash(self) -> None:
        """Nothing was thrown away."""
        words = tr("Images that you move to the trash can be restored here. Recipes go on working with them.")
        self._show("trash", tr("The trash is empty"), words)

    def minimumSizeHint(self) -> QSize:
        """The pane may be narrow and low."""
        return QSize(160, 120)

    def _show(self, icon: str, title: str, words: str) -> None:
        self._sign.show_icon(icon, "text-2")
        self._title.setText(title)
        self._words.setText(words)
        self._add.hide()
        self._clear.hide()
