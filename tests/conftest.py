"""What every test stands on: a home of its own, and a guard that fails the test which leaves something behind.

Qt is looked at only where a test has loaded it, so that the lower rooms are tested without it.
"""

from __future__ import annotations

import asyncio
import gc
import inspect
import logging
import os
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # a test that wants `xcb` says so to its child process

_GRACE = 2.0  # seconds that a thread or a task which is already ending has to end
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "ftp_proxy")
_QT_OWN_WINDOWS = {"QTipLabel", "QRollEffect", "QAlphaWidget"}  # tool tips and effects, kept by Qt


@pytest.fixture(scope="session", autouse=True)
def _runtime_folder() -> Iterator[None]:
    """A short private folder for sockets: the path of a Unix socket may not be long, and Qt warns without one."""
    with tempfile.TemporaryDirectory(prefix="run-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o700)
        before = os.environ.get("XDG_RUNTIME_DIR")
        os.environ["XDG_RUNTIME_DIR"] = folder
        yield
        if before is None:
            del os.environ["XDG_RUNTIME_DIR"]
        else:
            os.environ["XDG_RUNTIME_DIR"] = before


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test's own home folder: nothing of the developer's is read, and nothing of theirs is written.

    The keyring answers "none here", unless a test takes PYTHON_KEYRING_BACKEND away on a private bus.
    """
    folder = tmp_path / "home"
    places = {
        "HOME": folder,
        "USERPROFILE": folder,
        "APPDATA": folder / "AppData" / "Roaming",
        "LOCALAPPDATA": folder / "AppData" / "Local",
        "XDG_CONFIG_HOME": folder / ".config",
        "XDG_DATA_HOME": folder / ".local" / "share",
        "XDG_STATE_HOME": folder / ".local" / "state",
        "XDG_CACHE_HOME": folder / ".cache",
    }
    for name, place in places.items():
        place.mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv(name, str(place))
    for name in list(os.environ):
        if name.startswith("SEEDANCE_") or name.lower() in _PROXIES:
            monkeypatch.delenv(name)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    return folder


@pytest.fixture(autouse=True)
def _nothing_left(request: pytest.FixtureRequest, home: Path) -> Iterator[None]:
    """Fail a test that leaves threads, windows, running timers, open files or sockets."""
    gc.freeze()  # what was there before is none of this test's business, and needn't be searched again
    threads, windows = set(threading.enumerate()), _windows()
    yield
    _clear_clipboard()
    for _ in range(2):  # what the collector frees may leave something to Qt, and the other way round
        _let_qt_delete()
        gc.collect()  # an open socket or file says so here, as a ResourceWarning, which is an error
    wanted = _wanted(request)
    left = {
        "threads": [str(thread) for thread in _threads_since(threads)],
        "widgets": [str(window) for pointer, window in _windows().items() if pointer not in windows],
        "timers": [str(timer) for timer in _running_timers()],
    }
    report = [f"{kind}: {', '.join(names)}" for kind, names in left.items() if names and kind not in wanted]
    assert not report, "this test left behind " + "; ".join(report)


@pytest.fixture(autouse=True)
def _no_tasks_left(request: pytest.FixtureRequest, _nothing_left: None) -> None:
    """Fail a coroutine test that leaves tasks on its loop."""
    function = getattr(request, "function", None)
    if inspect.iscoroutinefunction(function) and "tasks" not in _wanted(request):
        request.getfixturevalue("_tasks_of_the_loop")


@pytest.fixture
async def _tasks_of_the_loop() -> AsyncIterator[None]:
    before = asyncio.all_tasks()
    yield
    until = time.monotonic() + _GRACE
    mine = asyncio.current_task()
    while left := [task for task in asyncio.all_tasks() - before - {mine} if not task.done()]:
        if time.monotonic() > until:
            pytest.fail(f"this test left tasks behind: {left}")
        await asyncio.sleep(0.005)


@pytest.fixture(autouse=True)
def _no_surprise_in_the_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs a warning or worse. A test that takes `caplog` looks at the log itself."""
    kept: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    keeper = Keeper(logging.WARNING)
    logging.getLogger().addHandler(keeper)
    yield
    gc.collect(0)  # a forgotten task complains when it is collected
    logging.getLogger().removeHandler(keeper)
    if kept and "caplog" not in request.fixturenames:
        pytest.fail("unexpected in the log (a test that expects it takes `caplog`):\n" + "\n".join(kept))


def _wanted(request: pytest.FixtureRequest) -> set[str]:
    """The kinds that the test's `lets_live` marks name."""
    return {kind for mark in request.node.iter_markers("lets_live") for kind in mark.args}


def _threads_since(before: set[threading.Thread]) -> list[threading.Thread]:
    """New threads that don't end within the grace. Threads that are not Python's own don't count."""
    until = time.monotonic() + _GRACE
    new = [thread for thread in threading.enumerate() if thread not in before]
    new = [thread for thread in new if not isinstance(thread, threading._DummyThread)]
    for thread in new:
        thread.join(max(0.0, until - time.monotonic()))
    return [thread for thread in new if thread.is_alive()]


def _qt(module: str) -> Any:
    """A module of Qt if a test has loaded it. (Any: where Qt is absent there are no types either.)"""
    return sys.modules.get(f"PySide6.{module}")


def _let_qt_delete() -> None:
    core = _qt("QtCore")
    if core is not None and core.QCoreApplication.instance() is not None:
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)


def _clear_clipboard() -> None:
    """What a test has copied goes with it: the offscreen clipboard would delete it after the end of Python."""
    gui = _qt("QtGui")
    if gui is not None and isinstance(gui.QGuiApplication.instance(), gui.QGuiApplication):
        gui.QGuiApplication.clipboard().clear()


def _windows() -> dict[int, object]:
    """The top-level widgets by address. One with a parent goes when its parent goes."""
    widgets, shiboken = _qt("QtWidgets"), sys.modules.get("shiboken6")
    if widgets is None or shiboken is None or widgets.QApplication.instance() is None:
        return {}
    return {
        shiboken.getCppPointer(widget)[0]: widget
        for widget in widgets.QApplication.topLevelWidgets()
        if widget.parent() is None and widget.metaObject().className() not in _QT_OWN_WINDOWS
    }


def _running_timers() -> list[object]:
    """The active timers among the objects made since the last `gc.freeze()`, that is by this test."""
    core, shiboken = _qt("QtCore"), sys.modules.get("shiboken6")
    if core is None or shiboken is None:
        return []
    timers = [thing for thing in gc.get_objects() if issubclass(type(thing), core.QTimer)]
    return [timer for timer in timers if shiboken.isValid(timer) and timer.isActive()]
