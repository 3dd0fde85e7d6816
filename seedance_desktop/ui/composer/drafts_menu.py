"""The drafts side by side, as a list below the composer's head: open one, or rename, duplicate or remove it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from seedance_desktop.ui import icons, theme
from seedance_desktop.ui.controls import Button, Separator, paint
from seedance_desktop.ui.when import ago
from seedance_desktop.words import ntr, tr

from .popover import Popover
from .rows import Look, Rows

if TYPE_CHECKING:
    from seedance_desktop.domain.memory import KeptDraft

_WIDE, _HIGHEST = 320, 460
_LINE, _SMALL = 18, 16
_MARK = 22
_AROUND = 100  # pixels for the buttons and the air round the list
_REMOVES = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


def titled(draft: KeptDraft) -> str:
    """The draft's title, or what one without any is called."""
    return draft.title or tr("New draft")


def facts(draft: KeptDraft, now: int) -> str:
    """`5 min ago · 3 images`."""
    images = len(draft.draft.recipe.references)
    parts = (ago(draft.changed, now), ntr("{n} image", "{n} images", images) if images else "")
    return " · ".join(part for part in parts if part)


class _Look(Look):
    """Title over facts; a check on the one that is open."""

    def __init__(self) -> None:
        self.open_number = 0

    def name(self, value: Any, row: int) -> str:
        """Title, facts, and whether it is the open one."""
        open_ = tr("open") if value.number == self.open_number else ""
        return ", ".join(part for part in (titled(value), facts(value, _now()), open_) if part)

    def height(self, value: Any, width: int) -> int:
        """Two lines."""
        return _LINE + (_SMALL if facts(value, _now()) else 0)

    def draw(self, painter: QPainter, box: QRect, value: Any, row: int) -> None:
        """Both lines, beside the check."""
        if value.number == self.open_number:
            paint.icon(painter, "check", "accent-text", QPointF(box.left(), box.top() + 1))
        inner = box.adjusted(_MARK, 0, 0, 0)
        lines = ((titled(value), "body-strong", "text", _LINE), (facts(value, _now()), "caption", "text-3", _SMALL))
        top = inner.top()
        for text, scale, ink, high in lines:
            font = theme.font(scale, tabular=True)
            painter.setFont(font)
            painter.setPen(theme.color(ink))
            shown = paint.elided(text, QFontMetricsF(font), inner.width())
            painter.drawText(QRect(inner.left(), top, inner.width(), high), Qt.AlignmentFlag.AlignVCenter, shown)
            top += high


class DraftsMenu(Popover):
    """Carries a `KeptDraft` with each wish; `new` with none."""

    new = Signal()
    opened = Signal(object)
    renamed = Signal(object)
    duplicated = Signal(object)
    removed = Signal(object)

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor)
        self._look = _Look()
        self.rows = Rows(tr("Drafts"), self._look)
        self.rows.chosen.connect(self._chosen)
        self.new_button = Button(tr("New draft"), "plus", "ghost", size="small")
        self.new_button.clicked.connect(self._new)
        self.rename_button = Button(tr("Rename draft"), "pen", "icon", size="small")
        self.duplicate_button = Button(tr("Duplicate draft"), "copy", "icon", size="small")
        self.remove_button = Button(tr("Remove draft"), "trash", "icon", size="small")
        foot = QHBoxLayout()
        foot.setSpacing(2)
        foot.addWidget(self.new_button)
        foot.addStretch(1)
        for button, wish in (
            (self.rename_button, self.renamed),
            (self.duplicate_button, self.duplicated),
            (self.remove_button, self.removed),
        ):
            button.clicked.connect(lambda _checked=False, wish=wish: self._do(wish))
            foot.addWidget(button)
        self.rows.moved.connect(self._enable)
        self.rows.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.rows.customContextMenuRequested.connect(self._open_menu)
        self.body.addWidget(self.rows, 1)
        self.body.addWidget(Separator())
        self.body.addLayout(foot)

    def show_drafts(self, drafts: Sequence[KeptDraft], current: int) -> None:
        """Open with these, the open one chosen."""
        self.set_drafts(drafts, current)
        self.open(_WIDE, self.rows.height_of_all(_WIDE - 16, _HIGHEST - _AROUND) + 62, self.rows)

    def set_drafts(self, drafts: Sequence[KeptDraft], current: int) -> None:
        """Show these from now on."""
        self._look.open_number = current
        numbers = [one.number for one in drafts]
        self.rows.fill(list(drafts), numbers.index(current) if current in numbers else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 renames, Delete removes, as in any list of files."""
        if event.key() == Qt.Key.Key_F2:
            self._do(self.renamed)
        elif event.key() in _REMOVES:
            self._do(self.removed)
        else:
            super().keyPressEvent(event)

    def _chosen(self, draft: KeptDraft, _other: bool) -> None:
        self.close_back()
        self.opened.emit(draft)

    def _new(self) -> None:
        self.close_back()
        self.new.emit()

    def _do(self, wish: Any) -> None:
        draft = self.rows.current
        if draft is not None:
            self.close_back()
            wish.emit(draft)

    def _open_menu(self, at: QPoint) -> None:
        """The same for the mouse, which opens a draft by a click."""
        menu = QMenu(self.rows)
        menu.aboutToHide.connect(menu.deleteLater)
        for button in (self.rename_button, self.duplicate_button, self.remove_button):
            action = menu.addAction(icons.icon(button.icon_name), button.text())
            action.setEnabled(button.isEnabled())
            action.triggered.connect(button.click)
        menu.popup(self.rows.viewport().mapToGlobal(at))

    def _enable(self) -> None:
        for button in (self.rename_button, self.duplicate_button, self.remove_button):
            button.setEnabled(self.rows.current is not None)


def _now() -> int:
    return int(time.time() * 1000)
