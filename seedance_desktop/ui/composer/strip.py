"""The reference strip: its head with the count, the images, the slot that adds, and what went wrong with an image."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from seedance_desktop.domain.catalogue import IMAGE_MOST_BYTES, MOST_REFERENCES
from seedance_desktop.domain.recipe import Reference
from seedance_desktop.ui.controls import Text
from seedance_desktop.words import say, tr

from .drop import AddSlot, DropTarget
from .intake import Item
from .notice import Notice
from .reference_list import Entry, ReferenceList
from .thumb import FOOT

_ZONE = 82
_SUFFIXES = "*.jpg *.jpeg *.jpe *.png *.webp *.heic *.heif *.avif *.bmp *.gif *.tif *.tiff"


class ReferenceStrip(QWidget):
    """`changed` when the references are others, `wanted(items)` when files, bytes or links are to become references."""

    changed = Signal()
    wanted = Signal(list)
    mentioned = Signal(object)  # Reference that the prompt is to name
    let_go = Signal(object, QPoint)  # Reference dragged out of the strip, and where on the screen it was released
    previewed = Signal(int)  # index of the reference to be seen large
    undo_wanted = Signal()  # Ctrl+Z while the keyboard is in the strip

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = Text(tr("Reference images"), "caption", "text-2")
        self._count = Text("", "caption", "text-3", tabular=True)
        self._slot = QRect()
        self._body = QWidget(self)
        self.list = ReferenceList(self._body)
        self.add_slot = AddSlot(self)
        self._target = DropTarget(self)
        self.notice = Notice()
        self._dialog: QFileDialog | None = None
        self._line = head = QHBoxLayout()
        head.addWidget(self._head)
        head.addStretch()
        head.addWidget(self._count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.notice)
        layout.addWidget(self._body)
        self.list.arranged.connect(self._arrange)
        self.list.changed.connect(self._changed)
        self.list.removed.connect(self._offer_undo)
        self.list.undo_wanted.connect(self.undo_wanted)
        self.add_slot.clicked.connect(self.browse)
        self._renew()

    @property
    def references(self) -> tuple[Reference, ...]:
        """The references in order."""
        return self.list.references

    def snapshot(self) -> list[Entry]:
        """What the strip holds, with the pictures, for `show_snapshot`."""
        return self.list.snapshot()

    def show_snapshot(self, entries: list[Entry]) -> None:
        """Show what `snapshot` gave, without a `changed`; where it is shown already nothing moves."""
        if entries != self.snapshot():
            self.set_references(entries)

    def replace(self, index: int, reference: Reference) -> None:
        """Let the image at `index` be this reference; its picture stays."""
        self.list.replace(index, reference)

    def set_references(self, entries: list[Entry]) -> None:
        """Show these instead, without a `changed`."""
        self.list.set_references(entries)
        self.notice.hide()
        self._renew()

    def add(self, entries: list[Entry]) -> None:
        """Put as many behind the others as there is room for, and say so if that isn't all."""
        have = len(self.references)
        self.list.add(entries[: MOST_REFERENCES - have])
        if have + len(entries) > MOST_REFERENCES:
            self._too_many(have + len(entries))

    def take(self, items: list[Item]) -> None:
        """Ask for `items` to become references: those that there is room for and that aren't far too heavy."""
        light = [item for item in items if isinstance(item, str) or len(item) <= IMAGE_MOST_BYTES]
        if len(light) < len(items):
            most = IMAGE_MOST_BYTES // 1_000_000
            facts: dict[str, str | int | float] = {"name": tr("The image"), "megabytes": f">{most}", "most": most}
            self.notice.warn([say("image-too-heavy", facts)])
        have = len(self.references)
        if have + len(light) > MOST_REFERENCES:
            self._too_many(have + len(light))
        if room := light[: MOST_REFERENCES - have]:
            self.wanted.emit(room)

    def hover(self, coming: int) -> None:
        """Show the drop target for so many images; 0 takes it away."""
        if coming:
            self._target.announce(len(self.references), coming)
        else:
            self._target.hide()

    def browse(self) -> None:
        """Open the system's file dialog, once."""
        if self._dialog is not None:
            return
        self._dialog = QFileDialog(self.window(), tr("Add reference images"))
        self._dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        self._dialog.setNameFilters([f"{tr('Images')} ({_SUFFIXES} {_SUFFIXES.upper()})", tr("All files") + " (*)"])
        self._dialog.filesSelected.connect(self._chosen)
        self._dialog.finished.connect(self._closed)
        self._dialog.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The strip flows over the new width."""
        super().resizeEvent(event)
        self.list.setFixedWidth(self.width())
        self._place()

    def _chosen(self, files: list[str]) -> None:
        self.take(list(files))

    def _closed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    def _changed(self) -> None:
        self._renew()
        self.changed.emit()

    def _renew(self) -> None:
        have = len(self.references)
        self._count.setText(tr("{n} of {most}").format(n=have, most=MOST_REFERENCES))
        self.add_slot.setVisible(have < MOST_REFERENCES)
        self._arrange(self._slot)

    def _arrange(self, slot: QRect) -> None:
        self._slot = slot
        empty = not self.references
        high = _ZONE if empty else self.list.height()
        self._body.setFixedHeight(high)
        self._place()

    def event(self, event: QEvent) -> bool:
        """When the parts were laid out, what lies over them follows."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return done

    def _place(self) -> None:
        """The slot is the whole body while it is empty, a place behind the last image, or a plus in the head."""
        empty = not self.references
        high = self._body.height()
        self._target.setGeometry(0, self._body.y(), self.width(), max(high - (0 if empty else FOOT), 60))
        in_head = not empty and self._slot.isNull()
        self._line.setContentsMargins(0, 0, 30 if in_head and not self.add_slot.isHidden() else 0, 0)
        if empty:
            self.add_slot.setGeometry(self._body.geometry())
        elif in_head:
            self.add_slot.setGeometry(self.width() - 24, self._count.geometry().center().y() - 12, 24, 24)
        else:
            self.add_slot.setGeometry(self._slot.translated(self._body.pos()))

    def _offer_undo(self, name: str) -> None:
        self.notice.offer(tr("Removed {name}").format(name=name), tr("Undo"), self.list.undo)

    def _too_many(self, count: int) -> None:
        self.notice.warn([say("images-too-many", {"count": count, "most": MOST_REFERENCES})])
