"""Proves that this very installation works: the real parts started, a clip made, played and kept."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path

from seedance_desktop import bootstrap
from seedance_desktop.bootstrap import Options
from seedance_desktop.domain import resources
from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.news import ClipSaved, News
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.recipe import Draft, Recipe
from seedance_desktop.domain.shelf import Query

_PATIENCE = 60.0
_LANGUAGES = ("zh_CN",)


def run() -> int:
    """Run every check and say PASS, or which failed and why; the exit code."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from qasync import QEventLoop

    from .program import make_application

    application = make_application()
    with asyncio.Runner(loop_factory=lambda: QEventLoop(application)) as runner:
        failed = runner.run(_checks())
    _say("PASS" if not failed else f"FAILED: {', '.join(failed)}")
    return 1 if failed else 0


async def _checks() -> list[str]:
    checks: dict[str, Callable[[], Awaitable[str]]] = {
        "resources": _resources,
        "keyring": _keyring,
        "video decoder": _decoder,
        "player": _player,
        "window": _window,
        "making a clip": _make_a_clip,
    }
    failed = []
    for name, check in checks.items():
        try:
            _say(f"ok    {name}: {await asyncio.wait_for(check(), _PATIENCE)}")
        except Exception as error:  # noqa: BLE001 - every fault is reported, and the next check still runs
            failed.append(name)
            _say(f"FAIL  {name}: {type(error).__name__}: {error}")
            traceback.print_exc()
    return failed


def _say(text: str) -> None:
    if sys.stdout is not None:
        print(text, flush=True)  # noqa: T201 - this is what the command is for


async def _resources() -> str:
    folder = resources.folder()
    wanted = ["tokens.json", "icons/check.svg", "clips/self-test.mp4", "demo/lighthouse.jpg"]
    wanted += [f"translations/{language}/LC_MESSAGES/seedance.mo" for language in _LANGUAGES]
    missing = [name for name in wanted if not (folder / name).is_file()]
    if missing:
        raise FileNotFoundError(", ".join(missing))
    return str(folder)


async def _keyring() -> str:
    from seedance_desktop.domain.errors import NoKey
    from seedance_desktop.system.keys import Keys

    try:
        await asyncio.to_thread(Keys().prove)
    except NoKey as problem:  # a machine without one is no broken installation
        return f"none here ({problem.reason.code}): keys are kept for the session only"
    return "written, read and removed"


async def _decoder() -> str:
    from seedance_desktop.media import clips, frames

    clip = resources.folder() / "clips" / "self-test.mp4"
    footage = await asyncio.to_thread(clips.probe, clip)
    last = next(
        iter(await asyncio.to_thread(lambda: list(frames.frames(clip, footage.frames - 1, footage.frames - 1))))
    )
    if last.number != footage.frames - 1:
        raise AssertionError(f"asked for frame {footage.frames - 1}, got {last.number}")
    return f"{footage.codec}, {footage.frames} frames"


async def _player() -> str:
    from PySide6.QtCore import QUrl
    from PySide6.QtMultimedia import QMediaPlayer, QVideoFrame, QVideoSink

    player, sink = QMediaPlayer(), QVideoSink()
    player.setVideoSink(sink)
    if not player.isAvailable():
        raise RuntimeError("QtMultimedia finds no backend")
    shown: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def look(frame: QVideoFrame) -> None:
        if frame.isValid() and frame.startTime() > 0 and not shown.done():
            shown.set_result(frame.startTime())

    sink.videoFrameChanged.connect(look)
    player.setSource(QUrl.fromLocalFile(str(resources.folder() / "clips" / "self-test.mp4")))
    player.play()
    played = await shown
    player.stop()
    player.setSource(QUrl())
    return f"plays ({played / 1000:.0f} ms in)"


async def _window() -> str:
    from PySide6.QtWidgets import QApplication

    from seedance_desktop.ui import theme
    from seedance_desktop.ui.shelf import ClipList
    from seedance_desktop.ui.window import MainWindow
    from seedance_desktop.ui.wishes import Wishes

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, "dark")
    window = MainWindow(Wishes(), ClipList(), Preferences(), Path(tempfile.gettempdir()), demo=True)
    window.show()
    picture = window.grab().toImage()
    window.shut()
    colours = {picture.pixel(x, y) for x in range(0, picture.width(), 9) for y in range(0, picture.height(), 9)}
    if len(colours) < 8:
        raise AssertionError("the window is blank")
    return f"{picture.width()} x {picture.height()}"


async def _make_a_clip() -> str:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        house = await bootstrap.open_house(Options(library=folder, demo=True), "command")
        try:
            done: asyncio.Future[Clip] = asyncio.get_running_loop().create_future()

            def hear(news: News) -> None:
                if isinstance(news, ClipSaved) and news.clip.stage.settled and not done.done():
                    done.set_result(news.clip)

            house.studio.listen(hear)
            await house.studio.open()
            image = await house.studio.pictures.take_in(resources.folder() / "demo" / "lighthouse.jpg")
            await house.studio.generate(Draft(Recipe("self-test 自检", (image,), resolution="480p")), house.gateway)
            clip = await done
            found = await house.studio.find(Query("自检"))
            if clip.stage is not Stage.READY or clip.footage is None or list(found) != [clip.id]:
                raise AssertionError(f"the clip is {clip.stage}, found {list(found)}")
            return f"{clip.footage.width} x {clip.footage.height}, {clip.footage.frames} frames"
        finally:
            await house.close()
