"""Compare: two to four takes, the wipe, the seam."""

from __future__ import annotations

from dataclasses import replace

from seedance_desktop.domain.recipe import Reference
from seedance_desktop.ui.window import MainWindow

from .bench import Bench, settle
from .camera import Camera
from .reviewing import takes


def scene(bench: Bench, camera: Camera, size: tuple[int, int]) -> None:
    """All of them."""
    with bench.window(size) as window:
        bench.fill(window)
        clips = takes(bench)
        for count in (2, 3, 4):
            _open(bench, window, count)
            camera.take(window, f"compare-{count}")
        _open(bench, window, 2)
        view = window.compare.view
        assert view is not None
        view.header.wipe.click()
        camera.take(window, "compare-wipe")
        view.header.wipe.click()
        start = Reference("12B 120", bench.given.images[1].hash, ".jpg", clip=clips[0].id, frame=120)
        child = replace(clips[1], shot="12C", recipe=replace(clips[1].recipe, references=(start,)))
        bench.compare(window, [clips[0], child])
        camera.take(window, "compare-continued")
        view.header.seam.click()
        settle(1.0)
        camera.take(window, "compare-seam")
        view.header.seam.click()
        window.compare.close()


def _open(bench: Bench, window: MainWindow, count: int) -> None:
    clips = takes(bench)
    bench.compare(window, clips[:count])
    window.compare.set_takes(clips[0].id, clips)
    view = window.compare.view
    assert view is not None
    view.motion.seek(48)
    settle(0.8)
