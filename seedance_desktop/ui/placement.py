"""Where the window stands on the screens: kept, taken up again on whatever screens there are, brought to the front.

All in Qt's device-independent pixels. A window is only ever put where all of it can be reached: its frame, with the
title bar in it, lies within one screen, and it isn't larger than that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QMargins, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from seedance_desktop.ui import theme

_SETTLED = 700  # ms after a change of the screens: systems move windows themselves first
_MOST = 100_000  # pixels; what is more has not been written by us
_USUAL = QMargins(4, 36, 4, 4)  # a frame, as long as the window manager hasn't put one on
_AWAY = Qt.WindowState.WindowMinimized
_FILLING = Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen


@dataclass(frozen=True, slots=True)
class Place:
    """A screen: `whole` is all of it, `free` what panels and docks leave of it."""

    name: str
    whole: QRect
    free: QRect


def geometry(window: QWidget) -> dict[str, Any]:
    """Place and size, JSON-ready; `restore` reads it."""
    screen = _place(window.screen())
    normal = window.normalGeometry() if window.normalGeometry().isValid() else window.geometry()
    frame = _frame(window)
    return {
        "window": normal.getRect(),
        "frame": [frame.left(), frame.top(), frame.right(), frame.bottom()],
        "screen": screen.name,
        "screen-at": screen.whole.getRect(),
        "filling": bool(window.windowState() & _FILLING),
    }


def restore(window: QWidget, kept: object) -> None:
    """Take up what `geometry` said, as far as the screens of now allow; the default size where it is nothing."""
    screens = [_place(screen) for screen in _screens()]
    size = QSize(*theme.tokens()["size"]["window-default"])
    found = _read(kept)
    if found is None:
        _bound(window, screens[0], _USUAL)
        window.resize(size.boundedTo(screens[0].free.marginsRemoved(_USUAL).size()))
        return
    rect, margins, name, whole, filling = found
    screen = _same(screens, name, whole, rect)
    _bound(window, screen, margins)
    offset = rect.topLeft() - whole.topLeft() + screen.whole.topLeft()
    wanted = within(QRect(offset, rect.size()), margins, screen.free)
    window.move(wanted.marginsAdded(margins).topLeft())  # `setGeometry` knows nothing of a frame that is to come
    window.resize(wanted.size())
    if filling:
        window.setWindowState(Qt.WindowState.WindowMaximized)


def within(window: QRect, frame: QMargins, free: QRect) -> QRect:
    """Size and place of a window (without its frame) as near to `window` as can be with its frame inside of `free`."""
    outer = window.marginsAdded(frame)
    outer.setSize(outer.size().boundedTo(free.size()))
    x = max(free.left(), min(outer.x(), free.right() + 1 - outer.width()))
    y = max(free.top(), min(outer.y(), free.bottom() + 1 - outer.height()))
    outer.moveTopLeft(QPoint(x, y))
    return outer.marginsRemoved(frame)


def bring_forward(window: QWidget) -> None:
    """To the front of all windows, also from the dock."""
    window.setWindowState(window.windowState() & ~_AWAY)
    window.show()
    window.raise_()
    window.activateWindow()


class Reachable(QObject):
    """Keeps a window where it can be reached when a screen goes, comes or changes its size or scale."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._soon = QTimer(self, singleShot=True, interval=_SETTLED)
        self._soon.timeout.connect(self.check)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenRemoved.connect(self._changed)
        application.screenAdded.connect(self._added)
        for screen in _screens():
            screen.availableGeometryChanged.connect(self._changed)

    def check(self) -> None:
        """Move and shrink the window as little as that takes; not one that fills its screen, or is put away."""
        window = self._window
        screen = _place(window.screen())
        _bound(window, screen, _frame(window))
        if window.isVisible() and not window.windowState() & (_FILLING | _AWAY):
            wanted = within(window.geometry(), _frame(window), screen.free)
            if wanted != window.geometry():
                window.setGeometry(wanted)

    def _added(self, screen: QScreen) -> None:
        screen.availableGeometryChanged.connect(self._changed)
        self._changed()

    def _changed(self, *_: object) -> None:
        self._soon.start()


def _screens() -> list[QScreen]:
    """The primary one first."""
    first = QGuiApplication.primaryScreen()
    return [first, *(screen for screen in QGuiApplication.screens() if screen is not first)]


def _place(screen: QScreen) -> Place:
    return Place(screen.name(), screen.geometry(), screen.availableGeometry())


def _frame(window: QWidget) -> QMargins:
    inner, outer = window.geometry(), window.frameGeometry()
    return QMargins(
        inner.left() - outer.left(),
        inner.top() - outer.top(),
        outer.right() - inner.right(),
        outer.bottom() - inner.bottom(),
    )


def _bound(window: QWidget, screen: Place, frame: QMargins) -> None:
    """On a small screen, or at a large scale, the least size is less."""
    least = QSize(*theme.tokens()["size"]["window-min"])
    window.setMinimumSize(least.boundedTo(screen.free.marginsRemoved(frame).size()))


def _same(screens: Sequence[Place], name: str, whole: QRect, window: QRect) -> Place:
    """The screen that a window was on; else the one that has its middle now; else the primary one."""
    named = [screen for screen in screens if screen.name == name]
    alike = [screen for screen in named if screen.whole == whole]
    there = [screen for screen in screens if screen.whole.contains(window.center())]
    return [*alike, *named, *there, *screens][0]


def _read(kept: object) -> tuple[QRect, QMargins, str, QRect, bool] | None:
    """What `geometry` wrote, if it is that."""
    if not isinstance(kept, dict):
        return None
    window, frame, whole = (_four(kept.get(name)) for name in ("window", "frame", "screen-at"))
    if window is None or frame is None or whole is None or min(window[2:]) < 1 or min(frame) < 0:
        return None
    return QRect(*window), QMargins(*frame), str(kept.get("screen")), QRect(*whole), kept.get("filling") is True


def _four(read: object) -> tuple[int, int, int, int] | None:
    if not isinstance(read, list | tuple) or len(read) != 4:
        return None
    if not all(type(one) is int and abs(one) <= _MOST for one in read):
        return None
    return read[0], read[1], read[2], read[3]
