"""The job that runs, in the status bar: what it does, how far it is, a cross, and the others in a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from seedance_desktop.domain.news import JobKind, JobProgress, JobState
from seedance_desktop.ui import accessible
from seedance_desktop.ui.composer.popover import Popover
from seedance_desktop.ui.controls import Button, ElidedLabel, Text, paint
from seedance_desktop.ui.glyph import Glyph
from seedance_desktop.words import ntr, tr

from .share import Share
from .wording import doing

_ICONS = {JobKind.HAND_OVER: "export", JobKind.IMPORT: "library"}
_LEAST, _BAR, _TEXT = 24, 90, 400
_WIDE, _ROW, _MOST = 400, 30, 8
_GAP = 8


class JobLine(QWidget):
    """`cancelled` carries the number of a job."""

    cancelled = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[JobProgress] = []
        self._queue: Queue | None = None
        self._glyph = Glyph("export", "text-2", 14)
        self._text = ElidedLabel("", "caption", "text", tabular=True)
        self._bar = Share()
        self._bar.setMinimumWidth(_LEAST)
        self._bar.setMaximumWidth(_BAR)
        self.cancel = _cross()
        self.more = Button("", "chevron-down", "ghost", size="small", icon_size=12)
        self.cancel.clicked.connect(lambda: self.cancelled.emit(self._jobs[0].number))
        self.more.clicked.connect(self._open_queue)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        for widget in (self._glyph, self._text, self._bar, self.cancel, self.more):
            row.addWidget(widget, int(widget is self._text))
        row.addStretch(0)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # the rest of the bar goes first
        self.more.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_jobs(self, jobs: Sequence[JobProgress]) -> None:
        """These run or wait, the one that runs first; none hides it."""
        before, self._jobs = self._jobs, list(jobs)
        if self._queue is not None:
            self._queue.show_jobs(self._jobs)
        if not jobs:
            self.hide()
            return
        first = self._jobs[0]
        self._glyph.show_icon(_ICONS[first.what], "text-2")
        words = doing(first)
        self._text.setText(words + " · …" if first.name else words)
        own = self._text.sizeHint().width() + 2
        self._text.setMinimumWidth(own)  # the clip's name is cut, not what is done
        self._text.setText(" · ".join(one for one in (words, first.name) if one))
        self._text.setMaximumWidth(max(own, min(_TEXT, self._text.sizeHint().width())))
        self._bar.show_share(first.share)
        self.more.set_text(ntr("{n} more", "{n} more", len(jobs) - 1))
        self.more.setVisible(len(jobs) > 1)
        self.show()
        if not before or before[0].number != first.number:
            accessible.say(self, words)

    def _open_queue(self) -> None:
        if self._queue is None:
            self._queue = Queue(self.more)
            self._queue.cancelled.connect(self.cancelled)
        self._queue.come_up(self._jobs)


class Queue(Popover):
    """All jobs, one below the other, each with its cross."""

    cancelled = Signal(int)

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor)
        self.setAccessibleName(tr("Jobs"))
        self._rows: dict[int, Row] = {}
        head = Text(tr("One after the other"), "caption", "text-3")
        self.body.addWidget(head)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self.body.addLayout(self._list)
        self.body.addStretch(1)

    def come_up(self, jobs: Sequence[JobProgress]) -> None:
        """Open with these."""
        self.show_jobs(jobs)
        rows = min(len(jobs), _MOST)
        self.open(_WIDE, rows * (_ROW + 2) + 44, self._rows[jobs[0].number].cancel)

    def show_jobs(self, jobs: Sequence[JobProgress]) -> None:
        """What there is now; it closes with the last one."""
        if not jobs and self.isVisible():
            self.close_back()
        for job in jobs:
            if job.number not in self._rows:
                row = self._rows[job.number] = Row()
                row.cancel.clicked.connect(lambda _on, number=job.number: self.cancelled.emit(number))
                self._list.addWidget(row)
            self._rows[job.number].show_job(job)
        numbers = {job.number for job in jobs}
        for number in [one for one in self._rows if one not in numbers]:
            row = self._rows.pop(number)
            if jobs and row.cancel.hasFocus():
                self._rows[jobs[0].number].cancel.setFocus()
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()


class Row(QWidget):
    """A job of the queue."""

    def __init__(self) -> None:
        super().__init__()
        self._glyph = Glyph("export", "text-2", 14)
        self._text = ElidedLabel("", "label", "text", tabular=True)
        self._bar = Share()
        self._bar.setFixedWidth(_BAR)
        self.cancel = _cross()
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(self._glyph)
        row.addWidget(self._text, 1)
        row.addWidget(self._bar)
        row.addWidget(self.cancel)
        self.setFixedHeight(_ROW)

    def show_job(self, job: JobProgress) -> None:
        """How far it is."""
        waits = job.state is JobState.WAITING
        self._glyph.show_icon(_ICONS[job.what], "text-2")
        self._text.setText(doing(job))
        self._text.set_color("text-2" if waits else "text")
        self._bar.show_share(job.share)
        self._bar.setVisible(not waits)


def _cross() -> Button:
    cross = Button(tr("Cancel"), "close", "icon", size="small", icon_size=12)
    cross.setFixedSize(paint.height("small"), paint.height("small"))
    return cross
