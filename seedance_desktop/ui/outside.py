"""What goes out of the library and comes in: asks how, makes the wishes, and shows the jobs that do it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.news import JobKind, JobProgress, News
from seedance_desktop.ui import drags
from seedance_desktop.ui.ask import ask
from seedance_desktop.ui.jobs import JobLine, Running, ask_how_to_import
from seedance_desktop.ui.shelf import Shelf
from seedance_desktop.ui.stage import Stage as StageView
from seedance_desktop.ui.toasts import Toasts
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import ntr, tr

if TYPE_CHECKING:
    from seedance_desktop.domain.handover import Handover

_VIDEOS = "*.mp4 *.m4v *.mov *.webm"


class Outside(QObject):
    """`dialog` is the one that is open, if any: one question at a time."""

    def __init__(
        self, wishes: Wishes, shelf: Shelf, stage: StageView, line: JobLine, toasts: Toasts, window: QWidget
    ) -> None:
        super().__init__(window)
        self._wishes, self._shelf, self._stage, self._window = wishes, shelf, stage, window
        self._reference = False  # how the last import of this session was wished for
        self.dialog: QDialog | None = None
        self._closing: QDialog | None = None
        self.running = Running(line, toasts, window)
        line.cancelled.connect(wishes.cancel_job)
        self.running.folder_wanted.connect(wishes.show_file)
        self.running.clip_wanted.connect(self._show_clip)
        shelf.videos_dropped.connect(self.take_in)

    # out

    def hand_over(self) -> None:
        """The chosen clips in the order shown, or the clip on the stage; nothing where there is none."""
        ids = self._ids()
        if ids and self.dialog is None:
            self._wishes.handover_wanted.emit(ids)

    def ask_how(self, clips: Sequence[Clip], chosen: Handover) -> None:
        """Ask how these are handed over; `chosen` is what was chosen the last time."""
        if self.dialog is None and clips:
            from seedance_desktop.ui.handover import HandoverDialog

            library = self._shelf.commands.library
            self._open(HandoverDialog(self._window, clips, chosen, library, self._wishes.hand_over.emit))

    def handed(self, ids: Sequence[int]) -> str:
        """What is said of clips that go to the trash: how many of them were handed over; empty for none.

        Of very many, only those that are on screen or near it are known here.
        """
        known = [clip for number in ids if (clip := self._shelf.grid.clips.kept(number)) is not None]
        count = sum(clip.handed > 0 for clip in known)
        if not count:
            return ""
        if len(known) < len(ids):
            return tr("some of them were handed over")
        if len(ids) == 1:
            return tr("it was handed over")
        return ntr("{n} of them was handed over", "{n} of them were handed over", count)

    def _ids(self) -> list[int]:
        if self._shelf.filters.query.trashed:
            return []
        ids = self._shelf.grid.selected_ids()
        clip = self._stage.clip
        there = clip is not None and clip.stage is Stage.READY and drags.has_file(clip) and not clip.trashed
        return ids or ([clip.id] if clip is not None and there else [])

    # in

    def import_clips(self) -> None:
        """Choose files."""
        videos = tr("Videos ({patterns})").format(patterns=_VIDEOS)
        self._browse(tr("Import clips"), QFileDialog.FileMode.ExistingFiles, videos)

    def import_folder(self) -> None:
        """Choose a folder of clips."""
        self._browse(tr("Import a folder of clips"), QFileDialog.FileMode.Directory, "")

    def take_in(self, paths: list[str], then: Callable[[bool], object] | None = None) -> None:
        """Ask how these come in; `then` is done with the answer (True: referenced) in place of the usual wish."""
        if self.dialog is not None:
            return

        def agreed(reference: bool) -> None:
            self._reference = reference
            if then is not None:
                then(reference)
            else:
                self._wishes.import_clips.emit(paths, reference)

        self._open(ask_how_to_import(self._window, paths, agreed, reference=self._reference))

    def _browse(self, title: str, mode: QFileDialog.FileMode, names: str) -> None:
        if self.dialog is not None:
            return
        dialog = QFileDialog(self._window, title, "", names)
        dialog.setFileMode(mode)
        self._open(dialog)
        dialog.finished.connect(lambda result: self._chosen(dialog, result))  # after it counts as closed

    def _chosen(self, dialog: QFileDialog, result: int) -> None:
        paths = dialog.selectedFiles() if result else []
        dialog.deleteLater()
        if paths:
            self.take_in(paths)

    # jobs

    def hear(self, news: News) -> None:
        """How far a job is."""
        if isinstance(news, JobProgress):
            self.running.hear(news)

    def before_closing(self, close: Callable[[], object]) -> None:
        """Ask before `close` breaks jobs off; where there are none it is done at once."""
        jobs = self.running.now
        if not jobs:
            close()
        elif self._closing is None:
            said = [tr("Clips are still being handed over.")] if _any(jobs, JobKind.HAND_OVER) else []
            said += [tr("Clips are still being imported.")] if _any(jobs, JobKind.IMPORT) else []
            said.append(tr("What is finished stays; no unfinished file is left. Close anyway?"))
            self._closing = ask(self._window, " ".join(said), tr("Close anyway"), close)
            self._closing.finished.connect(self._stayed)

    def _show_clip(self, number: int) -> None:
        self._shelf.select(number)
        self._wishes.open_clip.emit(number)

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self.dialog = None

    def _stayed(self) -> None:
        self._closing = None


def _any(jobs: Sequence[JobProgress], kind: JobKind) -> bool:
    return any(job.what is kind for job in jobs)
