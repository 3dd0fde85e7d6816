"""Line icons in the colours of the theme, drawn sharp at every pixel ratio."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from seedance_desktop.domain import resources

from . import theme


@cache
def _source(name: str) -> str:
    return (resources.folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def pixmap(name: str, color: str = "text-2", size: int = 16, ratio: float = 1.0) -> QPixmap:
    """The icon `name` in the token colour `color`, `size` logical pixels wide, for a screen of `ratio`."""
    return _drawn(name, theme.color(color).name(), size, ratio)


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    side = round(size * ratio)
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def icon(name: str, color: str = "text-2", size: int = 16) -> QIcon:
    """The icon `name` for menus and actions, with its disabled state; make it again after `theme.signals.changed`."""
    made = QIcon()
    for ratio in (1.0, 2.0, 3.0):
        made.addPixmap(pixmap(name, color, size, ratio), QIcon.Mode.Normal)
        made.addPixmap(pixmap(name, "text-disabled", size, ratio), QIcon.Mode.Disabled)
    return made
