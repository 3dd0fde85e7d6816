"""What the library is narrowed to, as chips that can be taken away, and a button that takes all away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from seedance_desktop.domain.shelf import Query
from seedance_desktop.ui import accessible
from seedance_desktop.ui.controls import Button
from seedance_desktop.ui.flow import Flow
from seedance_desktop.ui.tagging import CrossChip
from seedance_desktop.words import tr

from . import made

NARROWING = ("image", "project", "tag", "stars", "shot", "ratio", "duration", "resolution", "since", "until")
"""The fields of a query that have a chip."""


class Active(QWidget):
    """Hidden where nothing is filtered; `dropped` carries the names of a query's fields, `cleared` means all."""

    dropped = Signal(object)
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        accessible.as_list(self, tr("Filters in use"))
        self._image_name = ""
        self.image = CrossChip("", "", "image", lit=True, parent=self)  # there while clips of one image are shown
        self.image.clicked.connect(lambda: self.dropped.emit(("image",)))
        self.chips: list[CrossChip] = []
        self._shown: list[tuple[str, str, tuple[str, ...]]] = []
        self.clear = Button(tr("Clear"), kind="link", size="small", parent=self)
        self.clear.setAccessibleName(tr("Clear all filters"))
        self.clear.clicked.connect(self._clear)
        self._flow = Flow(spacing=5)
        margins = QVBoxLayout(self)  # a flow has none
        margins.setContentsMargins(12, 2, 14, 4)
        margins.addLayout(self._flow)
        self.show_query(Query())

    def set_image(self, name: str) -> None:
        """What the image is called whose clips will be asked for."""
        self._image_name = name

    def show_query(self, query: Query) -> None:
        """The filters of a query."""
        self.image.setVisible(bool(query.image))
        if query.image:
            name = tr("made with {name}").format(name=self._image_name)
            self.image.show_text(name, _removes(name))
        self._fill(list(_chips(query)))
        self.setVisible(bool(query.image or self.chips))

    def _fill(self, wanted: list[tuple[str, str, tuple[str, ...]]]) -> None:
        if wanted == self._shown:
            return
        self._shown = wanted
        for widget in (self.image, *self.chips, self.clear):
            self._flow.removeWidget(widget)
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()
        self.chips = [self._chip(*one) for one in wanted]
        before: QWidget = self.image
        for widget in (self.image, *self.chips, self.clear):
            self._flow.addWidget(widget)
            if widget is not before:
                QWidget.setTabOrder(before, widget)
            before = widget
        self.updateGeometry()

    def _chip(self, text: str, icon: str, names: tuple[str, ...]) -> CrossChip:
        chip = CrossChip(text, _removes(text), icon, lit=True, parent=self)
        chip.clicked.connect(lambda: self._drop(names))
        chip.show()
        return chip

    def _drop(self, names: Iterable[str]) -> None:
        self._keep_keyboard()
        self.dropped.emit(names)

    def _clear(self) -> None:
        self._keep_keyboard()
        self.cleared.emit()

    def _keep_keyboard(self) -> None:
        """What has the keyboard goes: it moves on to what stays, or leaves the row with it."""
        if self.hasFocus() or any(chip.hasFocus() for chip in self.chips):
            self.clear.setFocus()


def _removes(text: str) -> str:
    return tr("Remove the filter: {filter}").format(filter=text)


def _chips(query: Query) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Text, icon and fields of each chip."""
    if query.project:
        yield query.project, "folder", ("project",)
    if query.tag:
        yield query.tag, "tag", ("tag",)
    if query.stars:
        yield at_least(query.stars), "star-filled", ("stars",)
    if query.shot:
        yield tr("shot {shot}").format(shot=query.shot), "", ("shot",)
    if query.ratio:
        yield query.ratio, "", ("ratio",)
    if query.duration:
        yield tr("{n} s").format(n=query.duration), "clock", ("duration",)
    if query.resolution:
        yield query.resolution, "", ("resolution",)
    if query.since or query.until:
        yield made.said(query.since, query.until), "", ("since", "until")


def at_least(stars: int) -> str:
    """`at least 3 stars`."""
    return tr("{n} stars").format(n=5) if stars == 5 else tr("at least {n}").format(n=stars)
