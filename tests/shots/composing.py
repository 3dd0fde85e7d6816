"""The composer's states: images, chips, variations, notices, lists; and the large preview."""

from __future__ import annotations

import time
from dataclasses import replace
from unittest.mock import patch

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from seedance_desktop.domain.memory import KeptDraft, PastPrompt, Preset
from seedance_desktop.domain.recipe import Draft, Recipe, Use
from seedance_desktop.ui.window import MainWindow

from .bench import PROMPT, Bench, settle
from .camera import Camera
from .library import SCENES

MANY = "{0} rows past {1} under {2}, the rain of {3}. {{Blue hour|Dawn|Night, stars}}, {{35|85}} mm, slow push in. "


def scene(bench: Bench, camera: Camera, size: tuple[int, int]) -> None:
    """All of them."""
    with bench.window(size) as window:
        bench.open(window, bench.first.id)
        _images(bench, camera, window)
        _words(bench, camera, window)
        _lists(bench, camera, window)
        _previews(bench, camera, window)


def _images(bench: Bench, camera: Camera, window: MainWindow) -> None:
    composer = window.composer
    bench.compose(window, "A boat leaves the harbour", 0)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(bench.folder / "references" / one.file)) for one in bench.given.images[:3]])
    composer.strip.welcome(mime)
    camera.take(window, "composer-drop-empty")
    composer.strip.welcome(None)
    bench.compose(window, "From {0} to {1}, one slow turn", 2, use=Use.FIRST_LAST)
    composer.strip.welcome(mime)
    camera.take(window, "composer-drop-two")
    composer.strip.welcome(None)
    camera.take(window, "composer-two")
    bench.compose(window, MANY, 9, use=Use.REFERENCES)
    camera.take(window, "composer-nine")
    composer.images_refused(
        [
            "notes.pdf is not an image. Add a JPEG, PNG, WebP, HEIC or AVIF.",
            "icon.png is too small (64 × 64): images need at least 300 pixels on each side.",
        ]
    )
    camera.take(window, "composer-refused")
    composer.strip.notice.hide()
    composer.coming(4, 12)
    camera.take(window, "composer-coming")
    composer.coming(12, 12)
    composer.coming(0, 0)
    composer.strip.notice.hide()


def _words(bench: Bench, camera: Camera, window: MainWindow) -> None:
    composer = window.composer
    bench.compose(window, PROMPT.replace("}}", "|Night}}") + " --ratio 21:9 --dur 8")
    camera.take(window, "composer-chips")
    bench.compose(window, "The keeper of {0} meets {3} at {1}. {{Dawn|Noon|Night}}, {{calm|storm}}.", 1)
    settle(0.2)
    camera.take(window, "composer-missing")
    composer.variations._show.click()
    camera.take(window, "composer-variations")
    window.setFocus()
    _close(composer.variations._list)
    composer.focus_prompt()
    QTest.keyClicks(composer.prompt.editor, " @")
    camera.take(window, "composer-at")
    composer.prompt.mentioning.close()


def _lists(bench: Bench, camera: Camera, window: MainWindow) -> None:
    composer, now = window.composer, time.time_ns() // 1_000_000
    bench.compose(window, PROMPT)
    kept = [
        KeptDraft(number, Draft(Recipe(one[0], tuple(bench.given.images[:number]))), name, now - number * 4_000_000)
        for number, (one, name) in enumerate(zip(SCENES, ("", "Opening", "", "", "", ""), strict=False))
        if number
    ]
    composer.memory.set_drafts(kept, 1)
    composer.memory.set_presets(
        [
            Preset("Dailies", Recipe("", ratio="16:9", resolution="480p"), 4),
            Preset(
                "Reels, final", Recipe("", tuple(bench.given.images[:2]), ratio="9:16", resolution="1080p"), 1, True
            ),
        ]
    )
    composer.memory.open_drafts()
    camera.take(window, "composer-drafts")
    _close(composer.memory._list)
    composer.memory.open_history()
    past = [PastPrompt(one[0] * (1 + 2 * (n == 2)), n + 1, now - n * 50_000_000, n + 1) for n, one in enumerate(SCENES)]
    composer.memory.set_prompts(past)
    camera.take(window, "composer-history")
    composer.memory.set_prompts([])
    camera.take(window, "composer-history-empty")
    _close(composer.memory._history)
    with patch.object(QMenu, "deleteLater"):
        composer.memory.open_menu()
        settle(0.2)
        (menu,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible())
        presets = menu.findChildren(QMenu)[0]
        menu.setActiveAction(presets.menuAction())
        presets.popup(menu.mapToGlobal(menu.actionGeometry(presets.menuAction()).bottomLeft()))
        camera.take(window, "composer-menu")
        presets.close()
        menu.close()


def _previews(bench: Bench, camera: Camera, window: MainWindow) -> None:
    bench.compose(window, PROMPT, 4, use=Use.REFERENCES)
    window.centre.set_prepared(bench.given.prepared)
    window.composer.strip.previewed.emit(0)
    camera.take(window, "preview")
    window.centre.preview.header.view.set_value("sent")
    window.centre.preview.header.view.picked.emit("sent")
    camera.take(window, "preview-sent")
    window.composer.strip.previewed.emit(3)
    camera.take(window, "preview-portrait")
    window.composer.set_ratio("1:1")
    camera.take(window, "preview-square")
    one = replace(bench.given.images[0], part=(0.3, 0.1, 0.4, 0.4))
    bench.compose(window, PROMPT, 1)
    window.composer.strip.replace(0, one)
    window.composer.strip.previewed.emit(0)
    camera.take(window, "preview-cropped")
    window.centre.hide_preview()


def _close(popover: object) -> None:
    popover.close_back()  # type: ignore[attr-defined]
