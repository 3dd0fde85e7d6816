"""The popover that tags many clips at once: what all of them have, and what only some have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from seedance_desktop.domain.clip import Clip
from seedance_desktop.ui import accessible
from seedance_desktop.ui.composer.popover import Popover
from seedance_desktop.ui.controls import Text
from seedance_desktop.ui.flow import Flow
from seedance_desktop.ui.tagging import CrossChip, TagsEditor
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import ntr, tr

from .model import ClipList

_WIDE, _MOST_CHIPS = 340, 40
_GIVES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class SomeChip(CrossChip):
    """A tag that some of the clips have: its words and Enter give it to all, its cross and Delete take it away."""

    given = Signal()

    def __init__(self, tag: str, count: int, total: int, parent: QWidget) -> None:
        said = tr("{tag} · {n} of {total}").format(tag=tag, n=count, total=total)
        super().__init__(said, said, "plus", parent=parent)
        self.setAccessibleDescription(tr("Enter gives it to all, Delete takes it away"))
        self.setToolTip(tr("Click to give it to all"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space give."""
        if event.key() in _GIVES and not event.modifiers():
            self.given.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The words give."""
        if event.button() == Qt.MouseButton.LeftButton and not self.hitButton(event.position().toPoint()):
            event.accept()
            self.given.emit()
        else:
            super().mousePressEvent(event)


class TagPopover(Popover):
    """Of clips that are not in memory nothing is known: their tags are then had by some, never by all."""

    def __init__(self, anchor: QWidget, model: ClipList, wishes: Wishes) -> None:
        super().__init__(anchor)
        self._clips, self._wishes = model, wishes
        self._ids: list[int] = []
        self._chosen: frozenset[int] = frozenset()
        self._title = Text("", "body-strong", "text")
        self.tags = TagsEditor(name=tr("Tags that all have"))
        self.tags.added.connect(lambda tag: self._tag([tag], []))
        self.tags.removed.connect(lambda tag: self._tag([], [tag]))
        self._some_title = Text(tr("Only some have"), "caption", "text-2")
        self._some = QWidget()
        accessible.as_list(self._some, tr("Tags that only some have"))
        self._flow = Flow(self._some, spacing=5)
        self.some: list[SomeChip] = []
        self._shown: list[tuple[str, int]] = []
        self._soon = QTimer(self, singleShot=True, interval=30)  # many clips that change are looked at once
        self._soon.timeout.connect(self._look)
        self._left = QTimer(self, singleShot=True, interval=0)
        self._left.timeout.connect(self._leave)
        model.dataChanged.connect(self._changed)
        self.body.setContentsMargins(14, 12, 14, 14)
        for widget in (self._title, self.tags, self._some_title, self._some):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def come_up(self, ids: list[int], known: Sequence[str]) -> None:
        """Open for these clips; `known` are all tags of the library."""
        self._ids, self._chosen = ids, frozenset(ids)
        self.setAccessibleName(tr("Tags"))
        self._title.setText(ntr("Tags of {n} clip", "Tags of {n} clips", len(ids)))
        self.tags.set_known(list(known))
        self._look()
        self.tags.entry.open()  # who opens it wants to type
        self.open(_WIDE, self.sizeHint().height(), self.tags.field)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is looked at out of sight."""
        super().hideEvent(event)
        self._soon.stop()
        self._left.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What hides here while it has the keyboard sends it through the window: only where it stays away is left."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget) and not self._holds(watched):
            self._left.start()
            return False
        return super().eventFilter(watched, event)

    def _leave(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and not self._holds(focus):
            self.hide()

    def _changed(self) -> None:
        if self.isVisible():
            self._soon.start()

    def _look(self) -> None:
        kept = [self._clips.kept(number) for number in self._clips.in_memory() if number in self._chosen]
        common, some = _split([clip for clip in kept if clip is not None], len(self._ids))
        self.tags.show_tags(common)
        if some != self._shown:
            self._shown = some
            self._fill(some[:_MOST_CHIPS])
        for widget in (self._some_title, self._some):
            widget.setVisible(bool(some))
        if self.isVisible():
            self.resize(self.width(), max(self.height(), self.sizeHint().height()))

    def _fill(self, some: list[tuple[str, int]]) -> None:
        for chip in self.some:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.some = [self._chip(tag, count) for tag, count in some]
        before: QWidget = self.tags.field
        for chip in self.some:
            self._flow.addWidget(chip)
            QWidget.setTabOrder(before, chip)
            before = chip

    def _chip(self, tag: str, count: int) -> SomeChip:
        chip = SomeChip(tag, count, len(self._ids), self._some)
        chip.given.connect(lambda: self._tag([tag], []))
        chip.clicked.connect(lambda: self._tag([], [tag]))
        chip.show()
        return chip

    def _tag(self, add: list[str], remove: list[str]) -> None:
        if any(chip.hasFocus() for chip in self.some):
            self.tags.add.setFocus()  # the chip goes: the keyboard stays here
        self._wishes.tag_clips.emit(self._ids, add, remove)


def _split(clips: Sequence[Clip], total: int) -> tuple[tuple[str, ...], list[tuple[str, int]]]:
    """The tags that all have, in the order of the first clip, and those that some have, with how many."""
    counts = Counter(tag for clip in clips for tag in clip.tags)
    common = tuple(tag for tag in (clips[0].tags if clips else ()) if counts[tag] == total)
    some = sorted(((tag, count) for tag, count in counts.items() if count < total), key=lambda one: (-one[1], one[0]))
    return common, some
