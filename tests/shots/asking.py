"""What asks and tells: dialogs, every banner, every state of a key, clips in the making in every state."""

from __future__ import annotations

import time
from dataclasses import replace

from PySide6.QtWidgets import QDialog

from seedance_desktop.domain.catalogue import DEMO
from seedance_desktop.domain.clip import Clip, Stage, Verdict
from seedance_desktop.domain.memory import KeptDraft, Preset
from seedance_desktop.domain.news import Health
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.recipe import Draft, Recipe
from seedance_desktop.domain.trouble import Halt, Trouble
from seedance_desktop.ui.keydialog import show_keys
from seedance_desktop.ui.making.details import show_details
from seedance_desktop.ui.settings import Settings
from seedance_desktop.ui.window import MainWindow
from seedance_desktop.words import say

from .bench import GATEWAY, Bench
from .camera import Camera
from .library import in_the_making

HOST = "gateway.example.com"
PLACE = "/media/drive/Seedance"
HALTS = {
    Halt.FOLDER_GONE: Reason.of("disk-gone"),
    Halt.DISK_FULL: Reason.of("disk-full"),
    Halt.NO_KEY: Reason.of("no-key", gateway=HOST),
    Halt.NO_BALANCE: Reason.of("no-balance", gateway=HOST),
    Halt.BUDGET_REACHED: Reason.of("budget-reached", spent=4984, budget=5000, currency="USD"),
}
KEYS = {
    "checking": "",
    "accepted": "",
    "kept": "",
    "session": "",
    "refused": "key-refused",
    "no-store": "key-store-missing",
    "unreachable": "gateway-unreachable",
}
ENDS = (
    "refused-plain",
    "quota",
    "render-failed-plain",
    "task-gone",
    "link-expired",
    "not-a-video",
    "download-failed",
    "stopped-watching",
    "project-budget-reached",
    "image-missing",
)


def scene(bench: Bench, camera: Camera, size: tuple[int, int]) -> None:
    """All of them."""
    with bench.window(size, empty=True) as window:
        _first_run(camera, window)
    with bench.window(size) as window:
        bench.fill(window)
        _banners(camera, window)
        _dialogs(bench, camera, window)
        _settings(camera, window)
        _making(bench, camera, window)


def _first_run(camera: Camera, window: MainWindow) -> None:
    first = window.centre.first_run
    assert first is not None
    for state, code in KEYS.items():
        if state not in ("kept", "session"):  # with these it is over
            first.key_state(GATEWAY, state, say(code, {"gateway": HOST}) if code else "")
            camera.take(window, f"first-run-{state}")


def _banners(camera: Camera, window: MainWindow) -> None:
    for halt, reason in HALTS.items():
        window.hear(Health((Trouble(halt, reason, GATEWAY),), online=True, paused=True))
        camera.take(window, f"stopped-{halt.value}")
    window.hear(Health(online=True))


def _dialogs(bench: Bench, camera: Camera, window: MainWindow) -> None:
    memory = window.composer.memory
    memory.set_presets([Preset("Dailies", Recipe(""), 2)])
    kept = KeptDraft(1, Draft(Recipe("A boat leaves the harbour")), "Opening", bench.first.made)
    rejects = [bench.given.clips[0].id, bench.given.clips[1].id]
    for name, opened in (
        ("keys", lambda: show_keys(window)),
        ("details", lambda: show_details(window, '{"error": {"code": "InvalidParameter"}}')),
        ("rebuilt", lambda: window.show_rebuilt("The library is rebuilt: 14 clips from their records.")),
        ("preset", memory.presets.save),
        ("draft-name", lambda: window.drafts.rename(kept)),
        ("empty-trash", lambda: window.shelf.commands.ask_to_empty(rejects, 84_000_000, 1)),
    ):
        opened()
        camera.take(window, f"dialog-{name}")
        for dialog in window.findChildren(QDialog):
            dialog.close()


def _settings(camera: Camera, window: MainWindow) -> None:
    window.set_projects(["Lighthouse film", "Night train"])
    window.open_settings("account")
    (dialog,) = window.findChildren(Settings)
    for state, code in KEYS.items():
        sentence = say(code, {"gateway": HOST}) if code else ""
        window.key_state(GATEWAY, state, sentence)
        camera.take(dialog, f"settings-key-{state}")
    window.open_settings("generating")
    camera.take(dialog, "settings-projects")
    dialog.close()


def _making(bench: Bench, camera: Camera, window: MainWindow) -> None:
    base = in_the_making(bench.first, bench.given.images[0])
    window.clips_in_the_making([*_unsure(base[0]), *_planned(base[1])])
    camera.take(window, "making-many")
    facts: dict[str, str | int | float] = {
        "gateway": HOST,
        "message": "no frames",
        "name": "Tower",
        "project": "Lighthouse film",
        "status": 400,
    }
    ends = [
        replace(base[5], id=300 + number, reason=Reason.of(code, **facts), charged=list(Verdict)[number % 4])
        for number, code in enumerate(ENDS)
    ]
    window.panes.set_open("library", open_=True)
    for number in range(0, len(ends), 3):
        window.clips_in_the_making(ends[number : number + 3])
        camera.take(window, f"making-ended-{number}")
    window.set_gateway(DEMO)
    window.clips_in_the_making([replace(base[3], id=400, gateway=DEMO), *ends[:1]])
    camera.take(window, "making-demo")


def _unsure(clip: Clip) -> list[Clip]:
    return [replace(clip, id=100 + number, sent=clip.sent - number * 90_000_000) for number in range(4)]


def _planned(clip: Clip) -> list[Clip]:
    later = time.time_ns() // 1_000_000
    waiting = replace(clip, stage=Stage.PLANNED, send_after=later - 60_000, takes=3, click=200)
    return [replace(waiting, id=200 + number, take=number + 1) for number in range(3)]
