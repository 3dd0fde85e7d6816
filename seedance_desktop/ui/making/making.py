"""The list "In the making": every clip that is not on the shelf yet, with its stage, its money and its ways on."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from seedance_desktop.domain.clip import IN_THE_MAKING, Clip, Stage
from seedance_desktop.domain.news import Fetched
from seedance_desktop.ui import accessible
from seedance_desktop.ui.controls import Button
from seedance_desktop.ui.posters import Posters
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import ntr, tr

from . import queue
from .batches import Batches
from .face import Face, face
from .header import Header
from .order import Ordered, key
from .row import FailedRow, Row, WayRow
from .scroll import RowList
from .unsure import Fold, UnsureRow

_SHOWN = 50  # rows made at first, and with every "Show more": a long queue costs no more than it shows
_SECOND = 1000
_SMOOTH = 200  # ms, while something counts down
_KINDS: dict[str, type[Row]] = {"plain": WayRow, "danger": FailedRow, "warning": UnsureRow}


class Making(QWidget):
    """Values come in by `set_clips`, `put`, `remove` and `progress`; the buttons of its rows make the wishes."""

    def __init__(self, wishes: Wishes, library: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wishes, self._library = wishes, library
        self._clips: dict[int, Clip] = {}
        self._fetched: dict[int, Fetched] = {}
        self._order = Ordered()
        self._batches = Batches()
        self._rows: dict[int, Row] = {}
        self._ticking: set[int] = set()
        self._typical: float | None = None
        self._most = _SHOWN
        self._posters = Posters(self)
        self._header = Header(wishes)
        self._header.folded.connect(self._show_rows)
        self._list = RowList()
        accessible.as_list(self._list.rows, tr("In the making"))
        self._fold = Fold()
        self._fold.toggled.connect(lambda _open: self._sync())
        self._more = Button("", kind="ghost", size="small")
        self._more.clicked.connect(self._show_more)
        self._list.layout_of_rows.insertWidget(0, self._fold)
        self._list.layout_of_rows.insertWidget(1, self._more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._header)
        layout.addWidget(self._list)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)
        self._sync()

    def set_clips(self, clips: list[Clip]) -> None:
        """Show these clips and no others."""
        kept = {clip.id for clip in clips}
        for number in [number for number in self._clips if number not in kept]:
            self._forget(number)
        now = _now()
        for clip in clips:
            self._clips[clip.id] = clip
            self._batches.put(clip)
            self._order.put(clip.id, key(clip, now))
        self._sync()
        for number in self._rows:
            self._refresh(number)

    def set_library(self, library: Path) -> None:
        """Another library folder is open now; rows made from here on read their images there."""
        self._library = library

    def put(self, clip: Clip) -> None:
        """Show the new state of one clip; one that is ready, stopped or in the trash leaves the list."""
        if clip.stage not in IN_THE_MAKING or clip.trashed:
            self.remove(clip.id)
            return
        self._clips[clip.id] = clip
        siblings = self._batches.put(clip)
        if clip.stage is not Stage.FETCHING:
            self._fetched.pop(clip.id, None)
        moved = self._order.put(clip.id, key(clip, _now()))
        if moved or self._kind(clip) is not type(self._rows.get(clip.id)):
            self._sync()
        for number in (*siblings, clip.id):
            self._refresh(number)
        if moved:
            self._follow_focus(clip.id)

    def remove(self, number: int) -> None:
        """Take one clip out of the list."""
        if number in self._clips:
            self._forget(number)
            self._sync()

    def progress(self, fetched: Fetched) -> None:
        """How far a download is."""
        if fetched.id in self._clips:
            self._fetched[fetched.id] = fetched
            self._refresh(fetched.id)

    def set_typical(self, seconds: float | None) -> None:
        """How long a clip of this library takes from accepted to done; None where it isn't known."""
        self._typical = seconds
        self.tick()

    def set_paused(self, paused: bool) -> None:
        """Whether the queue is paused."""
        self._header.set_paused(paused)
        self._show_or_hide()

    @property
    def folded(self) -> bool:
        """Whether only the line with the counts is shown."""
        return self._header.is_folded

    def set_folded(self, folded: bool) -> None:
        """Show only the line with the counts, or the rows too."""
        self._header.set_folded(folded)

    def row(self, number: int) -> Row:
        """The row of a clip; KeyError where it has none."""
        return self._rows[number]

    def counts(self) -> tuple[int, int]:
        """How many clips are listed, and how many of them have an unknown charge."""
        return len(self._clips), len(self._unsure())

    def show_unsure(self) -> None:
        """Bring the unknown charges into view."""
        self._header.set_folded(False)
        self._fold.setChecked(True)
        self._list.verticalScrollBar().setValue(0)

    def tick(self) -> None:
        """Time has passed: counts and clocks go on."""
        now = _now()
        for number in list(self._ticking):
            clip = self._clips[number]
            if clip.stage is Stage.PLANNED and clip.send_after <= now:
                self.put(clip)
            else:
                self._refresh(number)

    def showEvent(self, event: QShowEvent) -> None:
        """The clocks run on."""
        super().showEvent(event)
        self.tick()
        self._run()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing ticks out of sight."""
        super().hideEvent(event)
        self._timer.stop()

    # within

    def _unsure(self) -> list[Clip]:
        return [clip for clip in self._clips.values() if clip.stage is Stage.UNSURE]

    def _face(self, clip: Clip) -> Face:
        shown = face(clip, _now(), self._fetched.get(clip.id), self._typical)
        title = self._batches.title(clip)
        return replace(shown, title=title) if title else shown

    def _kind(self, clip: Clip) -> type[Row]:
        return _KINDS[self._face(clip).tone]

    def _refresh(self, number: int) -> None:
        clip = self._clips[number]
        shown = self._face(clip)
        row = self._rows.get(number)
        if row is not None and row.show_clip(clip, shown):
            self._order_tabs()
        if shown.ticking != (number in self._ticking):
            self._ticking ^= {number}
            self._run()

    def _forget(self, number: int) -> None:
        del self._clips[number]
        self._order.drop(number)
        self._batches.drop(number)
        self._fetched.pop(number, None)
        self._ticking.discard(number)
        self._drop_row(number)

    def _drop_row(self, number: int) -> None:
        row = self._rows.pop(number, None)
        if row is not None:
            self._list.layout_of_rows.removeWidget(row)
            row.hide()
            row.deleteLater()

    def _shown_ids(self) -> tuple[list[int], int]:
        """The ids that have rows now, in order, and how many more there are."""
        ids = self._order.ids()
        unsure = len(self._unsure())
        if unsure > 1 and not self._fold.isChecked():
            ids = ids[unsure:]
        return ids[: self._most], max(0, len(ids) - self._most)

    def _sync(self) -> None:
        """Make the rows on screen those that should be, each in its place, touching no other."""
        ids, more = self._shown_ids()
        for number in set(self._rows) - set(ids):
            self._drop_row(number)
        layout = self._list.layout_of_rows
        for place, number in enumerate(ids, start=1):
            row = self._rows.get(number)
            if row is None or type(row) is not self._kind(self._clips[number]):
                self._drop_row(number)
                row = self._make_row(number)
            if layout.indexOf(row) != place:  # and never `itemAt`: PySide keeps what it gives longer than Qt does
                layout.insertWidget(place, row)
        layout.insertWidget(len(ids) + 1, self._more)
        self._more.set_text(ntr("and {n} more", "and {n} more", more))
        self._more.setVisible(more > 0)
        self._order_tabs()
        self._show_or_hide()
        self._run()

    def _order_tabs(self) -> None:
        """Tab goes through the rows from the top: widgets made later would come after the whole window."""
        before: QWidget = self._fold
        QWidget.setTabOrder(self._header.last_stop, before)
        for number in self._shown_ids()[0]:
            for stop in self._rows[number].stops() if number in self._rows else ():
                QWidget.setTabOrder(before, stop)
                before = stop
        QWidget.setTabOrder(before, self._more)

    def _make_row(self, number: int) -> Row:
        clip = self._clips[number]
        shown = self._face(clip)
        self._rows[number] = row = _KINDS[shown.tone](clip, shown, self._wishes, self._posters, self._library)
        if isinstance(row, WayRow):
            row.menu_wanted.connect(self._open_menu)
            row.step_wanted.connect(self._step)
        return row

    def _open_menu(self, number: int, at: QPoint) -> None:
        clip = self._clips[number]
        queue.menu(self, clip, queue.steps(self._clips.values(), clip, _now()), self._wishes).popup(at)

    def _step(self, number: int, step: int) -> None:
        can = queue.steps(self._clips.values(), self._clips[number], _now())
        by = can.up if step < 0 else can.down
        if by:
            self._wishes.move.emit(number, by)

    def _follow_focus(self, number: int) -> None:
        """A row that was moved by the keyboard stays in view, and says where it stands now."""
        focus: QWidget | None = self.window().focusWidget()
        row = self._rows.get(number)
        if row is not None and focus is not None and row.isAncestorOf(focus):
            self._list.layout_of_rows.activate()
            self._list.ensureWidgetVisible(row)
            can = queue.steps(self._clips.values(), self._clips[number], _now())
            accessible.say(row, tr("{n} of {count}").format(n=can.row, count=can.rows))

    def _show_or_hide(self) -> None:
        unsure = self._unsure()
        self._fold.setVisible(len(unsure) > 1)
        if unsure:
            self._fold.show_clips(unsure)
        self._header.show_counts(len(self._clips), len(unsure))
        self.setVisible(bool(self._clips) or self._header.paused)

    def _show_rows(self, folded: bool) -> None:
        self._list.setVisible(not folded)

    def _show_more(self) -> None:
        self._most += _SHOWN
        self._sync()

    def _run(self) -> None:
        if not self._ticking or not self.isVisible():
            self._timer.stop()
            return
        counting = any(self._clips[number].stage is Stage.PLANNED for number in self._ticking)
        interval = _SMOOTH if counting else _SECOND
        if not self._timer.isActive() or self._timer.interval() != interval:
            self._timer.start(interval)


def _now() -> int:
    return int(time.time() * 1000)
