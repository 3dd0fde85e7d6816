"""The windows of the Help menu: About, the check for updates and what it says."""

from __future__ import annotations

from datetime import date

from seedance_desktop import words
from seedance_desktop.domain.updates import Channel, Release
from seedance_desktop.system import components
from seedance_desktop.ui.window import MainWindow

from .bench import Bench
from .camera import Camera

_CHANNEL = Channel("https://updates.seedance.example/desktop/news.json", bytes(32))
_NOTES = {
    "en": "Handing over to Resolve keeps the in and out points.\nA library on a network drive opens twice as fast.",
    "zh_CN": "交付到 Resolve 时保留入点和出点。\n网络驱动器上的片库打开速度快了一倍。",
}
_RELEASE = Release("1.4.0", date(2026, 12, 3), "https://updates.seedance.example/", _NOTES)


def scene(bench: Bench, camera: Camera, size: tuple[int, int]) -> None:
    """All of them."""
    with bench.window(size) as window:
        bench.fill(window)
        _about(bench, camera, window)
        _updates(camera, window)
        _finder(camera, window)


def _about(bench: Bench, camera: Camera, window: MainWindow) -> None:
    place = window.help
    bench.wishes.about_wanted.connect(lambda: place.show_components(components.components()))
    bench.wishes.licence_wanted.connect(lambda one: place.show_licence(one, components.licence_text(one)))
    place.open_about()
    camera.take(window, "about")
    about = place.about
    assert about is not None
    about.licences.search.setText("mit key")
    camera.take(window, "about-found")
    about.close()


def _updates(camera: Camera, window: MainWindow) -> None:
    place = window.help
    place.channel = _CHANNEL
    place.open_updates()
    camera.take(window, "updates")
    place.show_fault(words.say("update-not-signed"))
    camera.take(window, "updates-fault")
    place.show_release(_RELEASE, newer=False)
    camera.take(window, "updates-none")
    place.show_release(_RELEASE, newer=True)
    camera.take(window, "updates-newer")
    updates = place.updates
    assert updates is not None
    updates.close()
    place.tell_release(_RELEASE)
    camera.take(window, "updates-told")


def _finder(camera: Camera, window: MainWindow) -> None:
    window.toasts.hide()
    window.shelf.grid.setFocus()
    window.commands.remember([words.tr("Ledger"), words.tr("Hand over…")])
    window.commands.finder.come_up()
    camera.take(window, "finder")
    window.commands.finder.search.setText(words.tr("Library")[:2])
    camera.take(window, "finder-found")
    window.commands.finder.search.setText("zzz")
    camera.take(window, "finder-none")
    window.commands.finder.close_back()
