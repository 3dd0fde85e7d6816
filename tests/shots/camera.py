"""Saves what it is shown, with the menus and dialogs that lie over it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from .bench import application, settle


class Camera:
    """Names its pictures by what they show, then size and language where they aren't the usual ones, then theme."""

    def __init__(self, folder: Path, look: str) -> None:
        """In the theme `look`."""
        self._folder, self._look, self.mark = folder, look, ""

    def take(self, widget: QWidget, name: str) -> None:
        """One picture."""
        settle()
        file = self._folder / f"{name}{self.mark}-{self._look}.png"
        picture = widget.grab()
        for over in application().topLevelWidgets():
            if over.isVisible() and over.isWindow() and _lies_over(over, widget):
                over.render(picture, over.mapToGlobal(QPoint()) - widget.mapToGlobal(QPoint()))
        picture.save(str(file))
        print(file, flush=True)


def _lies_over(over: QWidget, window: QWidget) -> bool:
    """Whether it belongs to `window`, as its menus and dialogs do."""
    around = over.parentWidget()
    while around is not None and around is not window:
        around = around.parentWidget()
    return around is not None
