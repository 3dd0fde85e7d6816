"""The reference strip: its head with the count, the images, the slot that adds, and what is said about images."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, QRectF, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from seedance_desktop.domain.catalogue import IMAGE_MOST_BYTES, MOST_REFERENCES
from seedance_desktop.domain.cropping import Part
from seedance_desktop.domain.recipe import Reference
from seedance_desktop.ui import accessible, theme
from seedance_desktop.ui.controls import Text, paint
from seedance_desktop.words import ntr, say, tr

from . import intake, sent_words
from .arrivals import Arrivals
from .drop import AddSlot, DropTarget
from .intake import Item, Kept, Still
from .notice import Notice
from .packing import Packer
from .reference_list import ReferenceList
from .thumb import FOOT
from .thumb_row import Entry

if TYPE_CHECKING:
    from seedance_desktop.domain.kept_images import Prepared

_ZONE = 82
_PROGRESS = 2
_PREPARE_AFTER = 200  # milliseconds: images come and move in runs
_SUFFIXES = "*.jpg *.jpeg *.jpe *.png *.webp *.heic *.heif *.avif *.bmp *.gif *.tif *.tiff"


class ReferenceStrip(QWidget):
    """`changed` when the references are others; the rest are wishes, of files and images or about one reference."""

    changed = Signal()
    wanted = Signal(list)  # paths, http links and bytes that are to become references
    kept_wanted = Signal(list)  # hashes of images of the library that are to become references
    frame_wanted = Signal(object, int)  # clip id and number of the frame that is to become a reference
    mentioned = Signal(object)  # Reference that the prompt is to name
    let_go = Signal(object, QPoint)  # Reference dragged out of the strip, and where on the screen it was released
    previewed = Signal(int)  # index of the reference to be seen large
    prepare_wanted = Signal(list)  # list[Reference]: what will be sent for each is to be made
    named = Signal(object, str)  # Reference as it was, and the name that the creator gave its image
    ratio_wanted = Signal(str)  # the ratio nearest to an image's shape
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
        self._sent = Text("", "caption", "text-3", wrap=True)
        self._dialog: QFileDialog | None = None
        self._arrivals: Arrivals | None = None
        self._prepared: list[Prepared] = []
        self._asked: list[tuple[str, Part, bool]] = []  # what makes bytes: names and order don't
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PREPARE_AFTER)
        self._timer.timeout.connect(self._prepare)
        self._progress = 0.0
        self._packer = Packer(self)
        self._lay_out()
        self._connect()
        self._renew()

    @property
    def references(self) -> tuple[Reference, ...]:
        """The references in order."""
        return self.list.references

    @property
    def arriving(self) -> bool:
        """Whether images that were added together are on their way."""
        return self._arrivals is not None

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
        """Put as many behind the others as there is room for; the rest stays in the library, and that is said."""
        room = MOST_REFERENCES - len(self.references)
        if fits := entries[:room]:
            self.list.add(fits)
        arrivals = self._arrivals or Arrivals()
        arrivals.shown += len(fits)
        arrivals.beyond += len(entries) - len(fits)
        if arrivals is not self._arrivals:
            self._tell(arrivals)

    def refuse(self, sentences: list[str]) -> None:
        """Say why images did not come in; while others are on their way, when all are here."""
        arrivals = self._arrivals or Arrivals()
        arrivals.refused += sentences
        if arrivals is not self._arrivals:
            self._tell(arrivals)

    def coming(self, done: int, total: int) -> None:
        """So many of `total` images are here: places are held for the others. A `total` of 0 ends it."""
        if total and self._arrivals is None:
            self._arrivals = Arrivals()
            accessible.say(self, ntr("Adding {n} image", "Adding {n} images", total))
        self._progress = min(1.0, done / total) if total else 0.0
        words = tr("{n} of {total} images").format(n=done, total=total) if total > 1 else tr("Reference images")
        self._head.setText(words)
        self.list.set_held(max(0, min(MOST_REFERENCES - len(self.references), total - done)))
        self.update(self._progress_line().toAlignedRect())
        if not total and self._arrivals is not None:
            arrivals, self._arrivals = self._arrivals, None
            self._tell(arrivals)
        self._renew()

    def set_prepared(self, images: Sequence[Prepared]) -> None:
        """Say what becomes of the images on their way out: a quiet line for all, the facts at each."""
        self._prepared = [*images]
        self.list.set_prepared(images)
        self._sent.setText(sent_words.of_all(images))
        self._sent.setVisible(bool(self._sent.text()))

    def take(self, items: Sequence[Item]) -> None:
        """Ask for `items` to become references, all but those that are far too heavy."""
        plain = [item for item in items if not isinstance(item, Kept | Still)]
        light = [item for item in plain if not isinstance(item, bytes) or len(item) <= IMAGE_MOST_BYTES]
        if len(light) < len(plain):
            most = IMAGE_MOST_BYTES // 1_000_000
            facts: dict[str, str | int | float] = {"name": tr("The image"), "megabytes": f">{most}", "most": most}
            self.refuse([say("image-too-heavy", facts)])
        if light:
            self._packer.pack(light)
        if kept := [item.hash for item in items if isinstance(item, Kept)]:
            self.kept_wanted.emit(kept)
        for still in items:
            if isinstance(still, Still):
                self.frame_wanted.emit(still.clip, still.frame)

    def welcome(self, mime: QMimeData | None) -> None:
        """Show the drop target for what is dragged over the composer; None takes it away."""
        if mime is None:
            self._target.hide()
        else:
            self._target.announce(len(self.references), intake.coming(mime))

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

    def _prepare(self) -> None:
        self.prepare_wanted.emit([*self.references])

    def _renew(self) -> None:
        self.list.set_prepared(self._prepared)
        parts = [(one.key, one.part, one.as_link) for one in self.references]
        if parts != self._asked:
            self._asked = parts
            self._timer.start()
        have = len(self.references)
        self._count.setText(tr("{n} of {most}").format(n=have, most=MOST_REFERENCES))
        self.add_slot.setVisible(have < MOST_REFERENCES and self._arrivals is None)
        self._arrange(self._slot)

    def _arrange(self, slot: QRect) -> None:
        self._slot = slot
        empty = self._is_empty()
        high = _ZONE if empty else self.list.height()
        self._body.setFixedHeight(high)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """How much of what is on its way is here: a thin line under the head."""
        if self._arrivals is not None:
            painter = paint.start(self)
            line = self._progress_line()
            painter.fillRect(line, theme.color("track"))
            line.setWidth(self.width() * self._progress)
            painter.fillRect(line, theme.color("accent-text"))
            painter.end()

    def _progress_line(self) -> QRectF:
        return QRectF(0, self._head.geometry().bottom() + 4, self.width(), _PROGRESS)

    def event(self, event: QEvent) -> bool:
        """When the parts were laid out, what lies over them follows."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return done

    def _place(self) -> None:
        """The slot is the whole body while it is empty, a place behind the last image, or a plus in the head."""
        empty = self._is_empty()
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

    def _tell(self, arrivals: Arrivals) -> None:
        about_room = arrivals.about_room()
        if arrivals.refused:
            self.notice.warn([*filter(None, [about_room]), *arrivals.refused])
        elif about_room:
            self.notice.tell(about_room)

    def _is_empty(self) -> bool:
        return not self.references and self._arrivals is None

    def _lay_out(self) -> None:
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
        layout.addWidget(self._sent)
        self._sent.hide()

    def _connect(self) -> None:
        self.list.arranged.connect(self._arrange)
        self.list.changed.connect(self._changed)
        self.list.removed.connect(self._offer_undo)
        self.add_slot.clicked.connect(self.browse)
        self._packer.packed.connect(self.wanted)
        for passed_on in ("mentioned", "let_go", "previewed", "named", "ratio_wanted", "undo_wanted"):
            getattr(self.list, passed_on).connect(getattr(self, passed_on))
