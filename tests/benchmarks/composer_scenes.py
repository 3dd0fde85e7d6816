"""A child: scenes in the composer, played by the driver; `composer_scenes SCENE LIBRARY [NUMBERS…]`."""

from __future__ import annotations

import os
import sys
import time
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from seedance_desktop.ui.shelf.head import IMAGES
from tests.benchmarks import driver
from tests.benchmarks.driver import SETTLED, Driver, Scene

FILES = "BENCHMARK_FILES"
"""In the environment: a folder of images, or one image."""


def folder(playing: Driver, count: float) -> Scene:
    """A folder of images is dropped on the composer while the Images side is on screen: the beats until all are in."""
    yield lambda: playing.opened
    window = playing.window
    QTest.mouseClick(window.shelf.head.tabs[IMAGES], Qt.MouseButton.LeftButton)
    yield SETTLED
    images = window.shelf.images
    began = time.perf_counter()
    playing.beats.start()
    window.composer.strip.take([os.environ[FILES]])
    yield lambda: images.model.rowCount() >= count
    took = time.perf_counter() - began
    yield 1.0
    playing.beats.stop()
    return {"late": playing.beats.late, "took": took, "strip": len(window.composer.strip.references)}


def typing(playing: Driver, keys: float) -> Scene:
    """Keys into a long prompt with nine chips: seconds of each, painted; then the switch to another draft and back."""
    yield lambda: playing.opened
    window = playing.window
    composer = window.composer
    yield lambda: len(composer.strip.references) == 9
    yield SETTLED
    composer.focus_prompt()
    editor = composer.prompt.editor
    took: list[float] = []
    for turn in range(round(keys)):
        began = time.perf_counter()
        QTest.keyClicks(editor, "a lantern "[turn % 10])
        editor.viewport().repaint()
        took.append(time.perf_counter() - began)
        yield 0.03
    yield 1.0
    switched = []
    for _ in range(10):
        before = composer.prompt.text
        other = next(one for one in composer.memory.drafts if one.number != composer.memory.kept.number)
        began = time.perf_counter()
        window.drafts.open(other)
        yield partial(lambda before: composer.prompt.text != before, before)
        switched.append(time.perf_counter() - began)
        yield 0.3
    return {"took": took, "switched": switched}


def preview(playing: Driver, times: float) -> Scene:
    """The large preview of the first image, opened by the keyboard: seconds until its picture is there, and beats."""
    yield lambda: playing.opened
    window = playing.window
    strip = window.composer.strip
    yield lambda: strip.references
    yield SETTLED
    took, late = [], []
    for _ in range(round(times)):
        strip.list.setFocus()
        playing.beats.start()
        began = time.perf_counter()
        QTest.keyClick(strip.list, Qt.Key.Key_Space)
        yield lambda: window.centre.previewing and window.centre.preview._pictures.original.isNull() is False
        took.append(time.perf_counter() - began)
        yield 0.5
        playing.beats.stop()
        late += playing.beats.late
        window.centre.hide_preview()
        yield 0.3
    return {"took": took, "late": late}


if __name__ == "__main__":
    driver.SCENES.update(folder=folder, typing=typing, preview=preview)
    driver.main(*sys.argv[1:])
