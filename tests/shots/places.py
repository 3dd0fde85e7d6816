"""First run, the two workspaces, banners, settings, questions."""

from __future__ import annotations

from seedance_desktop.domain.news import Health
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.trouble import Halt, Trouble
from seedance_desktop.ui.settings import Settings
from seedance_desktop.ui.window import MainWindow

from .bench import GATEWAY, Bench
from .camera import Camera

PAGES = ("account", "library", "generating", "network", "appearance", "notifications")


def scene(bench: Bench, camera: Camera, size: tuple[int, int]) -> None:
    """All of them."""
    with bench.window(size, empty=True) as window:
        camera.take(window, "first-run")
        window.key_state(GATEWAY, "kept", "")
        window.composer.focus_prompt()
        camera.take(window, "empty")
    with bench.window(size) as window:
        bench.fill(window)
        window.stage.deck.play()
        camera.take(window, "make")
        window.stage.deck.pause()
        if window.rail.isVisible():
            window.rail.opened.emit()
            camera.take(window, "make-library")
        window.top.workspace_picked.emit("review")
        camera.take(window, "review")
        if size[0] >= 1440:
            _banners(bench, camera, window)
            _dialogs(camera, window)


def _banners(bench: Bench, camera: Camera, window: MainWindow) -> None:
    window.top.workspace_picked.emit("make")
    offline = Trouble(Halt.OFFLINE, Reason.of("offline", gateway="gateway.example.com"), GATEWAY)
    for trouble in (
        Trouble(Halt.DISK_FULL, Reason.of("disk-full")),
        Trouble(Halt.KEY_REFUSED, Reason.of("key-refused", gateway="gateway.example.com"), GATEWAY),
        offline,
    ):
        troubles = tuple(dict.fromkeys((trouble, offline)))
        window.hear(Health(troubles, online=False, paused=True))
        camera.take(window, f"banner-{trouble.halt.value}")
    window.hear(Health(online=True))
    window.toast("“Alone in the dunes” is ready · charged $0.28")
    camera.take(window, "toast")
    window.blocked("The library /media/drive/Seedance is in use by another Seedance (window, process 4711).")
    camera.take(window, "blocked")
    window.set_library(bench.folder)
    window.show_closing(20)
    camera.take(window, "closing")


def _dialogs(camera: Camera, window: MainWindow) -> None:
    for page in PAGES:
        window.open_settings(page)
        (dialog,) = window.findChildren(Settings)
        camera.take(dialog, f"settings-{page}")
        dialog.close()
    asked = window.ask("2 takes may cost $0.56, more than $0.50. Send them?", "Generate 2 takes · $0.56", print)
    camera.take(asked, "ask")
    asked.close()
