"""What a crash leaves: the offer at the next start, its report, and the file for whoever helps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from seedance_desktop import words
from seedance_desktop.domain.reports import CRASH, Offer, Report
from seedance_desktop.ui.trouble import OfferBar, ask_diagnostics
from seedance_desktop.ui.window import MainWindow

from .bench import Bench
from .camera import Camera

_STACK = """Fatal Python error: Segmentation fault

Current thread 0x00007f3d6fc61b80 (most recent call first):
  File "qasync/__init__.py", line 404 in run_forever
  File "asyncio/runners.py", line 118 in run
  File "seedance_desktop/app/program.py", line 55 in run
  File "seedance_desktop/__main__.py", line 49 in _run
"""
_REPORT = Report(
    CRASH,
    "The program reached for memory that is not its own (SIGSEGV), and the system ended it.",
    datetime(2026, 11, 22, 14, 47, 56, tzinfo=UTC),
    (("Run", "window"), ("Version", "0.1.0"), ("Python", "3.11.7"), ("Qt", "6.11.3 (PySide 6.11.3)")),
    _STACK,
    ("2026-11-22 14:47:45,758 INFO 5502 seedance_desktop.app.opening: library open with 12 clips in the making",),
    12,
)
OFFER = Offer("crash-20261122-144756-298457-5502.new.txt", _REPORT.text())


def scene(bench: Bench, camera: Camera, size: tuple[int, int]) -> None:
    """From the bar to the zip."""
    with bench.window(size) as window:
        bench.fill(window)
        _offers(camera, window)
        _diagnostics(bench, camera, window)


def _offers(camera: Camera, window: MainWindow) -> None:
    for offer, name in ((OFFER, "crash-offer"), (replace(OFFER, again=True), "crash-offer-again")):
        window.offer_report(offer)
        bar = window.findChildren(OfferBar)[-1]
        camera.take(window, name)
        bar.show_button.click()
        assert bar.report is not None
        camera.take(window, f"{name}-report")
        bar.report.close()
        bar.dismiss.click()


def _diagnostics(bench: Bench, camera: Camera, window: MainWindow) -> None:
    dialog = ask_diagnostics(window, bench.wishes)
    camera.take(window, "diagnostics")
    dialog.save.click()
    dialog.show_share(0.4)
    camera.take(window, "diagnostics-writing")
    dialog.show_failed(words.say("diagnostics-disk-full"))
    camera.take(window, "diagnostics-failed")
    dialog.show_saved()
    camera.take(window, "diagnostics-saved")
    dialog.close()
