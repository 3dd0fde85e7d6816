"""What is known of the chosen images and can be done with them: name, tags, clips, draft, trash."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from seedance_desktop.ui.controls import Button, ElidedLabel, Field, Panel, Separator, Text
from seedance_desktop.ui.flow import Flow
from seedance_desktop.ui.tagging import TagsEditor
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import ntr, tr

from . import saying

if TYPE_CHECKING:
    from seedance_desktop.domain.kept_images import KeptImage

_NAME_WIDEST = 480

Change = Callable[[tuple[str, ...]], tuple[str, ...]]


class Details(Panel):
    """Stands below the grid while something is chosen. `clips_wanted` leads to the clips made with an image."""

    clips_wanted = Signal(object)  # KeptImage
    use = Signal()
    throw = Signal()

    def __init__(self, wishes: Wishes, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent=parent)
        self._wishes = wishes
        self._images: list[KeptImage] = []
        self._shown = ""  # in the field: another text was typed there, or written by a screen reader
        self.name = Field(name=tr("Name of the image"), size="regular")
        self._title = ElidedLabel("", "body-strong", "text")
        self._facts = Text("", "caption", "text-2", tabular=True)
        self.tags = TagsEditor()
        self.add = Button(tr("Add to draft"), "image-add")
        self.clips = Button("", "library")
        self.trash = Button(tr("Move to trash"), "trash", "icon")
        self._lay_out()
        self._connect()
        self.hide()

    def show_images(self, images: list[KeptImage], *, trashed: bool) -> None:
        """These are chosen; none hides it. What is being typed stays."""
        same = [one.hash for one in images] == [one.hash for one in self._images]
        self._images = images
        self.setVisible(bool(images))
        if not images:
            return
        if not same:
            self.tags.close_field()
        one = images[0] if len(images) == 1 else None
        self._show_name(one, keep=same)
        self._facts.setText(saying.facts(one) if one else "")
        self.tags.show_tags(_common(images))
        if one is not None:
            self.clips.set_text(saying.used_in(one))
            self.clips.setEnabled(one.uses > 0)
        self._fit(one, trashed=trashed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape brings the old name back."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self._show_name(self._images[0], keep=False)
            return True
        return super().eventFilter(watched, event)

    def _show_name(self, one: KeptImage | None, *, keep: bool) -> None:
        count = len(self._images)
        self._title.setText(one.name if one else ntr("{n} image", "{n} images", count))
        typing = keep and self.name.hasFocus() and self.name.text() != self._shown
        if one is not None and not typing and self.name.text() != one.name:
            self._put(one.name)
            self.name.setCursorPosition(0)

    def _fit(self, one: KeptImage | None, *, trashed: bool) -> None:
        """In the trash there is only something to read."""
        self.name.setVisible(one is not None and not trashed)
        self._title.setVisible(one is None or trashed)
        self._facts.setVisible(one is not None)
        self.clips.setVisible(one is not None)
        for widget in (self.tags, self.add, self.trash):
            widget.setVisible(not trashed)

    def _connect(self) -> None:
        self.name.editingFinished.connect(self._renamed)
        self.name.installEventFilter(self)
        self.tags.added.connect(lambda tag: self._tag(lambda tags: (*tags, tag) if tag not in tags else tags))
        self.tags.removed.connect(lambda tag: self._tag(lambda tags: tuple(one for one in tags if one != tag)))
        self.add.clicked.connect(self.use)
        self.trash.clicked.connect(self.throw)
        self.clips.clicked.connect(self._show_clips)

    def _renamed(self) -> None:
        name = " ".join(self.name.text().split())
        if len(self._images) != 1 or self.name.text() == self._shown:
            return
        self._shown = self.name.text()
        if name and name != self._images[0].name:
            self._wishes.name_image.emit(self._images[0].hash, name)
        elif not name:
            self._put(self._images[0].name)

    def _put(self, name: str) -> None:
        self._shown = name
        self.name.setText(name)

    def _tag(self, change: Change) -> None:
        """Images whose tags come out the same are one wish."""
        wanted: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for image in self._images:
            tags = change(image.tags)
            if tags != image.tags:
                wanted[tags].append(image.hash)
        for tags, hashes in wanted.items():
            self._wishes.tag_images.emit(hashes, list(tags))

    def _show_clips(self) -> None:
        if len(self._images) == 1:
            self.clips_wanted.emit(self._images[0])

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self.name, 1)
        first.addWidget(self._title, 1)
        first.addStretch(0)
        for widget in (self.name, self._title):
            widget.setMaximumWidth(_NAME_WIDEST)
        deeds = QWidget()
        flow = Flow(deeds)
        flow.addWidget(self.add)
        flow.addWidget(self.clips)
        last = QHBoxLayout()
        last.setSpacing(6)
        last.addWidget(deeds, 1)
        last.addWidget(self.trash, 0, Qt.AlignmentFlag.AlignTop)
        inner = QVBoxLayout()
        inner.setContentsMargins(12, 8, 12, 12)
        inner.setSpacing(7)
        inner.addLayout(first)
        inner.addWidget(self._facts)
        inner.addWidget(self.tags)
        inner.addLayout(last)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(Separator())
        layout.addLayout(inner)


def _common(images: list[KeptImage]) -> tuple[str, ...]:
    """The tags that all of them have, in the order of the first."""
    others = [frozenset(image.tags) for image in images[1:]]
    return tuple(tag for tag in images[0].tags if all(tag in tags for tags in others))
