"""What can be done with the chosen clips: by keys, by menus, and by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from seedance_desktop.domain import links
from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.shelf import stack_of
from seedance_desktop.ui import drags, icons
from seedance_desktop.ui.ask import ask
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import ntr, size, tr

from .filters import Filters
from .grid import Grid
from .judging import SAME_FLAG, SAME_STARS, Judgement, judged

if TYPE_CHECKING:
    from .tagging import TagPopover

_COMPARED = 4
_LINKED = 100  # more than these nobody sends
_MOST_TAKES = 1000  # of a stack that are looked for when it is left
_ASKED_AT_ONCE = 200


class Commands(QObject):
    """`library` is where files lie; popovers come up below `anchor`."""

    def __init__(self, wishes: Wishes, grid: Grid, filters: Filters, library: Path, anchor: QWidget) -> None:
        super().__init__(grid)
        self._wishes, self._grid, self._filters = wishes, grid, filters
        self.library, self._anchor = library, anchor
        self._tags: TagPopover | None = None
        self._choose: list[int] = []  # one of these clips will be chosen, when the answer to come is there
        grid.stack_wanted.connect(self.open_stack)

    @property
    def _trashed(self) -> bool:
        return self._filters.query.trashed

    # keys

    def key(self, event: QKeyEvent) -> bool:
        """Whether a key was one of these."""
        change = judged(event)
        if change is not None and self._grid.selected_count():
            self._judge(change)
            return True
        deed = self._plain_keys().get(event.key()) if not event.modifiers() else None
        return deed is not None and deed() is not False

    def _plain_keys(self) -> dict[int, Callable[[], object]]:
        return {
            Qt.Key.Key_Delete: self.trash,
            Qt.Key.Key_C: self.compare,
            Qt.Key.Key_S: self.toggle_stack,
            Qt.Key.Key_T: self.edit_tags,
            Qt.Key.Key_Escape: self.close_stack,
        }

    def _judge(self, change: Judgement) -> None:
        # What a key doesn't say is left as it is: of a clip that is being saved, nobody here knows it.
        stars = SAME_STARS if change.stars is None else change.stars
        flag = SAME_FLAG if change.flag is None else str(change.flag)
        self._wishes.judge_clips.emit(self._grid.selected_ids(), stars, flag)
        if change.goes_on:
            self._grid.step(1)

    # deeds

    def trash(self) -> None:
        """Move the chosen clips to the trash."""
        ids = self._grid.selected_ids()
        if ids and not self._trashed:
            self._wishes.trash.emit(ids)

    def copy_files(self) -> None:
        """Put the files of those chosen clips that are in memory on the clipboard."""
        data = QMimeData()
        drags.put_files(data, self._kept(), self.library)
        if data.urls():
            QGuiApplication.clipboard().setMimeData(data)

    def copy_link(self) -> None:
        """Put links to the chosen clips on the clipboard, one a line: from anywhere they open them in this window."""
        QGuiApplication.clipboard().setText("\n".join(links.build(number) for number in self._grid.selected_ids()))

    def hand_over(self) -> None:
        """Ask how the chosen clips are handed over, in the order shown."""
        ids = self._grid.selected_ids()
        if ids and not self._trashed:
            self._wishes.handover_wanted.emit(ids)

    def compare(self) -> bool:
        """Two to four chosen clips side by side; of one, the takes of its stack. Whether that can be."""
        ids = self._grid.selected_ids() if self._grid.selected_count() <= _COMPARED else []
        if not ids or self._trashed:
            return False
        if len(ids) > 1:
            self._wishes.compare.emit(ids)
        else:
            self._wishes.takes_wanted.emit(ids[0])
        return True

    def edit_tags(self) -> bool:
        """Open the tags of the chosen clips; whether there are any."""
        ids = self._grid.selected_ids()
        if not ids or self._trashed:
            return False
        if self._tags is None:
            from .tagging import TagPopover

            self._tags = TagPopover(self._anchor, self._grid.clips, self._wishes)
        for first, last in self._grid.selected_runs()[:_ASKED_AT_ONCE]:
            for row in range(first, min(last + 1, first + _ASKED_AT_ONCE)):
                self._grid.clips.clip_at(row)  # asks for what isn't in memory
        self._tags.come_up(ids, self._filters.tags)
        return True

    def weigh_trash(self, ids: list[int]) -> None:
        """Ask how much there is to delete; the answer is `ask_to_empty`."""
        if ids and self._trashed:
            self._wishes.weigh_trash.emit(ids)

    def ask_to_empty(self, ids: list[int], freed: int, handed: int) -> QDialog:
        """Ask before files go for good. `freed` is in bytes; `handed` of them have been handed over to somebody."""
        parts = [ntr("Delete {n} clip for good?", "Delete {n} clips for good?", len(ids))]
        parts.append(tr("This frees {size} and can't be undone.").format(size=size(freed)))
        if handed:
            parts.append(ntr("{n} of them was handed over.", "{n} of them were handed over.", handed))
        parts.append(tr("What they cost stays in the ledger."))
        yes = ntr("Delete {n} clip", "Delete {n} clips", len(ids))
        return ask(self._grid, " ".join(parts), yes, lambda: self._wishes.empty_trash.emit(ids))

    # stacks

    def open_stack(self, number: int) -> None:
        """Show all takes of that clip's stack."""
        clip = self._grid.clips.kept(number)
        if clip is not None and not self._trashed:
            self._choose = [number]
            self._filters.show_stack(stack_of(clip))

    def close_stack(self) -> bool:
        """Back to what was shown before; whether a stack was open."""
        if not self._filters.query.stack:
            return False
        self._choose = self._grid.clips.ids(0, _MOST_TAKES)
        self._filters.show_stack("")
        return True

    def choose_after(self) -> None:
        """The answer is there: the take that a stack was opened by, or the card of the stack that was left."""
        clips, wanted = self._grid.clips, self._choose
        self._choose = []
        row = next((row for number in wanted if (row := clips.row_of(number)) >= 0), -1)
        if row >= 0:
            self._grid.setCurrentIndex(clips.index(row))

    def toggle_stack(self) -> bool:
        """Open the stack that has the keyboard, or leave the one that is open; whether there is one."""
        return self.close_stack() or self._grid.open_stack()

    # the menu

    def fill_menu(self, menu: QMenu) -> None:
        """Put what can be done with the chosen clips into `menu`."""
        if self._trashed:
            self._fill_trash(menu)
            return
        count = self._grid.selected_count()
        clip = self._grid.clips.kept(self._grid.selected_ids()[0]) if count == 1 else None
        entries: list[tuple[str, str, Callable[[], object], bool]] = [
            ("recipe", tr("Use recipe"), lambda: self._each(self._wishes.edit_recipe.emit), count == 1),
            ("compare", tr("Compare") + "\tC", self.compare, 0 < count <= _COMPARED and self._comparable(count, clip)),
            ("tag", tr("Tags…") + "\tT", self.edit_tags, count > 0),
            ("reject", tr("Reject the rest"), lambda: self._each(self._wishes.reject_rest.emit), _has_mates(clip)),
            ("export", tr("Hand over…") + "\tCtrl+E", self.hand_over, count > 0),
            ("folder", tr("Show in folder"), lambda: self._each(self._wishes.show_in_folder.emit), count == 1),
            ("copy", tr("Copy file"), self.copy_files, count > 0),
            ("link", tr("Copy link"), self.copy_link, 0 < count <= _LINKED),
            ("trash", tr("Move to trash") + "\tDel", self.trash, count > 0),
        ]
        if clip is not None and self._grid.clips.takes_of(clip.id) > 1:
            entries.insert(1, ("stack", tr("Show takes") + "\tS", lambda: self.open_stack(clip.id), True))
        for icon, text, slot, works in entries:
            menu.addAction(icons.icon(icon), text, slot).setEnabled(works)

    def open_menu(self, at: QPoint) -> None:
        """The menu of the chosen cards, at a place of the screen."""
        menu = QMenu(self._grid)
        menu.aboutToHide.connect(menu.deleteLater)
        self.fill_menu(menu)
        menu.addSeparator()
        menu.addAction(tr("Choose all clips") + "\tCtrl+A", self._grid.selectAll)
        menu.popup(at)

    def _fill_trash(self, menu: QMenu) -> None:
        ids = self._grid.selected_ids()
        menu.addAction(icons.icon("undo"), tr("Restore"), lambda: self._wishes.restore.emit(ids))
        menu.addAction(icons.icon("trash", "danger"), tr("Delete for good…"), lambda: self.weigh_trash(ids))

    def _comparable(self, count: int, clip: Clip | None) -> bool:
        return count > 1 or _has_mates(clip)

    def _kept(self) -> list[Clip]:
        found = [self._grid.clips.kept(number) for number in self._grid.selected_ids()]
        return [clip for clip in found if clip is not None]

    def _each(self, wish: Callable[[object], object]) -> None:
        for number in self._grid.selected_ids():
            wish(number)


def _has_mates(clip: Clip | None) -> bool:
    """Whether there may be other takes of the same shot or click."""
    return clip is not None and (bool(clip.shot) or clip.takes > 1)
