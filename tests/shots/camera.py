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
            if over is not widget and over.isVisible() and over.isWindow() and widget.isWindow():
                over.render(picture, over.mapToGlobal(QPoint()) - widget.mapToGlobal(QPoint()))
        picture.save(str(file))
        print(file, flush=True)
