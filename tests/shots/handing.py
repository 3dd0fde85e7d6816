"""Handing over and importing: dialogs, jobs in the status bar."""

from __future__ import annotations

from dataclasses import replace

from seedance_desktop.domain.handover import Format, Handover
from seedance_desktop.domain.news import JobKind, JobProgress, JobState
from seedance_desktop.domain.reason import Reason
from seedance_desktop.ui.window import MainWindow

from .bench import Bench
from .camera import Camera


def scene(bench: Bench, camera: Camera, size: tuple[int, int]) -> None:
    """All of them."""
    with bench.window(size) as window:
        bench.fill(window)
        window.top.workspace_picked.emit("review")
        _dialogs(bench, camera, window)
        _jobs(camera, window)


def _dialogs(bench: Bench, camera: Camera, window: MainWindow) -> None:
    clips = [replace(clip, mark_in=12, mark_out=60) if n == 1 else clip for n, clip in enumerate(bench.given.clips)]
    outside = window.outside
    outside.ask_how(clips, Handover((), "/media/drive/Edit/Lighthouse film/incoming", "{number} {shot}"))
    camera.take(window, "handover")
    assert outside.dialog is not None
    outside.dialog.close()
    outside.ask_how(clips[:1], Handover((), "", "{shot}", Format.PRORES, trimmed=True))
    camera.take(window, "handover-one")
    assert outside.dialog is not None
    outside.dialog.close()
    outside.take_in(["/home/mara/Downloads/rushes", "/home/mara/Downloads/take 3.mov", "/home/mara/a.webm", "/b.mp4"])
    camera.take(window, "import")
    assert outside.dialog is not None
    outside.dialog.close()


def _jobs(camera: Camera, window: MainWindow) -> None:
    out, run = JobKind.HAND_OVER, JobState.RUNNING
    window.hear(JobProgress(1, out, 3, 12, "12B The lighthouse keeper waits at blue hour", run, share=0.3))
    window.hear(JobProgress(2, JobKind.IMPORT, 0, 40, state=JobState.WAITING))
    camera.take(window, "job")
    window.status.jobs.more.click()
    camera.take(window, "job-list")
    window.status.jobs.more.click()
    lost = (Reason.of("clip-file-missing", file="clips/a.mp4"),)
    window.hear(JobProgress(1, out, 11, 12, "", JobState.DONE, files=("/media/drive/x.mp4",), problems=lost))
    camera.take(window, "job-done")
    window.hear(JobProgress(2, JobKind.IMPORT, 0, 40, state=JobState.CANCELLED))
