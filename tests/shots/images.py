"""The Images side of the library."""

from __future__ import annotations

from seedance_desktop.ui.window import MainWindow

from .bench import Bench
from .camera import Camera


def scene(bench: Bench, camera: Camera, size: tuple[int, int]) -> None:
    """None, some, many; one and several chosen; a tag; the trash."""
    with bench.window(size) as window:
        bench.fill(window)
        window.panes.set_open("library", open_=True)
        window.shelf.head.go_to("images")
        pane, kept = window.shelf.images, bench.kept(300)
        _show(bench, window, 0)
        camera.take(window, "images-none")
        _show(bench, window, 12)
        camera.take(window, "images-some")
        pane.grid.choose([kept[3].hash])
        camera.take(window, "images-one-chosen")
        pane.grid.choose([one.hash for one in kept[:4]])
        camera.take(window, "images-four-chosen")
        pane.filters.show_tag("night")
        pane.set_images([one for one in kept[:12] if "night" in one.tags])
        camera.take(window, "images-tag")
        pane.filters.clear()
        pane.coming(12, 40)
        _show(bench, window, 300)
        window.top.workspace_picked.emit("review")
        camera.take(window, "images-many")
        pane.coming(0, 0)
        pane.filters.show_trash(True)
        pane.set_images(kept[2:5])
        pane.grid.choose([kept[2].hash])
        camera.take(window, "images-trash")
        pane.set_images([])
        camera.take(window, "images-trash-empty")
        pane.filters.show_trash(False)
        pane.filters.search.setText("zebra")
        pane.filters.ask()
        camera.take(window, "images-no-match")


def _show(bench: Bench, window: MainWindow, count: int) -> None:
    window.shelf.images.set_images(bench.kept(count))
