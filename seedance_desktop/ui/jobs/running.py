"""Which jobs run and wait, as their news say, shown in their line; each end is told once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from seedance_desktop.domain.news import JobKind, JobProgress, JobState
from seedance_desktop.ui.report import show_report
from seedance_desktop.ui.toasts import Toasts
from seedance_desktop.words import tr

from . import wording
from .line import JobLine


class Running(QObject):
    """`folder_wanted` carries a file whose folder is to be shown, `clip_wanted` the id of a clip to be shown."""

    folder_wanted = Signal(str)
    clip_wanted = Signal(object)

    def __init__(self, line: JobLine, toasts: Toasts, window: QWidget) -> None:
        super().__init__(window)
        self._line, self._toasts, self._window = line, toasts, window
        self._jobs: dict[int, JobProgress] = {}

    @property
    def now(self) -> tuple[JobProgress, ...]:
        """What runs or waits, in order."""
        return tuple(self._jobs[number] for number in sorted(self._jobs))

    def hear(self, job: JobProgress) -> None:
        """How far a job is."""
        if job.state.ended:
            self._jobs.pop(job.number, None)
        else:
            self._jobs[job.number] = job
        self._line.show_jobs(self.now)
        if job.state.ended:
            self._tell(job)

    def show_details(self, job: JobProgress) -> QDialog:
        """All that there is to say of a job that has ended."""
        title = tr("Handing over") if job.what is JobKind.HAND_OVER else tr("Importing")
        return show_report(self._window, title, wording.details(job))

    def _tell(self, job: JobProgress) -> None:
        said = wording.ended(job)
        if job.problems or job.state is JobState.FAILED:
            self._toasts.show_text(said, tr("Details"), lambda: self.show_details(job))
        elif job.files:
            self._toasts.show_text(said, tr("Show folder"), lambda: self.folder_wanted.emit(job.files[0]))
        elif job.clips:
            self._toasts.show_text(said, tr("Show"), lambda: self.clip_wanted.emit(job.clips[0]))
        else:
            self._toasts.show_text(said)
